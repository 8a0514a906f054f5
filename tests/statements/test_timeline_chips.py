"""An empty page says what there were without each filter, and what that costs does not grow."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from pytest_django.asserts import assertContains, assertNotContains

from statements.search import finding
from statements.search.asking import Query
from statements.search.limits import TooBroad
from statements.timeline import chips
from statements.timeline.form import MOST_VALUES, TimelineForm
from tests.factories import ActorFactory, PositionFactory, StatementFactory
from tests.statements.random_statements import make_statements
from tests.statements.random_timeline import random_params

pytestmark = pytest.mark.django_db


def form_of(query: str) -> TimelineForm:
    return TimelineForm(QueryDict(query))


def counted_without(form: TimelineForm) -> list[tuple[chips.Chip, int | None]]:
    """The filters with how many statements there are without each."""
    return chips.without_each(form)[0]


def empty_page(client: Client, codes: list[str]) -> list[str]:
    """The SQL of a page on which nothing fits a word and these actors, asked the second time."""
    query = urlencode({"actor": codes, "q": "zzyzx"}, doseq=True)
    client.get(f"/statements/?{query}", follow=True)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/statements/?{query}", follow=True)
    assert response.context["ways_on"] == []
    return [one["sql"] for one in captured.captured_queries]


def test_more_filters_on_an_empty_page_cost_no_more(client: Client) -> None:
    codes = sorted(ActorFactory().code for _ in range(11))

    few, many = empty_page(client, codes[:1]), empty_page(client, codes)

    assert len(many) <= len(few), many


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("public", [False, True])
def test_what_is_counted_is_what_the_chip_leads_to(
    seed: int, public: bool, settings: object
) -> None:
    settings.PUBLIC_REVIEW = public  # type: ignore[attr-defined]
    random = Random(seed)
    make_statements(random, 25)

    for _ in range(15):
        said = urlencode(random_params(random), doseq=True)
        for more in ("", "&month=undated", "&month=2024-06&month=undated", "&review=machine"):
            form = form_of(form_of(said + more).canonical())
            for chip, count in counted_without(form):
                without = form.at(chip.address).query
                assert count == finding.how_many(without), (said + more, chip)


def test_of_days_that_contradict_each_other_either_may_go() -> None:
    StatementFactory(text="Grain.")

    form = form_of("from=2024-06-30&to=2023")

    assert [chip.label for chip, _ in counted_without(form)] == ["from 2024-06-30"]
    [(chip, count)] = counted_without(form)
    assert count == finding.how_many(form.at(chip.address).query) == 0


def test_what_another_value_would_take_the_place_of_is_not_counted() -> None:
    codes = [ActorFactory().code for _ in range(MOST_VALUES + 1)]

    counted = counted_without(form_of(urlencode({"actor": codes, "q": "grain"}, doseq=True)))

    assert [count for _, count in counted[:3]] == [0, None, None]


def test_filters_are_named_without_a_count_where_that_takes_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_broad(queries: list[Query]) -> list[int]:
        raise TooBroad

    monkeypatch.setattr(chips, "how_many_each", too_broad)

    counted = counted_without(form_of("q=grain&lang=ko"))

    assert [(chip.label, count) for chip, count in counted] == [
        ("“grain”", None),
        ("Korean", None),
    ]


def test_an_empty_page_leads_to_no_other_empty_page(client: Client) -> None:
    StatementFactory(text="Grain.", language="en", said_on=date(2024, 6, 1))
    StatementFactory(text="Grain.", language="ko", said_on=date(2025, 6, 1))
    PositionFactory(statement__text="Peace.", statement__language="ru", stance="condemns")

    def offered(query: str) -> list[tuple[str, int | None]]:
        ways = client.get(f"/statements/?{query}").context["ways_on"]
        for way in ways:
            assert way.count == finding.how_many(form_of(way.address).query)
        return [(way.label, way.count) for way in ways]

    assert offered("lang=ko&q=grain&to=2024") == [
        ("Without «Korean»", 1),
        ("Without «to 2024»", 1),
    ]
    assert offered("lang=ru&q=grain") == [("Without “grain”", 1), ("Without «Russian»", 2)]
    # None of the two alone stands in the way.
    assert offered("lang=ru&q=grain&stance=supports&to=2023") == [("Without all filters", 2)]
    assert offered("q=meadow") == [("Without “meadow”", 3)]
    assertContains(client.get("/statements/?lang=ru&q=grain"), ">Without «Russian»</a>: 2")
    assertNotContains(client.get("/statements/?q=meadow"), "Nothing has been found yet")
