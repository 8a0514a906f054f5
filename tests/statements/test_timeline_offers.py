"""A state that words of a search name is offered as who speaks, as many statements as that finds."""

from collections.abc import Collection
from time import monotonic

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from statements.models import ActorName, Membership
from statements.search import limits, packed
from statements.search.asking import Answer, Part, Query
from statements.search.finding import how_many
from statements.search.kinds import Kind
from statements.timeline.form import TimelineForm
from statements.timeline.offers import offers
from tests.factories import ActorFactory, PartyFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def said() -> None:
    """What one state has said, with names in several scripts, and what another has not."""
    ruritania = ActorFactory(code="RUR", name="South Ruritania")
    for text, kind in (
        ("남루리", "native"), ("Южная Руритания", "native"), ("RR", "alias"), ("R.U.R.", "alias"),
        ("Strelsau", "capital"), ("the South", "context"),
    ):  # fmt: skip
        ActorName.objects.create(actor=ruritania, text=text, kind=kind)
    ActorFactory(code="SIL", name="Silentia")
    PartyFactory(actor=ruritania, statement__text="Grain exports rose.")
    PartyFactory(actor=ruritania, statement__text="We keep to the pact.")
    StatementFactory(text="Grain for Strelsau.")


def offered(words: str, more: str = "") -> list[tuple[str, int, str]]:
    """What is offered for these words."""
    query = QueryDict(mutable=True)
    query["q"] = words
    form = TimelineForm(QueryDict(f"{query.urlencode()}&{more}"))
    found = offers(form)
    for one in found:
        led = form.at(one.address)
        assert one.count == how_many(led.query)
        assert one.address == led.canonical()
    return [(one.actor.label, one.count, one.address) for one in found]


def test_nothing_is_offered_where_the_page_itself_took_all_the_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(query: Query, part: Part, kinds: Collection[Kind]) -> Answer:
        found = answer(query, part, kinds)
        monkeypatch.setattr(limits, "monotonic", lambda: monotonic() + limits.SECONDS)
        return found

    answer = packed.answer
    monkeypatch.setattr(packed, "answer", slow)

    shown = client.get("/statements/?q=Strelsau").context

    assert (shown["page"].total, shown["offers"]) == (1, [])


@pytest.mark.parametrize(
    "name",
    ["South Ruritania", "south ruritania", "남루리", "Южная Руритания", "rur", "rr", "R.R.",
     "Strelsau", "the South", '"South Ruritania"'],
)  # fmt: skip
def test_a_line_that_is_a_name_is_offered_as_who_speaks(name: str) -> None:
    assert offered(name) == [("South Ruritania", 2, "actor=RUR")]


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("grain South Ruritania", "actor=RUR&q=grain"),
        ('"south ruritania" grain', "actor=RUR&q=grain"),
        ("Strelsau grain -meadow", "actor=RUR&q=grain+-meadow"),
        ("RR grain", "actor=RUR&q=grain"),
    ],
)
def test_words_of_a_line_that_are_a_name_become_the_filter(line: str, address: str) -> None:
    assert offered(line) == [("South Ruritania", 1, address)]


@pytest.mark.parametrize(
    "line",
    ["grain", "rr grain", "Strelsau OR grain", "-Strelsau grain", "Silentia", "stre*", "South grain",
     "the South grain", '"grain Strelsau rose" Strelsau', ""],
)  # fmt: skip
def test_nothing_is_offered_for_other_words(line: str) -> None:
    assert offered(line) == []


@pytest.mark.parametrize("more", ["actor=SIL", "not_actor=SIL"])
def test_nothing_is_offered_where_the_filter_is_set(more: str) -> None:
    assert offered("Strelsau", more) == []


def test_other_filters_and_days_are_kept() -> None:
    assert offered("Strelsau", "from=2025&lang=en&sort=best") == [
        ("South Ruritania", 2, "actor=RUR&from=2025&lang=en")
    ]
    assert offered("Strelsau", "from=2026") == []
    # What is left is too common to be looked for, so nothing fits it better than another.
    assert offered("an Strelsau", "sort=best&spell=exact") == [
        ("South Ruritania", 2, "actor=RUR&q=an&spell=exact")
    ]


def test_three_at_most_are_offered() -> None:
    for code in ("AAA", "BBB", "CCC"):
        actor = PartyFactory(actor=ActorFactory(code=code)).actor
        ActorName.objects.create(actor=actor, text="Strelsau", kind="capital")

    assert len(offered("Strelsau")) == 3


def test_the_page_says_so_also_where_the_words_find_nothing(client: Client) -> None:
    response = client.get("/statements/?q=%EB%82%A8%EB%A3%A8%EB%A6%AC+exports&spell=exact")
    assertContains(response, "No statements match")
    assertContains(
        response,
        '<a href="/statements/?actor=RUR&amp;q=exports&amp;spell=exact">South Ruritania as who speaks</a>: 1 statement',
    )
    assertNotContains(client.get("/statements/?q=grain"), "as who speaks")


def test_of_a_group_it_is_said_that_its_members_count(client: Client) -> None:
    bloc = ActorFactory(code="X-BLOC", name="Grain Bloc")
    Membership.objects.create(member=PartyFactory().actor, group=bloc)

    assertContains(client.get("/statements/?q=grain+bloc"), "Grain Bloc or its members as who")


def test_names_are_read_once() -> None:
    offered("Strelsau")

    with CaptureQueriesContext(connection) as queries:
        offered("Strelsau")

    assert not [query for query in queries if "statements_actorname" in query["sql"]]
