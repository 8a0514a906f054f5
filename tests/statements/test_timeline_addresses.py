"""An address of the timeline has one form, says all of the search, and never breaks the page."""

from random import Random
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from statements.models import Actor, Provision, Statement, Treaty
from statements.timeline.choosing import MOST_VALUES
from statements.timeline.facets import BY_KEY
from statements.timeline.form import TimelineForm
from statements.timeline.narrowing import NOT
from tests.factories import (
    ActorFactory,
    ProvisionFactory,
    SourceFactory,
    StatementFactory,
    TreatyFactory,
)
from tests.statements.random_statements import make_statements

pytestmark = pytest.mark.django_db

KEYS = [
    *(sign + key for key in BY_KEY for sign in ("", NOT)),
    "q", "from", "to", "not_to", "not", "sort", "size", "after", "before", "spell", "nonsense", "bom",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(
        ["AAA", "aaa", "X-GROUP", "ada-0", "president", "condemns", "4", "other-pact.1", "ru-kp-2024.4",
         "courier-1", "ko", "all", "verified", "second", "undated", "2024-06", "2024", "2024-6-7", "2024-06-20.7",
         "undated.3", "25", "7", "best", "newest", "exact", "grain -meadow", "actor:AAA -lang:ko", "Ruritania",
         "Korean", "checked by an editor", "June 2024", "Article 4", "date:2024", "actor: AAA", "a NOT", "OR", " ", ""]
    ),
    st.text(max_size=12),
)  # fmt: skip
PAIRS = st.lists(st.tuples(st.sampled_from(KEYS), VALUES), max_size=7)
SEARCHES = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def statements(db: None) -> None:
    make_statements(Random(1), 8)


def form_of(query: str) -> TimelineForm:
    return TimelineForm(QueryDict(query))


@SEARCHES
@example([("from", "2024"), ("from", "!")])
@given(PAIRS)
@example([("sort", "best"), ("sort", "AAA")])
@example([("after", "AAA"), ("after", "25")])
def test_a_form_says_an_address_that_yields_the_form(
    statements: None, pairs: list[tuple[str, str]]
) -> None:
    form = form_of(urlencode(pairs, errors="replace"))

    again = form_of(form.canonical())

    assert again.canonical() == form.canonical()
    assert again.query == form.query
    assert again.part == form.part
    assert sorted(again.unknown, key=str) == sorted(form.unknown, key=str)
    assert again.errors == form.errors


@SEARCHES
@given(PAIRS)
def test_what_is_typed_yields_the_parameters_and_they_what_is_typed(
    statements: None, pairs: list[tuple[str, str]]
) -> None:
    form = form_of(urlencode(pairs, errors="replace"))

    typed = form_of(urlencode({"q": form.typed()}))

    assert typed.typed() == form.typed()
    if not form.problems:
        assert typed.query == form.query


@SEARCHES
@given(PAIRS)
@example([("q", "grain\x01 \x0b\uffff")])
@example([("source", "\x1b"), ("not_lang", "\ufffe")])
def test_no_address_breaks_a_page_and_one_redirect_is_enough(
    statements: None, client: Client, pairs: list[tuple[str, str]]
) -> None:
    query = urlencode(pairs, errors="replace")

    response = client.get(f"/statements/?{query}")
    if response.status_code == 302:
        response = client.get(response["Location"])

    assert response.status_code == 200
    for path in ("/statements.json", "/statements.csv", "/statements.ndjson"):
        assert client.get(f"{path}?{query}").status_code in {200, 400}
    feed = client.get(f"/statements.atom?{query}")
    assert feed.status_code == 400 or etree.fromstring(feed.content) is not None
    assert client.get(f"/statements/by/actor/?{query}").status_code == 200


def test_qualifiers_become_parameters_by_one_redirect(client: Client) -> None:
    ActorFactory(code="AAA")

    response = client.get("/statements/", {"q": "actor:aaa -lang:ko before:2024-07 grain"})

    assert response.status_code == 302
    assert urlsplit(response["Location"]).query == "actor=AAA&not_lang=ko&q=grain&to=2024-07"
    assert client.get(response["Location"]).status_code == 200


def test_a_former_code_and_a_merged_entry_lead_to_what_they_are_today(client: Client) -> None:
    kept, renamed, merged = ActorFactory(code="AAA"), ActorFactory(code="BBB"), ActorFactory()
    Actor.objects.filter(pk=renamed.pk).update(code="CCC")
    Actor.objects.filter(pk=merged.pk).update(merged_into=kept)

    response = client.get("/statements/", {"actor": ["BBB", merged.code]})

    assert urlsplit(response["Location"]).query == "actor=AAA&actor=CCC"


