"""Which values of one kind a document has, as one number: that of the set of them."""

from collections.abc import Iterator

import numpy as np

from statements.search.side.bits import Integers


class Numbering:
    """Distinct sets of values by a number from 0, which is the empty one's."""

    def __init__(self) -> None:
        self._number_of: dict[tuple[int, ...], int] = {(): 0}

    def numbers(self, document: Integers, values: Integers, documents: int) -> Integers:
        """The number of each document's set: `document` and `values` are pairs, sorted."""
        numbers = np.zeros(documents, np.int32)
        counts = np.bincount(document, minlength=documents)
        alone = counts[document] == 1
        distinct, where = np.unique(values[alone], return_inverse=True)
        known = np.fromiter((self.number((value,)) for value in distinct.tolist()), np.int64)
        numbers[document[alone]] = known[where]
        several = values[~alone].tolist()
        owners = document[~alone]
        start = 0
        for owner in np.unique(owners).tolist():
            end = start + int(counts[owner])
            numbers[owner] = self.number(tuple(several[start:end]))
            start = end
        return numbers

    def number(self, values: tuple[int, ...]) -> int:
        """The number of a set, whose values ascend; a new one if it is not known."""
        return self._number_of.setdefault(values, len(self._number_of))

    def sets(self) -> "Sets":
        """All sets so far."""
        lengths = np.fromiter(map(len, self._number_of), np.int32, len(self._number_of))
        values = np.fromiter((v for values in self._number_of for v in values), np.int32)
        return Sets(lengths, values)


class Sets:
    """Sets by their number: how many values each has, and all these values.

    There may be nearly as many as documents, so Python holds none of them but later ones.
    """

    def __init__(self, lengths: Integers, values: Integers) -> None:
        self._lengths = lengths
        self._values = values
        self._starts = _starts(lengths)
        self._highest = int(values.max(initial=0))
        self._known = len(lengths)
        self._later: dict[tuple[int, ...], int] = {}

    def __len__(self) -> int:
        return self._known + len(self._later)

    def number(self, values: tuple[int, ...]) -> int:
        """The number of a set, whose values ascend: an earlier one of the same may have another."""
        return self._later.setdefault(values, len(self)) if values else 0

    def as_arrays(self) -> tuple[Integers, Integers]:
        """How many values each set has, and all values."""
        missing = list(self._later)[len(self._lengths) - self._known :]
        if missing:
            lengths = np.fromiter(map(len, missing), self._lengths.dtype)
            values = np.fromiter((v for one in missing for v in one), self._values.dtype)
            self._lengths = np.concatenate([self._lengths, lengths])
            self._values = np.concatenate([self._values, values])
            self._starts = _starts(self._lengths)
            self._highest = max(self._highest, int(values.max()))
        return self._lengths, self._values

    def values_of(self, number: int) -> list[int]:
        """The values of one set."""
        lengths, values = self.as_arrays()
        start = int(self._starts[number])
        return [int(value) for value in values[start : start + int(lengths[number])]]

    def counted(self, numbers: Integers) -> Integers:
        """How often each value, by its number, is in the sets of so many documents."""
        lengths, values = self.as_arrays()
        if len(numbers) >= len(lengths):
            counts = np.repeat(np.bincount(numbers, minlength=len(lengths)), lengths)
            return np.bincount(values, weights=counts).astype(np.int64)
        # Fewer documents than sets: the first value of each, then the second, and so on.
        totals = np.zeros(self._highest + 1, np.int64)
        left, step = numbers[lengths[numbers] > 0], 0
        while len(left):
            totals += np.bincount(values[self._starts[left] + step], minlength=len(totals))
            step += 1
            left = left[lengths[left] > step]
        return totals

    def documents(self, column: Integers) -> Iterator[tuple[int, Integers]]:
        """For each value the documents that have it, in no order; the column has each
        document's set."""
        lengths, values = self.as_arrays()
        if not len(values):
            return
        order = np.argsort(column, kind="stable")
        held = np.bincount(column, minlength=len(lengths))
        ends = np.cumsum(held)
        by_value = np.argsort(values, kind="stable")
        owners = np.repeat(np.arange(len(lengths)), lengths)[by_value]
        edges = np.flatnonzero(np.diff(values[by_value], prepend=-1))
        for start, end in zip(edges, np.append(edges[1:], len(values)), strict=True):
            sets = owners[start:end]
            sizes = held[sets]
            before = np.cumsum(sizes) - sizes
            where = np.arange(int(sizes.sum())) + np.repeat(ends[sets] - sizes - before, sizes)
            yield int(values[by_value[start]]), order[where]


def _starts(lengths: Integers) -> Integers:
    starts: Integers = np.cumsum(lengths, dtype=np.int64) - lengths
    return starts
