"""Pages of actors, treaties and articles show where actors stand, as of a day."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from statements.models import Actor, Position, Treaty
from tests.factories import (
    ActorFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    ProvisionFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pact() -> Treaty:
    """Ruritania's president condemned a pact and its article; its spokesperson came later."""
    ruritania = ActorFactory(code="RUR", name="Ruritania")
    treaty: Treaty = TreatyFactory(slug="pact", short_name="Invented Pact")
    provision = ProvisionFactory(treaty=treaty, number="4")
    coder = UserFactory()
    for title, name, day, stance, about in (
        ("president", "Ada Example", date(2024, 7, 1), "condemns", None),
        ("spokesperson", "Ben Sample", date(2025, 3, 1), "neutral", None),
        ("president", "Ada Example", date(2024, 8, 1), "rejects", provision),
    ):
        row = StatementFactory(said_on=day)
        held = OfficeFactory(
            actor=ruritania, title=title.capitalize(), title_kind=title, speaker__name=name
        )
        PartyFactory(statement=row, actor=ruritania, speaker=held.speaker, office=held)
        PositionFactory(
            statement=row, treaty=treaty, provision=about, stance=stance, coder=coder, rule=""
        )
    return treaty


def machine_says(actor: Actor, treaty: Treaty, stance: str) -> None:
    row = StatementFactory(said_on=date(2025, 5, 1), status="proposed", published_at=None)
    held = OfficeFactory(actor=actor, title="Monarch", title_kind="head-of-state")
    PartyFactory(statement=row, actor=actor, speaker=held.speaker, office=held)
    PositionFactory(statement=row, treaty=treaty, stance=stance)


@pytest.mark.parametrize("path", ["/actors/RUR/", "/treaties/pact/"])
def test_the_table_says_who_decided_and_which_office_differs(path: str, pact: Treaty) -> None:
    page = Client().get(path)

    assertContains(page, "Current positions")
    assertContains(page, "Ada Example</a>, President")
    assertContains(page, "1 July 2024</a>")
    assertContains(page, "Level 1: head of state")
    assertContains(page, "Ben Sample</a>, Spokesperson")
    assertContains(page, "1 March 2025</a>")
    assertContains(page, "said later")
    assertNotContains(page, "If machine proposals counted")


def test_an_article_has_positions_of_its_own(pact: Treaty) -> None:
    page = Client().get("/treaties/pact/articles/4/")

    assertContains(page, "1 August 2024</a>")
    assertNotContains(page, "Ben Sample")


def test_a_day_asked_for_is_kept_in_the_form_and_said(pact: Treaty) -> None:
    page = Client().get("/actors/RUR/?as_of=2024-12-31")

    assertContains(page, "Positions as of 31 December 2024")
    assertContains(page, 'value="2024-12-31"')
    assertContains(page, "Ada Example</a>, President")
    assertNotContains(page, "Ben Sample</a>, Spokesperson")
    assertContains(
        Client().get("/actors/RUR/?as_of=2020-01-01"), "absence of record, not silence"
    )


@pytest.mark.parametrize("given", ["2025-02-30", "yesterday", "1.7.2024", "2024-07-01x"])
@pytest.mark.parametrize(
    "path", ["/actors/RUR/", "/treaties/pact/", "/treaties/pact/articles/4/"]
)
def test_what_is_no_day_is_said_to_be_none(path: str, given: str, pact: Treaty) -> None:
    page = Client().get(path, {"as_of": given})

    assertContains(page, f"«{given}» is no day that the calendar has")
    assertContains(page, "Current positions")
    assertContains(page, "Ada Example</a>, President")


@pytest.mark.parametrize("given", ["0001-01-01", "9999-12-31", ""])
def test_the_ends_of_the_calendar_and_no_day_are_answered(given: str, pact: Treaty) -> None:
    assert Client().get("/treaties/pact/", {"as_of": given}).status_code == 200


def test_proposals_of_the_machine_stand_beside_and_say_so(pact: Treaty) -> None:
    machine_says(Actor.objects.get(code="RUR"), pact, "endorses")
    machine_says(ActorFactory(name="Graustark"), pact, "concerned")

    page = Client().get("/treaties/pact/")

    assertContains(page, "If machine proposals counted", count=2)
    assertContains(page, "coded by machine</span>", count=2)
    assertContains(page, "no checked statement", count=1)


def test_the_rule_is_published() -> None:
    page = Client().get("/method/")

    assertContains(page, 'id="authority"')
    assertContains(page, "<li>foreign minister</li>")
    assertContains(page, 'id="agreement"')


@pytest.mark.parametrize(
    ("about", "written"),
    [("dprk-weapons", "DPRK weapons programmes"), ("dialogue", "dialogue")],
)
def test_what_a_code_is_about_is_written_as_in_a_sentence(about: str, written: str) -> None:
    position = Position(object=about, stance="supports")

    assert f": {written}</span>" in render_to_string(
        "components/stance_badge.html", {"position": position}
    )
