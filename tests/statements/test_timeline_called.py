"""Filters are typed by the words of the pages, and their values as pages show them."""

import html
import io
import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from statements.search.qualifiers import KEYS
from statements.timeline.facets import BY_KEY
from statements.timeline.form import TimelineForm
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
)

pytestmark = pytest.mark.django_db


def typed(line: str) -> TimelineForm:
    query = QueryDict(mutable=True)
    query["q"] = line
    return TimelineForm(query)


@pytest.fixture
def register() -> None:
    actor = ActorFactory(code="RUR", name="Ruritania", official_name="Kingdom of Ruritania")
    actor.names.create(text="루리타니아", kind="native", language="ko")
    actor.names.create(text="Strelsau", kind="capital")
    ActorFactory(code="GRA", name="North Graustark")
    speaker = SpeakerFactory(slug="ada-example", name="Ada Example", family_name="Example")
    speaker.names.create(text="Адa Примерова", kind="native", language="ru")
    for slug in ("bo-sample", "cy-sample"):
        SpeakerFactory(slug=slug, name=slug.title(), family_name="Sample")
    SourceFactory(slug="src-courier", name="The Invented Courier")
    TreatyFactory(
        slug="rur-pact", short_name="Pact of Strelsau", titles={"en": ["Treaty on grain"]}
    )
    EventFactory(slug="summit-1", title="Summit at Zenda")


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("country:ruritania", "actor=RUR"),
        ('actor:"north  graustark" -body:Ruritania', "actor=GRA&not_actor=RUR"),
        ('actor:"Kingdom of Ruritania"', "actor=RUR"),
        ("country: 루리타니아", "actor=RUR"),
        ('speaker:"Ada Example"', "speaker=ada-example"),
        ("speaker:example", "speaker=ada-example"),
        ('speaker:"адa примерова"', "speaker=ada-example"),
        ("source:courier", "source=src-courier"),
        ('source:"the invented courier"', "source=src-courier"),
        ('treaty:"pact of strelsau"', "treaty=rur-pact"),
        ('treaty:"Treaty on Grain"', "treaty=rur-pact"),
        ('event:"Summit at Zenda"', "event=summit-1"),
        ('stance:"calls for restraint" stance:Condemns', "stance=calls-for-restraint&stance=condemns"),
        ("language:Korean language:zh lang:chinese", "lang=ko&lang=zh"),
        ("checked:yes", "review=verified"),
        ('checked:"not yet checked"', "review=machine"),
        ('month:"June 2024"', "month=2024-06"),
        ("date:2024-6-20", "from=2024-06-20&to=2024-06-20"),
    ],
)  # fmt: skip
def test_a_typed_filter_becomes_its_parameter(
    register: None, client: Client, line: str, address: str
) -> None:
    response = client.get("/statements/", {"q": line})

    assert urlsplit(response["Location"]).query == address
    assert typed(line).problems == {}


@pytest.mark.parametrize(
    "line", ["actor:Strelsau", "speaker:Sample", "source:src", "month:Nonsense", "lang:Korea"]
)
def test_a_name_of_nothing_or_of_several_is_named_as_unknown(
    register: None, client: Client, line: str
) -> None:
    form = typed(line)

    value = line.partition(":")[2]
    assert [one.value for one in form.unknown] == [value]
    assert not form.choices
    assert form.typed() == ""
    assertContains(client.get(f"/statements/?q={line}", follow=True), f"«{value}»")


def test_an_office_and_an_owner_are_known_as_statements_have_them(register: None) -> None:
    office = OfficeFactory(title_kind="deputy_envoy")
    PartyFactory(office=office, speaker=office.speaker)
    AttestationFactory(snapshot__article__source__ownership_group="Invented Group")

    form = typed('office:"Deputy envoy" owner:"invented GROUP"')

    assert form.canonical() == "office=deputy_envoy&owner=Invented+Group"
    assert form.problems == {}


@pytest.mark.parametrize("query", ["q=-before:2024", "not_to=2024"])
def test_a_day_that_is_to_be_left_out_is_named_as_one_types_it(
    client: Client, query: str
) -> None:
    StatementFactory()

    response = client.get(f"/statements/?{query}", follow=True)

    assertContains(response, "-to «2024»")
    assertNotContains(response, "not_to")


def test_help_lists_every_key_and_its_example_works_in_the_register(client: Client) -> None:
    call_command("load_register", stdout=io.StringIO())
    page = client.get("/help/").content.decode()

    listed = re.findall(r"<code>([a-z]+):</code>", page)
    assert sorted(listed) == sorted(KEYS)
    assert set(BY_KEY) <= set(listed)
    (example,) = re.findall(r"<code>(country:[^<]+)</code>", page)
    form = typed(html.unescape(example))
    assert form.problems == {}
    assert form.canonical() == (
        "actor=KOR&article=4&not_source=src-tass&q=%22without+delay%22&stance=condemns&to=2024-07"
    )


def test_names_as_readers_know_them_are_found_in_the_register() -> None:
    call_command("load_register", stdout=io.StringIO())

    form = typed('actor:"South Korea" speaker:"Vladimir Putin" source:Kyodo country:日本')

    assert form.problems == {}
    assert {(one.key, one.value.label) for one in form.choices} == {
        ("actor", "South Korea"),
        ("actor", "Japan"),
        ("speaker", "Vladimir Putin"),
        ("source", "Kyodo News"),
    }
