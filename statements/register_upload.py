"""An uploaded file as rows of the register, each cell with its place. Pure.

Whatever the bytes are, the answer is rows and complaints: nothing is guessed and nothing raised.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from statements.register_cells import split_list
from statements.register_parts import PARTS, Kind, Part, columns
from statements.spreadsheets import as_written

MOST = 5 * 1024 * 1024  # bytes of a file
MOST_ROWS = 10_000  # of a file, those within others with them
DEEPEST = 8  # rows within rows, lists and maps in YAML

_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


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


def read_upload(table: str, name: str, data: bytes) -> Upload:
    """Read a file by the ending of its name: `.csv`, `.yaml` or `.yml`."""
    upload = Upload()
    text = _decoded(data, upload)
    if upload.complaints:
        return upload
    if name.lower().endswith((".yaml", ".yml")):
        _read_yaml(table, text, upload)
    elif name.lower().endswith(".csv"):
        _read_csv(table, text, upload)
    else:
        upload.wrong(
            name, "", "The name ends in neither .csv nor .yaml. Save the file as one of them."
        )
    if not upload.rows and not upload.complaints:
        upload.wrong(name, "", "There is no row in this file. Export a file to see its form.")
    inside = [name for name, _ in PARTS[table].inside]
    if (
        sum(1 + sum(len(row.get(name, [])) for name in inside) for row in upload.rows)
        > MOST_ROWS
    ):
        upload.wrong(
            name, "", f"It has more than {MOST_ROWS:,} rows. Split it and import the parts."
        )
        return upload
    _check_ids(PARTS[table], upload.rows, upload)
    return upload


def _decoded(data: bytes, upload: Upload) -> str:
    if len(data) > MOST:
        upload.wrong("file", "", "It is larger than 5 MiB. Split it and import the parts.")
        return ""
    coding = next((coding for bom, coding in _BOMS if data.startswith(bom)), "utf-8-sig")
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        upload.wrong(
            f"line {line}",
            "",
            "The file is not in UTF-8: a byte here is none of its characters. Save it as "
            "«CSV UTF-8», or choose the encoding UTF-8 when saving.",
        )
        return ""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        upload.wrong(f"line {line}", "", "It holds a NUL character, so it is not a text file.")
    return text


# ---------------------------------------------------------------------- CSV


def _read_csv(table: str, text: str, upload: Upload) -> None:
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
            _check_required(part, row, upload)
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
                _check_required(inner, item, upload)
                known[name].append(item)


def _treaty_lines(lines: list[_Line], upload: Upload) -> None:
    part = PARTS["treaties"]
    inside = {inner.noun: (name, inner) for name, inner in part.inside}
    rows: dict[str, Row] = {}
    for line in lines:
        if line.cell("part") == part.noun:
            row = _row(part, line, upload)
            _check_required(part, row, upload)
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
            _check_required(inner, item, upload)
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
        return _flag(cell, row, name, upload)
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


def _flag(cell: Any, row: Row, name: str, upload: Upload) -> bool:
    if cell in (None, ""):
        return False
    word = str(cell).strip().lower()
    if word not in _FLAGS:
        upload.wrong(row.place(name), row.get("id") or "", f"«{cell}» is neither yes nor no.")
    return _FLAGS.get(word, False)


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


# ---------------------------------------------------------------------- YAML


def _read_yaml(table: str, text: str, upload: Upload) -> None:
    part = PARTS[table]
    try:
        data = _built(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        upload.wrong(
            f"line {line}", "", f"This is not YAML: {error.problem}. Correct it and try again."
        )
        return
    except yaml.YAMLError as error:
        upload.wrong("file", "", f"This is not YAML: {error}.")
        return
    except _Refused as refused:
        upload.wrong(f"line {refused.line}", "", str(refused))
        return
    if table == "treaties" and isinstance(data, Row):
        # The project's own file keeps treaties, resolutions and mechanisms apart.
        data = [row for rows in data.values() if isinstance(rows, list) for row in rows]
    if not isinstance(data, list):
        upload.wrong("line 1", "", "The file must be a list of rows, each beginning with «- ».")
        return
    unknown: set[str] = set()
    upload.rows = [row for row in (_shaped(part, one, upload, unknown) for one in data) if row]
    if unknown:
        upload.notes.append(
            f"Fields that are not known are left out: {', '.join(sorted(unknown))}."
        )


class _Refused(Exception):
    """Well-formed YAML that is not taken."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


