"""What is asked of the search, and what it answers: the one shape that both engines share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from statements.search.counts import Counts
from statements.search.kinds import Kind
from statements.search.lexed import Lexed

SIZE = 25
# Of so many newest matches the best are shown first.
RANKED = 300
# A value that no statement has, for one that is asked for and not known to any.
NOBODY = 0

Values = Mapping[Kind, frozenset[int]]


@dataclass(frozen=True)
class Query:
    """Which statements: each of `words`, one of the `wanted` values of each kind, none of the
    `unwanted`, said between two days. Values are numbers of `FacetValue`.

    A statement whose day is known as a month, a year or one of several days fits when that
    overlaps the days from `first` to `last`; both count, and None leaves an end open. One of
    which no day is known fits no bound.
    """

    words: Lexed | None = None
    wanted: Values = field(default_factory=dict)
    unwanted: Values = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    def without(self, kind: Kind) -> "Query":
        """The same as if that kind were unset; of the months also the days are."""
        days = kind == Kind.MONTH
        return Query(
            self.words,
            {one: values for one, values in self.wanted.items() if one != kind},
            {one: values for one, values in self.unwanted.items() if one != kind},
            None if days else self.first,
            None if days else self.last,
        )

    def sets(self, kind: Kind) -> bool:
        """Whether it narrows by that kind, so that its counts are of another set."""
        narrowed = bool(self.wanted.get(kind) or self.unwanted.get(kind))
        return narrowed or (kind == Kind.MONTH and bool(self.first or self.last))


@dataclass(frozen=True)
class Place:
    """Where a statement stands on the timeline; later places are shown first, undated last."""

    day: date | None
    statement: int


@dataclass(frozen=True)
class Part:
    """Which of the matches: `size` of them behind or before a place, or the newest.

    With `best` the newest `RANKED` matches are ordered by how well they fit, and `skipped` of
    them are left out; places mean nothing then.
    """

    size: int = SIZE
    after: Place | None = None
    before: Place | None = None
    best: bool = False
    skipped: int = 0


@dataclass(frozen=True)
class Answer:
    """All counts are exact. `statements` are primary keys in the order of showing, `first` is
    where the first of them stands among all, from 1; `counts` are by kind and value. With those
    of the months comes how many are `undated`, of the same statements as they."""

    total: int
    statements: list[int]
    first: int
    older: bool
    newer: bool
    counts: Mapping[Kind, Counts]
    undated: int = 0
