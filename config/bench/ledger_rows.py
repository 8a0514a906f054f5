"""An invented ledger of any size: statements with all that hangs on them, corrected since.

Written through the models, so that triggers record, version and seal every row as on a site.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from history.acting import acting
from sources.models import Article, Snapshot, Source, Visit
from statements.models import (
    Actor,
    Attestation,
    Event,
    EventMention,
    Office,
    Party,
    Position,
    Provision,
    Review,
    Speaker,
    Statement,
    Treaty,
)

VERSIONS = 600  # of the statement that is corrected again and again
_AT_ONCE = 1000  # statements in a transaction
_IN_AN_ARTICLE = 10
_SEED = 20240619
_FIRST_DAY = date(2024, 6, 19)
_TITLES = ("president", "foreign-minister", "spokesperson", "ambassador", "lawmaker")


@dataclass(frozen=True)
class Filled:
    """What the pages are asked for: a usual statement, the one with `VERSIONS` versions, and an
    editor who is signed in where only editors read."""

    usual: Statement
    long: Statement
    editor: User


@dataclass(frozen=True)
class _Register:
    """Invented people of invented bodies."""

    offices: list[Office]
    treaty: Treaty
    provisions: list[Provision]
    events: list[Event]
    sources: list[Source]
    coders: list[User]


def fill(statements: int) -> Filled:
    """Write so many statements and correct every second of them that people stand behind."""
    chance = random.Random(_SEED)
    register = _register()
    for first in range(0, statements, _AT_ONCE):
        with transaction.atomic():
            _write(range(first, min(first + _AT_ONCE, statements)), register, chance)
    _correct(register.coders[0])
    usual, long = Statement.objects.published().order_by("-pk")[:2]
    for number in range(2, VERSIONS + 1):
        with transaction.atomic(), acting(register.coders[0], "The place was misread."):
            _edit([long.pk], f"Zenda {number}")
    _correct_at_once(statements // 10, register.coders[0], besides=(usual, long))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Filled(usual, long, register.coders[0])


def _register() -> _Register:
    with transaction.atomic():
        actors = Actor.objects.bulk_create(
            Actor(code=f"X-BENCH-{n}", kind=Actor.Kind.STATE, name=f"Republic of Example {n}")
            for n in range(100)
        )
        speakers = Speaker.objects.bulk_create(
            Speaker(slug=f"ada-example-{n}", name=f"Ada Example {n}", family_name="Example")
            for n in range(2000)
        )
        offices = Office.objects.bulk_create(
            Office(
                speaker=speaker,
                actor=actors[n % len(actors)],
                title=f"Office of Examples {n % 7}",
                title_kind=_TITLES[n % len(_TITLES)],
            )
            for n, speaker in enumerate(speakers)
        )
        treaty = Treaty.objects.create(
            slug="bench-pact", kind=Treaty.Kind.BILATERAL_TREATY, short_name="Invented Pact"
        )
        provisions = Provision.objects.bulk_create(
            Provision(treaty=treaty, number=str(n), order=n) for n in range(1, 24)
        )
        events = Event.objects.bulk_create(
            Event(slug=f"bench-{n}", title=f"Summit {n}", kind="summit", start=_FIRST_DAY)
            for n in range(20)
        )
        sources = Source.objects.bulk_create(
            Source(slug=f"bench-{n}", name=f"Invented Courier {n}") for n in range(20)
        )
        editor = User.objects.create_superuser("bench-editor")
        coders = [editor, User.objects.create_user("bench-coder")]
    return _Register(offices, treaty, provisions, events, sources, coders)


def _write(numbers: range, register: _Register, chance: random.Random) -> None:
    rows = Statement.objects.bulk_create(_statement(n, chance) for n in numbers)
    parties = Party.objects.bulk_create(_party(row, register, chance) for row in rows)
    Attestation.objects.bulk_create(_reports(rows, register))
    EventMention.objects.bulk_create(
        EventMention(
            statement=row,
            event=chance.choice(register.events),
            where=Position.Where.WORDS,
            printed="the summit",
            version="bench",
        )
        for row in rows
    )
    Position.objects.bulk_create(_positions(parties, register, chance))
    Review.objects.bulk_create(
        Review(
            statement=row,
            decision=Review.Decision.PUBLISH,
            by=register.coders[0],
            before={"status": "proposed", "version": 1},
            after={"status": "published", "version": 1},
        )
        for row in rows
        if row.status == Statement.Status.PUBLISHED
    )


def _statement(number: int, chance: random.Random) -> Statement:
    """Every second one is published."""
    published = number % 2 == 1
    return Statement(
        text=f"Invented words number {number} on the pact.",
        language="en",
        said_on=_FIRST_DAY + timedelta(days=chance.randrange(800)),
        said_on_precision="day",
        said_on_basis=Statement.DateBasis.EXPRESSION,
        status=Statement.Status.PUBLISHED if published else Statement.Status.PROPOSED,
        published_at=timezone.now() if published else None,
    )


def _party(row: Statement, register: _Register, chance: random.Random) -> Party:
    """Every fifth voice has a name that the register does not know, some of them often."""
    office = chance.choice(register.offices)
    if chance.random() < 1 / 5:
        rank = int(row.pk / 10 * chance.random() ** 3)
        return Party(statement=row, actor_id=office.actor_id, name=f"Envoy Zenda {rank}")
    return Party(
        statement=row,
        speaker_id=office.speaker_id,
        office=office,
        actor_id=office.actor_id,
        name=office.speaker.name,
    )


def _reports(rows: list[Statement], register: _Register) -> Iterator[Attestation]:
    """Each statement is printed in an article with others, every third one in two."""
    for first in range(0, len(rows), _IN_AN_ARTICLE):
        told = rows[first : first + _IN_AN_ARTICLE]
        yield from _article(told, register.sources[told[0].pk % len(register.sources)])
        yield from _article(told[::3], register.sources[told[-1].pk % len(register.sources)])


def _article(told: list[Statement], source: Source) -> Iterator[Attestation]:
    article = Article.objects.create(
        source=source, url=f"http://bench.example/{source.pk}/{told[0].pk}/{len(told)}"
    )
    text = "".join(f"“{row.text}”\n" for row in told)
    digest = sha256(f"{article.pk}{text}".encode()).hexdigest()
    snapshot = Snapshot.objects.create(
        article=article,
        sha256=digest,
        text_sha256=digest,
        size=len(text),
        content_type="text/html",
        final_url=article.url,
        status=200,
        reader="bench 1",
        read_at=timezone.now(),
        text=text,
        title="An invented headline",
        published_on=told[0].said_on,
        published_basis=Snapshot.Basis.META,
        language="en",
    )
    Visit.objects.create(
        article=article, snapshot=snapshot, at=timezone.now(), outcome=Visit.Outcome.UNCHANGED
    )
    start = 0
    for row in told:
        yield Attestation(
            statement=row,
            snapshot=snapshot,
            mode=Attestation.Mode.QUOTED,
            start=start + 1,
            end=start + 1 + len(row.text),
            words=row.text,
            language="en",
            attributed_by="bench 1",
            confidence=Attestation.Confidence.CONFIDENT,
        )
        start += len(row.text) + 3


def _positions(
    parties: list[Party], register: _Register, chance: random.Random
) -> Iterator[Position]:
    """The machine codes all, a person what is published, and a second one of that a fifth.

    Those who speak for one body mostly say the same.
    """
    stances = [*Position.VALUES]
    for party in parties:
        row = party.statement
        provision = chance.choice(register.provisions) if row.pk % 4 == 0 else None
        coders: list[User | None] = [None]
        if row.status == Statement.Status.PUBLISHED:
            coders += register.coders[: 2 if chance.random() < 0.2 else 1]
        for coder in coders:
            usual = stances[(party.actor_id or 0) % len(stances)]
            yield Position(
                statement=row,
                treaty=register.treaty,
                provision=provision,
                object=Position.Object.TREATY,
                stance=usual if chance.random() < 0.95 else chance.choice(stances),
                coder=coder,
                rule="" if coder else "bench",
                version="" if coder else "1",
            )


# ------------------------------------------------------------------ what was decided since


def _correct(by: User) -> None:
    """A few of each other kind, and then an edit of every second published statement."""
    published = list(Statement.objects.published().order_by("pk").values_list("pk", flat=True))
    merged, withdrawn, edited = published[:20:2], published[20:60], published[60::2]
    for key, into in zip(merged, published[1:20:2], strict=True):
        with transaction.atomic(), acting(by, "Both are one statement."):
            Statement.objects.filter(pk=key).update(
                merged_into=into, status=Statement.Status.WITHDRAWN, version=F("version") + 1
            )
    for key in withdrawn:
        with transaction.atomic(), acting(by, "Nobody said that."):
            Statement.objects.filter(pk=key).update(
                status=Statement.Status.WITHDRAWN,
                status_reason="Nobody said that.",
                version=F("version") + 1,
            )
    coded = Position.objects.by_person().filter(statement__in=published[61:1061:2])
    for position in coded.order_by("pk")[:200]:
        with transaction.atomic(), acting(by, "The codebook says otherwise."):
            Position.objects.filter(pk=position.pk).update(stance=Position.Stance.REJECTS)
    for speaker in Speaker.objects.order_by("pk")[:100]:
        with transaction.atomic(), acting(by, "The name was misspelled."):
            Speaker.objects.filter(pk=speaker.pk).update(name=f"{speaker.name} Zenda")
    for first in range(0, len(edited), 100):
        with transaction.atomic(), acting(by, "The place was missing."):
            _edit(edited[first : first + 100], "Zenda")


def _correct_at_once(most: int, by: User, besides: tuple[Statement, ...]) -> None:
    """The newest corrections: one deed of an editor on a list of that many statements."""
    keys = Statement.objects.published().exclude(pk__in=[one.pk for one in besides])
    with transaction.atomic(), acting(by, "The place is spelled otherwise."):
        _edit(list(keys.order_by("-pk").values_list("pk", flat=True)[:most]), "Zendastadt")


def _edit(keys: list[int], place: str) -> None:
    Statement.objects.filter(pk__in=keys).update(
        place=place, version=F("version") + 1, changed_at=timezone.now()
    )