def test_articles_are_found_by_the_numbers_and_slugs_that_they_had() -> None:
    one, other = TreatyFactory(slug="ru-kp-2024"), TreatyFactory(slug="pact")
    four, five = (
        ProvisionFactory(treaty=one, number="4"),
        ProvisionFactory(treaty=one, number="5"),
    )
    theirs = ProvisionFactory(treaty=other, number="4")
    Provision.objects.filter(pk=four.pk).update(number="6")
    Provision.objects.filter(pk=theirs.pk).update(number="7")
    Treaty.objects.filter(pk=other.pk).update(slug="accord")

    form = form_of("article=4&article=5&article=pact.4&article=pact.7&article=nought.4")

    assert {one.value.key for one in form.choices} == {
        str(row.pk) for row in (four, five, theirs)
    }
    assert [one.value for one in form.unknown] == ["nought.4"]


def test_however_many_values_an_address_names_they_are_looked_up_together() -> None:
    codes = [f"FORMER{number:02}" for number in range(25)]
    for code in codes:
        ActorFactory(code=code)
    for actor in Actor.objects.all():
        Actor.objects.filter(pk=actor.pk).update(code=actor.code.replace("FORMER", "NOW"))
    few = urlencode(
        [(sign + key, f"nobody-{key}{sign}") for key in BY_KEY for sign in ("", NOT)]
    )
    many = urlencode(
        [
            (sign + key, f"{key}-{one}{sign}")
            for key in BY_KEY
            for sign in ("", NOT)
            for one in range(25)
        ]
        + [("actor", code) for code in codes]
    )

    asked = []
    for query in (few, many):
        with CaptureQueriesContext(connection) as captured:
            form = form_of(query)
            assert form.query
        asked.append([one["sql"] for one in captured.captured_queries])

    assert len(form.choices) == 25
    # The former names that were found are of rows, which are read, and have numbers.
    assert len(asked[1]) <= len(asked[0]) + 2 <= 30, asked[1]


def test_values_and_defaults_have_one_form(client: Client) -> None:
    for given_, canonical in {
        "size=25&sort=newest&review=all": "",
        "size=030": "size=30",
        "from=2024-6&to=2024-6-9": "from=2024-06&to=2024-06-09",
        "from=2024-6&from=2024-06": "from=2024-06",
        "q=grain&to=2024&to=2023&q=meadow": "q=grain+meadow&to=2023&to=2024",
        "lang=KO&stance=Condemns": "lang=ko&stance=condemns",
        "sort=best": "",
        "q=the&sort=best": "q=the",
        "q=grain&sort=best&after=0": "q=grain&sort=best",
        "review=machine&review=all": "",
    }.items():
        assert form_of(given_).canonical() == canonical, given_


def test_a_value_is_left_out_by_its_button_and_no_longer_asked_for() -> None:
    for code in ("AAA", "BBB"):
        ActorFactory(code=code)

    form = form_of("actor=AAA&actor=BBB&not=actor:AAA&not=lang:ko&q=grain")

    assert form.canonical() == "actor=BBB&not_actor=AAA&not_lang=ko&q=grain"
    assert form_of("not=actor:+BBB").canonical() == "not_actor=BBB"
    assert [one.key for one in form_of("not=nonsense:1&not=1").unknown] == ["not", "not"]


def test_of_too_many_values_the_same_are_taken_after_one_redirect(client: Client) -> None:
    slugs = sorted(
        SourceFactory(slug=f"courier-{n:03}").slug for n in range(2 * MOST_VALUES + 1)
    )
    query = urlencode({"source": [slug.upper() for slug in slugs]}, doseq=True)

    form = form_of(query)

    assert form.canonical() == urlencode({"source": slugs}, doseq=True)
    assert form.query == form_of(form.canonical()).query
    assert [one.value.address for one in form.choices] == slugs[:MOST_VALUES]
    assert form.problems == {"address": [f"Use at most {MOST_VALUES} values of «source»."]}
    response = client.get(f"/statements/?{query}", follow=True)
    assert len(response.redirect_chain) == 1


