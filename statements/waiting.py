"""Which proposed statements wait for an editor, in which order, and what comes after one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.claims import unclaimed
from statements.models import Attestation, Claim, Flag, Party, Review, Statement

ORDERS = {
    "": _("first found first"),
    "newest": _("last found first"),
    "confidence": _("surest first"),
    "source": _("by source"),
    "warnings": _("with warnings first"),
}
_UNSURE = 3  # behind all that have a confidence


@dataclass(frozen=True)
class Counts:
    """How much waits in the queue as it is filtered, and in all; and what this editor has done."""

    waiting: int
    flagged: int
    today: int


@dataclass(frozen=True)
class Next:
    """One line of the list of what comes up; `held_by` has it open, '' when nobody else has."""

    pk: int
    public_id: str
    language: str
    source: str
    who: str
    held_by: str
    flagged: bool


class _Count(Subquery):
    """How many rows a query has."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class Queue:
    """Proposed statements, filtered, in one of `ORDERS`."""

    def __init__(self, rows: QuerySet[Statement], order: str = "") -> None:
        self._keys: list[tuple[str, bool]] = [("proposed_at", order != "newest")]
        self._keys.append(("pk", order != "newest"))
        if order in _RANKS:
            rows = rows.annotate(rank=_RANKS[order])
            self._keys.insert(0, ("rank", True))
        self._order = order
        self.rows = rows.order_by(*(key if up else f"-{key}" for key, up in self._keys))

    def after(self, row: Statement) -> QuerySet[Statement]:
        """What comes behind a statement in this order, whether it is still in the queue or not."""
        values: tuple[Any, ...] = (row.proposed_at, row.pk)
        if rank := _RANKS.get(self._order):
            ranked = Statement.objects.annotate(rank=rank).filter(pk=row.pk)
            values = (ranked.values_list("rank", flat=True).get(), *values)
        return self.rows.filter(_behind(self._keys, values))

    def next_for(self, by: User, row: Statement) -> Statement | None:
        """The next that nobody else has open, from the beginning again behind the last one."""
        bare = (rows.only("public_id") for rows in (self.after(row), self.rows))
        free = (unclaimed(rows.exclude(pk=row.pk), by).first() for rows in bare)
        return next(filter(None, free), None)

    def upcoming(self, by: User, row: Statement, limit: int) -> list[Next]:
        """The next statements behind this one, and those from the beginning after the last."""
        lines = _lines(self.after(row), by, limit)
        if len(lines) < limit:
            others = self.rows.exclude(pk__in=[row.pk, *(line.pk for line in lines)])
            lines += _lines(others, by, limit - len(lines))
        return lines

    def counts(self, by: User) -> Counts:
        """All three in one query."""
        mine = Review.objects.filter(by=by, at__gte=_midnight()).order_by()
        row = (
            User.objects.filter(pk=by.pk)
            .values_list(
                _Count(self.rows.order_by().values("pk")),
                _Count(Flag.objects.order_by().values("pk")),
                _Count(mine.values("statement").distinct()),
            )
            .get()
        )
        return Counts(*row)


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _behind(keys: Sequence[tuple[str, bool]], values: Sequence[Any]) -> Q:
    """The condition that a row comes behind `values` in the order of `keys`."""
    behind, same = Q(), Q()
    for (key, up), value in zip(keys, values, strict=True):
        beyond = "gt" if up else "lt"
        behind |= same & Q(**{f"{key}__{beyond}": value})
        same &= Q(**{key: value})
    first, up = keys[0]
    # What the first key alone leaves out, an index finds.
    return Q(**{f"{first}__{'gte' if up else 'lte'}": values[0]}) & behind


def _lines(rows: QuerySet[Statement], by: User, limit: int) -> list[Next]:
    reports = Attestation.objects.filter(statement=OuterRef("pk")).order_by("pk")
    voices = Party.objects.filter(statement=OuterRef("pk"), role__in=Party.VOICES)
    claims = Claim.objects.filter(statement=OuterRef("pk"), until__gt=Now()).exclude(by=by)
    lines = rows.annotate(
        source=_or_empty(reports.values("snapshot__article__source__name")),
        who=_or_empty(voices.order_by("order", "pk").values("name")),
        held_by=_or_empty(claims.values("by__username")),
        flagged=Exists(Flag.objects.filter(statement=OuterRef("pk"))),
    )
    columns = ("pk", "public_id", "language", "source", "who", "held_by", "flagged")
    return [Next(*line) for line in lines.values_list(*columns)[:limit]]


def _or_empty(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows[:1]), Value(""))


_REPORTS = Attestation.objects.filter(statement=OuterRef("pk"))
_SURENESS = Case(
    *(
        When(confidence=confidence, then=Value(rank))
        for rank, confidence in enumerate(Attestation.Confidence)
    ),
    default=Value(_UNSURE),
)
_RANKS: dict[str, Any] = {
    "confidence": Coalesce(
        Subquery(_REPORTS.annotate(rank=_SURENESS).order_by("rank").values("rank")[:1]),
        Value(_UNSURE),
    ),
    "source": Coalesce(
        Subquery(_REPORTS.order_by("pk").values("snapshot__article__source__name")[:1]),
        Value(""),
    ),
    "warnings": Case(
        When(Exists(_REPORTS.filter(warnings__len__gt=0)), then=Value(0)), default=Value(1)
    ),
}
