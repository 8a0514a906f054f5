"""What people did to an entry of the register lately, so that it can be undone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Max, Q, QuerySet
from django.db.models.functions import Cast

from history.models import Change
from statements.register_moving import Entry, pointing

_LATEST = 5


@dataclass(frozen=True)
class Act:
    """One deed of a person: who, when and why; `key` is what an undo asks for."""

    key: UUID
    who: str
    at: datetime
    why: str


def acts_of(entry: Entry) -> list[Act]:
    """Return the latest acts that changed an entry, what belongs to it, or what was merged
    into it, or by which another was split off from it, newest first, in one query."""
    rows = type(entry)._default_manager.filter(Q(pk=entry.pk) | Q(merged_into=entry.pk))
    keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    table = type(entry)._meta.db_table
    of_it = Change.objects.filter(owner_table=table, act__isnull=False)
    of_it = of_it.filter(Q(owner_key__in=keys) | Q(left_key__in=keys))
    lasts = (
        (of_it | _splits(entry))
        .order_by()
        .values("act")
        .annotate(last=Max("pk"))
        .order_by("-last")
    )
    found = Change.objects.filter(pk__in=lasts.values("last")[:_LATEST]).order_by("-pk")
    return [Act(one.act, one.who, one.at, one.why) for one in found if one.act]


def _splits(entry: Entry) -> "QuerySet[Change]":
    """What named an entry until an act that made another entry had it name that one."""
    born = Change.objects.filter(
        table=type(entry)._meta.db_table,
        operation=Change.Operation.INSERT,
        act__isnull=False,
    )
    named = Q()
    for model, column in pointing(entry):
        named |= Q(table=model._meta.db_table, **{f"before__{column}": entry.pk})
    moved = Change.objects.filter(named, operation=Change.Operation.UPDATE)
    return moved.filter(act__in=born.order_by().values("act"))
