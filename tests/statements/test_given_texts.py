"""A text that a person gave is never passed off as a page that was fetched."""

import json

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import (
    ArticleFactory,
    AttestationFactory,
    GivenSnapshotFactory,
    PartyFactory,
    SnapshotFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TEXT = "“We keep to the text alone,” said Minister Ada Example on Thursday.\n"


def report_in(snapshot: object) -> str:
    """A statement that this snapshot prints; returns its path."""
    words = TEXT[: TEXT.index("said") - 1]
    party = PartyFactory(statement__text=words, name="Ada Example")
    AttestationFactory(
        statement=party.statement, snapshot=snapshot, words=words, start=0, end=len(words)
    )
    return str(party.statement.get_absolute_url())


@pytest.fixture
def analyst() -> Client:
    user = UserFactory(username="bo")
    user.groups.add(Group.objects.get(name="analyst"))
    client = Client()
    client.force_login(user)
    return client


def test_the_article_says_who_gave_it_to_those_who_add_texts(
    client: Client, analyst: Client
) -> None:
    snapshot = GivenSnapshotFactory(text=TEXT, given_by=UserFactory(username="ada"))
    path = f"/articles/{snapshot.article_id}/"

    public, inside = client.get(path), analyst.get(path)

    assertContains(public, "This text was given by hand")
    assertNotContains(public, "by ada")
    assertContains(inside, "given by hand by ada")
    assertContains(inside, "Download as given")
    assertNotContains(public, "text:0:")


def test_a_fetched_page_is_called_captured(client: Client, analyst: Client) -> None:
    snapshot = SnapshotFactory(text=TEXT)
    path = f"/articles/{snapshot.article_id}/"

    assertNotContains(client.get(path), "given by hand")
    assertContains(analyst.get(path), "Download as fetched")


def test_citation_and_record_tell_the_origin_and_no_made_up_address(client: Client) -> None:
    path = report_in(GivenSnapshotFactory(text=TEXT))

    page, record = client.get(path), json.loads(client.get(f"{path.rstrip('/')}.json").content)

    assertContains(page, "Text given by hand")
    assertContains(page, "compare it with the printed original")
    assertNotContains(page, "Captured")
    assert (record["reports"][0]["origin"], record["reports"][0]["address"]) == ("given", None)


def test_a_given_text_leads_to_where_it_is_said_to_be_printed(client: Client) -> None:
    article = ArticleFactory(url="http://news.example/one")
    path = report_in(GivenSnapshotFactory(text=TEXT, article=article))

    record = json.loads(client.get(f"{path.rstrip('/')}.json").content)

    assert record["reports"][0]["address"] == "http://news.example/one"
    assertContains(client.get(path), "compare it with the original page")


def test_a_csv_holds_addresses_only(client: Client) -> None:
    report_in(GivenSnapshotFactory(text=TEXT))

    body = b"".join(client.get("/statements.csv").streaming_content)  # type: ignore[attr-defined]

    assert b"text:" not in body
    assert b"We keep to the text alone" in body
