"""What an index asks the database for while it answers."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from statements.search.lexed import Group, Leaf, Lexed
from statements.search.lexing import tsquery
from statements.search.ranking import BEST_FIRST
from statements.search.side.beginnings import LAST
from statements.search.side.postings import Stored
from statements.search.side.rows import Part

# So much is remembered of rare words, and as much of what they begin with, one way and the other.
REMEMBERED = 8_000_000  # bytes
_EACH = 200

_PREFIX = "prefix"
_OF_KEYS = """
SELECT %s, key, documents FROM statements_searchposting
 WHERE generation = %s AND part = %s AND key = ANY(%s)
"""
_OF_PREFIX = f"""
SELECT '{_PREFIX}', %s::text, coalesce(string_agg(documents, ''), '')
  FROM statements_searchposting
 WHERE generation = %s AND part = %s AND key >= %s AND key < %s
"""
_BASE = """
SELECT 'base', '', ''::bytea FROM statements_searchbase WHERE generation = %s AND moment = %s
"""
# Whether an entry is as it was at a moment.
_SEEN = "pg_visible_in_snapshot(changed::text::xid8, %s::pg_snapshot)"
_UNLESS_READY = """
   AND NOT EXISTS (SELECT FROM statements_searchposting
                    WHERE generation = %s AND part = %s AND key = %s)
"""


class Moved(Exception):
    """The database is no longer at the moment that was asked about."""


class Pieces:
    """The pieces of one base that are not in memory.

    They never change, so they are remembered by lexeme; the empty ones, too.
    """

    def __init__(self, generation: int, moment: str) -> None:
        self._generation = generation
        self._moment = moment
        self._lexemes = _Remembered()
        self._prefixes = _Remembered()
        self._beginnings = _Remembered()

    def stand(
        self, lexemes: Sequence[str], prefixes: Sequence[str], beginnings: Sequence[str]
    ) -> Stored:
        """What the base holds of rare words, and of what they begin with. Raises `Moved` when
        the base is gone."""
        found, begun = self._lexemes.known(lexemes), self._prefixes.known(prefixes)
        ready = self._beginnings.known(beginnings)
        # Of which only few words begin so.
        begun |= self._prefixes.known([one for one in beginnings if one not in ready])
        unknown = [one for one in lexemes if one not in found]
        unread = [one for one in prefixes if one not in begun]
        unready = [one for one in beginnings if one not in ready and one not in begun]
        if unknown or unread or unready:
            read = self._read(unknown, unread, unready)
            found |= read.lexemes
            begun |= read.prefixes
            ready |= read.beginnings
            self._lexemes.put(read.lexemes)
            self._prefixes.put(read.prefixes)
            self._beginnings.put(read.beginnings)
        return Stored(found, begun, ready)

    def _read(
        self, lexemes: Sequence[str], prefixes: Sequence[str], beginnings: Sequence[str]
    ) -> Stored:
        query, parameters = [_BASE], list[Any]([self._generation, self._moment])
        for part, keys in ((Part.RARE, lexemes), (Part.BEGINNING, beginnings)):
            if keys:
                query.append(_OF_KEYS)
                parameters += [part, self._generation, part, list(keys)]
        for begin in (*prefixes, *beginnings):
            query.append(_OF_PREFIX if begin in prefixes else _OF_PREFIX + _UNLESS_READY)
            parameters += [begin, self._generation, Part.RARE, begin, begin + LAST]
            if begin not in prefixes:
                parameters += [self._generation, Part.BEGINNING, begin]
        read: dict[str, dict[str, bytes]] = {
            Part.RARE: dict.fromkeys(lexemes, b""), Part.BEGINNING: {}, _PREFIX: {}, "base": {},
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(query), parameters)
            for part, key, documents in cursor.fetchall():
                read[part][key] = bytes(documents)
        if not read["base"]:
            raise Moved
        ready = read[Part.BEGINNING]
        begun = {begin: stand for begin, stand in read[_PREFIX].items() if begin not in ready}
        return Stored(read[Part.RARE], begun, ready)


@dataclass(frozen=True)
class AskingBack:
    """The pieces of a base, and the entries as they were at one moment, which the database may
    have left: what it tells then is not used, and `Moved` raised."""

    pieces: Pieces
    moment: str

    def stand(
        self, lexemes: Sequence[str], prefixes: Sequence[str], beginnings: Sequence[str]
    ) -> Stored:
        """What the base holds of rare words, and of what they begin with."""
        return self.pieces.stand(lexemes, prefixes, beginnings)

    def fitting(self, leaf: Leaf, statements: Sequence[int]) -> list[int]:
        """Those of the statements in which a phrase stands."""
        query = (
            f"SELECT statement_id, {_SEEN}, words @@ %s::tsquery FROM statements_searchentry"
            " WHERE statement_id = ANY(%s)"
        )
        words = tsquery(Lexed((Group((leaf,)),)))
        rows = self._rows(query, [self.moment, words], statements)
        return [statement for statement, fits in rows if fits]

    def ranked(self, words: Lexed, statements: Sequence[int]) -> list[int]:
        """The statements by how well the words fit, the best first, then the newest."""
        query = (
            f"SELECT statement_id, {_SEEN} FROM statements_searchentry"
            f" WHERE statement_id = ANY(%s) ORDER BY {BEST_FIRST}"
        )
        rows = self._rows(query, [self.moment], statements, [tsquery(words)])
        return [statement for (statement,) in rows]

    def _rows(
        self,
        query: str,
        before: list[Any],
        statements: Sequence[int],
        behind: Sequence[Any] = (),
    ) -> list[tuple[Any, ...]]:
        """Rows of one query without whether they were seen; its parameters stand in order."""
        with connection.cursor() as cursor:
            cursor.execute(query, [*before, list(statements), *behind])
            rows = cursor.fetchall()
        if len(rows) < len(statements) or not all(seen for _, seen, *_ in rows):
            raise Moved
        return [(statement, *others) for statement, _, *others in rows]


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
