"""A recorded change as its columns, before and after, with whole values."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q

from history.models import Change

_AUDITED = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE t.tgname = 'history_record' AND c.relnamespace = current_schema()::regnamespace
 ORDER BY c.relname
"""


@dataclass(frozen=True)
class Column:
    """One column of a row: its value before and after a change, '' where there is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A change with the columns that it changed; all of them for a row that came or went."""

    change: Change
    columns: list[Column]
    kind: str

    @property
    def whole(self) -> bool:
        """Whether the row came or went, so that all of it is shown."""
        return self.change.before is None or self.change.after is None


def told(changes: Iterable[Change]) -> list[Told]:
    """Changes as their columns."""
    return [Told(one, _columns(one), kind_of(one.table)) for one in changes]


def changes_of(row: models.Model) -> "models.QuerySet[Change]":
    """The changes of a row and of those that belong to it, newest first."""
    table, key = row._meta.db_table, str(row.pk)
    own = Q(table=table, key=key)
    return Change.objects.filter(own | Q(owner_table=table, owner_key=key)).order_by("-pk")


def audited_tables() -> list[str]:
    """The tables whose changes are recorded, as the database has them now."""
    with connection.cursor() as cursor:
        cursor.execute(_AUDITED)
        return [table for (table,) in cursor.fetchall()]


def model_of(table: str) -> type[models.Model] | None:
    """The model whose rows a table holds; None for one that no model of today has."""
    known = apps.get_models(include_auto_created=True)
    return next((model for model in known if model._meta.db_table == table), None)


def kind_of(table: str) -> str:
    """What one row of a table is called."""
    model = model_of(table)
    return str(model._meta.verbose_name) if model else table


def _columns(change: Change) -> list[Column]:
    before, after = change.before or {}, change.after or {}
    names = dict.fromkeys([*before, *after])
    return [
        Column(name, _written(before.get(name)), _written(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    ]


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
