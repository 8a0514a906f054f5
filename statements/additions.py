"""What a person adds to the register on the way: a speaker, an office, one more spelling."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from history.acting import acting
from statements.models import Actor, Office, Speaker, SpeakerName
from statements.models.dates import Precision

_LONGEST_SLUG = 90  # characters, so that a number fits behind


@dataclass(frozen=True)
class NewOffice:
    """A post that somebody holds for an actor, from a day that may be unknown."""

    title: str
    actor: Actor
    start: date | None = None


def add_speaker(name: str, by: User, why: str, office: NewOffice | None = None) -> Speaker:
    """Make a person who is not in the register yet, with the post they hold."""
    with transaction.atomic(), acting(by, why):
        speaker = Speaker.objects.create(slug=free_slug(name), name=name[:200])
        if office:
            add_office(speaker, office, by, why)
    return speaker


def add_office(speaker: Speaker, office: NewOffice, by: User, why: str) -> Office:
    """Give a speaker a post; the same post with the same beginning is there once."""
    with transaction.atomic(), acting(by, why):
        made, _ = Office.objects.get_or_create(
            speaker=speaker,
            actor=office.actor,
            title=office.title[:200],
            start=office.start,
            defaults={
                "start_precision": Precision.DAY if office.start else Precision.UNKNOWN,
            },
        )
    return made


def add_spelling(speaker: Speaker, name: str, by: User, why: str, language: str = "") -> None:
    """Let a speaker be known by one more spelling, seen in a source."""
    with transaction.atomic(), acting(by, why):
        SpeakerName.objects.get_or_create(
            speaker=speaker,
            text=name[:200],
            kind=SpeakerName.Kind.ALIAS,
            language=language,
            defaults={"checked": True},
        )


def free_slug(name: str) -> str:
    """An address that nobody has; names without Latin letters are numbered."""
    bare = slugify(name)[:_LONGEST_SLUG] or "speaker"
    taken = set(Speaker.objects.filter(slug__startswith=bare).values_list("slug", flat=True))
    tries = (bare if number == 1 else f"{bare}-{number}" for number in range(1, 10_000))
    return next(slug for slug in tries if slug not in taken)
