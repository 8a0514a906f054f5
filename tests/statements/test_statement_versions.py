"""Every version of a statement stays readable as it stood, and says what changed and who did it."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from history.models import Change
from statements import review
from statements.merging import merge
from statements.models import Party, Position, Statement
from statements.past import Past
from statements.versions import as_statement
from tests.factories import (
    AttestationFactory,
    EventFactory,
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


def past_the_program(sql: str) -> None:
    """Run SQL as a console would, under another application's name."""
    with connection.cursor() as cursor:
        cursor.execute("SET application_name = 'psql'")
        cursor.execute(sql)
        cursor.execute("SET application_name = 'demarche'")


def at_the_end_of_the_transaction() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def grace() -> User:
    user: User = UserFactory(username="grace")
    return user


@pytest.fixture
def edited(grace: User) -> Statement:
    """A statement in four versions: recorded, published, named otherwise, worded otherwise."""
    party = PartyFactory(
        name="Ada Exampel",
        speaker__name="Ada Exampel",
        statement__text="We keep to the invented text.",
        statement__status="proposed",
        statement__published_at=None,
    )
    statement: Statement = party.statement
    AttestationFactory(
        statement=statement,
        snapshot__article__source__name="Invented Courier",
        snapshot__text="“We keep to the invented text. We keep to the invented pact.” She said no more.\n",
    )
    PositionFactory(statement=statement, treaty__short_name="Invented Pact", stance="neutral")
    review.publish(statement, grace)
    other = SpeakerFactory(name="Ada Example")
    review.name_parties(
        statement,
        [review.Taking(party, party.role, other.name, other)],
        grace,
        "Another person.",
    )
    review.edit(
        statement, grace, "As printed.", text="We keep to the invented pact.", place="Strelsau"
    )
    return statement


# Versions


def test_each_version_is_as_it_stood(edited: Statement) -> None:
    versions = Past(edited).versions()

    assert [one.number for one in versions] == [1, 2, 3, 4]
    rows = [as_statement(one.state) for one in versions]
    assert [row.status for row in rows] == ["proposed", *["published"] * 3]
    assert [row.parties.all()[0].name for row in rows] == [
        *["Ada Exampel"] * 2, *["Ada Example"] * 2
    ]  # fmt: skip
    assert [row.text[-5:] for row in rows] == [*["text."] * 3, "pact."]
    assert [one.began.why for one in versions] == ["", "", "Another person.", "As printed."]
    assert all(len(row.attestations.all()) == len(row.positions.all()) == 1 for row in rows)
    assert versions[-1].ended is None


def test_an_old_version_has_a_page_with_a_banner(client: Client, edited: Statement) -> None:
    page = client.get(f"/s/{edited.public_id}/v/1/")

    assertContains(page, "Version 1 of 4")
    assertContains(page, "We keep to the invented text.")
    assertContains(page, "Ada Exampel")
    assertContains(page, "Invented Courier")
    assertContains(page, "Invented Pact")
    assertContains(page, f'href="/s/{edited.public_id}/v/4/"')
    assertContains(page, "?from=1&amp;to=4")
    assertContains(page, '<meta name="robots" content="noindex">')
    assert page.headers["X-Robots-Tag"] == "noindex"
    assertNotContains(page, "Strelsau")
    assertNotContains(page, "grace")


def test_a_version_has_a_record_in_json(client: Client, edited: Statement) -> None:
    first = client.get(f"/s/{edited.public_id}/v/1.json").json()
    newest = client.get(f"/s/{edited.public_id}/v/4.json").json()

    assert (first["version"], first["status"], first["newest_version"]) == (1, "proposed", 4)
    assert first["text"] == "We keep to the invented text."
    assert first["parties"][0]["name"] == "Ada Exampel"
    assert first["reports"][0]["words"]
    assert first["to"] is not None
    assert newest["to"] is None
    now = client.get(f"/s/{edited.public_id}.json").json()
    of_both = (now.keys() & newest.keys()) - {"reports"}
    assert len(of_both) > 15
    assert {name: now[name] for name in of_both} == {name: newest[name] for name in of_both}


