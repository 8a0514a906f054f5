"""The statements of a page by the days on which they were said, and the events between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, Q

from statements.cards.card import Card
from statements.models import Event, Statement
from statements.templatetags.days import day_of_saying

# Of the events between two days so many are shown at once; what is more is folded away.
SHOWN = 3
_MOST = 100  # events on a page
# Kinds of events that are the course of a treaty itself, as the register writes them.
_COURSE = ["signing", "ratification", "entry_into_force", "expiry"]


@dataclass(frozen=True)
class Day:
    """The events since the day below and on it, newest first, and what was said on the day.

    `label` is the day as far as it is known, '' when it is not. Events that are not `shown` are
    `folded`.
    """

    label: str
    statements: tuple[Card, ...]
    shown: tuple[Event, ...] = ()
    folded: tuple[Event, ...] = ()


def days_of(
    statements: Sequence[Card], above: date | None, *, narrowed: bool = False
) -> list[Day]:
    """The days of a page that is sorted newest first, with one query for the events.

    Events are those that began between the first and the last day shown; on an older page also
    those before the day `above` it, the last one of the page before. Each has `spoken_at`:
    whether statements were made at it. In a list that is `narrowed` to some statements of its
    days most events have nothing to do with what stands around them: there are only those at
    which one of the page was made, and the course of a treaty, by which readers tell what was
    said before from what was said after.
    """
    events = _events(statements, above, narrowed)
    days = []
    for label, group in groupby(statements, day_of_saying):
        said = tuple(group)
        between = list(_down_to(said[0].said_on, events))
        days.append(Day(label, said, tuple(between[:SHOWN]), tuple(between[SHOWN:])))
    return days


def _events(statements: Sequence[Card], above: date | None, narrowed: bool) -> list[Event]:
    """The events of the page, those that are next last."""
    known = [one.said_on for one in statements if one.said_on]
    if not known:
        return []
    end = Q(start__lt=above) if above else Q(start__lte=known[0])
    shown = Event.objects.filter(end, start__gte=known[-1])
    spoken = Statement.objects.on_timeline().filter(event=OuterRef("pk"))
    if narrowed:
        here = spoken.filter(pk__in=[one.pk for one in statements])
        shown = shown.filter(Exists(here) | Q(treaty__isnull=False, kind__in=_COURSE))
    rows = shown.order_by("-start", "slug").annotate(spoken_at=Exists(spoken))
    events: list[Event] = [*rows[:_MOST]]
    return events[::-1]


def _down_to(day: date | None, events: list[Event]) -> Iterator[Event]:
    """Take the events that began on a day or later; none for a day that is not known."""
    while events and day and events[-1].start >= day:
        yield events.pop()
