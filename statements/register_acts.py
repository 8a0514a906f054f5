"""What people did to an entry of the register lately, so that it can be undone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Max, Q
from django.db.models.functions import Cast

from history.models import Change
from statements.register_moving import Entry

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
    into it, newest first, in one query."""
    rows = type(entry)._default_manager.filter(Q(pk=entry.pk) | Q(merged_into=entry.pk))
    keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    table = type(entry)._meta.db_table
    of_it = Change.objects.filter(owner_table=table, act__isnull=False)
    of_it = of_it.filter(Q(owner_key__in=keys) | Q(left_key__in=keys))
    lasts = of_it.order_by().values("act").annotate(last=Max("pk")).order_by("-last")
    found = Change.objects.filter(pk__in=lasts.values("last")[:_LATEST]).order_by("-pk")
    return [Act(one.act, one.who, one.at, one.why) for one in found if one.act]