def _built(text: str) -> Any:
    """The document as rows, lists and texts, with lines; no tag, alias or type is heeded.

    Built from events and not by recursion, so that no file can exhaust anything.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    stack: list[Any] = []
    names: list[str | None] = []
    top: list[Any] = []
    for event in yaml.parse(text, Loader=loader):
        mark = event.start_mark
        line = mark.line + 1 if mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(line, "Aliases (*name) are not read here. Write the value itself.")
        if isinstance(event, yaml.DocumentStartEvent) and top:
            raise _Refused(line, "A file has one document; leave out what follows «---».")
        if isinstance(event, yaml.CollectionEndEvent):
            value = stack.pop()
            names.pop()
        elif isinstance(event, yaml.ScalarEvent):
            null = event.implicit[0] and event.value in _NULLS
            value = None if null else event.value
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) == DEEPEST:
                raise _Refused(line, "Lists and rows stand too deep within each other.")
            value = Row(f"line {line}") if isinstance(event, yaml.MappingStartEvent) else []
        else:
            continue
        if not isinstance(event, yaml.CollectionEndEvent):
            if not stack:
                top.append(value)
            elif isinstance(stack[-1], list):
                stack[-1].append(value)
            elif names[-1] is None:
                if not isinstance(value, str):
                    raise _Refused(line, "The name of a field must be a text.")
                if value in stack[-1]:
                    raise _Refused(line, f"«{value}» stands twice in one row.")
                names[-1] = value
                stack[-1].places[value] = f"line {line}, {value}"
            else:
                stack[-1][names[-1]] = value
                names[-1] = None
            if isinstance(value, (Row, list)):
                stack.append(value)
                names.append(None)
    return top[0] if top else []


def _shaped(part: Part, data: Any, upload: Upload, unknown: set[str]) -> Row | None:
    """The row with the fields that its part knows, each of its kind."""
    if not isinstance(data, Row):
        upload.wrong("file", "", f"«{str(data)[:40]}» is no row. Begin each with «- id: …».")
        return None
    inside = dict(part.inside)
    row = Row(data.where)
    row.places = data.places
    name_of = data.get("id") if isinstance(data.get("id"), str) else ""
    for name, value in data.items():
        if name in inside:
            items = [] if value is None else value
            if not isinstance(items, list):
                upload.wrong(data.place(name), str(name_of), "Write a list of rows here.")
                items = []
            shaped = (_shaped(inside[name], item, upload, unknown) for item in items)
            row[name] = [item for item in shaped if item is not None]
        elif name not in part.fields:
            unknown.add(name)
        else:
            row[name] = _of_kind(part.fields[name], value, row, name, str(name_of), upload)
    for name in inside:
        row.setdefault(name, [])
    _check_required(part, row, upload)
    return row


def _of_kind(kind: Kind, value: Any, row: Row, name: str, row_id: str, upload: Upload) -> Any:
    if name == "signed" and isinstance(value, Row):
        value = value.get("date")
    if kind is Kind.FLAG and not isinstance(value, (Row, list)):
        return _flag(value, row, name, upload)
    if kind is Kind.TEXT and (value is None or isinstance(value, str)):
        return value
    if kind is Kind.LIST:
        items = [] if value is None else value
        items = split_list(items) if name == "evidence" and isinstance(items, str) else items
        items = [items] if isinstance(items, str) else items
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return items
    if kind in (Kind.NAMES, Kind.WORDS) and (value is None or isinstance(value, Row)):
        found = dict(value or {})
        if all(isinstance(one, str) or _are_texts(one) for one in found.values()):
            return found
    wanted = {
        Kind.TEXT: "one value",
        Kind.FLAG: "yes or no",
        Kind.LIST: "a list of texts",
        Kind.NAMES: "a list of texts for each language",
        Kind.WORDS: "a text for each language",
    }
    upload.wrong(row.place(name), row_id, f"Write {wanted[kind]} here.")
    return None


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


# ---------------------------------------------------------------------- both


def _check_required(part: Part, row: Row, upload: Upload) -> None:
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


def _check_ids(part: Part, rows: list[Row], upload: Upload) -> None:
    """No id stands twice, among rows of a kind in the whole file."""
    by_part: dict[str, list[Row]] = {part.noun: rows}
    for name, inner in part.inside:
        by_part[inner.noun] = [item for row in rows for item in row.get(name, [])]
    for noun, found in by_part.items():
        seen: dict[str, Row] = {}
        for row in found:
            key = row.get("id")
            if key and key in seen:
                upload.wrong(
                    row.place("id"),
                    key,
                    f"The id of this {noun} stands at {seen[key].place('id')} too. Give each "
                    "row an id of its own, and never use one again.",
                )
            elif key:
                seen[key] = row
