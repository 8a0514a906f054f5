"""Whatever is written, in whatever order, each entry says what plain Python tells of the models."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sources.models import Article, Source
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
from tests.statements.random_statements import RandomStatements
from tests.statements.search.told import GONE, expected, kept

pytestmark = pytest.mark.django_db

_WORDS = (
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
)


class World(RandomStatements):
    """Rows to choose from, and writes by chance; each returns at once."""

    def __init__(self, seed: int) -> None:
        super().__init__(random.Random(seed), _WORDS)
        self.chance = self.random

    def step(self) -> None:
        self.chance.choice(_DEEDS)(self)

    def some(self, model: type) -> list[int]:
        """The keys of up to three rows of a table."""
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
        return self.chance.sample(keys, min(len(keys), self.chance.randrange(1, 4)))

    def one(self, model: type) -> int | None:
        return next(iter(self.some(model)), None)


def _new(w: World) -> None:
    w.statement()


def _many(w: World) -> None:
    Statement.objects.bulk_create(
        Statement(text=w.words(), said_on_basis="none") for _ in range(3)
    )


def _party(w: World) -> None:
    if key := w.one(Statement):
        order = Party.objects.filter(statement=key).count() + w.chance.randrange(1000)
        w.party(key, order % 30_000)


def _report(w: World) -> None:
    if key := w.one(Statement):
        w.report(key)


def _position(w: World) -> None:
    if key := w.one(Statement):
        w.position(key)


def _difference(w: World) -> None:
    if key := w.one(Statement):
        w.difference(key)


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
