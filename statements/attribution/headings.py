"""What the head of a transcript says of its day, form and place."""

from datetime import date, timedelta

import regex

from statements.attribution.days import Day, published, resolved
from statements.attribution.expressions import find_expressions
from statements.attribution.values import Occasion

_HEAD = 600  # characters before the first turn
_BRIEFING = r"\b(?:press|news) (?:gaggle|conference|availability|call)\b|\bbriefing\b"
_FORMS = [
    (regex.compile(pattern, regex.IGNORECASE), form)
    for pattern, form in (
        (_BRIEFING, "press_conference"),
        (r"\binterview\b", "interview"),
        (r"\b(?:speech|address|lecture|toast)(?:es)?\b", "speech"),
        (r"\bhearing\b", "hearing"),
        (r"\bremarks\b", "remarks"),
    )
]
_ROOM = regex.compile(
    r"^[*_\s]*(?P<place>(?:(?:the|The|of|and)\s+|\p{Lu}[\p{L}.’'-]*,?\s+){0,6}(?:Room|House|Lawn|Garden|"
    r"Building|Palace|Hotel|Airport|Base|Center|Centre|Hall|University|Headquarters|Embassy|Ministry|"
    r"Department|Force One))[*_\s]*$",
    regex.MULTILINE,
)
# A transcript is published within days of what it transcribes; other days are spoken of.
_SOON = timedelta(days=10)


def heading(
    text: str, first_turn: int, published_on: date | None
) -> tuple[Day, Occasion | None]:
    """Return the day and the occasion that stand above the first turn of a transcript.

    Without a full date there, the day is that of publication.
    """
    end = min(first_turn, _HEAD)
    day = published(published_on)
    for expression in find_expressions(text, 0, end, "en"):
        if expression.kind != "date" or expression.year is None:
            continue
        found = resolved(expression, published_on)
        if (
            found is not None
            and found.said_on is not None
            and _near(found.said_on, published_on)
        ):
            day = found
            break
    return day, _occasion(text, end)


def _near(day: date, published_on: date | None) -> bool:
    return published_on is None or published_on - day <= _SOON


def _occasion(text: str, end: int) -> Occasion | None:
    room = _ROOM.search(text, 0, end)
    place = room["place"] if room else ""
    for pattern, form in _FORMS:
        if found := pattern.search(text, 0, end):
            return Occasion(form, place, *found.span())
    return Occasion("", place, *room.span("place")) if room else None
