"""The index: what is asked -> what is found, counted and shown."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from pyroaring import BitMap

from statements.search.asking import RANKED, Answer, Part, Query
from statements.search.counts import Counts
from statements.search.kinds import Kind
from statements.search.lexed import Leaf, Lexed
from statements.search.places import newest_first, statements_of
from statements.search.side.bits import bitmap, intersection, numbers_of
from statements.search.side.columns import Columns
from statements.search.side.counting import Values
from statements.search.side.paging import page
from statements.search.side.postings import Found, Postings, Rare
from statements.search.side.rows import Change

# Of so many statements the database is asked whether a phrase stands in them: some 10 ms, in which
# nobody else has the index.
ASKED = 4_000


class Doubtful(Exception):
    """The database had to be asked of too many statements: it answers better itself."""


class Database(Rare, Protocol):
    """What the index asks the database for, as of the moment that the index is at."""

    def fitting(self, leaf: Leaf, statements: Sequence[int]) -> Collection[int]:
        """Those of the statements in which a phrase stands."""

    def ranked(self, words: Lexed, statements: Sequence[int]) -> list[int]:
        """The statements by how well the words fit, the best first, then the newest."""


@dataclass(frozen=True)
class _Narrowing:
    """One condition: of which kind, None for words; what it allows, or what it bars."""

    kind: Kind | None
    documents: BitMap
    barred: bool = False


class Index:
    """All listed statements of one moment. Not safe for several threads at once."""

    def __init__(self, columns: Columns, values: Values, postings: Postings) -> None:
        self._columns = columns
        self._live = BitMap(range(len(columns)))
        self.values = values
        self._postings = postings

    def room(self, more: int) -> bool:
        """Whether so many changes can be taken in."""
        return self._postings.room(len(self._columns) + more)

    def change(self, changes: Sequence[Change]) -> None:
        """Take in what has become of some statements."""
        documents: list[int] = []
        for change in changes:
            earlier = self._columns.document_of(change.statement)
            if earlier is not None and earlier in self._live:
                self._live.remove(earlier)
                self.values.leave(earlier)
            if change.listed:
                document = self._columns.put(change.statement, change.day, change.last)
                self.values.put(document, change.facets)
                self._live.add(document)
                documents.append(document)
        self._postings.put(documents, [change.words for change in changes if change.listed])

    def answer(
        self, query: Query, part: Part, kinds: Collection[Kind], database: Database
    ) -> Answer:
        """Total, page and counts of what is asked. Raises `Doubtful`, as all that is asked does."""
        narrowings = self._narrowings(query, database)
        found = self._matching(narrowings)
        counts: dict[Kind, Counts] = {}
        alike = [kind for kind in kinds if not query.sets(kind)]
        counts.update(self.values.counts(found, self._live, alike))
        undated = self._undated(found) if Kind.MONTH in alike else 0
        for kind in kinds:
            if query.sets(kind):
                others = self._matching([one for one in narrowings if one.kind != kind])
                counts.update(self.values.counts(others, self._live, [kind]))
                if kind == Kind.MONTH:
                    undated = self._undated(others)
        if part.best:
            statements, first = self._best(query, part, found, database)
            last = min(len(found), RANKED)
        else:
            shown = page(found, self._columns, part)
            statements, first = statements_of(shown.places), shown.first
            last = len(found)
        return Answer(
            total=len(found),
            statements=statements,
            first=first,
            older=first + len(statements) <= last,
            newer=first > 1,
            counts=counts,
            undated=undated,
        )

    def statements(self, query: Query, database: Database) -> list[int]:
        """All that fit, the newest first."""
        found = self._matching(self._narrowings(query, database))
        return statements_of(newest_first(self._columns.places(numbers_of(found))))

    def total(self, query: Query, database: Database) -> int:
        """How many fit."""
        return len(self._matching(self._narrowings(query, database)))

    def totals(self, queries: Sequence[Query], database: Database) -> list[int]:
        """How many fit each. The rare words of all are read at once, and remembered."""
        groups = [group for query in queries if query.words for group in query.words.groups]
        if groups:
            self._postings.of(Lexed(tuple(dict.fromkeys(groups))), database)
        return [self.total(query, database) for query in queries]

    def _undated(self, found: BitMap) -> int:
        """How many of the documents are of no day."""
        return found.intersection_cardinality(self._columns.undated)

    def _best(
        self, query: Query, part: Part, found: BitMap, database: Database
    ) -> tuple[list[int], int]:
        newest = statements_of(page(found, self._columns, Part(size=RANKED)).places)
        ranked = database.ranked(query.words, newest) if query.words and newest else newest
        return ranked[part.skipped : part.skipped + part.size], part.skipped + 1

    def _matching(self, narrowings: Collection[_Narrowing]) -> BitMap:
        allowed = [one.documents for one in narrowings if not one.barred]
        found = intersection([*allowed, self._live])
        for one in narrowings:
            if one.barred:
                found = found - one.documents
        return found

    def _narrowings(self, query: Query, database: Database) -> list[_Narrowing]:
        return list(self._each_narrowing(query, database))

    def _each_narrowing(self, query: Query, database: Database) -> Iterator[_Narrowing]:
        for kind, values in query.wanted.items():
            if values:
                yield _Narrowing(kind, self.values.having(values))
        for kind, values in query.unwanted.items():
            if values:
                yield _Narrowing(kind, self.values.having(values), barred=True)
        if query.first or query.last:
            days = self._columns.said_between(query.first, query.last)
            yield _Narrowing(Kind.MONTH, days)
        if query.words is not None:
            yield _Narrowing(None, self._holding(query.words, database))

    def _holding(self, words: Lexed, database: Database) -> BitMap:
        """The documents with the words; among them may be such as have left."""
        found = self._postings.of(words, database)
        holding = BitMap()
        for group in words.groups:
            wanted = [self._leaf(leaf, found, database) for leaf in group.wanted]
            held = intersection([*wanted, self._live])
            for leaf in group.unwanted:
                held = held - self._leaf(leaf, found, database)
            holding = holding | held if holding else held
        return holding

    def _leaf(self, leaf: Leaf, found: Found, database: Database) -> BitMap:
        if not leaf.is_sequence:
            everywhere = found.documents(leaf)
            return self._live if everywhere is None else everywhere
        standing, sure = found.phrase(leaf)
        doubted = found.documents(leaf, among=self._postings.long) or BitMap()
        if not sure:
            standing, doubted = BitMap(), doubted | standing
        doubtful = numbers_of(doubted & self._live)
        if not len(doubtful):
            return standing
        if len(doubtful) > ASKED:
            raise Doubtful
        statements = statements_of(self._columns.places(doubtful))
        fitting = np.array(sorted(database.fitting(leaf, statements)), np.int64)
        return standing | bitmap(np.array(self._columns.documents_of(fitting), np.int64))
