"""A misspelt name finds what was meant, on the page and in every file alike."""

import json
from collections.abc import Callable
from time import monotonic

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from statements.models import Speaker, Statement
from statements.search import limits, packed
from tests.factories import PartyFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spoken() -> None:
    """What one person has said, and another."""
    PartyFactory(speaker__name="Zoran Kvistović", statement__text="We keep to the pact.")
    PartyFactory(speaker__name="Bea Sample", statement__text="Grain exports rose.")


def test_the_page_shows_what_was_meant_and_says_so(client: Client) -> None:
    response = client.get("/statements/?q=kvistovci+pact")

    assert response.context["page"].total == 1
    assertContains(response, "Showing results for <strong>Kvistović pact</strong>")
    assertContains(
        response,
        '<a href="/statements/?q=kvistovci+pact&amp;spell=exact">Search instead for kvistovci pact</a>',
    )
    # Filters, pages and files of what is shown are of what was meant.
    assertContains(response, 'value="Kvistović pact"')
    assertContains(response, "/statements.csv?q=Kvistovi%C4%87+pact")


def test_the_words_are_taken_as_typed_where_that_is_asked(client: Client) -> None:
    response = client.get("/statements/?q=kvistovci&spell=exact")

    assert response.context["page"].total == 0
    assertNotContains(response, "Showing results for")
    assert client.get("/statements.json?q=kvistovci&spell=exact").json()["count"] == 0


def test_nothing_is_put_right_that_would_then_be_too_long_to_look_for(client: Client) -> None:
    # 200 characters may be typed, and the name takes one more than what was typed for it.
    other = " ".join(["pact" * 10] * 4 + ["pact" * 6 + "pac"])
    line = f"kvistovi {other}"
    assert len(line) == 200

    response = client.get("/statements/", {"q": line})

    assert response.context["page"].total == 0
    assertNotContains(response, "Showing results for")
    assert client.get("/statements.json", {"q": line}).json()["count"] == 0


@pytest.mark.parametrize(
    "query", ["q=pact", "q=pcat", "q=kvistovci+grain", "actor=XXX&q=grain"]
)
def test_nothing_is_said_where_nothing_is_put_right(client: Client, query: str) -> None:
    assertNotContains(client.get(f"/statements/?{query}"), "Showing results for")


def test_one_of_several_words_is_put_right_though_another_found_something(
    client: Client,
) -> None:
    response = client.get("/statements/?q=kvistovci+OR+grain")

    assert response.context["page"].total == 2
    assertContains(response, "Showing results for")


def test_files_hold_what_the_page_shows(client: Client) -> None:
    answer = client.get("/statements.json?q=kvistovci").json()
    assert answer["count"] == 1
    assert answer["words"] == {"typed": "kvistovci", "shown": "Kvistović"}
    assert answer["advice"] == [
        "Showing results for Kvistović. With «spell=exact» the search is for kvistovci."
    ]

    # These say what they are of by their address alone.
    for suffix in ("csv", "ndjson", "atom"):
        led = client.get(f"/statements.{suffix}?q=kvistovci")
        assert led["Location"] == f"/statements.{suffix}?q=Kvistovi%C4%87"
    with_mark = client.get("/statements.csv?bom=1&q=kvistovci")
    assert with_mark["Location"] == "/statements.csv?q=Kvistovi%C4%87&bom=1"
    files = [
        b"".join(client.get(f"/statements.{suffix}?q=kvistovci", follow=True).streaming_content)  # type: ignore[attr-defined]
        for suffix in ("csv", "ndjson")
    ]
    feed = client.get("/statements.atom?q=kvistovci", follow=True).content

    assert all(b"We keep to the pact." in file for file in [*files, feed])
    assert len([json.loads(line) for line in files[1].splitlines()]) == 2


