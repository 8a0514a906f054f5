"""Values of facets and the numbers by which the search knows them, one query each way for what
is not remembered."""

from collections.abc import Collection
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    JSONField,
    Model,
    OuterRef,
    Q,
    Subquery,
    TextField,
    When,
)
from django.db.models.functions import Cast, JSONObject, Lower

from sources.models import Source
from statements.models import (
    Actor,
    Event,
    FacetValue,
    Membership,
    Provision,
    Speaker,
    Treaty,
)
from statements.search.asking import NOBODY
from statements.search.kinds import Kind
from statements.timeline.meanings import Meanings
from statements.timeline.values import Value, provision_value, worded

# What is read of a value's own row, by the names in which it is handed on.
_MEMBERS = Membership.objects.filter(group=OuterRef("pk"))
_ROWS: dict[Kind, tuple[type[Model], dict[str, Any]]] = {
    Kind.ACTOR: (
        Actor,
        {"address": "code", "label": "name", "part": "parent_id", "group": Exists(_MEMBERS)},
    ),
    Kind.SPEAKER: (Speaker, {"address": "slug", "label": "name"}),
    Kind.TREATY: (Treaty, {"address": "slug", "label": "short_name"}),
    Kind.PROVISION: (
        Provision,
        {"number": "number", "slug": "treaty__slug", "treaty": "treaty__short_name"},
    ),
    Kind.SOURCE: (Source, {"address": "slug", "label": "name"}),
    Kind.EVENT: (Event, {"address": "slug", "label": "title"}),
}


def numbers_of(values: Collection[Value], known: Meanings) -> dict[Value, int]:
    """The numbers of values; `NOBODY` for one that no statement ever had."""
    found = known.numbers.known(values)
    if unknown := [one for one in values if one not in found]:
        learnt = _numbers(unknown)
        known.numbers.put(learnt)
        found |= learnt
    return {one: found.get(one, NOBODY) for one in values}


def values_of(numbers: Collection[int], known: Meanings) -> dict[int, Value]:
    """What the numbers mean. Values whose row is gone are left out: no statement has them."""
    found = known.values.known(numbers)
    if unknown := sorted(set(numbers) - found.keys()):
        learnt = _values(unknown)
        known.values.put(learnt)
        # Whoever chooses one of them next is asked for its number.
        known.numbers.put({value: number for number, value in learnt.items()})
        found |= learnt
    return found


def _numbers(values: Collection[Value]) -> dict[Value, int]:
    asked = Q()
    for kind in sorted({one.kind for one in values}):
        asked |= Q(kind=kind, key__in=sorted({one.key for one in values if one.kind == kind}))
    rows = FacetValue.objects.filter(asked).values_list("kind", "key", "number")
    numbers = {(kind, key): number for kind, key, number in rows}
    return {one: numbers[one.kind, one.key] for one in values if (one.kind, one.key) in numbers}


def _values(asked: list[int]) -> dict[int, Value]:
    rows = FacetValue.objects.filter(number__in=asked).annotate(row=_own_row())
    meant = (
        (number, _meant(Kind(kind), key, row))
        for number, kind, key, row in rows.values_list("number", "kind", "key", "row")
    )
    return {number: value for number, value in meant if value is not None}


def months() -> frozenset[int]:
    """The numbers of all months that any statement ever was of."""
    return frozenset(
        FacetValue.objects.filter(kind=Kind.MONTH).values_list("number", flat=True)
    )


def number_of(kind: Kind) -> Subquery:
    """The number of each row of the register as a value of this kind, for a query of rows."""
    values = FacetValue.objects.filter(kind=kind, key=Cast(OuterRef("pk"), TextField()))
    return Subquery(values.values("number"))


def known_keys(kind: Kind, asked: Collection[str]) -> dict[str, str]:
    """The keys that any statement ever had, by how they are asked for, in either case."""
    rows = FacetValue.objects.filter(kind=kind).annotate(lower=Lower("key"))
    found = rows.filter(lower__in=sorted({one.lower() for one in asked}))
    by_lower = dict(pairs := list(found.values_list("lower", "key")))
    exact = {key for _, key in pairs}
    return {
        one: one if one in exact else by_lower[one.lower()]
        for one in asked
        if one.lower() in by_lower
    }


def _own_row() -> Case:
    """What a value's own row says of it; null for a value that its key tells."""
    return Case(
        *(
            When(kind=kind, then=Subquery(_described(model, told)))
            for kind, (model, told) in _ROWS.items()
        ),
        default=None,
        output_field=JSONField(),
    )


def _described(model: type[Model], told: dict[str, str]) -> Any:
    rows = model._default_manager.filter(pk=Cast(OuterRef("key"), BigIntegerField()))
    return rows.order_by().values(told=JSONObject(**told))


def _meant(kind: Kind, key: str, row: dict[str, Any] | None) -> Value | None:
    if kind not in _ROWS:
        return worded(kind, key)
    if row is None:
        return None
    if kind == Kind.PROVISION:
        return provision_value(int(key), **row)
    part, group = row.get("part") is not None, bool(row.get("group"))
    return Value(kind, key, row["address"], row["label"], group=group, part=part)
