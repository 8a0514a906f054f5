"""Which of some statements fit the words best."""

from collections.abc import Sequence

from django.db import connection

from statements.search.lexed import Lexed
from statements.search.lexing import tsquery

# Of entries, with the text of a tsquery for a parameter.
BEST_FIRST = "ts_rank(words, %s::tsquery) DESC, day DESC NULLS LAST, statement_id DESC"


def ranked(words: Lexed, statements: Sequence[int]) -> list[int]:
    """The statements by how well the words fit, the best first, then the newest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement_id FROM statements_searchentry"
            " WHERE statement_id = ANY(%s::bigint[])"
            f" ORDER BY {BEST_FIRST}",
            [list(statements), tsquery(words)],
        )
        return [statement for (statement,) in cursor.fetchall()]
