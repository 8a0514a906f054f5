"""Rows of the register as a file: YAML, or CSV that a spreadsheet opens. Both can be imported.

Written from records alone, in an order that follows from them, so that the same register gives
the same bytes.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import yaml

from statements.attribution.register import SHORT_NAMES
from statements.register_cells import join_list
from statements.register_following import left_behind
from statements.register_parts import (
    ACTOR_WORDS,
    PARTS,
    VERSION,
    Kind,
    Part,
    columns,
    tables_of,
    written,
)
from statements.register_tables import TABLES, Keys, current, rows_of
from statements.register_values import Record
from statements.register_voices import (
    COUNCIL,
    NAME_COLUMNS,
    NATIVE,
    RANKS,
    STATELIKE,
    actor_code,
)
from statements.spreadsheets import inactive

if TYPE_CHECKING:
    _SafeDumper = yaml.SafeDumper
else:
    _SafeDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

Nested = dict[str, Any]
Registers = dict[str, dict[str, Record]]


class _Dumper(_SafeDumper):
    """Writes each value where it stands, also where two rows share one."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def standing_records(table: str) -> Registers:
    """The records of a file of `table` by table and id, without rows that were merged into
    others or withdrawn."""
    keys = Keys(survivors=True)
    found: Registers = {}
    for name in tables_of(table):
        model = TABLES[name].model
        of = keys.of(model)
        stand = set(keys.rows(model).values()) - left_behind(model)
        found[name] = {
            of[row.pk]: current(TABLES[name], row, keys)
            for row in rows_of(TABLES[name])
            if row.pk in stand
        }
    return found


def version_of(record: Record) -> str:
    """A short name of what a record says."""
    said = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def as_yaml(table: str, records: Registers) -> bytes:
    """A file with nested rows, as in `statements/data`."""
    rows = nested(table, records)
    text = yaml.dump(rows, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return str(text).encode()


def as_csv(table: str, records: Registers) -> bytes:
    """A flat file in UTF-8 with a byte order mark, by which spreadsheets know it.

    No cell is taken for a formula.
    """
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns(table), restval="")
    writer.writeheader()
    for row in _flat(table, nested(table, records)):
        writer.writerow({name: inactive(cell) for name, cell in row.items()})
    return file.getvalue().encode("utf-8-sig")


def nested(table: str, records: Registers) -> list[Nested]:
    """The rows of a table in the order of their ids, with the rows that belong to them."""
    make, inner = _ROWS[table]
    owned: dict[str, dict[str, list[tuple[str, Record]]]] = {}
    for field, (name, owner, _, order) in inner.items():
        by_owner: dict[str, list[tuple[str, Record]]] = {}
        for key, record in sorted(records[name].items(), key=lambda item: order(*item)):
            by_owner.setdefault(record[owner], []).append((key, record))
        owned[field] = by_owner
    rows = []
    for key, record in sorted(records[table].items(), key=lambda item: natural(item[0])):
        row = _written(PARTS[table], make(key, record), record)
        for field, part in PARTS[table].inside:
            _, _, make_inner, _ = inner[field]
            row[field] = [
                _written(part, make_inner(inner_key, item), item)
                for inner_key, item in owned[field].get(key, [])
            ]
        rows.append(row)
    return rows


def natural(key: str) -> list[Any]:
    """An order of ids in which `putin.2` stands before `putin.10`."""
    parts = re.split(r"([0-9]+)", key)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts] + [(-1, key)]


def _written(part: Part, row: Nested, record: Record) -> Nested:
    row = {**row, **_common(record), VERSION: version_of(record)}
    return {name: row[name] for name in written(part)}


def _common(record: Record) -> Nested:
    return {name: record[name] for name in ("evidence", "confidence", "note")}


def _flat(table: str, rows: list[Nested]) -> Iterator[dict[str, str]]:
    part = PARTS[table]
    for row in rows:
        whole = _cells(part, row)
        if table == "treaties":
            yield {"part": part.noun, "treaty": row["id"], **whole}
            for field, inner in part.inside:
                for item in row[field]:
                    yield {"part": inner.noun, "treaty": row["id"], **_cells(inner, item)}
            continue
        inside = [_cells(inner, item) for field, inner in part.inside for item in row[field]]
        for cells in inside or [{}]:
            yield {**whole, **cells}


def _cells(part: Part, row: Nested) -> dict[str, str]:
    return {part.prefix + name: _cell(part.fields[name], row[name]) for name in written(part)}


def _cell(kind: Kind, value: Any) -> str:
    if kind is Kind.FLAG:
        return "yes" if value else "no"
    if kind is Kind.LIST:
        return join_list(value)
    if kind in (Kind.NAMES, Kind.WORDS):
        return join_list(
            f"{language}:{text}"
            for language, texts in value.items()
            for text in (texts if isinstance(texts, list) else [texts])
        )
    return "" if value is None else str(value)


# ---------------------------------------------------------------------- records as rows


