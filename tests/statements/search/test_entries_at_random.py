"""Whatever is written, in whatever order, each entry says what plain Python tells of the models."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sources.models import Article, Source
from statements.discrepancies import Field
from statements.models import (
    Actor,
    Attestation,
    Difference,
    Membership,
    Office,
    Party,
    Position,
    Provision,
    Speaker,
    SpeakerName,
    Statement,
)
from statements.search.entries import deferred, wrong
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
)
from tests.statements.search.told import GONE, expected, kept

pytestmark = pytest.mark.django_db

_FIRST = date(2024, 1, 1)
_WORDS = [
    "pact",
    "treaty",
    "summit",
    "border",
    "grain",
    "договор",
    "санкции",
    "会談",
    "조약",
    "Vertrag",
]


class World:
    """Rows to choose from, and writes by chance; each returns at once."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        states = [ActorFactory() for _ in range(3)]
        blocs = [ActorFactory(kind="bloc") for _ in range(2)]
        organs = [ActorFactory(kind="state_organ", parent=one) for one in states]
        self.actors = [*states, *blocs, *organs]
        self.speakers = [SpeakerFactory() for _ in range(3)]
        self.offices = [OfficeFactory(title_kind=kind) for kind in ("minister", "envoy", "")]
        self.sources = [SourceFactory(ownership_group=group) for group in ("a", "b", "")]
        self.provisions = [ProvisionFactory() for _ in range(3)]
        self.events = [EventFactory(), None]

    def step(self) -> None:
        self.chance.choice(_DEEDS)(self)

    def words(self) -> str:
        return " ".join(self.chance.choices(_WORDS, k=3))

    def day(self) -> date:
        return _FIRST + timedelta(days=self.chance.randrange(800))

    def when(self) -> dict[str, object]:
        exactness = self.chance.choice(["day", "day", "month", "year", "range", "unknown"])
        if exactness == "unknown":
            return {
                "said_on": None, "said_on_to": None, "said_on_precision": exactness,
                "said_on_basis": "none",
            }  # fmt: skip
        day = self.day()
        if exactness in {"month", "year"}:
            day = day.replace(day=1, **({"month": 1} if exactness == "year" else {}))
        last = day + timedelta(days=self.chance.randrange(1, 90))
        return {
            "said_on": day, "said_on_precision": exactness, "said_on_basis": "publication",
            "said_on_to": last if exactness == "range" else None,
        }  # fmt: skip

    def some(self, model: type) -> list[int]:
        """The keys of up to three rows of a table."""
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
        return self.chance.sample(keys, min(len(keys), self.chance.randrange(1, 4)))

    def one(self, model: type) -> int | None:
        return next(iter(self.some(model)), None)


def _new(w: World) -> None:
    status = w.chance.choice(["proposed", "published", "withdrawn"])
    StatementFactory(
        text=w.words(), status=status, language=w.chance.choice(["en", "ru", "pt-BR", ""]),
        form=w.chance.choice(["speech", ""]), event=w.chance.choice(w.events), **w.when(),
    )  # fmt: skip


def _many(w: World) -> None:
    Statement.objects.bulk_create(
        Statement(text=w.words(), said_on_basis="none") for _ in range(3)
    )


def _party(w: World) -> None:
    if (key := w.one(Statement)) is None:
        return
    order = Party.objects.filter(statement=key).count() + w.chance.randrange(1000)
    PartyFactory(
        statement_id=key, order=order % 30_000, role=w.chance.choice(Party.Role.values),
        speaker=w.chance.choice([*w.speakers, None]), actor=w.chance.choice(w.actors),
        office=w.chance.choice([*w.offices, None]), name="Ada Example",
    )  # fmt: skip


def _report(w: World) -> None:
    if key := w.one(Statement):
        source = w.chance.choice(w.sources)
        AttestationFactory(statement_id=key, snapshot__article__source=source)


def _position(w: World) -> None:
    if key := w.one(Statement):
        provision = w.chance.choice([*w.provisions, None])
        PositionFactory(
            statement_id=key, provision=provision, stance=w.chance.choice(Position.Stance.values),
            legal=w.chance.choice(Position.Legal.values), rule=f"test {w.chance.random()}",
            **({"treaty": provision.treaty} if provision else {}),
        )  # fmt: skip


