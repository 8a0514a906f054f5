"""Which statement a document is, and when it was said."""

from datetime import date
from typing import Literal

import numpy as np
from pyroaring import BitMap

from statements.search.places import Places, days_of, keys_of, place_at
from statements.search.side.bits import Integers, bitmap
from statements.search.side.rows import UNDATED, ordinal


class Growing:
    """A column to whose end numbers are put.

    >>> column = Growing(np.array([7], np.uint8))
    >>> column.put(300)
    >>> column.numbers
    array([  7, 300], dtype=uint16)
    """

    def __init__(self, numbers: Integers) -> None:
        self._held = numbers
        self._length = len(numbers)

    def put(self, number: int) -> None:
        """Add one number; one too large for the column makes it a wider one."""
        if number > (limit := np.iinfo(self._held.dtype)).max:
            self._held = self._held.astype(f"u{limit.bits // 4}")
        if self._length == len(self._held):
            more = np.zeros(max(self._length // 50, 1024), self._held.dtype)
            self._held = np.concatenate([self._held, more])
        self._held[self._length] = number
        self._length += 1

    @property
    def numbers(self) -> Integers:
        """All numbers."""
        return self._held[: self._length]


class Columns:
    """Place and last day by document. Those of the base are in the order of the timeline."""

    def __init__(self, places: Places, lasts: Integers) -> None:
        self.base = len(places)
        self._places = Growing(places)
        self._lasts = Growing(lasts)
        statements = keys_of(places)
        self._order = np.argsort(statements).astype(np.int32)
        self._sorted = statements[self._order]
        self._later: dict[int, int] = {}
        self._imprecise = np.flatnonzero(lasts > days_of(places))
        # The documents of no day.
        self.undated = BitMap(range(self.up_to(place_at(UNDATED + 1, 0), with_it=False)))

    def __len__(self) -> int:
        return len(self._places.numbers)

    def put(self, statement: int, day: int, last: int) -> int:
        """Add a document at the end; its number."""
        document = len(self)
        self._places.put(place_at(day, statement))
        self._lasts.put(last)
        self._later[statement] = document
        if day == UNDATED:
            self.undated.add(document)
        return document

    def document_of(self, statement: int) -> int | None:
        """The latest document of a statement, which may have left."""
        if (later := self._later.get(statement)) is not None:
            return later
        at = int(np.searchsorted(self._sorted, statement))
        if at < self.base and self._sorted[at] == statement:
            return int(self._order[at])
        return None

    def documents_of(self, statements: Integers) -> list[int]:
        """The latest documents of these statements, without those that are unknown."""
        found = map(self.document_of, statements.tolist())
        return [document for document in found if document is not None]

    def places(self, documents: Integers) -> Places:
        """Where these documents stand on the timeline."""
        return self._places.numbers[documents].astype(np.int64, copy=False)

    def up_to(self, place: int, *, with_it: bool) -> int:
        """How many documents of the base stand before a place, or there."""
        side: Literal["left", "right"] = "right" if with_it else "left"
        return int(np.searchsorted(self._places.numbers[: self.base], place, side=side))

    def said_between(self, first: date | None, last: date | None) -> BitMap:
        """The documents whose day, or one of the days that it may be, lies between the two.

        Both count, None leaves an end open; undated documents are never among them.
        """
        lowest = ordinal(first) or UNDATED + 1
        highest = ordinal(last) or ordinal(date.max)
        start = self.up_to(place_at(lowest, 0), with_it=False)
        end = self.up_to(place_at(highest + 1, 0), with_it=False)
        found = BitMap(range(start, end)) if start < end else BitMap()
        others = np.concatenate([self._imprecise, np.arange(self.base, len(self))])
        days, lasts = days_of(self._places.numbers[others]), self._lasts.numbers[others]
        fits = (days > UNDATED) & (days <= highest) & (lasts >= lowest)
        found |= bitmap(others[fits])
        return found