@pytest.mark.parametrize("suffix", ["/", ".json", ".csv", ".ndjson", ".atom"])
def test_what_was_meant_is_looked_for_in_the_time_of_one_search(
    client: Client, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    # What the first search looks for takes longer than all may, and is found.
    late = False

    def answered(found: Callable[..., object]) -> Callable[..., object]:
        def slow(*asked: object) -> object:
            nonlocal late
            answer = found(*asked)
            late = True
            return answer

        return slow

    for name in ("answer", "how_many_each"):
        monkeypatch.setattr(packed, name, answered(getattr(packed, name)))
    monkeypatch.setattr(limits, "monotonic", lambda: monotonic() + late * limits.SECONDS)

    assertContains(
        client.get(f"/statements{suffix}?q=kvistovci"),
        "This search is too broad",
        status_code=200 if suffix == "/" else 503,
    )


def test_json_says_what_the_page_says_of_the_words(client: Client) -> None:
    query = "q=OR+the+pact+-the"

    advice = client.get(f"/statements.json?{query}").json()["advice"]

    assert [one.split(":")[0] for one in advice] == [
        "Too common to look for, and so left out",
        "OR stands between words, and here it was left out",
    ]
    for sentence in advice:
        assertContains(client.get(f"/statements/?{query}"), sentence)
    assert client.get("/statements.json?q=pact").json()["advice"] == []


def test_what_was_meant_is_escaped(client: Client) -> None:
    response = client.get("/statements/?q=kvistovci+OR+%3Cscript%3Ealert(1)")

    assertNotContains(response, "<script>alert")


def test_an_empty_page_names_whom_the_words_name_in_the_register(client: Client) -> None:
    silent = SpeakerFactory(name="Maro Zlatevna", slug="maro-zlatevna")
    silent.names.create(text="Маро Златевна", kind="native", language="ru")

    for typed in ("zlatevna", "zlatevnia", "Златевна", "maro zlatevan"):
        page = client.get("/statements/", {"q": typed})
        assertContains(page, "No statements match.")
        assertContains(
            page,
            '<a href="/speakers/maro-zlatevna/">Maro Zlatevna</a> is in the register, but no',
        )

    others = ("-zlatevna", "zlatevna OR maro", "zlatevna grain", "zlatev*", "rain")
    for typed in others:
        assertNotContains(client.get("/statements/", {"q": typed}), "is in the register")

    page = client.get("/statements/?q=kvistovci&to=1999")
    assertContains(page, "Zoran Kvistović</a> is in the register, with 1 statement.")


def test_lists_of_speakers_are_narrowed_by_the_same_spellings(client: Client) -> None:
    speaker = Speaker.objects.get(name="Zoran Kvistović")
    speaker.names.create(text="Зоран Квистович", kind="native", language="ru")

    for typed in (
        "kvist",
        "KVISTOVIC",
        "Квистович",
        "kvistowitsch",
        "kvistovci",
        "Зорян Квистович",
    ):
        listed = client.get("/speakers/", {"q": typed}).context["listed"]
        assert [one.row for one in listed] == [speaker], typed
        found = client.get("/statements/by/speaker/", {"find": typed}).context["page"]
        assert [one.value.label for one in found] == [speaker.name], typed
    assert not client.get("/speakers/?q=grain").context["listed"]


def test_a_name_is_marked_where_another_of_its_bearer_was_looked_for(client: Client) -> None:
    speaker = Speaker.objects.get(name="Zoran Kvistović")
    speaker.names.create(text="Зоран Квистович", kind="native", language="ru")
    shared = Statement.objects.get(text="We keep to the pact.")
    PartyFactory(statement=shared, speaker__name="Ada Example", order=1)

    page = client.get("/statements/?q=Квистович")
    assertContains(page, "<mark>Zoran Kvistović</mark>")
    assertNotContains(page, "<mark>Ada Example</mark>")
    assertContains(page, "words found: zoran kvistović")
    # What stands in the card is enough.
    assertNotContains(client.get("/statements/?q=Квистович+pact"), "<mark>Zoran")
