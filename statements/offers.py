"""Statements of the timeline that may be the one at the desk."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from rapidfuzz import fuzz

from statements.models import Party, Statement
from statements.sameness import folded

_ALIKE = 60  # per cent
_NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Offer:
    other: Statement
    score: int


def offers_for(row: Statement) -> list[Offer]:
    """Statements of the same people, said at about that time, in much the same words."""
    speakers = row.parties.filter(role__in=Party.VOICES).exclude(speaker=None)
    names = row.parties.filter(role__in=Party.VOICES).values("name")
    theirs = Q(parties__speaker__in=speakers.values("speaker")) | Q(parties__name__in=names)
    near = Statement.objects.on_timeline().filter(theirs).exclude(pk=row.pk)
    if row.said_on:
        days = (row.said_on - _NEAR, row.said_on + _NEAR)
        near = near.filter(Q(said_on__range=days) | Q(said_on=None))
    alike = [Offer(other, _likeness(row.text, other.text)) for other in near.distinct()[:200]]
    return sorted((a for a in alike if a.score >= _ALIKE), key=lambda a: -a.score)[:5]


def _likeness(first: str, second: str) -> int:
    return round(fuzz.token_set_ratio(folded(first), folded(second)))
