"""Which statement a document is, and when it was said."""

from datetime import date

import numpy as np
from pyroaring import BitMap

from statements.search.asking import Place
from statements.search.side.bits import Integers, bitmap
from statements.search.side.rows import UNDATED, ordinal


class Growing:
    """A column to whose end numbers are put."""

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
    """Statements and days by document. Those of the base are in the order of the timeline."""

    def __init__(
        self,
        statements: Integers,
        days: Integers,
        lasts: Integers,
    ) -> None:
        self.base = len(statements)
        self._statements = Growing(statements)
        self._days = Growing(days)
        self._lasts = Growing(lasts)
        self._order = np.argsort(statements).astype(np.int32)
        self._sorted = statements[self._order]
        self._later: dict[int, int] = {}
        self._imprecise = np.flatnonzero(lasts > days)

    def __len__(self) -> int:
        return len(self._statements.numbers)

    def put(self, statement: int, day: int, last: int) -> int:
        """Add a document at the end; its number."""
        document = len(self)
        self._statements.put(statement)
        self._days.put(day)
        self._lasts.put(last)
        self._later[statement] = document
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

    def statements_of(self, documents: Integers) -> Integers:
        """Which statements these documents are."""
        return self._statements.numbers[documents]

    def places_of(self, documents: Integers) -> tuple[Integers, Integers]:
        """Day and statement of each."""
        return self._days.numbers[documents], self._statements.numbers[documents]

    def before(self, place: Place) -> int:
        """How many documents of the base stand on an earlier place of the timeline."""
        days = self._days.numbers[: self.base]
        day = np.int32(ordinal(place.day))
        start, end = np.searchsorted(days, day), np.searchsorted(days, day, side="right")
        within = self._statements.numbers[start:end]
        return int(start + np.searchsorted(within, place.statement))

    def said_between(self, first: date | None, last: date | None) -> BitMap:
        """The documents whose day, or one of the days that it may be, lies between the two.

        Both count, None leaves an end open; undated documents are never among them.
        """
        lowest = ordinal(first) or UNDATED + 1
        highest = ordinal(last) or ordinal(date.max)
        days, lasts = self._days.numbers, self._lasts.numbers
        start = int(np.searchsorted(days[: self.base], np.int32(lowest)))
        end = int(np.searchsorted(days[: self.base], np.int32(highest), side="right"))
        found = BitMap(range(start, end)) if start < end else BitMap()
        others = np.concatenate([self._imprecise, np.arange(self.base, len(days))])
        fits = (days[others] > UNDATED) & (days[others] <= highest) & (lasts[others] >= lowest)
        found |= bitmap(others[fits])
        return found
