"""Whom a name that a person types means: of the register, or like one that it has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from rapidfuzz import fuzz, process

from statements.attribution.gazetteer import fold
from statements.models import Actor, ActorName, Office, Speaker, SpeakerName
from statements.table_versions import Version, version_of

_TABLES = ["statements_speaker", "statements_speakername"]
_ALIKE = 72  # per cent of rapidfuzz's sorted-token likeness
_MOST = 5


@dataclass(frozen=True)
class Likeness:
    """A speaker whom a name may mean: which of their names is like it, and how much (0–100)."""

    speaker: Speaker
    name: str
    score: int


def speaker_called(name: str) -> Speaker | None:
    """The one speaker who has this very name in any spelling; None when nobody or several do."""
    names = SpeakerName.objects.filter(text__iexact=name.strip()).values("speaker")
    theirs = Q(name__iexact=name.strip()) | Q(pk__in=names)
    return _only(Speaker.objects.standing().filter(theirs))


def actor_called(name: str) -> Actor | None:
    """The one actor that has this code or very name; None when none or several do."""
    bare = name.strip()
    standing = Actor.objects.standing()
    by_code = standing.filter(code=bare.upper()).first()
    if by_code is not None:
        return by_code
    names = ActorName.objects.filter(text__iexact=bare, kind__in=_WHOLE_NAMES).values("actor")
    return _only(standing.filter(Q(name__iexact=bare) | Q(pk__in=names)))


Row = TypeVar("Row", bound=Model)


def _only(rows: "QuerySet[Row]") -> Row | None:
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


_WHOLE_NAMES = [ActorName.Kind.ALIAS, ActorName.Kind.NATIVE]


def office_on(speaker: Speaker, day: date | None) -> Office | None:
    """The office that a speaker held on a day, the latest of several; None where none is known."""
    offices = speaker.offices.select_related("actor").order_by("-start", "-pk")
    return offices.held_on(day).first() if day else None


def speakers_like(names: Iterable[str]) -> dict[str, list[Likeness]]:
    """Return for each name the speakers of the register with names like it, the likest first."""
    spellings = _spellings(version_of(_TABLES))
    keys = [key for key, _, _ in spellings]
    found: dict[str, list[Likeness]] = {}
    for name in names:
        hits = process.extract(
            fold(name), keys, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=20
        )
        best: dict[int, Likeness] = {}
        for _, score, at in hits:
            _, text, speaker = spellings[at]
            if speaker.pk not in best:
                best[speaker.pk] = Likeness(speaker, text, round(score))
        found[name] = list(best.values())[:_MOST]
    return found


@lru_cache(maxsize=1)
def _spellings(version: Version) -> list[tuple[str, str, Speaker]]:
    """Every name of every standing speaker: folded, as it is, whose; kept until one changes."""
    speakers = Speaker.objects.standing().prefetch_related("names")
    return [
        (fold(text), text, speaker)
        for speaker in speakers
        for text in dict.fromkeys([speaker.name, *(name.text for name in speaker.names.all())])
    ]