def _actor(key: str, record: Record) -> Nested:
    kind = ACTOR_WORDS[record["kind"]]
    row: Nested = {
        "id": key,
        "kind": kind,
        "iso2": record["short_code"] or ("none" if key in SHORT_NAMES else None),
        "iso3": record["code"] if kind in STATELIKE else None,
    }
    row["code"] = None if actor_code(row) == record["code"] else record["code"]
    names: dict[str, list[str]] = {column: [] for column in NAME_COLUMNS.values()}
    row |= {f"name_{language}": None for language in NATIVE}
    row |= {"aliases_native": [], "more_names": []}
    for name_kind, language, text in record["names"]:
        column = f"name_{language}"
        if name_kind in NAME_COLUMNS and not language:
            names[NAME_COLUMNS[name_kind]].append(text)
        elif name_kind == "native" and not language:
            row["aliases_native"].append(text)
        elif name_kind == "native" and language in NATIVE and not row[column]:
            row[column] = text
        else:
            row["more_names"].append(f"{name_kind}:{language}:{text}")
    same = ("name", "official_name", "parent", "valid_from", "valid_to")
    return {
        **row,
        **names,
        **{name: record[name] for name in same},
        "groups": [_group(*membership) for membership in record["memberships"]],
    }


def _group(group: str, start: str | None, end: str | None) -> str:
    if group == COUNCIL and start and (start[4:], end) == ("-01-01", f"{start[:4]}-12-31"):
        return f"UNSC{start[:4]}"
    plain = not start and not end and group.upper().lower() == group and "@" not in group
    if plain and not re.fullmatch(r"UNSC\d{4}", group.upper()):
        return group.upper()
    return f"{group}@{start or ''}/{end or ''}"


def _speaker(key: str, record: Record) -> Nested:
    aliases: list[str] = []
    more: list[str] = []
    native: dict[str, dict[bool, list[str]]] = {}
    for kind, language, text, checked in record["names"]:
        if kind == "native" and language:
            native.setdefault(language, {True: [], False: []})[checked].append(text)
        elif kind == "alias" and not language and not checked:
            aliases.append(text)
        else:
            more.append(_more_name(kind, language, text, checked))
    shown: dict[str, str | list[str]] = {}
    for language, texts in sorted(native.items()):
        checked = bool(texts[True])
        kept = texts[checked]
        shown[language] = kept[0] if len(kept) == 1 else kept
        more += [
            _more_name("native", language, text, not checked) for text in texts[not checked]
        ]
    return {
        "id": key,
        "aliases": aliases,
        "native": shown,
        "native_checked": [language for language in shown if native[language][True]],
        "more_names": more,
        **{
            name: record[name]
            for name in (
                "slug",
                "kind",
                "name",
                "family_name",
                "gender",
                "wikidata_id",
                "actor",
            )
        },
    }


def _more_name(kind: str, language: str, text: str, checked: bool) -> str:
    return f"{kind}:{language}:{'yes' if checked else 'no'}:{text}"


def _office(key: str, record: Record) -> Nested:
    same = (
        "title", "actor", "organ", "start_precision", "start_basis", "end_precision", "end_basis",
        "attested_from", "attested_to", "verified_to", "acting",
    )  # fmt: skip
    rank = record["rank"]
    usual = rank == RANKS.get(record["title_kind"])
    return {
        "id": key,
        **{name: record[name] for name in same},
        "title_id": record["title_kind"],
        "rank": None if usual else "none" if rank is None else str(rank),
        "start": _date(record["start"], record["start_precision"]),
        "end": _date(record["end"], record["end_precision"]),
    }


def _treaty(key: str, record: Record) -> Nested:
    same = ("slug", "kind", "short_name", "titles", "aliases", "summary", "parties", "concerns")
    return {
        "id": key,
        **{name: record[name] for name in same},
        "signed": _date(record["signed_on"], record["signed_on_precision"]),
        "signed_precision": record["signed_on_precision"],
        "in_force": _date(record["in_force_on"], record["in_force_on_precision"]),
        "in_force_precision": record["in_force_on_precision"],
    }


def _article(key: str, record: Record) -> Nested:
    return {
        "id": key,
        "path": record["number"],
        "order": str(record["order"]),
        "clauses": record["keywords"],
        **{name: record[name] for name in ("heading", "summary", "texts", "verified")},
    }


def _action(key: str, record: Record) -> Nested:
    return {
        "id": key,
        **{name: record[name] for name in ("kind", "actor", "precision", "place")},
        "date": _date(record["day"], record["precision"]),
        "what": record["detail"],
        "by": record["signatories"],
    }


def _event(key: str, record: Record) -> Nested:
    same = (
        "slug", "title", "kind", "end", "precision", "place", "country", "treaty", "provision",
        "symbol", "related", "actors", "speakers",
    )  # fmt: skip
    return {
        "id": key,
        **{name: record[name] for name in same},
        "start": _date(record["start"], record["precision"]),
    }


def _date(day: str | None, precision: str) -> str | None:
    """The day as far as it is known, where that says all that stands."""
    if day and precision == "month" and day[8:] == "01":
        return day[:7]
    if day and precision == "year" and day[4:] == "-01-01":
        return day[:4]
    return day


_Make = Callable[[str, Record], Nested]
_Inner = tuple[str, str, _Make, Callable[[str, Record], Any]]
_ROWS: dict[str, tuple[_Make, dict[str, _Inner]]] = {
    "actors": (_actor, {}),
    "speakers": (
        _speaker,
        {"offices": ("offices", "speaker", _office, lambda key, _: natural(key))},
    ),
    "treaties": (
        _treaty,
        {
            "articles": (
                "provisions",
                "treaty",
                _article,
                lambda key, record: (record["order"], natural(key)),
            ),
            "actions": (
                "actions",
                "treaty",
                _action,
                lambda key, record: (record["day"] or "", natural(key)),
            ),
        },
    ),
    "events": (_event, {}),
}