def test_a_version_that_is_not_there_says_so_and_leads_on(
    client: Client, edited: Statement
) -> None:
    page = client.get(f"/s/{edited.public_id}/v/9/")

    assert page.status_code == 404
    assertContains(page, "Its newest version is number 4", status_code=404)
    assertContains(page, f"/s/{edited.public_id}/history/", status_code=404)
    answer = client.get(f"/s/{edited.public_id}/v/9.json")
    assert (answer.status_code, answer.json()["versions"]) == (404, [1, 2, 3, 4])


def test_what_was_before_the_history_is_said_not_to_be_kept(client: Client) -> None:
    statement = StatementFactory(version=3)
    Change.objects.filter(key=str(statement.pk)).exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE history_change DISABLE TRIGGER history_is_kept")
        cursor.execute("UPDATE history_change SET operation = 'baseline'")
        cursor.execute("ALTER TABLE history_change ENABLE TRIGGER history_is_kept")
    url = f"/s/{statement.public_id}"

    assertContains(client.get(f"{url}/v/3/"), "Earlier versions were not kept")
    assertContains(client.get(f"{url}/v/1/"), "earlier versions were not kept", status_code=404)
    assertContains(client.get(f"{url}/history/"), "earlier versions were not kept")


# Who may read what


def test_of_a_withdrawn_statement_readers_see_when_and_why_and_no_words(
    client: Client, edited: Statement, grace: User
) -> None:
    review.withdraw(edited, grace, "Never said.")
    url = f"/s/{edited.public_id}"

    for page in (client.get(f"{url}/v/1/"), client.get(f"{url}/history/?from=1&to=4")):
        assertContains(page, "Never said.")
        assertNotContains(page, "We keep to")
    assert client.get(f"{url}/v/1.json").status_code == 410
    assertContains(signed_in("viewer").get(f"{url}/v/1/"), "We keep to")


def test_a_rejected_statement_has_versions_for_those_who_see_it(
    client: Client, grace: User
) -> None:
    statement = StatementFactory(
        text="They did not say that.", status="proposed", published_at=None
    )
    review.reject(statement, grace, "Not a statement.")

    for path in ("v/1/", "v/1.json", "history/"):
        assert b"not say that" not in client.get(f"/s/{statement.public_id}/{path}").content
        assert signed_in("viewer").get(f"/s/{statement.public_id}/{path}").status_code == 200


def test_a_merged_statement_keeps_its_versions(
    client: Client, edited: Statement, grace: User
) -> None:
    other = StatementFactory()
    merge(edited, other, grace)

    page = client.get(f"/s/{edited.public_id}/v/4/")

    assertContains(page, "We keep to the invented pact.")
    assertContains(page, "It was merged later")
    assertContains(page, "Invented Courier")
    assert not as_statement(Past(edited).versions()[-1].state).attestations.all()
    assert len(as_statement(Past(other).versions()[-1].state).attestations.all()) == 1
    assert not as_statement(Past(other).versions()[0].state).attestations.all()


def test_public_ids_are_found_in_any_case(client: Client, edited: Statement) -> None:
    lower = edited.public_id.lower()
    if lower != edited.public_id:
        assertRedirects(
            client.get(f"/s/{lower}/v/2/"), f"/s/{edited.public_id}/v/2/", status_code=301
        )


# The history


def test_the_history_says_what_changed_by_name(client: Client, edited: Statement) -> None:
    page = client.get(f"/s/{edited.public_id}/history/")

    assertContains(page, "removed: </span>text")
    assertContains(page, "added: </span>pact")
    assertContains(page, "was: </span>Ada Exampel")
    assertContains(page, "is now: </span>Ada Example")
    assertContains(page, "is now: </span>Strelsau")
    assertContains(page, "by an editor")
    assertContains(page, "by the machine, version test 1")
    assertNotContains(page, "grace")
    assertContains(signed_in("editor").get(f"/s/{edited.public_id}/history/"), "grace")


