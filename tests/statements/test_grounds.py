"""«Why?»: the grounds on which words were taken for a statement, for those who may see drafts."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from sources.models import Snapshot
from statements.attribution import attribute
from statements.gazetteer import register_from_database
from statements.grounds import Named, grounds_of
from statements.models import Attestation
from statements.proposals import record
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    OfficeFactory,
    SnapshotFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TEXT = (
    "“We keep to the text of the invented pact,” said Minister Ada Example of Graustark.\n"
    "She said on Thursday that the invented talks would go on.\n"
)


@pytest.fixture
def snapshot() -> Snapshot:
    """A text of two statements, recorded as the machine found them."""
    state = ActorFactory(code="RUR", short_code="RR", name="Ruritania")
    ActorFactory(code="GRA", short_code="GK", name="Graustark")
    OfficeFactory(speaker__slug="ada-example", speaker__name="Ada Example", actor=state)
    snapshot: Snapshot = SnapshotFactory(text=TEXT)
    day = date(2025, 1, 3)
    record(snapshot, attribute(TEXT, published_on=day, register=register_from_database()))
    return snapshot


def member_of(group: str) -> Client:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("group", ["viewer", "analyst", "editor"])
def test_an_article_says_why_each_statement_stands_in_it(
    snapshot: Snapshot, group: str
) -> None:
    page = member_of(group).get(f"/articles/{snapshot.article_id}/")

    assertContains(page, "<summary>Why?", count=2)
    assertContains(page, "A quotation stands first, then a verb of saying, then the speaker.")
    assertContains(page, "«She»")
    assertContains(page, "taken for Ada Example")
    assertContains(page, ": pronoun")
    assertContains(page, "from a weekday, resolved against the publication date")
    assertContains(page, "Printed as Minister of Graustark; the register has Ada Example for")
    assertContains(page, '<a href="/method/#confidence">what that means</a>')


def test_a_statements_page_says_why_of_each_report(snapshot: Snapshot) -> None:
    statement = Attestation.objects.earliest("start").statement

    page = member_of("analyst").get(statement.get_absolute_url())

    assertContains(page, "<summary>Why?", count=1)
    assertContains(page, "A quotation stands first, then a verb of saying, then the speaker.")


def test_readers_who_see_no_drafts_see_no_grounds(client: Client, snapshot: Snapshot) -> None:
    statement = Attestation.objects.earliest("start").statement

    assertNotContains(client.get(f"/articles/{snapshot.article_id}/"), "Why?<")
    assertNotContains(client.get(statement.get_absolute_url()), "Why?<")


def test_a_report_of_an_earlier_version_says_what_it_has() -> None:
    snapshot = SnapshotFactory(text="“Invented words,” he said.\n")
    report = AttestationFactory(
        snapshot=snapshot,
        start=0,
        end=17,
        rule="a rule of long ago",
        speaker_start=18,
        speaker_end=20,
    )

    assert grounds_of(report).speakers == (Named("he"),)
    page = member_of("analyst").get(f"/articles/{snapshot.article_id}/")
    assertContains(page, "a rule of long ago")
    assertContains(page, "(of an earlier version)")


def test_a_report_without_rule_and_speaker_has_grounds_too() -> None:
    report = AttestationFactory(rule="", confidence="")

    page = member_of("analyst").get(f"/articles/{report.snapshot.article_id}/")

    assertContains(page, "not printed with these words")
    assertNotContains(page, "<dt>Rule</dt>")
