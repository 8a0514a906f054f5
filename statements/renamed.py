"""What somebody renamed is found by the names that it had before, for as long as nobody else has
them."""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from django.db.models import Max, Model, QuerySet
from django.db.models.fields.json import KT

from history.models import Change

Row = TypeVar("Row", bound=Model)


class FormerNames(Generic[Row]):
    """The rows of which any had one of some names once, by the history; two queries for all."""

    def __init__(self, rows: QuerySet[Row], field: str, names: Collection[str]) -> None:
        """`names` are what `field` may have been; codes are found in small letters, too."""
        self._field = field
        spellings = {spelling for name in names for spelling in _spellings(name)}
        changes = Change.objects.filter(
            table=rows.model._meta.db_table, operation=Change.Operation.UPDATE
        ).annotate(was=KT(f"before__{field}"))
        had = changes.filter(was__in=sorted(spellings)).values("was", "key")
        latest = had.annotate(last=Max("pk")).order_by("-last").values_list("was", "key")
        found = [(was, int(key)) for was, key in latest] if names else []
        standing = rows.in_bulk({key for _, key in found}) if found else {}
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for was, key in found:
            if key in standing:
                self._rows[was].append(standing[key])

    def row(self, name: str, fits: Callable[[Row], bool] = lambda row: True) -> Row | None:
        """The row that was called so once and is called otherwise today; None when there is none.

        The one that gave the name up last, of those that fit. What has the name today is for the
        caller to prefer.
        """
        for spelling in _spellings(name):
            row = next(filter(fits, self._rows.get(spelling, [])), None)
            if row is not None:
                return row if getattr(row, self._field) != spelling else None
        return None


def called_formerly(model: type[Row], field: str, name: str, **within: object) -> Row | None:
    """The row of `model` whose `field` was `name` once, of those that lie `within`."""
    rows = model._default_manager.filter(**within)
    return FormerNames(rows, field, [name]).row(name)


def _spellings(name: str) -> Collection[str]:
    return dict.fromkeys([name, name.upper()])
