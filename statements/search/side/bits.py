"""Between numpy's arrays and roaring bitmaps."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

# Numbers of documents, or positions.
Numbers = npt.NDArray[np.uint32]
# Whole numbers of whatever width.
Integers = npt.NDArray[np.integer[Any]]

# Of serialised bitmaps: what one without runs begins with, and how many numbers of a piece are
# listed at most.
_NO_RUNS = 12_346
_MOST_LISTED = 4_096
# To look up a number among others takes as long as to merge so many.
_FEWER = 16


def bitmap(numbers: Integers) -> BitMap:
    """A bitmap of the numbers, which need no order and may stand there twice.

    By way of `array`, as pyroaring asks any other sequence for one number after the other.
    """
    return BitMap(array("I", numbers.astype(np.uint32, copy=False).tobytes()))


def distinct(numbers: Integers) -> Integers:
    """The numbers ascending, each once. Many of them are marked rather than sorted."""
    if len(numbers) < 10_000:
        return np.unique(numbers)
    marked = np.zeros(int(numbers.max()) + 1, bool)
    marked[numbers] = True
    return np.flatnonzero(marked)


def numbers_of(bits: BitMap) -> Numbers:
    """The numbers of a bitmap, ascending."""
    return np.frombuffer(bits.to_array(), dtype=np.uint32)


def numbers_in(serialised: bytes) -> Numbers:
    """The numbers of a serialised bitmap, ascending.

    Read as they lie there: of thousands of pieces with few numbers each, as positions have them,
    to make a bitmap takes ten times as long. https://github.com/RoaringBitmap/RoaringFormatSpec
    """
    cookie, pieces = np.frombuffer(serialised, "<u4", count=2).tolist()
    if cookie == _NO_RUNS:
        told = np.frombuffer(serialised, "<u2", count=2 * pieces, offset=8)
        sizes = told[1::2].astype(np.int64) + 1
        if sizes.max(initial=0) <= _MOST_LISTED:
            high = np.repeat(told[::2].astype(np.uint32) << np.uint32(16), sizes)
            # Behind the sizes stands where each piece is: one after the other.
            low = np.frombuffer(serialised, "<u2", offset=8 + 8 * pieces)
            np.bitwise_or(high, low, out=high)
            return high
    return numbers_of(BitMap.deserialize(serialised))


def merged(several: Sequence[Numbers]) -> Numbers:
    """The numbers of all of them, ascending, each once."""
    # Stretches that ascend already are merged and not sorted.
    together = np.sort(np.concatenate([np.zeros(0, np.uint32), *several]), kind="stable")
    kept = np.ones(len(together), bool)
    kept[1:] = together[1:] != together[:-1]
    return together[kept]


def in_both(first: Numbers, second: Numbers) -> Numbers:
    """Of two whose numbers ascend, each once, the numbers that are in both."""
    few, many = (first, second) if len(first) < len(second) else (second, first)
    if len(few) * _FEWER < len(many):
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        return few[many[at] == few] if len(many) else few
    together = np.sort(np.concatenate([few, many]), kind="stable")
    twice: Numbers = together[1:][together[1:] == together[:-1]]
    return twice


def union(bitmaps: Iterable[BitMap]) -> BitMap:
    """What is in any of them. It may be one of them itself: not to be changed."""
    several = list(bitmaps)
    if len(several) == 1:
        return several[0]
    return BitMap.union(*several) if several else BitMap()


def intersection(bitmaps: Iterable[BitMap]) -> BitMap:
    """What is in all of them, of which there must be one: the smallest are met first."""
    smallest, *others = sorted(bitmaps, key=len)
    for other in others:
        smallest = smallest & other
    return smallest
