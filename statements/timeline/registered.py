"""A search in words that finds nothing -> the speakers of the register whom it names."""

from dataclasses import dataclass

from statements.models import Speaker
from statements.search.finding import how_many_each
from statements.search.kinds import Kind
from statements.search.limits import TooBroad
from statements.search.register_names import register_names
from statements.search.words import parse
from statements.timeline.facets import BY_KEY
from statements.timeline.form import TimelineForm
from statements.timeline.narrowing import Choice, Narrowing, numbers_for, query_of
from statements.timeline.values import value_of

MOST = 3


@dataclass(frozen=True)
class Registered:
    """A speaker of the register, and how many statements are theirs, whatever else is asked."""

    speaker: Speaker
    count: int


def registered(form: TimelineForm) -> list[Registered]:
    """Whom the words may name, in any spelling or script and misspelt too: one to three, and none
    where they may name more. None as well where counting takes too long."""
    named = _named(form.words)
    keys = register_names(form.moment).speakers(named) if named else set()
    if not 0 < len(keys) <= MOST:
        return []
    speakers = Speaker.objects.filter(pk__in=keys).order_by("name", "pk")
    facet = BY_KEY[Kind.SPEAKER.value]
    asked = [(one, Narrowing(choices=(Choice(facet, value_of(one)),))) for one in speakers]
    numbers = numbers_for([narrowing for _, narrowing in asked], form.known)
    try:
        found = how_many_each([query_of(narrowing, numbers) for _, narrowing in asked])
    except TooBroad:
        return []
    return [
        Registered(speaker, count) for (speaker, _), count in zip(asked, found, strict=True)
    ]


def _named(line: str) -> str:
    """The words of a line that all must stand in a statement; '' where it says more than that."""
    branches = parse(line)
    if len(branches) != 1 or branches[0].unwanted:
        return ""
    return " ".join(token.text for token in branches[0].wanted if not token.prefix)
