"""A table of comma-separated values as rows of the register, each cell with its place. Pure."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from statements.register_cells import split_list
from statements.register_parts import PARTS, Kind, Part, columns
from statements.register_rows import Row, Upload, check_required, flag
from statements.spreadsheets import as_written


def read_csv(table: str, text: str, upload: Upload) -> None:
    """Add to an upload the rows of a table of the register, and what is wrong with them."""
    part = PARTS[table]
    numbered = list(_lines(text, upload))
    if not numbered:
        return
    header_row, header = numbered[0]
    header = [name.strip() for name in header]
    first = "part" if table == "treaties" else "id"
    if first not in header:
        upload.wrong(
            f"row {header_row}",
            "",
            f"The first row must name the columns, and «{first}» is not among them. Take the "
            "header of an exported file.",
        )
        return
    for name, times in Counter(header).items():
        if name and times > 1:
            upload.wrong(f"row {header_row}", "", f"The column «{name}» stands {times} times.")
    unknown = [name for name in header if name and name not in _known(table)]
    if unknown:
        upload.notes.append(f"Columns that are not known are left out: {', '.join(unknown)}.")
    lines = []
    for number, cells in numbered[1:]:
        if len(cells) > len(header) and any(cells[len(header) :]):
            upload.wrong(
                f"row {number}",
                cells[0],
                f"It has {len(cells)} cells and the header {len(header)}. Put a cell that holds "
                "the separator between quotation marks.",
            )
            continue
        cells += [""] * (len(header) - len(cells))
        lines.append(_Line(number, header, [as_written(cell) for cell in cells]))
    if not upload.complaints:
        _treaty_lines(lines, upload) if table == "treaties" else _grouped(part, lines, upload)


@dataclass
class _Line:
    """One row of a spreadsheet."""

    number: int
    header: list[str]
    cells: list[str]

    def cell(self, column: str) -> str:
        return self.cells[self.header.index(column)] if column in self.header else ""

    def place(self, column: str) -> str:
        letter = _letter(self.header.index(column))
        return f"row {self.number}, column {letter} «{column}»"


def _known(table: str) -> set[str]:
    part = PARTS[table]
    inner = {inner.prefix + name for _, inner in part.inside for name in inner.fields}
    return {*columns(table), *part.fields, *inner}


def _lines(text: str, upload: Upload) -> Iterator[tuple[int, list[str]]]:
    """The rows that are neither empty nor a comment, with their number in a spreadsheet."""
    sample = next(
        (line for line in text.splitlines() if line.strip() and not line.startswith("#")), ""
    )
    separator = max(",;\t", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, begun = 0, False
    try:
        for number, cells in enumerate(reader, 1):
            # What stands above the header is no row: a comment, or the separator's name.
            if begun or not (cells and cells[0].startswith(("#", "sep="))):
                begun = begun or any(cells)
                if any(cells):
                    yield number, cells
    except csv.Error as error:
        upload.wrong(
            f"row {number + 1}",
            "",
            f"The table cannot be read from here on: {error}. Close the quotation marks, and "
            "write a mark within quotation marks twice.",
        )


def _grouped(part: Part, lines: list[_Line], upload: Upload) -> None:
    """One row for each id; lines of one id say the same of it and bring rows within it."""
    rows: dict[str, Row] = {}
    for line in lines:
        key = line.cell("id").strip()
        row = _row(part, line, upload)
        known = rows.get(key) if key and part.inside else None
        if known is None:
            check_required(part, row, upload)
            rows[key or f"row {line.number}"] = known = row
            upload.rows.append(row)
        else:
            for name in row:
                # Only the first row need say what all have.
                if row[name] and row[name] != known[name]:
                    upload.wrong(
                        row.place(name),
                        key,
                        f"It differs from {known.place(name)}. Say the same of «{key}» in all "
                        "its rows.",
                    )
        for name, inner in part.inside:
            known.setdefault(name, [])
            said = [cell for cell in line.header if cell.startswith(inner.prefix)]
            if any(
                line.cell(column)
                for column in said
                if column[len(inner.prefix) :] in inner.fields
            ):
                item = _row(inner, line, upload)
                check_required(inner, item, upload)
                known[name].append(item)


def _treaty_lines(lines: list[_Line], upload: Upload) -> None:
    part = PARTS["treaties"]
    inside = {inner.noun: (name, inner) for name, inner in part.inside}
    rows: dict[str, Row] = {}
    for line in lines:
        if line.cell("part") == part.noun:
            row = _row(part, line, upload)
            check_required(part, row, upload)
            row |= {name: [] for name, _ in part.inside}
            rows.setdefault(line.cell("id"), row)
            upload.rows.append(row)
    for line in lines:
        word, owner = line.cell("part"), line.cell("treaty")
        if word == part.noun:
            continue
        if word not in inside:
            upload.wrong(
                line.place("part"),
                line.cell("id"),
                f"«{word}» is none of {', '.join([part.noun, *inside])}.",
            )
        elif owner not in rows:
            upload.wrong(
                line.place("treaty") if "treaty" in line.header else f"row {line.number}",
                line.cell("id"),
                f"«{owner}» is no treaty of this file. Add its row, or correct the id.",
            )
        else:
            name, inner = inside[word]
            item = _row(inner, line, upload)
            check_required(inner, item, upload)
            rows[owner][name].append(item)


def _row(part: Part, line: _Line, upload: Upload) -> Row:
    row = Row(f"row {line.number}")
    for name, kind in part.fields.items():
        column = part.prefix + name
        if column in line.header:
            row.places[name] = line.place(column)
            row[name] = _value(kind, line.cell(column), row, name, upload)
    return row


def _value(kind: Kind, cell: str, row: Row, name: str, upload: Upload) -> Any:
    if kind is Kind.LIST:
        return split_list(cell)
    if kind is Kind.FLAG:
        return flag(cell, row, name, upload)
    if kind is Kind.TEXT:
        return cell or None
    found: dict[str, list[str]] = {}
    for item in split_list(cell):
        language, colon, text = item.partition(":")
        if not colon:
            upload.wrong(
                row.place(name),
                row.get("id") or "",
                f"«{item}» names no language. Write it as in «en:{item}».",
            )
            continue
        found.setdefault(language, []).append(text)
    if kind is Kind.WORDS:
        return {k: texts[0] if len(texts) == 1 else texts for k, texts in found.items()}
    return found


def _letter(index: int) -> str:
    """A spreadsheet's name of a column.

    >>> _letter(0), _letter(27)
    ('A', 'AB')
    """
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
