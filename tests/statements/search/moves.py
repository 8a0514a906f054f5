"""Which entries of the search are written while something is done, and what they are found by."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from statements.models import Statement
from statements.search.entries import wrong
from tests.statements.search.told import GONE, expected, kept


def versions() -> dict[int, str]:
    """Each entry with the place of its row, which another write of it changes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_id, ctid::text FROM statements_searchentry")
        return dict(cursor.fetchall())


@contextmanager
def moving(*statements: Statement) -> Iterator[None]:
    """What is done within writes the entries of these statements and of no others."""
    before = versions()
    yield
    after = versions()
    assert {key for key in after if after[key] != before.get(key)} == {
        one.pk for one in statements
    }
    assert kept() == {key: expected().get(key, GONE) for key in after}
    assert wrong() == []
    assert not pending()


def pending() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM statements_searchpending")
        return int(cursor.fetchone()[0])


_QUERY = """
SELECT string_agg('(' || (SELECT string_agg(quote_literal(one), '|') FROM unnest(lexemes) AS one)
    || CASE WHEN prefix THEN '):*' ELSE ')' END, '&') FROM search_lexemes(%s)
"""


def finds(word: str) -> set[int]:
    """The statements that hold a word as somebody types it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT statement_id FROM statements_searchentry WHERE words @@ ({_QUERY})::tsquery",
            [word],
        )
        return {key for (key,) in cursor.fetchall()}