def test_two_versions_are_compared(client: Client, edited: Statement) -> None:
    page = client.get(f"/s/{edited.public_id}/history/?from=2&to=4")

    compared = page.context["compared"]
    assert [one.label for one in compared.differences] == ["Words", "Place", "Speaker"]
    assertContains(page, "From <a")


@pytest.mark.parametrize("query", ["from=2&to=77", "from=x", "from=&to="])
def test_versions_that_are_not_there_are_not_compared(
    client: Client, edited: Statement, query: str
) -> None:
    page = client.get(f"/s/{edited.public_id}/history/?{query}")

    assertContains(page, "There are no two such versions to compare")


def test_positions_reports_and_events_are_compared_by_name(
    client: Client, edited: Statement, grace: User
) -> None:
    treaty = TreatyFactory(short_name="Other Pact")
    review.code(edited, treaty, "condemns", grace, why="Clear words.")
    AttestationFactory(statement=edited, snapshot__article__source__name="Other Gazette")
    review.edit(edited, grace, event=EventFactory(title="Invented briefing"))

    page = client.get(f"/s/{edited.public_id}/history/")

    assertContains(page, "Other Pact: Condemns (coded by an editor)")
    assertContains(page, "Other Gazette, 2 January 2025, quoted: «")
    assertContains(page, "Invented briefing")


def test_the_page_of_a_statement_shows_the_newest_versions_and_cites_its_own(
    client: Client, edited: Statement
) -> None:
    page = client.get(f"/s/{edited.public_id}/")

    assertContains(page, "All 4 versions")
    assertContains(page, f"/s/{edited.public_id}/v/4/")
    assertContains(page, "version 4, ")
    assert page.context["cite_record"].endswith(f"/s/{edited.public_id}/v/4/")


# Versions by raw SQL and bulk edits


def test_a_bulk_edit_makes_a_version(edited: Statement) -> None:
    Statement.objects.filter(pk=edited.pk).update(place="Zenda")

    edited.refresh_from_db()
    assert edited.version == 5
    assert [one.number for one in Past(edited).versions()][-1] == 5


def test_raw_sql_makes_a_version_and_is_marked(client: Client, edited: Statement) -> None:
    past_the_program("UPDATE statements_statement SET text = text || ' Always.'")

    url = f"/s/{edited.public_id}/history/"
    assertContains(client.get(url), "changed by somebody past the program")
    assertNotContains(client.get(url), "psql")
    assertContains(signed_in("editor").get(url), "as database user demarche through «psql»")
    assertContains(client.get(f"/s/{edited.public_id}/v/5/"), "Always.")


def test_what_readers_do_not_see_makes_no_version(edited: Statement) -> None:
    Statement.objects.filter(pk=edited.pk).update(fingerprint="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_statement SET id = id, changed_at = now()")

    edited.refresh_from_db()
    assert edited.version == 4


def test_a_version_never_falls(edited: Statement) -> None:
    stale = Statement.objects.get(pk=edited.pk)
    Statement.objects.filter(pk=edited.pk).update(place="Zenda")
    stale.language = "de"
    stale.save()
    assert Statement.objects.get(pk=edited.pk).version == 6

    Statement.objects.filter(pk=edited.pk).update(version=1)
    assert Statement.objects.get(pk=edited.pk).version == 6


@pytest.mark.django_db(transaction=True)
def test_parties_and_positions_changed_past_the_decisions_make_versions(grace: User) -> None:
    party = PartyFactory()
    statement, position = party.statement, PositionFactory(statement=party.statement)
    versions = []

    def now() -> int:
        return Statement.objects.get(pk=statement.pk).version

    versions.append(now())
    Party.objects.filter(pk=party.pk).update(name="Bob Example")
    versions.append(now())
    Position.objects.filter(pk=position.pk).update(stance="rejects")
    versions.append(now())
    with transaction.atomic():
        Position.objects.filter(pk=position.pk).delete()
        Party.objects.filter(pk=party.pk).update(name="Eve Example")
    versions.append(now())
    review.code(statement, TreatyFactory(), "condemns", grace)
    versions.append(now())

    first = versions[0]
    assert versions == [first, first + 1, first + 2, first + 3, first + 4]
    listed = Past(statement).versions()
    assert [one.number for one in listed][-4:] == versions[1:]
    assert as_statement(listed[-2].state).parties.all()[0].name == "Eve Example"
    assert as_statement(listed[-3].state).parties.all()[0].name == "Bob Example"


