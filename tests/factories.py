"""Rows for tests: every default is a valid, invented row."""

import hashlib
from datetime import date
from typing import Any

import factory
from django.contrib.auth.models import User
from django.utils import timezone
from factory.django import DjangoModelFactory

from sources.models import Article, Feed, Snapshot, Source, Visit
from statements.models import (
    Actor,
    Attestation,
    Event,
    Office,
    Party,
    Position,
    Provision,
    Speaker,
    Statement,
    Treaty,
)

# What a report prints and its statement shows, where a test does not say.
PRINTED = "We keep to the text alone,"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    name = factory.Sequence(lambda n: f"Invented Courier {n}")
    kind = Source.Kind.NEWSPAPER
    languages = ["en"]


class FeedFactory(DjangoModelFactory[Feed]):
    class Meta:
        model = Feed

    source = factory.SubFactory(SourceFactory)
    url = factory.Sequence(lambda n: f"http://feeds.example/{n}.xml")
    enabled = True


class ArticleFactory(DjangoModelFactory[Article]):
    class Meta:
        model = Article

    source = factory.SubFactory(SourceFactory)
    url = factory.Sequence(lambda n: f"http://news.example/{n}")


class SnapshotFactory(DjangoModelFactory[Snapshot]):
    class Meta:
        model = Snapshot

    article = factory.SubFactory(ArticleFactory)
    text = f"“{PRINTED}” said Minister Ada Example on Thursday.\n"
    title = factory.Sequence(lambda n: f"Invented headline {n}")
    sha256 = factory.LazyAttribute(
        lambda s: hashlib.sha256(f"{s.article.pk}{s.text}".encode()).hexdigest()
    )
    text_sha256 = factory.LazyAttribute(lambda s: hashlib.sha256(s.text.encode()).hexdigest())
    size = factory.LazyAttribute(lambda s: len(s.text.encode()))
    content_type = "text/html"
    final_url = factory.LazyAttribute(lambda s: s.article.url)
    status: int | None = 200
    reader = "test 1"
    read_at = factory.LazyFunction(timezone.now)
    published_on = date(2025, 1, 2)
    published_basis = Snapshot.Basis.META
    language = "en"


class GivenSnapshotFactory(SnapshotFactory):
    """A text that a person gave, of an article whose address nobody has said."""

    article = factory.SubFactory(
        ArticleFactory, url=factory.Sequence(lambda n: f"text:0:{n}"), by_hand=True
    )
    origin = Snapshot.Origin.GIVEN
    final_url = ""
    status = None


class VisitFactory(DjangoModelFactory[Visit]):
    """A look that found the page as it was kept; `snapshot=None` for one that saw no text."""

    class Meta:
        model = Visit

    snapshot = factory.SubFactory(SnapshotFactory)
    article = factory.LazyAttribute(lambda v: v.snapshot.article)
    at = factory.LazyFunction(timezone.now)
    outcome = Visit.Outcome.UNCHANGED
    status = 200


class ActorFactory(DjangoModelFactory[Actor]):
    class Meta:
        model = Actor

    code = factory.Sequence(lambda n: f"X-INVENTED-{n}")
    kind = Actor.Kind.STATE
    name = factory.Sequence(lambda n: f"Republic of Example {n}")


class SpeakerFactory(DjangoModelFactory[Speaker]):
    class Meta:
        model = Speaker

    slug = factory.Sequence(lambda n: f"ada-example-{n}")
    name = factory.Sequence(lambda n: f"Ada Example {n}")
    family_name = "Example"


class OfficeFactory(DjangoModelFactory[Office]):
    class Meta:
        model = Office

    speaker = factory.SubFactory(SpeakerFactory)
    actor = factory.SubFactory(ActorFactory)
    title = "Minister of Examples"


class TreatyFactory(DjangoModelFactory[Treaty]):
    class Meta:
        model = Treaty

    slug = factory.Sequence(lambda n: f"invented-pact-{n}")
    kind = Treaty.Kind.BILATERAL_TREATY
    short_name = factory.Sequence(lambda n: f"Invented Pact {n}")


class ProvisionFactory(DjangoModelFactory[Provision]):
    class Meta:
        model = Provision

    treaty = factory.SubFactory(TreatyFactory)
    number = factory.Sequence(lambda n: str(n + 1))


class EventFactory(DjangoModelFactory[Event]):
    class Meta:
        model = Event

    slug = factory.Sequence(lambda n: f"invented-summit-{n}")
    title = factory.Sequence(lambda n: f"Invented summit {n}")
    kind = "summit"
    start = date(2025, 1, 1)


class StatementFactory(DjangoModelFactory[Statement]):
    """A published statement; `party` adds its speaker, `StatementFactory(party=None)` none."""

    class Meta:
        model = Statement
        skip_postgeneration_save = True

    text = PRINTED
    language = "en"
    said_on = date(2025, 1, 2)
    said_on_precision = "day"
    said_on_basis = "publication"
    status = Statement.Status.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def party(statement: Statement, create: bool, given: Any, **values: Any) -> None:
        if create and (given is not None or values):
            PartyFactory(statement=statement, **(given or {}), **values)


class PartyFactory(DjangoModelFactory[Party]):
    class Meta:
        model = Party

    statement = factory.SubFactory(StatementFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    actor = factory.SubFactory(ActorFactory)
    name = factory.LazyAttribute(lambda p: p.speaker.name if p.speaker else p.actor.name)


class AttestationFactory(DjangoModelFactory[Attestation]):
    """A report of the words between the quotation marks of the default snapshot; its own statement
    shows these words."""

    class Meta:
        model = Attestation

    statement = factory.SubFactory(StatementFactory, text=factory.SelfAttribute("..words"))
    snapshot = factory.SubFactory(SnapshotFactory)
    mode = Attestation.Mode.QUOTED
    start = 1
    end = factory.LazyAttribute(lambda a: len(a.snapshot.text.split("”")[0]))
    words = factory.LazyAttribute(lambda a: a.snapshot.text[a.start : a.end])
    attributed_by = "test 1"
    confidence = Attestation.Confidence.CONFIDENT


class PositionFactory(DjangoModelFactory[Position]):
    class Meta:
        model = Position

    statement = factory.SubFactory(StatementFactory)
    treaty = factory.SubFactory(TreatyFactory)
    rule = "test 1"
