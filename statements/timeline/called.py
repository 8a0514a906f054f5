"""Values by what pages call them -> the values; for who types a name and knows no code."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.conf.locale import LANG_INFO
from django.db.models import Model, QuerySet
from django.db.models.functions import Lower
from django.utils.dates import MONTHS

from sources.models import Source
from statements.models import (
    Actor,
    ActorName,
    Event,
    FacetValue,
    Speaker,
    SpeakerName,
    Treaty,
)
from statements.search.kinds import Kind
from statements.timeline.values import Value, listed, value_of, worded

# What the register begins the slugs of its sources with.
_REGISTERED = "src-"
# Names that mean an actor without a context: no inhabitants, no capitals.
_WHOLE = (ActorName.Kind.ALIAS, ActorName.Kind.NATIVE)
# What pages call «checked» as a question.
_ANSWERS = {"yes": "verified", "no": "machine"}

Wanted = frozenset[str]
_Names = Iterator[tuple[int, str]]


def called(kind: Kind, asked: Sequence[str]) -> dict[str, Value]:
    """The values of a kind that readers know by these names, in either case: labels, other
    names, slugs without what the register begins them with. A name of several values is of none.

    At most two queries for the names of a kind and one for the rows that they mean.
    """
    wanted = {value: _plain(value) for value in asked}
    named: dict[str, list[Value]] = defaultdict(list)
    for name, value in _named(kind, frozenset(wanted.values())):
        if value not in named[name]:
            named[name].append(value)
    return {value: named[name][0] for value, name in wanted.items() if len(named[name]) == 1}


def _plain(name: str) -> str:
    return " ".join(name.split()).lower()


def _named(kind: Kind, wanted: Wanted) -> Iterator[tuple[str, Value]]:
    """Values with each of their names that is wanted."""
    if kind in _ROWS:
        model, names = _ROWS[kind]
        hits = [(key, name) for key, name in names(wanted) if _plain(name) in wanted]
        rows: dict[int, Any] = model._default_manager.in_bulk({key for key, _ in hits})
        yield from ((_plain(name), value_of(rows[key])) for key, name in hits if key in rows)
        return
    for value in _worded(kind, wanted):
        if (name := _plain(value.label)) in wanted:
            yield name, value
    if kind == Kind.REVIEW:
        by_key = {value.key: value for value in listed(kind)}
        yield from ((name, by_key[key]) for name, key in _ANSWERS.items() if name in wanted)


def _worded(kind: Kind, wanted: Wanted) -> Iterator[Value]:
    """The values of a kind that has no rows, as far as they may be wanted."""
    match kind:
        case Kind.OFFICE | Kind.OWNER:
            keys: Iterable[str] = FacetValue.objects.filter(kind=kind).values_list(
                "key", flat=True
            )
        case Kind.LANGUAGE:
            keys = (code for code in (*LANG_INFO, "zh") if re.fullmatch(r"[a-z]{2,3}", code))
        case Kind.MONTH:
            keys = filter(None, map(_month, wanted))
        case _:
            keys = (value.key for value in listed(kind))
    yield from filter(None, (worded(kind, key) for key in keys))


def _month(name: str) -> str | None:
    """The key of «june 2024»."""
    word, _, year = name.partition(" ")
    numbers = {str(one).lower(): number for number, one in MONTHS.items()}
    if word not in numbers or not re.fullmatch(r"(?!0000)[0-9]{4}", year):
        return None
    return f"{year}-{numbers[word]:02}"


def _actors(wanted: Wanted) -> _Names:
    standing = Actor.objects.standing()
    names = ActorName.objects.filter(actor__in=standing, kind__in=_WHOLE)
    return _pairs(
        wanted,
        (standing, "pk", "name"),
        (standing, "pk", "official_name"),
        (names, "actor", "text"),
    )


def _speakers(wanted: Wanted) -> _Names:
    standing = Speaker.objects.standing()
    names = SpeakerName.objects.filter(speaker__in=standing)
    return _pairs(
        wanted,
        (standing, "pk", "name"),
        (standing, "pk", "family_name"),
        (names, "speaker", "text"),
    )


def _sources(wanted: Wanted) -> _Names:
    rows = Source.objects.all()
    slugs = rows.filter(slug__in=[f"{_REGISTERED}{name}" for name in wanted])
    yield from (
        (key, slug.removeprefix(_REGISTERED)) for key, slug in slugs.values_list("pk", "slug")
    )
    yield from _pairs(wanted, (rows, "pk", "name"))


def _treaties(wanted: Wanted) -> _Names:
    """Few, and their names by language."""
    rows = Treaty.objects.order_by().values_list("pk", "short_name", "titles", "aliases")
    for key, short, *by_language in rows:
        yield key, short
        for names in by_language:
            for several in names.values():
                if isinstance(several, list):
                    yield from ((key, name) for name in several)


def _events(wanted: Wanted) -> _Names:
    return _pairs(wanted, (Event.objects.all(), "pk", "title"))


def _pairs(wanted: Wanted, *parts: tuple[QuerySet[Any], str, str]) -> _Names:
    """Keys with the names that are wanted, of several columns by one query."""
    first, *others = [
        rows.order_by()
        .annotate(lower=Lower(name))
        .filter(lower__in=sorted(wanted))
        .values_list(key, "lower")
        for rows, key, name in parts
    ]
    yield from first.union(*others, all=True) if others else first


_ROWS: dict[Kind, tuple[type[Model], Callable[[Wanted], _Names]]] = {
    Kind.ACTOR: (Actor, _actors),
    Kind.SPEAKER: (Speaker, _speakers),
    Kind.SOURCE: (Source, _sources),
    Kind.TREATY: (Treaty, _treaties),
    Kind.EVENT: (Event, _events),
}
