"""Which values of one kind a document has, as one number: that of the set of them."""

from collections.abc import Iterator, Sequence

import numpy as np

from statements.search.side.bits import Integers


class Sets:
    """Distinct sets of values, numbered from 0, which is the empty one.

    There are far fewer than documents, so a count of values is one of sets, and then of the
    values in each of them.
    """

    def __init__(self, sets: Sequence[tuple[int, ...]] = ((),)) -> None:
        self.sets = list(sets)
        self._number_of = {values: number for number, values in enumerate(self.sets)}
        self._arrays: tuple[Integers, Integers] | None = None

    def number(self, values: tuple[int, ...]) -> int:
        """The number of a set, whose values ascend; a new one if it is not known."""
        found = self._number_of.get(values)
        if found is None:
            found = self._number_of[values] = len(self.sets)
            self.sets.append(values)
            self._arrays = None
        return found

    def numbers(self, document: Integers, values: Integers, documents: int) -> Integers:
        """The number of each document's set: `document` and `values` are pairs, sorted."""
        numbers = np.zeros(documents, np.int64)
        counts = np.bincount(document, minlength=documents)
        alone = counts[document] == 1
        distinct, where = np.unique(values[alone], return_inverse=True)
        known = np.fromiter((self.number((int(value),)) for value in distinct), np.int64)
        numbers[document[alone]] = known[where]
        several = values[~alone].tolist()
        owners = document[~alone]
        start = 0
        for owner in np.unique(owners).tolist():
            end = start + int(counts[owner])
            numbers[owner] = self.number(tuple(several[start:end]))
            start = end
        return numbers

    def as_arrays(self) -> tuple[Integers, Integers]:
        """How many values each set has, and all these values."""
        if self._arrays is None:
            lengths = np.fromiter(map(len, self.sets), np.int32, len(self.sets))
            values = np.fromiter((v for values in self.sets for v in values), np.int32)
            self._arrays = lengths, values
        return self._arrays

    @classmethod
    def from_arrays(cls, lengths: Integers, values: Integers) -> "Sets":
        """The sets that these arrays are of."""
        flat, start, sets = values.tolist(), 0, []
        for length in lengths.tolist():
            sets.append(tuple(flat[start : start + length]))
            start += length
        return cls(sets)

    def counted(self, counts: Integers) -> dict[int, int]:
        """From how often each set is there to how often each value is, without zeros."""
        lengths, values = self.as_arrays()
        if not len(values):
            return {}
        weights = np.repeat(counts[: len(lengths)], lengths)
        totals = np.bincount(values, weights=weights)
        found = np.flatnonzero(totals)
        return dict(zip(found.tolist(), totals[found].astype(np.int64).tolist(), strict=True))

    def documents(self, column: Integers) -> Iterator[tuple[int, Integers]]:
        """For each value the documents that have it; the column has each document's set."""
        order = np.argsort(column, kind="stable")
        edges = np.searchsorted(column[order], np.arange(len(self.sets) + 1))
        holding: dict[int, list[int]] = {}
        for number, values in enumerate(self.sets):
            for value in values:
                holding.setdefault(value, []).append(number)
        for value, numbers in holding.items():
            yield value, np.concatenate([order[edges[n] : edges[n + 1]] for n in numbers])
