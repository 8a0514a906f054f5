"""An invented register: states, blocs and organs, who speaks for them, treaties and sources."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.contrib.auth.models import User
from django.db import transaction

from sources.models import Source
from statements.models import (
    Actor,
    Event,
    Membership,
    Office,
    Provision,
    Speaker,
    SpeakerName,
    Treaty,
)

FIRST_DAY = date(2023, 7, 1)
DAYS = 3 * 365
SPEAKERS = 8000
_STATES = 172
_BLOCS = 12
_ORGANS = 16
_TREATIES = 40
_SOURCES = 300
_OWNERS = 110
_EVENTS = 60
_PROVISIONS = 23  # of the first treaty; the others have fewer
_TITLES = (
    "president", "prime-minister", "foreign-minister", "defence-minister", "spokesperson",
    "ambassador", "lawmaker", "deputy-minister", "agency-head", "envoy",
)  # fmt: skip
_SEED = 20260602
_GIVEN = (
    "Ada Ilo Marek Senna Tovi Ruda Kelim Oresta Bahri Junna Pavo Lirel Domis Vesna Taro Minu "
    "Eskil Nadir Yoli Gaspo"
)
_CYRILLIC = str.maketrans(
    dict(zip("abcdefghijklmnoprstuvyz", "абкдефгхийклмнопрстувиз", strict=True))
)
_SYLLABLES = "ba de fe gro ka lim mo nar os pel ri sta tu vel zem bro dan fir gol hus"


@dataclass(frozen=True)
class Register:
    """All rows that statements point at. Offices stand by the actor that they are held for."""

    actors: list[Actor]
    offices: list[list[Office]]
    treaties: list[Treaty]
    provisions: list[list[Provision]]
    events: list[Event]
    sources: list[Source]
    editor: User
    coder: User


def write() -> Register:
    """Write the register into an empty database, the same in every run."""
    chance = np.random.default_rng(_SEED)
    with transaction.atomic():
        actors = _actors(chance)
        _offices(actors, chance)
        treaties = Treaty.objects.bulk_create(
            Treaty(
                slug=f"bench-pact-{n}",
                kind=Treaty.Kind.BILATERAL_TREATY,
                short_name=f"Invented Pact {n}",
            )
            for n in range(1, _TREATIES + 1)
        )
        Provision.objects.bulk_create(
            Provision(treaty=treaty, number=str(number), order=number)
            for treaty in treaties
            for number in range(1, (_PROVISIONS if treaty is treaties[0] else 9) + 1)
        )
        Event.objects.bulk_create(
            Event(
                slug=f"bench-summit-{n}",
                title=f"Summit of Examples {n}",
                kind="summit",
                start=FIRST_DAY + timedelta(days=n * DAYS // _EVENTS),
            )
            for n in range(_EVENTS)
        )
        Source.objects.bulk_create(
            Source(
                slug=f"bench-courier-{n}",
                name=f"Invented Courier {n}",
                kind=Source.Kind.NEWSPAPER,
                ownership_group=f"Example Press {n % _OWNERS}" if n % 3 else "",
            )
            for n in range(_SOURCES)
        )
        User.objects.create_superuser("bench-editor")
        User.objects.create_user("bench-coder")
    return read()


def read() -> Register:
    """The register that an earlier run wrote."""
    actors = list(Actor.objects.order_by("pk"))
    places = {actor.pk: number for number, actor in enumerate(actors)}
    offices: list[list[Office]] = [[] for _ in actors]
    for office in Office.objects.select_related("speaker").order_by("pk"):
        offices[places[office.actor_id]].append(office)
    treaties = list(Treaty.objects.order_by("pk"))
    return Register(
        actors,
        offices,
        treaties,
        [list(treaty.provisions.order_by("order")) for treaty in treaties],
        list(Event.objects.order_by("pk")),
        list(Source.objects.order_by("pk")),
        User.objects.get(username="bench-editor"),
        User.objects.get(username="bench-coder"),
    )


def _actors(chance: np.random.Generator) -> list[Actor]:
    """States, then blocs that some of them joined or left meanwhile, then organs of states."""
    kind = Actor.Kind
    states = Actor.objects.bulk_create(
        Actor(code=f"X-STATE-{n}", kind=kind.STATE, name=f"Republic of {_family(n)}ia")
        for n in range(_STATES)
    )
    blocs = Actor.objects.bulk_create(
        Actor(code=f"X-BLOC-{n}", kind=kind.BLOC, name=f"League of Example {n}")
        for n in range(_BLOCS)
    )
    organs = Actor.objects.bulk_create(
        Actor(
            code=f"X-MINISTRY-{n}",
            kind=kind.STATE_ORGAN,
            name=f"Ministry of {_family(n)}ia",
            parent=states[n],
        )
        for n in range(_ORGANS)
    )
    memberships = []
    for number, bloc in enumerate(blocs):
        for state in chance.choice(_STATES, size=5 + 2 * number, replace=False).tolist():
            day = FIRST_DAY + timedelta(days=int(chance.integers(DAYS)))
            moved = chance.random()
            memberships.append(
                Membership(
                    member=states[state],
                    group=bloc,
                    start=day if moved < 0.1 else None,
                    end=day if moved > 0.95 else None,
                )
            )
    Membership.objects.bulk_create(memberships)
    return [*states, *blocs, *organs]


def _offices(actors: list[Actor], chance: np.random.Generator) -> None:
    """Speakers with the spellings of their names and the posts that they hold."""
    speakers = Speaker.objects.bulk_create(
        Speaker(
            slug=f"bench-speaker-{n}",
            name=f"{_given(n)} {_family(n)}",
            family_name=_family(n),
        )
        for n in range(SPEAKERS)
    )
    SpeakerName.objects.bulk_create(
        SpeakerName(
            speaker=speaker,
            text=speaker.name.lower().translate(_CYRILLIC).title(),
            kind=SpeakerName.Kind.NATIVE,
            language="ru",
        )
        for speaker in speakers
    )
    SpeakerName.objects.bulk_create(
        SpeakerName(speaker=speaker, text=f"{speaker.family_name}, {speaker.name.split()[0]}")
        for speaker in speakers[::2]
    )
    Office.objects.bulk_create(
        Office(
            speaker=speaker,
            actor=actors[n % len(actors)],
            title=f"{_TITLES[n // len(actors) % len(_TITLES)]} of {actors[n % len(actors)]}",
            title_kind=_TITLES[n // len(actors) % len(_TITLES)],
        )
        for n, speaker in enumerate(speakers)
    )


def _given(number: int) -> str:
    names = _GIVEN.split()
    return names[number % len(names)]


def _family(number: int) -> str:
    """A family name of three syllables, another one for each of 8,000 numbers."""
    syllables = _SYLLABLES.split()
    count = len(syllables)
    parts = (number % count, number // count % count, number // count**2 % count)
    return "".join(syllables[part] for part in parts).title()
