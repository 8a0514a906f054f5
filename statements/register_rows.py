"""Rows of an uploaded file of either form, with their places and what is wrong. Pure."""

import re
from dataclasses import dataclass, field
from typing import Any

from statements.register_parts import Part

_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True)
class Complaint:
    """Something wrong in a file: where it stands, the row's id, and what to do about it."""

    where: str
    row: str
    sentence: str


class Row(dict[str, Any]):
    """The fields of one row, with the place of the row and of its fields."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        self.places: dict[str, str] = {}

    def place(self, name: str) -> str:
        return self.places.get(name, self.where)


@dataclass
class Upload:
    """The rows of a file, complaints that stop its import, and notes that do not."""

    rows: list[Row] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, where: str, row: str, sentence: str) -> None:
        self.complaints.append(Complaint(where, row, sentence))


def check_required(part: Part, row: Row, upload: Upload) -> None:
    """Complain of what a row of a part must say and does not, and of an id that is none."""
    for name in part.required:
        if not row.get(name):
            column = part.prefix + name
            upload.wrong(row.place(name), row.get("id") or "", f"«{column}» is missing.")
    if row.get("number") and not row.get("year"):
        upload.wrong(row.place("number"), row.get("id") or "", "«year» is missing.")
    if row.get("id") and not re.fullmatch(r"\S{1,80}", row["id"]):
        upload.wrong(
            row.place("id"),
            row["id"],
            "An id has at most 80 characters and no space. Shorten or correct it.",
        )


def flag(cell: Any, row: Row, name: str, upload: Upload) -> bool:
    """What a cell or value says that is yes or no; no where it says nothing."""
    if cell in (None, ""):
        return False
    word = str(cell).strip().lower()
    if word not in _FLAGS:
        upload.wrong(row.place(name), row.get("id") or "", f"«{cell}» is neither yes nor no.")
    return _FLAGS.get(word, False)
