"""What somebody renamed is found by the names that it had before, for as long as nobody else has
them."""

from typing import TypeVar

from django.db.models import Model

from history.models import Change

Row = TypeVar("Row", bound=Model)


def called_formerly(model: type[Row], field: str, name: str, **within: object) -> Row | None:
    """The row of `model` whose `field` was `name` once and is another today, by the history.

    The one that gave the name up last, of those that lie `within`; codes are found in small
    letters, too. None when there is none. What has the name today is for the caller to prefer.
    """
    for spelling in dict.fromkeys([name, name.upper()]):
        changes = Change.objects.filter(
            table=model._meta.db_table,
            operation=Change.Operation.UPDATE,
            **{f"before__{field}": spelling},
        )
        keys = list(dict.fromkeys(changes.order_by("-pk").values_list("key", flat=True)))
        rows = model._default_manager.filter(pk__in=keys, **within).in_bulk()
        row = next((rows[int(key)] for key in keys if int(key) in rows), None)
        if row is not None:
            return row if getattr(row, field) != spelling else None
    return None
