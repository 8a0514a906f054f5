"""Rows put back to what they were before a recorded change.

A table may have gained or lost columns since; what both know is compared and written.
"""

import json
from collections.abc import Collection
from functools import cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from history.models import Change

Row = dict[str, Any]


def differing(change: Change, ignored: Collection[str] = ()) -> list[str]:
    """Return the columns in which a row is no longer what `change` made of it.

    `["id"]` when it is gone, or is there though the change deleted it. The row is locked.
    """
    expected = change.after if change.after is not None else change.before
    assert expected is not None
    table = _quoted(change.table)
    columns = [name for name in _columns(change.table, expected) if name not in ignored]
    pieces = ", ".join(
        f"CASE WHEN t.{_quoted(name)} IS DISTINCT FROM r.{_quoted(name)} THEN '{name}' END"
        for name in columns
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT array_remove(ARRAY[{pieces}], NULL) FROM {table} t, "
            f"jsonb_populate_record(NULL::{table}, %s) r WHERE t.id = r.id FOR UPDATE OF t",
            [json.dumps(expected)],
        )
        found = cursor.fetchone()
    if (found is None) != (change.after is None):
        return ["id"]
    return list(found[0]) if found and change.after is not None else []


def put_back(change: Change, ignored: Collection[str] = ()) -> None:
    """Write what stood before `change`: a deleted row comes again, an inserted one goes.

    `ignored` columns of an updated row stay as they are.
    """
    table = _quoted(change.table)
    if change.before is None:
        _write(f"DELETE FROM {table} WHERE id = %s", [change.key])
        return
    if change.after is None:
        before = _filled(change.table, change.before)
        names = ", ".join(map(_quoted, _columns(change.table, before)))
        _write(
            f"INSERT INTO {table} ({names}) SELECT {names} "
            f"FROM jsonb_populate_record(NULL::{table}, %s)",
            [json.dumps(before, cls=DjangoJSONEncoder)],
        )
        return
    changed = [
        _quoted(name)
        for name in _columns(change.table, change.before)
        if name not in ignored and change.before[name] != change.after.get(name)
    ]
    if changed:
        values = ", ".join(f"{name} = r.{name}" for name in changed)
        _write(
            f"UPDATE {table} t SET {values} "
            f"FROM jsonb_populate_record(NULL::{table}, %s) r WHERE t.id = r.id",
            [json.dumps(change.before)],
        )


def model_of(table: str) -> type[models.Model]:
    """The model whose rows a table holds. KeyError when no model of today has it."""
    return _models()[table]


@cache
def _models() -> dict[str, type[models.Model]]:
    known = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in known}


def _columns(table: str, row: Row) -> list[str]:
    """The columns of today that a recorded row has."""
    fields = model_of(table)._meta.concrete_fields
    return [field.column for field in fields if field.column in row]


def _filled(table: str, row: Row) -> Row:
    """The row with the defaults of columns that are newer than it; the database knows some itself."""
    newer = [
        field
        for field in model_of(table)._meta.concrete_fields
        if field.column not in row and not field.has_db_default()
    ]
    return {**{str(field.column): field.get_default() for field in newer}, **row}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _write(sql: str, values: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
