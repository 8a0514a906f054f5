"""Every number on the timeline is the length of the list that it leads to, counted plainly."""

from collections import Counter
from functools import partial
from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.http import urlencode

from statements.models import Provision
from statements.search.finding import all_statements, find
from statements.search.limits import limited
from statements.search.side.holding import HOLDER
from statements.search.side.storing import build
from statements.timeline.facets import BY_KEY
from statements.timeline.form import TimelineForm
from statements.timeline.narrowing import NOT
from statements.timeline.paging import in_order, page_of
from statements.timeline.values import listed
from tests.statements.plain_timeline import Plain, fitting, plain_statements
from tests.statements.random_statements import make_statements
from tests.statements.random_timeline import random_params

pytestmark = pytest.mark.django_db

in_rows = partial(in_order, rows=lambda rows: rows)

Said = dict[str, list[str]]


def said(query: str) -> Said:
    return {key: list(values) for key, values in QueryDict(query).lists()}


@pytest.mark.parametrize("seed", range(4))
def test_every_count_is_the_length_of_its_list(seed: int, client: Client) -> None:
    random = Random(seed)
    make_statements(random, 40)

    _check_pages(random, client)


@pytest.mark.django_db(transaction=True)
def test_so_it_is_when_the_index_answers(client: Client) -> None:
    """Within the transactions of the other tests the database does."""
    random = Random(6)
    make_statements(random, 40)
    HOLDER.forget()
    assert build() is not None
    assert HOLDER.warm()
    try:
        _check_pages(random, client, by_index=True)
    finally:
        HOLDER.forget()


def _check_pages(random: Random, client: Client, *, by_index: bool = False) -> None:
    statements = plain_statements()
    for _ in range(12):
        params = random_params(random)
        with limited(), HOLDER.at_hand(fresh=by_index) as held:
            assert (held is not None) == by_index
        response = client.get("/statements/?" + urlencode(params, doseq=True), follow=True)
        context = response.context
        page, form = context["page"], context["form"]
        assert (form.problems, form.understood.left_out) == ({}, ())
        assert page.total == len(fitting(statements, params)), params
        for offered in context["facets"]:
            for option in [*offered.first, *offered.rest, *offered.groups]:
                key = offered.facet.key
                alone = {**params, key: [option.value.address]}
                alone.pop(NOT + key, None)
                assert option.count == len(fitting(statements, alone)), (params, alone)
        _check_months(context["histogram"], statements, days_set=form.days_set)
        for way in context.get("ways_on", []):
            assert way.count == len(fitting(statements, said(way.address))), (params, way)


def _check_months(histogram: object, statements: list[Plain], *, days_set: bool) -> None:
    for bar in histogram.bars:  # type: ignore[attr-defined]
        assert bar.count == len(fitting(statements, said(bar.address))), bar
    undated = fitting(statements, said(histogram.undated_address))  # type: ignore[attr-defined]
    # With days set there is no way to what has none.
    assert histogram.undated == (0 if days_set else len(undated))  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(4))
def test_the_page_lists_what_fits_in_order(seed: int) -> None:
    random = Random(seed)
    make_statements(random, 30)
    statements = plain_statements()

    for _ in range(20):
        params = random_params(random)
        form = TimelineForm(QueryDict(urlencode(params, doseq=True)))
        wanted = [one.pk for one in fitting(statements, params)]
        assert [int(key) for key in all_statements(form.query)] == wanted, params
        assert find(form.query, form.part, ()).statements == wanted[:25], params


