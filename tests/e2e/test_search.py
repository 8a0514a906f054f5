"""Searching the timeline in a browser, without script unless said."""

from datetime import date
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from statements.models import Statement
from tests.e2e.conftest import Opened
from tests.factories import ActorFactory, PartyFactory, StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)

STATES = ("Exampleland", "Graustark", "Ruritania")


@pytest.fixture
def statements() -> None:
    """Thirty on grain and one on peace; the last state has least, and twenty more have one each."""
    actors = [ActorFactory(code=name[:3].upper(), name=name) for name in STATES]
    for number in range(30):
        statement = StatementFactory(
            text=f"On grain, number {number}.",
            said_on=date(2024, 1 + number % 6, 1 + number % 20),
            language="ko" if number % 5 == 0 else "en",
        )
        PartyFactory(statement=statement, actor=actors[number % 2], speaker=None)
    peace = StatementFactory(text="On peace.", said_on=date(2023, 3, 1))
    PartyFactory(statement=peace, actor=actors[2], speaker=None)
    for number in range(20):
        PartyFactory(
            statement=StatementFactory(text="On grain in general."),
            actor=ActorFactory(name=f"Republic {number}"),
            speaker=None,
        )


def head(page: Page) -> str:
    return " ".join(page.locator("#results").inner_text().split())


def test_a_reader_searches_filters_leaves_out_and_turns_pages(
    opened: Opened, statements: None
) -> None:
    page = opened("/", java_script_enabled=False)
    assert head(page) == "1–25 of 51"

    page.get_by_label("Words or names").fill("grain")
    page.get_by_role("button", name="Search").click()
    assert head(page) == "1–25 of 50"
    expect(page.locator(".card mark").first).to_have_text("grain")

    page.get_by_role("link", name="Older").click()
    assert head(page) == "26–50 of 50"
    page.get_by_role("link", name="Newer").click()
    assert head(page) == "1–25 of 50"

    page.get_by_role("checkbox", name="Exampleland").check()
    page.get_by_role("checkbox", name="Graustark").check()
    page.get_by_role("button", name="Apply filters").click()
    assert head(page) == "1–25 of 30"

    page.get_by_role("button", name="not Korean").click()
    assert head(page) == "24 statements"
    expect(page.get_by_role("checkbox", name="not Korean")).to_be_checked()
    expect(page.locator("code").first).to_have_text("grain actor:EXA actor:GRA -lang:ko")

    page.locator(".chips").get_by_role("link", name="Graustark").click()
    assert head(page) == "12 statements"
    page.get_by_role("link", name="best first").click()
    expect(page.locator(".orders strong")).to_have_text("best first")

    page.get_by_role("link", name="January 2024: 4").click()
    assert head(page) == "4 statements"
    expect(page.get_by_label("from", exact=True)).to_have_value("2024-01")


def test_what_is_ticked_and_typed_goes_along_when_a_value_is_left_out(
    opened: Opened, statements: None
) -> None:
    page = opened("/statements/", java_script_enabled=False)

    page.get_by_label("Words or names").fill("grain")
    page.get_by_role("checkbox", name="Exampleland").check()
    page.get_by_role("checkbox", name="Korean").check()
    page.get_by_role("button", name="not Korean").click()

    expect(page.locator("code").first).to_have_text("grain actor:EXA -lang:ko")
    page.get_by_label("Words or names").fill("peace")
    page.get_by_label("Words or names").press("Enter")
    expect(page.locator("code").first).to_have_text("peace actor:EXA -lang:ko")


def test_ticks_words_and_days_follow_the_address_when_a_reader_goes_back(
    opened: Opened, statements: None
) -> None:
    page = opened("/statements/?actor=EXA", java_script_enabled=False)

    page.get_by_role("checkbox", name="Exampleland").uncheck()
    page.get_by_role("checkbox", name="Graustark").check()
    page.get_by_label("Words or names").fill("grain")
    page.get_by_label("from", exact=True).fill("2024-02")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("checkbox", name="Graustark")).to_be_checked()
    page.go_back()

    expect(page.get_by_role("checkbox", name="Exampleland")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Graustark")).not_to_be_checked()
    expect(page.get_by_label("Words or names")).to_have_value("")
    expect(page.get_by_label("from", exact=True)).to_have_value("")


def test_a_page_that_the_browser_kept_follows_its_address_too(
    browser: Browser, live_server: LiveServer, statements: None
) -> None:
    """Whether a browser keeps pages is its own affair, and the one of the tests does not; so the
    page is told as a browser tells it."""
    page = browser.new_page(base_url=live_server.url)
    page.goto("/statements/?actor=EXA")
    page.get_by_role("checkbox", name="Exampleland").uncheck()
    page.get_by_label("Words or names").fill("grain")

    shown = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: %s}))"
    page.evaluate(shown % "false")
    expect(page.get_by_label("Words or names")).to_have_value("grain")
    page.evaluate(shown % "true")

    expect(page.get_by_role("checkbox", name="Exampleland")).to_be_checked()
    expect(page.get_by_label("Words or names")).to_have_value("")
    page.close()


def test_what_is_not_among_the_first_values_is_found_in_the_facet(
    opened: Opened, statements: None
) -> None:
    page = opened("/statements/", java_script_enabled=False)

    page.get_by_role("link", name="All 23, and find a value of «Country or body»").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Country or body: all values")
    page.get_by_label("Find a value").fill("rurit")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody").get_by_role("link", name="Ruritania", exact=True).click()

    assert head(page) == "1 statement"
    expect(page.get_by_role("checkbox", name="Ruritania")).to_be_checked()
    expect(page.get_by_text("On peace.")).to_be_visible()


def test_an_empty_page_says_what_would_be_without_each_filter(
    opened: Opened, statements: None
) -> None:
    page = opened("/statements/?q=peace&actor=EXA", java_script_enabled=False)

    expect(page.get_by_text("No statements match.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Without “peace”: 15")).to_be_visible()
    page.get_by_role("link", name="Without «Exampleland»").click()
    assert head(page) == "1 statement"


def test_the_page_keeps_to_its_budget(opened: Opened, statements: None) -> None:
    random = Random(3)
    for statement in Statement.objects.all():
        for _ in range(2):
            PartyFactory(
                statement=statement,
                name="Ada Example",
                role="co_issuer",
                order=random.randrange(1, 9999),
            )

    page = opened("/statements/")

    elements = page.evaluate("document.getElementsByTagName('*').length")
    assert elements <= 2500, elements
    assert page.complaints == []  # type: ignore[attr-defined]
