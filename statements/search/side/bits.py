"""Between numpy's arrays and roaring bitmaps."""

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

# Numbers of documents, or positions.
Numbers = npt.NDArray[np.uint32]
# Whole numbers of whatever width.
Integers = npt.NDArray[np.integer[Any]]


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
