"""Which values documents have, and how many of them have each."""

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from pyroaring import BitMap

from statements.search.kinds import Kind
from statements.search.side.bits import Integers, numbers_of, union
from statements.search.side.columns import Growing
from statements.search.side.sets import Sets

# What a count takes, in nanoseconds: to meet two bitmaps, by the value and by the document of
# the smaller; and to gather one number of a column and to count it. Measured.
MEETING = 1_000
MET = 0.02
GATHERED = 2.5
SPREAD = 15


class Values:
    """The values of all documents: for each value a bitmap of documents, for each kind a column
    of the set of values that a document has of it."""

    def __init__(
        self,
        kinds: Mapping[int, Kind],
        bitmaps: dict[int, BitMap],
        columns: Mapping[Kind, tuple[Integers, Sets]],
    ) -> None:
        self._kinds = dict(kinds)
        self._bitmaps = bitmaps
        self._sets = {kind: sets for kind, (_, sets) in columns.items()}
        self._columns = {kind: Growing(numbers) for kind, (numbers, _) in columns.items()}
        self._of_kind: dict[Kind, list[int]] = {kind: [] for kind in Kind}
        for number in bitmaps:
            self._of_kind[self._kinds[number]].append(number)
        self._totals = {number: len(documents) for number, documents in bitmaps.items()}

    def unknown(self, values: Iterable[int]) -> set[int]:
        """Those of the values whose kind has not been told."""
        return {value for value in values if value not in self._kinds}

    def tell(self, kinds: Mapping[int, Kind]) -> None:
        """Tell the kinds of new values."""
        self._kinds.update(kinds)

    def put(self, document: int, values: Iterable[int]) -> None:
        """Add a document at the end."""
        of_kind: dict[Kind, list[int]] = {}
        for value in values:
            kind = self._kinds[value]
            of_kind.setdefault(kind, []).append(value)
            if value not in self._bitmaps:
                self._bitmaps[value] = BitMap()
                self._totals[value] = 0
                self._of_kind[kind].append(value)
            self._bitmaps[value].add(document)
            self._totals[value] += 1
        for kind, column in self._columns.items():
            column.put(self._sets[kind].number(tuple(sorted(of_kind.get(kind, ())))))

    def leave(self, document: int) -> None:
        """Count a document no longer among all; it stays in the bitmaps."""
        for kind, column in self._columns.items():
            for value in self._sets[kind].values_of(int(column.numbers[document])):
                self._totals[value] -= 1

    def having(self, values: Collection[int]) -> BitMap:
        """The documents with one of the values, also such as have left. Not to be changed."""
        return union([self._bitmaps[value] for value in values if value in self._bitmaps])

    def all_counts(self, kind: Kind) -> dict[int, int]:
        """How many of all live documents have each value of a kind."""
        return {value: total for value in self._of_kind[kind] if (total := self._totals[value])}

    def counts(
        self, found: BitMap, live: BitMap, kinds: Collection[Kind]
    ) -> dict[Kind, dict[int, int]]:
        """How many of the found documents, all of them live, have each value of these kinds.

        What is more than half of all is counted by what it is not.
        """
        if len(found) == len(live):
            return {kind: self.all_counts(kind) for kind in kinds}
        inverted = len(found) * 2 > len(live)
        counted = _Counted(live - found if inverted else found)
        counts = {kind: self._count(counted, kind) for kind in kinds}
        if not inverted:
            return counts
        return {kind: self._remaining(kind, without) for kind, without in counts.items()}

    def _remaining(self, kind: Kind, without: Mapping[int, int]) -> dict[int, int]:
        remaining = {
            value: self._totals[value] - without.get(value, 0) for value in self._of_kind[kind]
        }
        return {value: count for value, count in remaining.items() if count}

    def _count(self, counted: "_Counted", kind: Kind) -> dict[int, int]:
        values, sets = self._of_kind[kind], self._sets[kind]
        by_column = GATHERED * counted.size + SPREAD * min(len(sets), counted.size)
        if len(values) * (MEETING + MET * counted.size) < by_column:
            meeting = counted.documents.intersection_cardinality
            bitmaps = self._bitmaps
            met = {value: meeting(bitmaps[value]) for value in values}
            return {value: count for value, count in met.items() if count}
        return sets.counted(self._columns[kind].numbers[counted.numbers])


class _Counted:
    """Documents that several kinds are counted of, as a bitmap and as numbers."""

    def __init__(self, documents: BitMap) -> None:
        self.documents = documents
        self.size = len(documents)
        self._numbers: Integers | None = None

    @property
    def numbers(self) -> Integers:
        """The documents; numpy gathers by this type twice as fast as by that of bitmaps."""
        if self._numbers is None:
            self._numbers = numbers_of(self.documents).astype(np.int64)
        return self._numbers
