"""Misspelt names, searches within somebody's words, days and events, in a browser."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import Opened
from tests.e2e.test_every_page import RULES, SIZES
from tests.factories import EventFactory, PartyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def said() -> None:
    """Three statements by one person and one by another, with events between them."""
    first = PartyFactory(
        speaker__name="Zoran Kvistović",
        statement__text="Grain comes first. " + "And so on and on. " * 50 + "Grain comes last.",
        statement__said_on=date(2024, 6, 21),
        statement__translation="Das Getreide zuerst.",
        statement__translation_language="de",
    )
    for day in (date(2024, 6, 19), date(2024, 6, 18)):
        PartyFactory(
            speaker=first.speaker, statement__text="Grain again.", statement__said_on=day
        )
    PartyFactory(speaker__name="Bea Sample", statement__text="No word on grain.")
    signed = EventFactory(title="Pact signed", start=date(2024, 6, 19), place="Zenda")
    PartyFactory(statement__event=signed, statement__said_on=date(2024, 6, 19))
    for number in range(4):
        EventFactory(title=f"Talks, round {number}", start=date(2024, 6, 20))


def test_a_misspelt_name_is_searched_as_it_was_meant_or_as_typed(
    opened: Opened, said: None
) -> None:
    page = opened("/", java_script_enabled=False)
    page.get_by_label("Words or names").fill("kvistovci grain")
    page.get_by_role("button", name="Search").click()

    expect(page.get_by_text("Showing results for Kvistović grain")).to_be_visible()
    expect(page.locator(".card")).to_have_count(3)
    expect(page.locator(".card mark", has_text="Kvistović")).to_have_count(3)
    expect(page.get_by_label("Words or names")).to_have_value("Kvistović grain")

    page.get_by_role("link", name="Search instead for kvistovci grain").click()
    expect(page.get_by_text("No statements match.")).to_be_visible()
    expect(page.get_by_text("Showing results for")).to_have_count(0)


def test_a_search_from_a_speakers_page_stays_within_their_words(
    opened: Opened, said: None
) -> None:
    page = opened("/speakers/", java_script_enabled=False)
    page.get_by_role("link", name="Zoran Kvistović").click()
    page.get_by_label("Words said by or for Zoran Kvistović").fill("grain")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".card")).to_have_count(3)
    expect(page.locator(".scope")).to_contain_text("Within the words of Zoran Kvistović")

    page.get_by_label("Words or names").fill("last")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".scope")).to_contain_text("Within the words of Zoran Kvistović")

    page.get_by_label("Words or names").fill("grain")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="search everything").click()
    expect(page.locator(".card")).to_have_count(4)
    expect(page.locator(".scope")).to_have_count(0)


def test_events_stand_between_days_and_the_rest_unfolds(opened: Opened, said: None) -> None:
    page = opened("/", java_script_enabled=False)

    expect(page.locator(".event-marker:visible")).to_have_count(3)
    page.get_by_text("2 more events between").click()
    expect(page.locator(".event-marker:visible")).to_have_count(5)
    page.get_by_role("link", name="Pact signed").click()
    expect(page.locator(".card")).to_have_count(1)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_what_is_marked_can_be_read_by_all(
    opened: Opened, said: None, width: int, scheme: str
) -> None:
    for path in ("/statements/?q=grain+kvistovci", "/statements/?q=grain", "/"):
        page = opened(path, viewport={"width": width, "height": 900}, color_scheme=scheme)
        found = Axe().run(page, options={"runOnly": RULES["runOnly"]})
        assert found.response["violations"] == [], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.complaints == []  # type: ignore[attr-defined]
