"""The past of one statement: which versions it has, and those of them that are asked for.

A statement may have thousands of versions and a page shows a few, so that all recorded changes
are looked at by what tells where versions begin, and only those that are shown are read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from history.models import Change
from statements.models import Review, Statement
from statements.versions import STATEMENT, State, Version


class Past:
    """The versions of one statement; `numbers` are those of all of them, oldest first."""

    def __init__(self, statement: Statement) -> None:
        """Look at all recorded changes of the statement, in one query."""
        self._key = str(statement.pk)
        self._changes = [_Recorded(*row) for row in _recorded(self._key).values_list(*_COLUMNS)]
        made = list(_numbered(self._changes))
        self.numbers = [number for _, number in made]
        self._made = [at for at, _ in made]
        later = (_start(self._changes, earlier, at) for earlier, at in pairwise(self._made))
        self._bounds = [0, *later, len(self._changes)]

    def versions(self, places: Sequence[int] | None = None) -> list[Version]:
        """The versions at these places among `numbers`, or all of them, in one query."""
        return self._read(range(len(self.numbers)) if places is None else places)

    def numbered(self, *numbers: int) -> list[Version | None]:
        """The versions with these numbers, None for one that there is not; in one query."""
        places = {number: self.numbers.index(number) for number in {*numbers} & {*self.numbers}}
        found = dict(zip(places, self._read([*places.values()]), strict=True))
        return [found.get(number) for number in numbers]

    def _read(self, places: Sequence[int]) -> list[Version]:
        last: dict[tuple[str, str], int] = {}
        standing: dict[int, list[int]] = {}
        within: set[int] = set()
        looked_at = 0
        for place in sorted(places):
            start, end = self._bounds[place : place + 2]
            within.update(one.pk for one in self._changes[start:end])
            # A row stands as its last change left it.
            last.update(((one.table, one.key), one.pk) for one in self._changes[looked_at:end])
            standing[place] = sorted(last.values())
            looked_at = end
        needed = within.union(*standing.values())
        rows = self._with_decisions().in_bulk(needed) if needed else {}
        return [self._version(place, standing[place], rows) for place in places]

    def _with_decisions(self) -> QuerySet[Change]:
        """Changes, without what was before them, each with what was decided with its version."""
        decided = Review.objects.filter(
            statement=int(self._key), after__version=OuterRef("after__version")
        )
        first = decided.order_by("pk").values("decision")[:1]
        return Change.objects.defer("before").annotate(decision=Subquery(first))

    def _version(
        self, place: int, standing: Iterable[int], rows: Mapping[int, Change]
    ) -> Version:
        start, end = self._bounds[place : place + 2]
        state = State()
        for pk in standing:
            state = state.after(rows[pk], self._key)
        began = rows[self._changes[self._made[place]].pk]
        decision = began.decision  # type: ignore[attr-defined]
        return Version(
            self.numbers[place],
            began,
            Review.Decision(decision) if decision else None,
            [rows[one.pk] for one in self._changes[start:end]],
            state,
            self._changes[end].at if end < len(self._changes) else None,
        )


@dataclass(frozen=True)
class _Recorded:
    """A recorded change without its rows; `number` is the version of a statement's own."""

    pk: int
    table: str
    key: str
    transaction: int
    act: UUID | None
    at: datetime
    number: int | None


_COLUMNS = ("pk", "table", "key", "transaction", "act", "at", "number")


def _recorded(key: str) -> QuerySet[Change]:
    mine = Q(owner_key=key) | Q(left_key=key)
    number = Case(When(table=STATEMENT, then=Cast(KT("after__version"), IntegerField())))
    recorded = Change.objects.filter(mine, owner_table=STATEMENT)
    return recorded.annotate(number=number).order_by("pk")


def _numbered(changes: Iterable[_Recorded]) -> Iterator[tuple[int, int]]:
    """Where in the changes each version got its number, and the number."""
    known = None
    for index, change in enumerate(changes):
        if change.number is not None and change.number != known:
            yield index, change.number
            known = change.number


def _start(changes: Sequence[_Recorded], earlier: int, at: int) -> int:
    """Where the deed began that made the version at `at`, which may begin with its parts."""
    deed = (changes[at].transaction, changes[at].act)
    deeds = [(one.transaction, one.act) for one in changes[earlier : at + 1]]
    # Two versions of one deed: only the row itself tells where the second begins.
    return at if deeds[0] == deed else earlier + deeds.index(deed)
