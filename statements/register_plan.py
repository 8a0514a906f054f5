"""What an uploaded file would change, and the change itself.

A row is taken from the file where nobody has changed it since the file was exported, which its
`version` tells, or since the register was loaded. Where a person did, both stand side by side
until the one who imports says which holds. One wrong cell, and nothing is imported.
"""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction
from django.urls import reverse

from sources.cleaning import clean_text
from statements.models import Actor, Provision, Speaker, Treaty
from statements.register_export import version_of
from statements.register_findings import Finding, find, registers_now
from statements.register_holding import held_by
from statements.register_parts import VERSION, tables_of
from statements.register_reading import Found, records_of
from statements.register_rows import Complaint, Row
from statements.register_tables import TABLES, Keys, Table, current, related_tables, rows_of
from statements.register_upload import read_upload
from statements.register_values import Record
from statements.register_writing import create_rows, update_rows
from statements.search.entries import deferred, put_off

_KNOWN = {"actors": Actor, "speakers": Speaker, "treaties": Treaty, "provisions": Provision}
_NOTHING = "The rows that it names have changed since; nothing was imported."


class Stale(Exception):
    """The register is not what the preview showed; `plan` says what would change now."""

    def __init__(self, plan: "Plan") -> None:
        super().__init__(_NOTHING)
        self.plan = plan


@dataclass(frozen=True)
class Difference:
    """One field of a row, as it stands and as the file has it."""

    column: str
    before: Any
    after: Any

    @property
    def shown_before(self) -> str:
        """What stands now; of lists and maps only what the file has otherwise."""
        return _shown(self.before, self.after)

    @property
    def shown_after(self) -> str:
        """What the file says instead."""
        return _shown(self.after, self.before)


@dataclass
class Line:
    """One row of the file: what importing it would do."""

    table: str
    key: str
    where: str
    outcome: str  # new, changed, unchanged, kept, conflict or refused
    record: Record
    differences: list[Difference] = field(default_factory=list)
    row: Any = None
    held: int = 0

    @property
    def address(self) -> str:
        """The row's page in the admin; empty for a new one."""
        if self.row is None:
            return ""
        meta = self.row._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.row.pk])

    @property
    def name(self) -> str:
        """What a person calls the row."""
        named = self.record.get("name") or self.record.get("title") or self.record.get("kind")
        return str(self.record.get("short_name") or self.record.get("number") or named)