@pytest.mark.django_db(transaction=True)
def test_what_the_machine_reads_in_a_proposal_makes_none() -> None:
    statement = StatementFactory(status="proposed", published_at=None)
    PositionFactory(statement=statement)

    assert Statement.objects.get().version == 1


def test_what_leads_nowhere_today_is_left_out(client: Client) -> None:
    statement = StatementFactory(event=EventFactory(title="Invented briefing"))
    office = OfficeFactory()
    party = PartyFactory(statement=statement, speaker=office.speaker, office=office)
    Statement.objects.update(place="Zenda")
    party.office = None
    party.save()
    Statement.objects.update(event=None, said_on=date(2025, 3, 4))
    office.delete()
    statement_event = Change.objects.filter(table="statements_event").latest("pk").key
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM statements_event WHERE id = %s", [statement_event])

    page = client.get(f"/s/{statement.public_id}/v/1/")
    listed = client.get(f"/s/{statement.public_id}/history/")

    assert page.status_code == 200
    assertContains(listed, "one that is no longer there")


def test_what_was_merged_is_hidden_once_the_other_is_withdrawn(grace: User) -> None:
    merged, other = PartyFactory().statement, PartyFactory().statement
    AttestationFactory(statement=merged, snapshot__text="“The invented slander.” She left.\n")
    review.edit(merged, grace, text="The invented slander.")
    merge(merged, other, grace)
    address = f"/s/{merged.public_id}"
    assertContains(Client().get(f"{address}/v/2/"), "The invented slander.")

    review.withdraw(other, grace, "Never said.")

    for page in (f"{address}/v/2/", f"{address}/history/?from=1&to=2", "/changes/"):
        assertNotContains(Client().get(page), "The invented slander.")
    assert Client().get(f"{address}/v/2.json").status_code == 410


@pytest.mark.parametrize("renamed", [False, True])
def test_no_account_is_named_as_translator(
    client: Client, grace: User, edited: Statement, renamed: bool
) -> None:
    told = {"translation": "Wir halten uns daran.", "translation_language": "de"}
    review.edit(edited, grace, **told, translated_by="grace")
    review.edit(edited, grace, place="Zenda")
    review.edit(edited, grace, translated_by="an editor")
    review.edit(edited, grace, translated_by="The ministry")
    review.edit(edited, grace, translated_by="grace")
    if renamed:
        grace.username = "hedy"
        grace.save()
    newest, path = edited.version, edited.get_absolute_url()

    pages = [
        path,
        f"{path}history/",
        f"{path}v/{newest}/",
        f"{path}v/{newest - 3}/",
        "/changes/",
    ]
    for page in (*pages, "/changes.json", "/changes.atom", f"{path}v/{newest}.json"):
        assertNotContains(client.get(page), "grace")
    assertContains(client.get(path), "Translation into German by an editor")
    assertContains(client.get(f"{path}history/"), "The ministry")


def test_of_a_long_past_only_what_is_shown_is_read(edited: Statement) -> None:
    for number in range(30):
        Statement.objects.filter(pk=edited.pk).update(place=f"Zenda {number}")
    past = Past(edited)

    with CaptureQueriesContext(connection) as asked:
        shown = past.versions(range(31, 34))

    assert past.numbers == list(range(1, 35))
    assert [one.state.row["place"] for one in shown] == ["Zenda 27", "Zenda 28", "Zenda 29"]
    [query] = asked.captured_queries
    [keys] = re.findall(r'"history_change"."id" IN \(([\d, ]+)\)', query["sql"])
    assert len(keys.split(",")) < 10
