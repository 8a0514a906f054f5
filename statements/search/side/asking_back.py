"""What an index asks the database for while it answers."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from statements.search.lexed import Group, Leaf, Lexed
from statements.search.lexing import tsquery
from statements.search.ranking import ranked
from statements.search.side.rows import Part

# So much is remembered of rare words, and as much of beginnings.
REMEMBERED = 8_000_000  # bytes
_EACH = 200
# No character comes behind this one.
_LAST = "\U0010ffff"


class AskingBack:
    """The pieces of one base, and the entries as this transaction sees them.

    Pieces never change, so they are remembered by lexeme; the empty ones, too.
    """

    def __init__(self, generation: int) -> None:
        self._generation = generation
        self._lexemes = _Remembered()
        self._beginnings = _Remembered()

    def stand(
        self, lexemes: Sequence[str], prefixes: Sequence[str]
    ) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
        """The positions of rare words, and of all rare ones that begin so."""
        found, begun = self._lexemes.known(lexemes), self._beginnings.known(prefixes)
        unknown = [one for one in lexemes if one not in found]
        unread = [one for one in prefixes if one not in begun]
        if unknown or unread:
            read, beginning = self._read(unknown, unread)
            found |= read
            begun |= beginning
            self._lexemes.put(read)
            self._beginnings.put(beginning)
        return found, begun

    def _read(
        self, lexemes: Sequence[str], prefixes: Sequence[str]
    ) -> tuple[dict[str, bytes], dict[str, bytes]]:
        of_lexemes = (
            "SELECT false, key, documents FROM statements_searchposting"
            " WHERE generation = %s AND part = %s AND key = ANY(%s)"
        )
        of_prefix = (
            "SELECT true, %s::text, coalesce(string_agg(documents, ''), '')"
            " FROM statements_searchposting"
            " WHERE generation = %s AND part = %s AND key >= %s AND key < %s"
        )
        query, parameters = (
            [of_lexemes],
            list[Any]([self._generation, Part.RARE, list(lexemes)]),
        )
        for prefix in prefixes:
            query.append(of_prefix)
            parameters += [prefix, self._generation, Part.RARE, prefix, prefix + _LAST]
        read, beginning = dict.fromkeys(lexemes, b""), dict[str, bytes]()
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(query), parameters)
            for is_prefix, key, documents in cursor.fetchall():
                (beginning if is_prefix else read)[key] = bytes(documents)
        return read, beginning

    def fitting(self, leaf: Leaf, statements: Sequence[int]) -> list[int]:
        """Those of the statements in which a phrase stands."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT statement_id FROM statements_searchentry"
                " WHERE statement_id = ANY(%s) AND words @@ %s::tsquery",
                [list(statements), tsquery(Lexed((Group((leaf,)),)))],
            )
            return [statement for (statement,) in cursor.fetchall()]

    def ranked(self, words: Lexed, statements: Sequence[int]) -> list[int]:
        """The statements by how well the words fit, the best first, then the newest."""
        return ranked(words, statements)


class _Remembered:
    """What was read last, within `REMEMBERED` bytes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def known(self, keys: Sequence[str]) -> dict[str, bytes]:
        """What is remembered of these."""
        found = {key: self._kept[key] for key in keys if key in self._kept}
        for key in found:
            self._kept.move_to_end(key)
        return found

    def put(self, read: Mapping[str, bytes]) -> None:
        """Remember these, each as some bytes more for what Python needs."""
        for key, documents in read.items():
            self._kept[key] = documents
            self._bytes += len(documents) + _EACH
        while self._bytes > REMEMBERED:
            _, documents = self._kept.popitem(last=False)
            self._bytes -= len(documents) + _EACH