@dataclass
class Plan:
    """All rows of a file, what is wrong with it, and what the register would then contradict.

    `absent` counts the rows of the register that the file does not name; they stay.
    """

    table: str
    lines: list[Line] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    absent: int = 0

    @property
    def counts(self) -> Counter[str]:
        return Counter(line.outcome for line in self.lines)

    @property
    def conflicts(self) -> list[Line]:
        return [line for line in self.lines if line.outcome == "conflict"]

    @property
    def may_be_applied(self) -> bool:
        """Whether nothing is wrong and something would change."""
        return not self.complaints and bool(self.counts.keys() & {"new", "changed", "conflict"})

    @property
    def digest(self) -> str:
        """Names this very plan: the same file against the same rows gives the same."""
        said = [
            (
                line.table,
                line.key,
                line.outcome,
                line.record,
                [d.before for d in line.differences],
            )
            for line in self.lines
        ]
        text = json.dumps([said, [str(c) for c in self.complaints]], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _shown(value: Any, other: Any) -> str:
    if isinstance(value, list):
        items = [item for item in value if item not in (other or [])]
        return "; ".join(
            " ".join(str(cell) for cell in item if cell not in (None, "", False))
            if isinstance(item, list)
            else str(item)
            for item in items
        )
    if isinstance(value, dict):
        return "; ".join(
            f"{key}: {_shown(item, (other or {}).get(key))}"
            for key, item in value.items()
            if item != (other or {}).get(key)
        )
    return "" if value is None else str(value)


def preview(table: str, name: str, data: bytes) -> Plan:
    """Say what importing a file would do, and try it out in a transaction that is undone."""
    plan = _planned(table, name, data)
    if plan.may_be_applied:
        _try_out(plan)
    return plan


def apply(table: str, name: str, data: bytes, digest: str, *, take_file: bool) -> Plan:
    """Import the file as previewed under `digest`, in one transaction; raise `Stale` when the
    register is another by now, and import nothing.

    With `take_file` rows in conflict become what the file says; else they stay.
    """
    with deferred():
        _lock()
        plan = _planned(table, name, data)
        if plan.digest != digest or plan.complaints:
            raise Stale(plan)
        try:
            _write(plan, take_file=take_file)
        except (IntegrityError, DataError) as error:
            raise Stale(plan) from error
    return plan


def _planned(table: str, name: str, data: bytes) -> Plan:
    upload = read_upload(table, name, data)
    plan = Plan(table, complaints=upload.complaints, notes=upload.notes)
    if upload.complaints:
        return plan
    keys = Keys(survivors=True)
    known = {name: set(keys.rows(model)) for name, model in _KNOWN.items()}
    found = records_of(table, upload, known)
    plan.complaints += found.complaints
    plan.notes += found.notes
    for part_name in tables_of(table):
        _compare(TABLES[part_name], part_name, found, keys, plan)
    refused = {complaint.row for complaint in plan.complaints}
    for line in plan.lines:
        if line.key in refused:
            line.outcome, line.differences = "refused", []
    return plan


# ---------------------------------------------------------------------- compared


def _compare(table: Table, name: str, found: Found, keys: Keys, plan: Plan) -> None:
    ids = keys.rows(table.model)
    merged = _merged(table.model, ids)
    records = found.records[name]
    standing = {row.pk: row for row in rows_of(table)}
    plan.absent += len(set(ids) - set(records))
    lines = []
    for key, record in records.items():
        row = found.rows[name, key]
        if key in merged:
            sentence = f"This row was merged into «{merged[key]}». Change that one instead."
            plan.complaints.append(Complaint(row.place("id"), key, sentence))
            continue
        line = Line(name, key, row.where, "new", record)
        if key in ids:
            line.row = standing[ids[key]]
            _judge(line, current(table, line.row, keys), row.get(VERSION))
        lines.append(line)
        if line.outcome != "unchanged":
            _check_values(table, line, row, plan)
    _check_identity(table, name, lines, found, standing, plan)
    changing = [line.row.pk for line in lines if line.row and line.differences]
    held = held_by(table.model, changing)
    for line in lines:
        line.held = held.get(line.row.pk, 0) if line.row else 0
    plan.lines += lines


def _judge(line: Line, now: Record, version: str | None) -> None:
    """Tell whether the file changed the row, a person did, or both."""
    line.differences = [
        Difference(column, now[column], value)
        for column, value in line.record.items()
        if now[column] != value
    ]
    registered = line.row.registered
    if not line.differences:
        line.outcome = "unchanged"
    elif version:
        untouched = version_of({**now, **line.record}) == version
        line.outcome = "changed" if version_of(now) == version else "conflict"
        if untouched:
            line.outcome = "kept"
    elif registered is None:
        line.outcome = "conflict"
    elif all(now.get(column) == value for column, value in registered.items()):
        line.outcome = "changed"
    else:
        same = all(registered.get(d.column) == d.after for d in line.differences)
        line.outcome = "kept" if same else "conflict"


def _merged(model: type[models.Model], standing: dict[str, Any]) -> dict[str, str]:
    """The ids of rows that were merged into others, with the name of the row they became."""
    if model not in (Actor, Speaker):
        return {}
    gone = model._default_manager.filter(merged_into__isnull=False)
    column = "code" if model is Actor else "slug"
    found = {}
    columns = ("register_id", column, f"merged_into__{column}")
    for key, name, target in gone.values_list(*columns):
        found[key or name.lower()] = target
    return {key: target for key, target in found.items() if key not in standing}


# What a constraint of the database asks for, where the field alone does not say it.
_ASKED = {
    "actor_code_form": ("code", "A code has capital letters, digits and hyphens only."),
    "speaker_wikidata_id": ("wikidata_id", "A Wikidata id is a Q and digits, as in Q42."),
}


def _check_values(table: Table, line: Line, row: Row, plan: Plan) -> None:
    """What the columns of the table refuse, told of the cells that they come from."""
    written = {c: line.record[c] for c in table.columns if c in line.record}
    instance: Any = table.model(**written)
    try:
        instance.clean_fields(
            exclude={f.name for f in table.model._meta.fields if f.name not in written}
        )
    except ValidationError as error:
        for column, sentences in error.message_dict.items():
            said = " ".join(sentences)
            where = row.place(_CELLS.get(column, column))
            plan.complaints.append(Complaint(where, line.key, f"{column}: {said}"))
    for constraint in table.model._meta.constraints:
        asked = _ASKED.get(constraint.name)
        if asked and asked[0] in written:
            try:
                constraint.validate(table.model, instance)
            except ValidationError:
                plan.complaints.append(Complaint(row.place(asked[0]), line.key, asked[1]))
    for column, value in written.items():
        # Texts may have lines; a name may not, nor what turns or hides what a reader sees.
        single = isinstance(table.model._meta.get_field(column), models.CharField)
        if single and isinstance(value, str) and _is_unprintable(value):
            where = row.place(_CELLS.get(column, column))
            plan.complaints.append(Complaint(where, line.key, f"{column}: {_UNPRINTABLE}"))
    for name, child in table.children.items():
        for cells in line.record[name]:
            for column, cell in zip(child.columns, cells, strict=True):
                if column in child.links or not isinstance(cell, str):
                    continue
                if _is_unprintable(cell):
                    sentence = f"«{_visible(cell[:40])}»: {_UNPRINTABLE}"
                    plan.complaints.append(Complaint(row.where, line.key, sentence))
                longest = getattr(child.model._meta.get_field(column), "max_length", None)
                if longest and len(cell) > longest:
                    sentence = f"«{cell[:40]}…» has more than {longest} characters. Shorten it."
                    plan.complaints.append(Complaint(row.where, line.key, sentence))


_UNPRINTABLE = (
    "It holds a line break or a control character that nobody sees. Write it anew as one line."
)


def _is_unprintable(text: str) -> bool:
    return clean_text(text) != unicodedata.normalize("NFC", text) or bool({*"\n\t"} & {*text})


def _visible(text: str) -> str:
    return " ".join(clean_text(text).split())


# Where a column stands in a file, when it is called otherwise there.
_CELLS = {
    "title_kind": "title_id", "signed_on": "signed", "in_force_on": "in_force", "number": "path",
    "signed_on_precision": "signed_precision", "in_force_on_precision": "in_force_precision",
    "keywords": "clauses", "day": "date", "detail": "what", "short_code": "iso2",
}  # fmt: skip


def _check_identity(
    table: Table,
    name: str,
    lines: list[Line],
    found: Found,
    standing: dict[Any, Any],
    plan: Plan,
) -> None:
    """No two rows may have one code or slug after the import."""
    column = table.identity
    if column == "register_id":
        return
    taken = {getattr(row, column): row for row in standing.values()}
    seen: dict[str, str] = {}
    for line in lines:
        value = line.record[column]
        other = taken.get(value)
        where = found.rows[name, line.key].place(column)
        if value in seen:
            sentence = f"«{value}» is the {column} of «{seen[value]}» in this file too."
        elif other is not None and (line.row is None or other.pk != line.row.pk):
            sentence = (
                f"«{value}» is the {column} of «{other}» already. Use that row's id, or give "
                f"this one another {column}."
            )
        else:
            seen[value] = line.key
            continue
        plan.complaints.append(Complaint(where, line.key, sentence))


# ---------------------------------------------------------------------- written


def _try_out(plan: Plan) -> None:
    """Write as if conflicts were decided for the file, look at the register, and undo it."""
    before = set(find(registers_now()))
    try:
        with transaction.atomic():
            put_off()
            _write(plan, take_file=True)
            plan.findings = [f for f in find(registers_now()) if f not in before]
            transaction.set_rollback(True)
    except (IntegrityError, DataError) as error:
        told = str(error.__cause__ or error).splitlines()[0]
        plan.complaints.append(
            Complaint("file", "", f"The database refuses it: {told}. Correct the row it names.")
        )


def _write(plan: Plan, *, take_file: bool) -> None:
    wanted = {"new", "changed", "conflict"} if take_file else {"new", "changed"}
    for name in tables_of(plan.table):
        lines = [line for line in _of(plan, name) if line.outcome in wanted]
        create_rows(
            TABLES[name],
            [(line.key, line.record) for line in lines if line.row is None],
            loaded=False,
        )
        update_rows(
            TABLES[name],
            [(_again(line), line.record) for line in lines if line.row is not None],
            loaded=False,
        )


def _of(plan: Plan, name: str) -> Iterator[Line]:
    return (line for line in plan.lines if line.table == name)


def _again(line: Line) -> Any:
    """The row as it stands, since one that was tried out holds what was undone."""
    line.row.refresh_from_db()
    return line.row


def _lock() -> None:
    """Let nobody else write the register until the transaction ends; reading goes on."""
    tables = sorted({name for table in TABLES.values() for name in related_tables(table)})
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
