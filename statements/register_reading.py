"""Rows of an upload as records, with what is wrong told of the cells it was read from. Pure."""

from dataclasses import dataclass

from statements.register_export import Registers
from statements.register_matters import action_id, provision_id
from statements.register_parts import tables_of
from statements.register_records import Records
from statements.register_rows import Complaint, Row, Upload
from statements.register_values import Problem, Record


@dataclass
class Found:
    """The records of a file, with the row that each was read from."""

    records: Registers
    rows: dict[tuple[str, str], Row]
    complaints: list[Complaint]
    notes: list[str]


def records_of(table: str, upload: Upload, known: dict[str, set[str]]) -> Found:
    """Read the rows of an upload without complaints. `known` has the ids in the register that
    links may name, by table; those of the file itself are added."""
    known = {name: set(ids) for name, ids in known.items()}
    known.setdefault(table, set()).update(row["id"] for row in upload.rows)
    if table == "treaties":
        known.setdefault("provisions", set()).update(
            provision_id(row, article) for row in upload.rows for article in row["articles"]
        )
    records = Records(known)
    found = Found({name: {} for name in tables_of(table)}, {}, [], [])

    def keep(name: str, key: str, row: Row, record: Record) -> None:
        if key in found.records[name]:
            twice = f"The id «{key}» stands twice. Give each row an id of its own."
            found.complaints.append(Complaint(row.where, key, twice))
        found.records[name][key] = record
        found.rows[name, key] = row

    for row in upload.rows:
        if table == "actors":
            keep(table, row["id"], row, records.actor(row))
        elif table == "events":
            keep(table, row["id"], row, records.event(row))
        elif table == "speakers":
            keep(table, row["id"], row, records.speaker(row))
            for office in row["offices"]:
                keep("offices", office["id"], office, records.office(row, office))
        else:
            keep(table, row["id"], row, records.treaty(row))
            for order, article in enumerate(row["articles"]):
                key = provision_id(row, article)
                keep("provisions", key, article, records.provision(row, article, order))
            for number, action in enumerate(row["actions"], 1):
                key = action_id(row, action, number)
                keep("actions", key, action, records.action(row, action, number))
    places = {key: row for (_, key), row in found.rows.items()}
    found.complaints += [_complaint(problem, places) for problem in records.problems]
    found.notes += [
        f"{complaint.where}: {complaint.row}: {complaint.sentence} It is left out."
        for complaint in (_complaint(problem, places) for problem in records.left_out)
    ]
    return found


def _complaint(problem: Problem, rows: dict[str, Row]) -> Complaint:
    row = rows.get(problem.row)
    where = row.place(problem.field) if row is not None else problem.row
    return Complaint(where, problem.row, f"{problem.field}: {problem.reason}.")