def test_offices_and_owners_are_found_in_either_case(statements: None) -> None:
    form = form_of("office=President&office=king&owner=INVENTED+group&not_owner=Invented+Group")

    assert form.canonical() == (
        "not_owner=Invented+Group&office=king&office=president&owner=Invented+Group"
    )
    assert [one.value for one in form.unknown] == ["king"]


@pytest.mark.parametrize(
    ("query", "key", "sentence"),
    [
        ("from=yesterday", "from", "Write a date as"),
        ("from=2024-06-31", "from", "There is no such day: 2024-06-31."),
        ("to=2023-2-29", "to", "There is no such day: 2023-02-29."),
        ("to=2024-06-00", "to", "There is no such day: 2024-06-00."),
        ("to=2024-13", "to", "There is no such month: 2024-13."),
        ("from=0000", "from", "There is no such year: 0000."),
        ("from=2024&to=2023", "to", "lies before"),
        ("size=1000", "size", "less than or equal to 100"),
        ("sort=random", "sort", "«newest» or «best»"),
        ("after=x", "after", "damaged"),
        ("q=grain&sort=best&after=2024-01-01.5", "after", "another order"),
        ("q=grain&sort=best&before=5", "before", "another order"),
        ("month=undated&month=2024-06", "from", "not for both"),
        ("actor=" + "&actor=".join(map(str, range(60))), "address", "at most 50"),
        ("q=" + "a" * 201, "q", "at most 200"),
        ("to=2023&to=2024", "to", "Only one value can be asked for: «2023», «2024»."),
        ("q=to:2023&to=2024", "to", "Only one value can be asked for: «2023», «2024»."),
        ("size=7&size=x", "size", "Only one value can be asked for: «7», «x»."),
        ("actor=ZZZ", "actor", "«ZZZ» is not known."),
        ("not_actor=ZZZ", "not_actor", "«ZZZ» is not known."),
        ("nonsense=1", "nonsense", "«1» is not known."),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_applied(
    client: Client, query: str, key: str, sentence: str
) -> None:
    StatementFactory(text="On peace.")

    response = client.get(f"/statements/?{query}", follow=True)

    problems = response.context["form"].problems
    assert sentence in " ".join(problems[key])
    assertContains(response, sentence.partition(" is not known")[0])
    assert sentence in str(client.get(f"/statements.json?{query}").json()["errors"][key])
    assertContains(client.get(f"/statements.csv?{query}"), sentence, status_code=400)


@pytest.mark.parametrize(
    "query",
    [
        "q=un*",
        "q=" + "a" * 201,
        "q=" + "+w" * 17,
        "from=2024-06-31",
        "to=soon",
        "to=2023&to=2024",
    ],
)
def test_without_the_words_or_days_that_were_meant_nothing_is_listed(
    client: Client, query: str
) -> None:
    StatementFactory(text="On peace.")

    page = client.get(f"/statements/?lang=en&{query}", follow=True)
    values = client.get(f"/statements/by/actor/?lang=en&{query}")

    for response in (page, values):
        assertContains(response, "Nothing was looked for.", count=1)
        assertNotContains(response, "On peace.")
        assert "page" not in response.context
    # The filters that were ticked stay with what is put right.
    assertContains(page, '<input type="hidden" name="lang" value="en">', html=True)


def test_the_id_or_the_address_of_a_statement_leads_to_it(client: Client) -> None:
    statement = StatementFactory(public_id="AB3D5F7")

    for line in (
        "AB3D5F7",
        " ab3d5f7 ",
        "/s/AB3D5F7/",
        "http://testserver/s/AB3D5F7/",
        "http://testserver/s/AB3D5F7/#report-1",
        "http://testserver/s/ab3d5f7",
        "http://testserver/s/AB3D5F7.json",
    ):
        response = client.get("/statements/", {"q": line, "lang": "ko"})
        assertRedirects(response, statement.get_absolute_url())


@pytest.mark.parametrize(
    "line",
    ["AB3D5F7 grain", "-AB3D5F7", '"AB3D5F7"', "AB3D5F8", "AB3D5F7.json", "AB3D5F7/",
     "http://elsewhere.example/s/AB3D5F7/", "http://testserver/s/AB3D5F7/more", "REJECT7"],
)  # fmt: skip
def test_other_lines_are_searched(client: Client, line: str) -> None:
    StatementFactory(public_id="AB3D5F7")
    StatementFactory(public_id="REJECT7", status=Statement.Status.REJECTED)

    response = client.get("/statements/", {"q": line})

    assert response.status_code == 200
    assert response.context["form"].words == line
