"""The search over statements as people enter them is what counting the models' rows gives."""

import random
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.models import (
    Actor,
    Difference,
    FacetValue,
    Membership,
    Party,
    Position,
    Statement,
)
from statements.search.asking import Part
from statements.search.kinds import Kind
from statements.search.packed import all_statements, answer, how_many
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    SourceFactory,
    StatementFactory,
    TreatyFactory,
)
from tests.statements.search.entries import query
from tests.statements.search.plain import Entry, counted, found, undated
from tests.statements.search.told import expected

pytestmark = pytest.mark.django_db

STATUSES = ["published", "published", "proposed", "proposed", "withdrawn", "rejected"]
VOCABULARY = ["Fog", "fogbound", "rain", "drums", "核実験"]


class Site:
    """Statements that share some actors, speakers, treaties and sources, drawn by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.groups = ActorFactory.create_batch(2, kind=Actor.Kind.BLOC)
        self.states = ActorFactory.create_batch(3)
        self.organs = [ActorFactory(parent=state) for state in self.states]
        for state in self.states:
            for group in self.groups:
                if chance.random() < 0.7:
                    start = chance.choice([None, date(2024, 1, 10)])
                    end = chance.choice([None, date(2024, 2, 5)])
                    Membership.objects.create(member=state, group=group, start=start, end=end)
        actors = self.states + self.organs
        self.offices = [
            OfficeFactory(actor=chance.choice(actors), title_kind=kind)
            for kind in ("minister", "minister", "spokesperson", "")
        ]
        self.treaties = TreatyFactory.create_batch(2)
        self.provisions = ProvisionFactory.create_batch(3, treaty=self.treaties[0])
        self.sources = [
            SourceFactory(ownership_group=group) for group in ("", "one", "one", "two")
        ]
        self.events = EventFactory.create_batch(2)

    def say(self) -> Statement:
        """One more statement."""
        chance = self.chance
        day = date(2024, 1, 1) + timedelta(days=chance.randrange(60))
        precision = chance.choice(["day", "day", "day", "month", "year", "range"])
        said = {"said_on": day, "said_on_precision": precision, "said_on_basis": "publication"}
        if precision == "range":
            said["said_on_to"] = day + timedelta(days=chance.randrange(1, 40))
        if chance.random() < 0.2:
            said = {"said_on": None, "said_on_precision": "day", "said_on_basis": "none"}
        statement = StatementFactory(
            text=" ".join(chance.choices(VOCABULARY, k=chance.randrange(1, 6))) + ".",
            language=chance.choice(["en", "en", "de", "en-GB"]),
            status="published",
            form=chance.choice(["", "speech", "interview"]),
            event=chance.choice([None, *self.events]),
            **said,
        )
        for order, office in enumerate(chance.sample(self.offices, chance.randrange(3))):
            role = chance.choice([*Party.VOICES, Party.Role.ADDRESSEE])
            PartyFactory(
                statement=statement, speaker=office.speaker, actor=office.actor, office=office,
                role=role, order=order,
            )  # fmt: skip
        for treaty in chance.sample(self.treaties, chance.randrange(3)):
            provisions = self.provisions if treaty == self.treaties[0] else []
            PositionFactory(
                statement=statement, treaty=treaty, provision=chance.choice([None, *provisions]),
                stance=chance.choice(["supports", "condemns", "unclear"]),
                legal=chance.choice(["none", "compatible"]),
            )  # fmt: skip
        for source in chance.sample(self.sources, chance.randrange(3)):
            AttestationFactory(statement=statement, snapshot__article__source=source)
        if chance.random() < 0.3:
            Difference.objects.create(statement=statement, field="numbers")
        status = chance.choice(STATUSES)
        changed = {"status": status}
        if status == "proposed" and chance.random() < 0.5:
            changed["published_at"] = None  # type: ignore[assignment]
        Statement.objects.filter(pk=statement.pk).update(**changed)
        return statement


def entries() -> list[Entry]:
    """What plain counting of the models' rows says of each statement, with its own words."""
    numbered = {(one.kind, one.key): one.number for one in FacetValue.objects.all()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_id, words::text FROM statements_searchentry")
        vectors = dict(cursor.fetchall())
    told = []
    for key, one in expected().items():
        values: dict[Kind, set[int]] = {kind: set() for kind in Kind}
        for kind, value in one.values:
            values[Kind(kind)].add(numbered[kind, value])
        words = {
            lexeme: [int(place) for place in re.findall(r"\d+", places)]
            for lexeme, places in re.findall(r"'([^']*)':([\dA-D,]+)", vectors[key])
        }
        frozen = {kind: frozenset(numbers) for kind, numbers in values.items()}
        told.append(Entry(key, one.day, one.last, frozen, words, one.listed))
    return told


@pytest.fixture
def site() -> list[Entry]:
    site = Site(random.Random(6))
    for _ in range(60):
        site.say()
    return entries()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_every_count_equals_its_list(site: list[Entry], data: st.DataObject) -> None:
    of_kind = {
        kind: sorted(frozenset().union(*(entry.values[kind] for entry in site)))
        for kind in Kind
    }
    asked_for = data.draw(query(of_kind))
    fitting = [one.statement for one in found(site, asked_for)]

    answered = answer(asked_for, Part(size=10), list(Kind))

    assert answered.total == how_many(asked_for) == len(fitting)
    assert answered.statements == fitting[:10]
    assert list(all_statements(asked_for)) == fitting
    assert answered.counts == {kind: counted(site, asked_for, kind) for kind in Kind}
    assert answered.undated == undated(site, asked_for)


def test_the_drawn_statements_have_values_of_every_kind(site: list[Entry]) -> None:
    assert all(any(entry.values[kind] for entry in site) for kind in Kind)
    assert any(not entry.listed for entry in site)
    assert any(entry.listed and entry.day is None for entry in site)
    assert any(entry.day != entry.last for entry in site)
    assert Position.objects.count() > 20
