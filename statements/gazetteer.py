"""The register's tables as the value that the attribution is given."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from statements.attribution.register import (
    Register,
    RegisterActor,
    RegisterOffice,
    RegisterSpeaker,
)
from statements.models import Actor, ActorName, Office, Speaker
from statements.table_versions import Version, version_of

_TABLES = [
    "statements_actor",
    "statements_actorname",
    "statements_speaker",
    "statements_speakername",
    "statements_office",
]


def register_from_database() -> Register:
    """Return the register as it stands in the database; ids are actor codes, speaker slugs
    and office primary keys.

    The value is kept for the life of the process and made anew when a row of its tables
    changed, which one small query tells.
    """
    return _register(version_of(_TABLES))


@lru_cache(maxsize=1)
def _register(version: Version) -> Register:
    actors = Actor.objects.standing().with_names().select_related("parent")
    speakers = Speaker.objects.standing().with_offices().select_related("actor")
    return Register(
        actors=tuple(_actor(actor) for actor in actors),
        speakers=tuple(_speaker(speaker) for speaker in speakers),
    )


def _actor(actor: Actor) -> RegisterActor:
    names: dict[str, list[str]] = defaultdict(list)
    for name in actor.names.all():
        names[name.kind].append(name.text)
    kinds = ActorName.Kind
    return RegisterActor(
        id=actor.code,
        kind=actor.kind,
        code=actor.short_code,
        name=actor.name,
        names=_once(
            [actor.name, actor.official_name, *names[kinds.ALIAS], *names[kinds.NATIVE]]
        ),
        context_names=_once(names[kinds.CONTEXT]),
        adjectives=_once(names[kinds.ADJECTIVE]),
        nouns=_once(names[kinds.NOUN]),
        metonyms=_once([*names[kinds.CAPITAL], *names[kinds.METONYM]]),
        parent=actor.parent.code if actor.parent else None,
    )


def _speaker(speaker: Speaker) -> RegisterSpeaker:
    return RegisterSpeaker(
        id=speaker.slug,
        name=speaker.name,
        family_name=speaker.family_name,
        gender=speaker.gender,
        names=_once([speaker.name, *(name.text for name in speaker.names.all())]),
        offices=tuple(_office(office) for office in speaker.offices.all()),
    )


def _office(office: Office) -> RegisterOffice:
    return RegisterOffice(
        id=str(office.pk),
        title=office.title,
        kind=office.title_kind,
        actor=office.actor.code,
        organ=office.organ.code if office.organ else None,
        start=office.start,
        end=office.end,
        acting=office.acting,
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
