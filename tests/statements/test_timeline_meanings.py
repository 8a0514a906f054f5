"""What addresses and numbers mean is remembered, and never longer than it is so."""

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from statements.models import Actor
from statements.search.asking import NOBODY
from statements.search.kinds import Kind
from statements.timeline import meanings as remembered
from statements.timeline.form import TimelineForm
from statements.timeline.meanings import meanings
from tests.factories import ActorFactory, PartyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruritania() -> Actor:
    actor: Actor = ActorFactory(code="RUR", name="Ruritania")
    PartyFactory(actor=actor)
    return actor


def labels(address: str) -> list[str]:
    return [choice.value.label for choice in TimelineForm(QueryDict(address)).choices]


def test_what_was_asked_before_is_asked_of_no_table_again(ruritania: Actor) -> None:
    before = TimelineForm(QueryDict("actor=RUR")).query

    with CaptureQueriesContext(connection) as queries:
        form = TimelineForm(QueryDict("actor=RUR"))
        assert form.query == before

    assert len(queries) == 1


def test_an_actor_that_is_renamed_has_its_new_name_at_once(
    ruritania: Actor, client: Client
) -> None:
    assert labels("actor=RUR") == ["Ruritania"]
    assert "Ruritania" in client.get("/statements/").content.decode()

    Actor.objects.filter(pk=ruritania.pk).update(name="Strelsau")

    assert labels("actor=RUR") == ["Strelsau"]
    page = client.get("/statements/").content.decode()
    assert "Strelsau" in page
    assert "Ruritania" not in page


def test_a_name_that_was_never_committed_is_forgotten(ruritania: Actor) -> None:
    with transaction.atomic():
        Actor.objects.filter(pk=ruritania.pk).update(name="Strelsau")
        assert labels("actor=RUR") == ["Strelsau"]
        transaction.set_rollback(True)

    assert labels("actor=RUR") == ["Ruritania"]


def test_a_code_that_nobody_had_is_known_as_soon_as_somebody_has_it() -> None:
    assert labels("actor=RUR") == []

    ActorFactory(code="RUR", name="Ruritania")

    assert labels("actor=RUR") == ["Ruritania"]


def test_a_value_has_its_number_with_the_first_statement_that_has_it() -> None:
    assert TimelineForm(QueryDict("lang=xx")).query.wanted == {Kind.LANGUAGE: {NOBODY}}

    PartyFactory(statement__language="xx")

    assert TimelineForm(QueryDict("lang=xx")).query.wanted[Kind.LANGUAGE] != {NOBODY}


def test_no_more_is_remembered_than_there_is_room_for(
    ruritania: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "REMEMBERED", 2)
    for code in ("AAA", "BBB", "CCC"):
        ActorFactory(code=code, name=f"The land {code}")

    for code in ("AAA", "BBB", "CCC", "RUR", "AAA"):
        assert len(labels(f"actor={code}")) == 1

    codes = ("AAA", "BBB", "CCC", "RUR")
    assert len(meanings().asked.known((Kind.ACTOR, code) for code in codes)) == 2
