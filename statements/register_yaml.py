"""A YAML document as rows of the register, each field with its line. Pure."""

from typing import Any

import yaml

from statements.register_cells import split_list
from statements.register_parts import PARTS, Kind, Part
from statements.register_rows import Row, Upload, check_required, flag

DEEPEST = 8  # rows within rows, lists and maps

_NULLS = {"", "~", "null", "Null", "NULL"}


def read_yaml(table: str, text: str, upload: Upload) -> None:
    """Add to an upload the rows of a table of the register, and what is wrong with them."""
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
    check_required(part, row, upload)
    return row


def _of_kind(kind: Kind, value: Any, row: Row, name: str, row_id: str, upload: Upload) -> Any:
    if name == "signed" and isinstance(value, Row):
        value = value.get("date")
    if kind is Kind.FLAG and not isinstance(value, (Row, list)):
        return flag(value, row, name, upload)
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
