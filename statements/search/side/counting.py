"""Which values documents have, and how many of them have each."""

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from pyroaring import BitMap

from statements.search.counts import Counts
from statements.search.kinds import Kind
from statements.search.side.bits import Integers, numbers_of, union
from statements.search.side.columns import Growing
from statements.search.side.sets import Sets

# What a count takes, in nanoseconds, as measured. To meet two bitmaps: by the value, and by the
# document of the smaller one, or where one of 16 documents is found, by the piece of a bitmap.
MEETING = 1_500
MET = 0.45
PIECE = 400
IN_PIECE = 65_536  # documents
DENSE = 1 / 16
# To gather numbers of a column and count them: by the kind and the document, and then by the
# document or by the value of a set.
COLUMN = 20_000
GATHERED = 2.2
SPREAD = 12
GONE_THROUGH = 1.2


class _Values:
    """All values of one kind: each with its bitmap of documents, and the column of the sets."""

    def __init__(self, column: Integers, sets: Sets) -> None:
        self.column = Growing(column)
        self.sets = sets
        self.bitmaps: dict[int, BitMap] = {}
        self._numbers: Integers | None = None

    def put(self, value: int, documents: BitMap) -> None:
        """Take a value that is new."""
        self.bitmaps[value] = documents
        self._numbers = None

    @property
    def numbers(self) -> Integers:
        """The values in ascending order, as the bitmaps then are."""
        if self._numbers is None:
            self.bitmaps = dict(sorted(self.bitmaps.items()))
            self._numbers = np.fromiter(self.bitmaps, np.int64, len(self.bitmaps))
        return self._numbers


class Values:
    """The values of all documents."""

    def __init__(
        self,
        kinds: Mapping[int, Kind],
        bitmaps: Mapping[int, BitMap],
        columns: Mapping[Kind, tuple[Integers, Sets]],
    ) -> None:
        self._kinds = dict(kinds)
        self._of = {kind: _Values(*column) for kind, column in columns.items()}
        # How many live documents have each value, by its number.
        self._totals = np.zeros(max(kinds, default=0) + 1, np.int64)
        for value, documents in bitmaps.items():
            self._of[self._kinds[value]].put(value, documents)
            self._totals[value] = len(documents)

    def unknown(self, values: Iterable[int]) -> set[int]:
        """Those of the values whose kind has not been told."""
        return {value for value in values if value not in self._kinds}

    def tell(self, kinds: Mapping[int, Kind]) -> None:
        """Tell the kinds of new values."""
        self._kinds.update(kinds)
        more = max(kinds, default=0) + 1 - len(self._totals)
        if more > 0:
            self._totals = np.concatenate([self._totals, np.zeros(more, np.int64)])

    def put(self, document: int, values: Iterable[int]) -> None:
        """Add a document at the end."""
        sets: dict[Kind, list[int]] = {}
        for value in sorted(values):
            kind = self._kinds[value]
            sets.setdefault(kind, []).append(value)
            of_kind = self._of[kind]
            if value not in of_kind.bitmaps:
                of_kind.put(value, BitMap())
            of_kind.bitmaps[value].add(document)
            self._totals[value] += 1
        for kind, of_kind in self._of.items():
            of_kind.column.put(of_kind.sets.number(tuple(sets.get(kind, ()))))

    def leave(self, document: int) -> None:
        """Count a document no longer among all; it stays in the bitmaps."""
        for of_kind in self._of.values():
            for value in of_kind.sets.values_of(int(of_kind.column.numbers[document])):
                self._totals[value] -= 1

    def having(self, values: Collection[int]) -> BitMap:
        """The documents with one of the values, also such as have left. Not to be changed."""
        kinds = {
            value: self._of[self._kinds[value]] for value in values if value in self._kinds
        }
        return union([of.bitmaps[value] for value, of in kinds.items() if value in of.bitmaps])

    def counts(
        self, found: BitMap, live: BitMap, kinds: Collection[Kind]
    ) -> dict[Kind, Counts]:
        """How many of the found documents, all of them live, have each value of these kinds;
        without zeros. What is more than half of all is counted by what it is not.
        """
        inverted = len(found) * 2 > len(live)
        counted = _Counted(live - found if inverted else found)
        counts = {}
        for kind in kinds:
            of_kind = self._of[kind]
            numbers = of_kind.numbers
            met = _count(counted, of_kind)
            if inverted:
                met = self._totals[numbers] - met
            some = np.flatnonzero(met)
            counts[kind] = Counts(numbers[some], met[some])
        return counts


class _Counted:
    """Documents that several kinds are counted of, as a bitmap and as numbers."""

    def __init__(self, documents: BitMap) -> None:
        self.documents = documents
        self.size = len(documents)
        self.among = (documents.max() + 1) if documents else 1
        self._numbers: Integers | None = None

    @property
    def numbers(self) -> Integers:
        """The documents; numpy gathers by this type twice as fast as by that of bitmaps."""
        if self._numbers is None:
            self._numbers = numbers_of(self.documents).astype(np.int64)
        return self._numbers


def _count(counted: _Counted, of_kind: _Values) -> Integers:
    """How many have each value, in the order of the kind's numbers."""
    numbers, sets = of_kind.numbers, of_kind.sets
    if not counted.size or not len(numbers):
        return np.zeros(len(numbers), np.int64)
    if counted.size > counted.among * DENSE:
        by_bitmap = MEETING + PIECE * counted.among / IN_PIECE
    else:
        by_bitmap = MEETING + MET * counted.size
    by_column = COLUMN + GATHERED * counted.size
    by_column += min(SPREAD * counted.size, GONE_THROUGH * sets.size)
    if len(numbers) * by_bitmap < by_column:
        met = map(counted.documents.intersection_cardinality, of_kind.bitmaps.values())
        return np.fromiter(met, np.int64, len(numbers))
    totals = sets.counted(of_kind.column.numbers[counted.numbers])
    found = np.zeros(int(numbers.max()) + 1, np.int64)
    found[: len(totals)] = totals
    counts: Integers = found[numbers]
    return counts
