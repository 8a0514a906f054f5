"""Values of a row of the register, checked: days, links to other rows, lists. Pure."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sources.registered import Confidence
from statements.models.dates import Precision
from statements.register_cells import split_list

Record = dict[str, Any]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be read: its file, its id, the field and a reason."""

    file: str
    row: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.row}: {self.field}: {self.reason}"


class Values:
    """Reads values of rows, and gathers everything that is wrong with them.

    `known` has the ids that a row may name, by table: actors, speakers, treaties, provisions.
    Links to others are problems. `left_out` has what was read and is not kept, which is none.
    """

    def __init__(self, known: dict[str, set[str]]) -> None:
        self.known: dict[str, set[str]] = defaultdict(set, known)
        self.problems: list[Problem] = []
        self.left_out: list[Problem] = []

    def common(self, file: str, name: str, row: Record) -> Record:
        """What every record says of its own provenance."""
        evidence = row.get("evidence") or []
        return {
            "evidence": [str(item) for item in several(evidence, split=True)],
            "confidence": self.one_of(
                file, name, "confidence", row.get("confidence") or "", Confidence.values
            ),
            "note": str(row.get("note") or ""),
        }

    def wrong(self, file: str, row: str, field: str, reason: str) -> None:
        """Note why a field of a row cannot be taken."""
        self.problems.append(Problem(file, row, field, reason))

    def day(self, file: str, row: str, field: str, value: Any) -> tuple[str | None, str]:
        """The first day that a written date allows, and its precision."""
        if value in (None, ""):
            return None, "unknown"
        text = str(value)
        full = (text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10]
        if not _DATE.fullmatch(text):
            self.wrong(
                file,
                row,
                field,
                f"«{text}» is not a date like 2024, 2024-06 or 2024-06-19; write it so",
            )
        elif not _is_day(full):
            self.wrong(file, row, field, f"«{text}» is no day of the calendar")
        else:
            return full, str(_PRECISIONS[len(text)])
        return None, "unknown"

    def last_day(self, file: str, row: str, field: str, value: Any) -> str | None:
        """The last day that a written date allows: of a year, 31 December."""
        day, precision = self.day(file, row, field, value)
        if day is None or precision == Precision.DAY:
            return day
        first = date.fromisoformat(day)
        month = 12 if precision == Precision.YEAR else first.month
        return f"{first.replace(month=month, day=monthrange(first.year, month)[1])}"

    def first_day(self, file: str, row: str, field: str, value: Any) -> str | None:
        """The first day that a written date allows."""
        return self.day(file, row, field, value)[0]

    def link(self, file: str, row: str, field: str, value: Any, table: str) -> str | None:
        """A link to another record, which must be there."""
        if value in (None, ""):
            return None
        if value not in self.known[table]:
            self.unknown(file, row, field, value)
            return None
        return str(value)

    def links(self, file: str, row: str, field: str, value: Any, table: str) -> list[str]:
        """Links to several other records, sorted and each once."""
        found = (self.link(file, row, field, one, table) for one in value or [])
        return sorted({one for one in found if one})

    def one_of(
        self, file: str, row: str, field: str, value: str, allowed: Iterable[str]
    ) -> str:
        """A word that must be one of those allowed, or empty."""
        if value and value not in allowed:
            self.wrong(file, row, field, f"«{value}» is none of {', '.join(allowed)}")
        return value

    def unknown(self, file: str, row: str, field: str, value: Any) -> None:
        """Note that a field names what the register does not have."""
        self.wrong(
            file,
            row,
            field,
            f"«{value}» is not in the register; add it first, or correct the id",
        )

    def dated(
        self, file: str, name: str, field: str, row: Record, precision: str = ""
    ) -> tuple[str | None, str]:
        """A date and how exactly it is known: as the row says, else as the date is written."""
        day, written = self.day(file, name, field, row.get(field))
        column = precision or f"{field}_precision"
        said = self.one_of(file, name, column, row.get(column) or "", Precision.values)
        if day is None or not said:
            return day, written
        if written != Precision.DAY and said != written:
            self.wrong(file, name, column, f"«{said}» does not fit the date {row[field]}")
        return day, said

    def in_order(
        self, file: str, row: str, field: str, first: str | None, last: str | None
    ) -> None:
        """Note where a first day lies after the last one."""
        if first and last and first > last:
            self.wrong(file, row, field, f"{first} is after {last}")

    def count(self, file: str, row: str, field: str, value: Any, default: int) -> int:
        """A number from 0 to 9999, or `default` where none is said."""
        if value in (None, ""):
            return default
        if not re.fullmatch(r"\d{1,4}", str(value)):
            self.wrong(file, row, field, f"«{value}» is not a number from 0 to 9999")
            return default
        return int(value)


def listed(value: Any) -> list[str]:
    """The items of a cell, or those of a list."""
    return several(value, split=True)


def several(value: Any, *, split: bool = False) -> list[str]:
    """The items of a list; what is none is one, or is `split` at its separators."""
    if not value:
        return []
    if isinstance(value, list):
        return value
    return split_list(value) if split else [value]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def each_once(rows: Iterable[list[Any]]) -> list[list[Any]]:
    """The rows sorted, and none twice."""
    unique = {tuple(row): row for row in rows}
    key: Callable[[list[Any]], list[str]] = lambda row: [str(cell) for cell in row]
    return sorted(unique.values(), key=key)
