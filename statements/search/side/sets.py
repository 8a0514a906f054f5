"""Which values of one kind a document has, as one number: that of the set of them."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from statements.search.side.bits import Integers
from statements.search.side.columns import Growing

# To look up the values of each document, one by one, takes ten times as long as to go through a
# value of all sets.
_EACH = 10


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
        self._lengths = Growing(lengths)
        self._starts = Growing(np.cumsum(lengths, dtype=np.int64) - lengths)
        self._values = Growing(values)
        self._base = len(lengths)
        self._later: dict[tuple[int, ...], int] = {}

    def __len__(self) -> int:
        return len(self._lengths.numbers)

    @property
    def size(self) -> int:
        """How many values all sets have together."""
        return len(self._values.numbers)

    def number(self, values: tuple[int, ...]) -> int:
        """The number of a set, whose values ascend: an earlier one of the same may have another."""
        if not values:
            return 0
        if values not in self._later:
            self._later[values] = len(self)
            self._lengths.put(len(values))
            self._starts.put(len(self._values.numbers))
            for value in values:
                self._values.put(value)
        return self._later[values]

    def as_arrays(self) -> tuple[Integers, Integers]:
        """How many values each set has, and all values."""
        return self._lengths.numbers, self._values.numbers

    def values_of(self, number: int) -> list[int]:
        """The values of one set."""
        start = int(self._starts.numbers[number])
        length = int(self._lengths.numbers[number])
        values: list[int] = self._values.numbers[start : start + length].tolist()
        return values

    def counted(self, numbers: Integers) -> Integers:
        """How often each value, by its number, is in the sets of so many documents."""
        lengths, values = self.as_arrays()
        if len(numbers) * _EACH < len(values):
            return np.bincount(values[self._places(numbers)]).astype(np.int64)
        times = np.bincount(numbers, minlength=len(lengths))
        later = self._base + np.flatnonzero(times[self._base :])
        weights = np.repeat(times[later], lengths[later])
        owners, edges, distinct = self._by_value
        counts = np.bincount(
            values[self._places(later)], weights, minlength=int(distinct.max(initial=-1)) + 1
        ).astype(np.int64)
        if len(edges):
            counts[distinct] += np.add.reduceat(times[owners], edges)
        return counts

    @cached_property
    def _by_value(self) -> tuple[Integers, Integers, Integers]:
        """The sets of the base by their values: which sets, from where on those of the next
        value stand, and the values."""
        lengths = self._lengths.numbers[: self._base]
        values = self._values.numbers[: int(lengths.sum())]
        order = np.argsort(values, kind="stable")
        ordered = values[order]
        edges = np.flatnonzero(np.diff(ordered, prepend=-1))
        owners = np.repeat(np.arange(self._base), lengths)[order]
        return owners, edges, ordered[edges]

    def _places(self, numbers: Integers) -> Integers:
        """Where the values of these sets stand, one after the other."""
        sizes = self._lengths.numbers[numbers]
        before = np.cumsum(sizes) - sizes
        places = np.repeat(self._starts.numbers[numbers] - before, sizes)
        places += np.arange(len(places))
        return places

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
