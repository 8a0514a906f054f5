"""The corrections log has what was corrected in checked statements, and nothing else."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from history.acting import acting
from history.models import Seal
from statements import review
from statements.corrections import CorrectionsForm
from statements.deeds import last_deeds
from statements.merging import merge
from statements.models import Office, Party, Position, Speaker, Statement
from statements.undoing import undo
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)
from tests.statements.test_access import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace() -> User:
    user: User = UserFactory(username="grace")
    return user


def published(**values: Any) -> Statement:
    statement: Statement = PartyFactory(**values).statement
    return statement


def listed(query: str = "") -> list[tuple[str, str]]:
    """The kind and the subject of each correction, newest first."""
    answer = Client().get(f"/changes.json{query}").json()
    return [(one["kind"], one["subject"]) for one in answer["corrections"]]


def test_each_kind_of_correction_is_listed_newest_first(grace: User) -> None:
    one, other = published(), published()
    for statement in (one, other):
        AttestationFactory(statement=statement)
    review.edit(one, grace, "As printed.", place="Zenda")
    review.code(one, TreatyFactory(), "condemns", grace, why="Clear words.")
    review.withdraw(one, grace, "Never said.")
    review.publish(one, grace, "Said after all.")
    merge(other, one, grace, "The same words.")

    assert listed() == [
        ("merge", other.public_id),
        ("merge", one.public_id),
        ("publish", one.public_id),
        ("withdraw", one.public_id),
        ("position", one.public_id),
        ("edit", one.public_id),
    ]


def test_what_the_machine_proposes_and_what_is_rejected_is_not_listed(grace: User) -> None:
    proposal = published(statement__status="proposed", statement__published_at=None)
    AttestationFactory(statement=proposal)
    Statement.objects.filter(pk=proposal.pk).update(place="Zenda")
    rejected = published(statement__status="proposed", statement__published_at=None)
    review.reject(rejected, grace, "Not a statement.")
    review.publish(proposal, grace)

    assert listed() == []


def test_a_position_that_only_the_machine_changed_is_not_listed() -> None:
    position = PositionFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Position.objects.filter(pk=position.pk).update(stance="rejects")

    assert listed() == []


def test_a_correction_says_what_was_and_what_is(client: Client, grace: User) -> None:
    statement = published(statement__text="We keep to the invented text.")
    review.edit(statement, grace, "As printed.", text="We keep to the invented pact.")

    page = client.get("/changes/")

    assertContains(page, "As printed.")
    assertContains(page, "removed: </span>text")
    assertContains(page, "added: </span>pact")
    assertContains(page, f"/s/{statement.public_id}/history/?from=1&amp;to=2")
    assertNotContains(page, "grace")
    assertContains(signed_in("editor").get("/changes/"), "grace")


def test_of_a_withdrawn_statement_the_reason_is_shown_and_no_words(
    client: Client, grace: User
) -> None:
    statement = published(statement__text="We keep to the invented text.")
    review.edit(statement, grace, text="We keep to the invented pact.")
    review.withdraw(statement, grace, "Never said.")

    for path in ("/changes/", "/changes.json", "/changes.atom"):
        assertContains(client.get(path), "Never said.")
        assertNotContains(client.get(path), "invented")


def test_raw_sql_on_a_checked_statement_is_listed(client: Client) -> None:
    statement = published()
    with connection.cursor() as cursor:
        cursor.execute("SET application_name = 'psql'")
        cursor.execute("UPDATE statements_statement SET place = 'Zenda'")
        cursor.execute("SET application_name = 'demarche'")

    assert listed() == [("edit", statement.public_id)]
    assertContains(client.get("/changes/"), "by somebody past the program")


@pytest.mark.django_db(transaction=True)
def test_a_speaker_changed_past_the_decisions_is_listed() -> None:
    party = PartyFactory()
    Party.objects.filter(pk=party.pk).update(name="Bob Example")

    answer = Client().get("/changes.json").json()["corrections"][0]

    assert answer["subject"] == party.statement.public_id
    assert answer["changes"][0]["after"].startswith("Bob Example")


# The register


def test_the_register_is_listed_where_it_touches_checked_statements(grace: User) -> None:
    office = OfficeFactory(title="Minister of Exampels")
    published(speaker=office.speaker, office=office, actor=office.actor)
    untouched = SpeakerFactory()
    with acting(grace, "A spelling."):
        Office.objects.filter(pk=office.pk).update(title="Minister of Examples")
        Speaker.objects.filter(pk=office.speaker.pk).update(name="Ada Other")
        Speaker.objects.filter(pk=untouched.pk).update(name="Bob Other")
        Speaker.objects.update(note="of no interest to readers")

    answer = Client().get("/changes.json").json()["corrections"]

    assert [one["kind"] for one in answer] == ["register"] * 2
    assert answer[0]["changes"] == [
        {"field": "Name", "before": office.speaker.name, "after": "Ada Other"}
    ]
    assert answer[1]["subject"] == "Minister of Exampels, an office of Ada Other"
    assert answer[1]["changes"][0]["after"] == "Minister of Examples"
    assert answer[1]["why"] == "A spelling."
    assert answer[1]["url"].endswith(f"/speakers/{office.speaker.slug}/")


def test_merged_speakers_and_actors_are_listed(client: Client) -> None:
    first, second = SpeakerFactory(name="Ada Exampel"), SpeakerFactory(name="Ada Example")
    Speaker.objects.filter(pk=first.pk).update(merged_into=second)
    one, other = ActorFactory(), ActorFactory(name="Ruritania")
    one.merged_into = other
    one.save()

    assert listed() == [("register-merged", one.name), ("register-merged", "Ada Exampel")]
    assertContains(client.get("/changes/"), "is now: </span>Ruritania")


# Filters


def test_the_log_is_narrowed_by_kind_actor_and_month(client: Client, grace: User) -> None:
    actor = ActorFactory(code="RUR", name="Ruritania")
    mine, other = published(actor=actor), published()
    review.edit(mine, grace, place="Zenda")
    review.edit(other, grace, place="Zenda")
    review.withdraw(other, grace, "Never said.")
    now = datetime.now(UTC)

    assert listed("?kind=withdraw") == [("withdraw", other.public_id)]
    assert listed("?actor=RUR") == [("edit", mine.public_id)]
    assert len(listed(f"?month={now:%Y-%m}")) == 3
    assert listed("?month=2020-12") == []
    assertContains(client.get("/changes/?month=2020-12"), "No correction fits")
    assertContains(client.get("/changes/?month=June"), "Write the month as year and month")
    assert client.get("/changes.json?kind=x").status_code == 400


def test_the_log_goes_on_in_pages(client: Client, grace: User) -> None:
    statement = published()
    for number in range(30):
        review.edit(statement, grace, place=f"Zenda {number}")

    first = client.get("/changes.json").json()
    second = client.get(first["next"].removeprefix("http://localhost:8000")).json()

    assert (len(first["corrections"]), len(second["corrections"])) == (25, 5)
    assert second["next"] is None
    assertContains(client.get("/changes/"), "Older ›")


# Feed, seal and cost


def test_the_feed_has_ids_that_stay(client: Client, grace: User) -> None:
    statement = published()
    review.edit(statement, grace, "As printed.", place="Zenda")
    before = client.get("/changes.atom").content
    review.edit(statement, grace, place="Strelsau")
    feed = ET.fromstring(client.get("/changes.atom").content)
    name = "{http://www.w3.org/2005/Atom}"

    ids = [one.findtext(f"{name}id") for one in feed.iter(f"{name}entry")]

    assert len(ids) == len(set(ids)) == 2
    assert ids[1] is not None
    assert ids[1].encode() in before
    summary = [one.findtext(f"{name}summary") for one in feed.iter(f"{name}entry")][1]
    assert summary == "As printed. · Place: – → Zenda"


@pytest.mark.usefixtures("guarded_history")
def test_the_newest_seal_is_there_to_be_noted(client: Client) -> None:
    published()
    seal = Seal.objects.latest("pk")

    assertContains(client.get("/changes/"), seal.hash)
    assert client.get("/changes.json").json()["seal"]["number"] == seal.number


def test_the_log_costs_few_queries(client: Client, grace: User) -> None:
    for _ in range(8):
        statement = published()
        AttestationFactory(statement=statement)
        review.edit(statement, grace, place="Zenda")
        review.code(statement, TreatyFactory(), "condemns", grace)
        Speaker.objects.update(name="Ada Other")
    for path in ("/changes/", "/changes.json", "/changes.atom"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= 12, path


@pytest.mark.parametrize(
    ("kind", "index"),
    [
        ("", "change_is_correction"),
        ("edit", "change_is_correction"),
        ("position", "change_of_version_alone"),
        ("withdraw", "change_of_standing"),
        ("publish", "change_of_standing"),
        ("merge", "change_of_standing"),
        ("split", "review_joining"),
        ("register", "change_is_correction"),
    ],
)
def test_corrections_of_each_kind_are_found_by_an_index(kind: str, index: str) -> None:
    form = CorrectionsForm({"kind": kind})
    form.is_valid()
    StatementFactory()
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as queries:
        form.found(25)
        sql = queries.captured_queries[0]["sql"]
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        if index != "change_is_correction":  # it fits as well in a table without rows
            cursor.execute("DROP INDEX change_is_correction")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert index in plan


def test_a_proposal_that_a_merge_took_is_not_listed(grace: User) -> None:
    first, second = (
        PartyFactory(statement__status="proposed", statement__published_at=None).statement,
        published(),
    )
    AttestationFactory(statement=first)
    merge(first, second, grace)
    merge(second, published(), grace)  # moves the pointer of the first
    undo(last_deeds(grace)[0].act, grace)
    undo(last_deeds(grace)[0].act, grace)

    assert first.public_id not in {subject for _, subject in listed()}
    assert listed()


def test_an_undo_is_told_without_the_name_of_the_editor(grace: User) -> None:
    statement = published()
    review.edit(statement, grace, place="Zenda")
    undo(last_deeds(grace)[0].act, grace)

    for page in ("/changes/", "/changes.json", f"{statement.get_absolute_url()}history/"):
        assertContains(Client().get(page), "Undoes edit of ")
        assertNotContains(Client().get(page), "grace")


@pytest.mark.parametrize(
    "query", ["before=99999999999999999999", "month=9999-12", "month=0001-01", "before=-1"]
)
def test_numbers_and_months_out_of_range_narrow_nothing(query: str, db: None) -> None:
    for page in ("/changes/", "/changes.atom"):
        assert Client().get(f"{page}?{query}").status_code == 200