def test_all_values_of_a_facet_have_the_count_of_their_list(client: Client) -> None:
    random = Random(5)
    make_statements(random, 40)
    statements = plain_statements()

    keys = (
        "actor",
        "speaker",
        "stance",
        "article",
        "lang",
        "office",
        "owner",
        "event",
        "month",
    )
    for key in keys:
        params = random_params(random)
        if key == "month":
            params |= {"from": ["2024-06"], "to": ["2024-06"]}
        params = {one: values for one, values in params.items() if one.removeprefix(NOT) != key}
        response = client.get(f"/statements/by/{key}/?" + urlencode(params, doseq=True))
        options = list(response.context["page"])
        for option in options:
            lead = said(option.toggled)
            assert option.count == len(fitting(statements, lead)), (params, lead)
        counts = {one.value.address: one.count for one in options}
        if key == "month":
            del params["from"], params["to"]
        have = {value for one in fitting(statements, params) for value in one.values[key]}
        have |= {value.address for value in listed(BY_KEY[key].kind)}
        assert counts == {
            value: len(fitting(statements, {**params, key: [value]})) for value in have
        }, (key, params)


def test_from_what_has_no_month_each_month_leads_to_its_list(client: Client) -> None:
    make_statements(Random(5), 40)
    statements = plain_statements()

    options = list(client.get("/statements/by/month/?month=undated").context["page"])

    assert options
    for option in options:
        assert said(option.toggled) == {"month": [option.value.address]}
        assert option.count == len(fitting(statements, said(option.toggled)))
        assert said(option.left_out) == {"not_month": [option.value.address]}


@pytest.mark.parametrize("seed", range(3))
def test_pages_follow_each_other_both_ways_without_gap(seed: int) -> None:
    random = Random(seed)
    make_statements(random, 30)
    wanted = [one.pk for one in plain_statements()]

    seen: list[int] = []
    query, size = "", random.randint(3, 11)
    address: str | None = f"size={size}"
    while address is not None:
        query = address
        page = page_of(TimelineForm(QueryDict(query)), in_rows)
        assert page.first == len(seen) + 1
        seen += [one.pk for one in page.statements]
        address = page.older
    assert seen == wanted

    back: list[int] = []
    address = query
    while address is not None:
        page = page_of(TimelineForm(QueryDict(address)), in_rows)
        back = [one.pk for one in page.statements] + back
        assert page.first + len(page.statements) - 1 == len(wanted) - len(back) + len(
            page.statements
        )
        address = page.newer
    assert back == wanted


@pytest.mark.parametrize("only_checked", [False, True])
def test_every_count_of_a_treaty_is_the_length_of_its_list(
    only_checked: bool, client: Client, settings: Any
) -> None:
    settings.PUBLIC_REVIEW = only_checked
    make_statements(Random(11), 40)
    statements = plain_statements()

    def listed(query: str) -> int:
        asked = said(query)
        if only_checked:
            asked["review"] = ["verified"]
        return len(fitting(statements, asked))

    def check(context: Any) -> None:
        assert context["statement_count"] == listed(context["query"]) > 0
        assert context["stances"]
        for one in context["stances"]:
            query = f"{context['query']}&stance={one.stance.value}"
            assert one.statements == listed(query), query

    for treaty, count in client.get("/treaties/").context["treaties"]:
        assert count == listed(f"treaty={treaty.slug}")
        context = client.get(treaty.get_absolute_url()).context
        check(context)
        assert context["cited"]
        for article, number in context["cited"]:
            assert _on_sides(article) == _sides_counted(article, only_checked)
            address = f"{treaty.slug}.{article.number}".removeprefix("ru-kp-2024.")
            assert number == listed(f"treaty={treaty.slug}&article={address}")
            check(client.get(f"{treaty.get_absolute_url()}articles/{article.number}/").context)


def _on_sides(article: Any) -> dict[str, int]:
    """What the page tells of an article."""
    sides = ("against", "between", "behind", "unclear")
    return {side: getattr(article, side) for side in sides if getattr(article, side)}


def _sides_counted(article: Provision, only_checked: bool) -> dict[str, int]:
    """The same in Python: a statement counts once on each side of the treaty that it stands on."""
    shown = {"published"} if only_checked else {"proposed", "published"}
    found = {
        (_side(position.value), position.statement_id)
        for position in article.positions.select_related("statement")
        if position.statement.status in shown
    }
    return dict(Counter(side for side, _ in found))


def _side(value: int | None) -> str:
    if value is None:
        return "unclear"
    return "against" if value < 0 else "behind" if value > 0 else "between"
