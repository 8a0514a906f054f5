"""The project's files know nothing of merges: what they say of a merged row is of its successor."""

from typing import Any

from django.db import models
from django.db.models import Q

from statements.models import Actor, Office, Speaker
from statements.register_tables import Keys, Table, linked
from statements.register_values import Record


class Following:
    """Which id means which row today, where a row was merged into another."""

    def __init__(self) -> None:
        own, last = Keys(), Keys(survivors=True)
        self._ids = {
            model: {own.of(model)[pk]: key for pk, key in last.of(model).items()}
            for model in (Actor, Speaker)
        }

    def follow(self, table: Table, record: Record) -> Record:
        """The record with its links to merged rows as links to those that they became."""
        followed = dict(record)
        for link in table.links:
            if link in record:
                followed[link] = self._last(linked(table.model, link), record[link])
        for name in table.many:
            if name in record:
                model = linked(table.model, name)
                followed[name] = sorted({self._last(model, key) for key in record[name]})
        for name, child in table.children.items():
            for at, column in enumerate(child.columns):
                if column in child.links and name in record:
                    model = linked(child.model, column)
                    cells = {
                        tuple(self._last(model, cell) if n == at else cell for n, cell in row)
                        for row in map(enumerate, followed[name])
                    }
                    followed[name] = sorted(
                        map(list, cells), key=lambda row: list(map(str, row))
                    )
        return followed

    def _last(self, model: type[models.Model], key: Any) -> Any:
        ids = next((self._ids[of] for of in self._ids if of is model), {})
        return ids.get(key, key)


def left_behind(model: type[models.Model]) -> set[Any]:
    """The keys of rows that say nothing any more: entries that were merged or withdrawn, and
    the offices that stayed with them."""
    gone = Q(merged_into__isnull=False) | Q(withdrawn_at__isnull=False)
    if model in {Actor, Speaker}:
        return set(model._default_manager.filter(gone).values_list("pk", flat=True))
    if model is Office:
        offices = Office.objects.filter(speaker__in=Speaker.objects.filter(gone))
        return set(offices.values_list("pk", flat=True))
    return set()