def _difference(w: World) -> None:
    if key := w.one(Statement):
        field = w.chance.choice(list(Field))
        Difference.objects.get_or_create(statement_id=key, field=field)


def _change(w: World) -> None:
    values: dict[str, Any] = w.chance.choice(
        [
            w.when(),
            {"text": w.words()},
            {"status": "withdrawn"},
            {"status": "rejected"},
            {"status": "published", "published_at": timezone.now()},
            {"status": "proposed"},
            {"event": w.chance.choice(w.events)},
            {"translation": w.words(), "translation_language": "de"},
        ]
    )
    Statement.objects.filter(pk__in=w.some(Statement)).update(**values)


def _move(w: World) -> None:
    model = w.chance.choice([Attestation, Difference, Position])
    key, to = w.one(model), w.one(Statement)
    if key is None or to is None:
        return
    if model is Difference:
        Difference.objects.filter(pk=key).delete()
    else:
        model._default_manager.filter(pk=key).update(statement=to)


def _name(w: World) -> None:
    w.chance.choice(
        [
            lambda: Speaker.objects.filter(pk__in=w.some(Speaker)).update(name=w.words()),
            lambda: SpeakerName.objects.get_or_create(
                speaker=w.chance.choice(w.speakers), text=w.words()
            ),
            lambda: SpeakerName.objects.filter(pk__in=w.some(SpeakerName)).delete(),
            lambda: Office.objects.filter(pk__in=w.some(Office)).update(
                title=w.words(), title_kind=w.chance.choice(["minister", "envoy", "aide", ""])
            ),
            lambda: Actor.objects.filter(pk__in=w.some(Actor)).update(name=w.words()),
        ]
    )()


def _belong(w: World) -> None:
    member, group = w.chance.sample(w.actors, 2)
    w.chance.choice(
        [
            lambda: Actor.objects.filter(pk=member.pk).update(parent=group),
            lambda: Actor.objects.filter(pk=member.pk).update(parent=None),
            lambda: Membership.objects.get_or_create(
                member=member, group=group, start=w.day(), end=None
            ),
            lambda: Membership.objects.filter(pk__in=w.some(Membership)).update(
                end=F("start") + timedelta(days=100)
            ),
            lambda: Membership.objects.filter(pk__in=w.some(Membership)).delete(),
        ]
    )()


def _own(w: World) -> None:
    w.chance.choice(
        [
            lambda: Source.objects.filter(pk__in=w.some(Source)).update(
                ownership_group=w.chance.choice(["a", "c", ""])
            ),
            lambda: Article.objects.filter(pk__in=w.some(Article)).update(
                source=w.chance.choice(w.sources)
            ),
        ]
    )()


def _go(w: World) -> None:
    model = w.chance.choice([Party, Position, Attestation, Statement, Difference])
    model._default_manager.filter(pk__in=w.some(model)).delete()


def _take_back(w: World) -> None:
    point = transaction.savepoint()
    for _ in range(3):
        w.step()
    transaction.savepoint_rollback(point)


_DEEDS: list[Callable[[World], None]] = [
    _new, _new, _many, _party, _party, _report, _report, _position, _position, _difference,
    _change, _change, _move, _name, _belong, _own, _go, _take_back,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_entries_follow_every_series_of_writes(seed: int) -> None:
    world = World(seed)
    # There are others from the first day, so that all deeds find rows.
    for _ in range(6):
        _new(world)
    for turn in range(12):
        if turn % 3 == 2:
            with deferred():
                for _ in range(6):
                    world.step()
        else:
            for _ in range(6):
                world.step()
        told, entries = expected(), kept()
        assert told == {key: entries[key] for key in told}
        assert {entries[key] for key in entries.keys() - told.keys()} <= {GONE}
        assert wrong() == []


def test_the_years_of_chance_hold_all_that_is_tested() -> None:
    world = World(1)
    for _ in range(150):
        world.step()

    kinds = {kind for one in expected().values() for kind, _ in one.values}
    assert kinds >= {
        "actor", "speaker", "office", "stance", "legal", "treaty", "article", "source", "owner",
        "lang", "form", "event", "review", "differs", "month",
    }  # fmt: skip
    assert GONE in expected().values()
    assert Provision.objects.exists()
