"""The timeline by days, with what happened between them, and within whose words it is."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from statements.models import Event
from tests.factories import EventFactory, PartyFactory, StatementFactory, TreatyFactory

pytestmark = pytest.mark.django_db


def happened(title: str, day: date, precision: str = "day") -> Event:
    """An event that began on a day."""
    event: Event = EventFactory(title=title, start=day, end=None, precision=precision)
    return event


def lines(client: Client, query: str = "") -> list[str]:
    """Days, events and words of the page, in the order in which they stand."""
    lines = []
    for day in client.get(f"/statements/?{query}").context["days"]:
        lines += [f"event {event.title}" for event in (*day.shown, *day.folded)]
        lines += [day.label, *(statement.text for statement in day.statements)]
    return lines


@pytest.fixture
def said() -> None:
    """Three days on which something was said, one of them but a month, and one not known."""
    StatementFactory(text="Last.", said_on=date(2024, 6, 21))
    StatementFactory(text="Middle.", said_on=date(2024, 6, 19))
    StatementFactory(text="Some day.", said_on=date(2024, 5, 1), said_on_precision="month")
    StatementFactory(
        text="Undated.", said_on=None, said_on_precision="unknown", said_on_basis="none"
    )


def test_events_stand_between_the_days_around_them(client: Client, said: None) -> None:
    for title, day, precision in (
        ("too late", date(2024, 6, 22), "day"),
        ("signed", date(2024, 6, 19), "day"),
        ("the day before", date(2024, 6, 18), "day"),
        ("in June", date(2024, 6, 1), "month"),
        ("too early", date(2024, 4, 30), "day"),
    ):
        happened(title, day, precision)

    assert lines(client) == [
        "21 June 2024",
        "Last.",
        "event signed",
        "19 June 2024",
        "Middle.",
        "event the day before",
        "event in June",
        "May 2024",
        "Some day.",
        "",
        "Undated.",
    ]
    response = client.get("/statements/")
    assertContains(response, '<time class="event-day">June 2024</time>')
    assertContains(response, '<h3 class="day">Day not known</h3>')


def test_an_event_between_two_pages_stands_on_one_of_them(client: Client, said: None) -> None:
    happened("signed", date(2024, 6, 19))
    happened("between", date(2024, 6, 20))

    def told(query: str, way: str) -> dict[str, list[str]]:
        """Events and words of each page from this one on, by the address of the page."""
        pages, address = {}, query
        while address is not None:
            context = client.get(f"/statements/?{address}").context
            events = [event.title for day in context["days"] for event in day.shown]
            pages[address] = [*events, *(one.text for one in context["page"].statements)]
            address = getattr(context["page"], way)
        return pages

    down = told("size=1", "older")
    up = told([*down][-1], "newer")

    assert [*down.values()] == [
        ["Last."],
        ["between", "signed", "Middle."],
        ["Some day."],
        ["Undated."],
    ]
    assert [*up.values()] == [*down.values()][::-1]


def test_a_narrowed_list_has_the_events_of_its_statements_and_of_treaties(
    client: Client,
) -> None:
    at = happened("spoken at", date(2024, 6, 20))
    happened("something else", date(2024, 6, 21))
    for kind, day in (("signing", date(2024, 6, 19)), ("visit", date(2024, 6, 18))):
        EventFactory(
            title=f"{kind} of a treaty", start=day, end=None, kind=kind, treaty=TreatyFactory()
        )
    StatementFactory(text="On grain.", said_on=date(2024, 6, 21), event=at)
    StatementFactory(text="Grain again.", said_on=date(2024, 6, 1))
    StatementFactory(text="Peace.", said_on=date(2024, 6, 10), language="ko")
    every = ["something else", "spoken at", "signing of a treaty", "visit of a treaty"]

    def events(query: str) -> list[str]:
        found = (line.partition("event ")[2] for line in lines(client, query))
        return [title for title in found if title]

    for whole in ("", "from=2024-06", "review=verified"):
        assert events(whole) == every
    for some in ("q=grain", "lang=en", "not_lang=ko"):
        assert events(some) == ["spoken at", "signing of a treaty"]


def test_more_events_than_three_are_folded(client: Client, said: None) -> None:
    for number in range(5):
        happened(f"<b>event {number}</b>", date(2024, 6, 2 + number))

    response = client.get("/statements/")

    assertContains(response, "2 more events between")
    assertContains(response, "&lt;b&gt;event 4&lt;/b&gt;")
    assertContains(response, "Event</span>", count=5)


def test_an_event_leads_to_what_was_said_at_it(client: Client, said: None) -> None:
    at = happened("signed", date(2024, 6, 19))
    StatementFactory(said_on=date(2024, 6, 19), event=at)
    happened("alone", date(2024, 6, 20))

    response = client.get("/statements/")

    assertContains(response, f'<a href="/statements/?event={at.slug}">signed</a>')
    assertContains(response, "<span>alone</span>")


def test_the_best_have_no_days_and_no_events(client: Client, said: None) -> None:
    happened("signed", date(2024, 6, 19))

    response = client.get("/statements/?q=middle&sort=best")

    assert response.context["days"] == []
    assertContains(response, "Middle")
    assertNotContains(response, 'class="event-marker"')
    assertNotContains(response, '<h3 class="day">')


def test_events_cost_one_query(client: Client, said: None) -> None:
    for number in range(5):
        happened(f"event {number}", date(2024, 6, 2 + number))
    client.get("/statements/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/statements/")

    asked = [query["sql"] for query in queries if "spoken_at" in query["sql"]]
    assert len(asked) == 1


def test_a_search_within_somebodys_words_says_so_and_stays_there(client: Client) -> None:
    party = PartyFactory(speaker__name="Ada Example", statement__text="Grain exports rose.")
    slug = party.speaker.slug
    StatementFactory(text="Grain exports fell.")

    page = client.get(f"/speakers/{slug}/")
    assertContains(page, f'<input type="hidden" name="speaker" value="{slug}">')

    within = client.get(f"/statements/?q=grain&speaker={slug}")
    assert within.context["page"].total == 1
    assertContains(within, "Within the words of")
    assertContains(within, '<a href="/statements/?q=grain">search everything</a>')
    # The next search is within them, too: the filter is a part of the form.
    assert within.content.decode().count(f'value="{slug}"') == 1

    assertNotContains(client.get("/statements/?q=grain"), "Within the words of")
    assertNotContains(client.get(f"/statements/?not_speaker={slug}"), "Within the words of")


def test_the_page_of_an_actor_searches_within_its_words(client: Client) -> None:
    actor = PartyFactory(actor__code="RUR", actor__name="Ruritania").actor

    page = client.get(f"/actors/{actor.code}/")

    assertContains(page, '<input type="hidden" name="actor" value="RUR">')
    assertContains(client.get("/statements/?actor=RUR"), '<a href="/actors/RUR/">Ruritania</a>')
