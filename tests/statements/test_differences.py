"""What reports differ in is kept right, found on the timeline, and shown."""

import csv
import io
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from sources.models import Snapshot
from statements import review
from statements.attribution import attribute
from statements.discrepancies import Field
from statements.gazetteer import register_from_database
from statements.merging import merge
from statements.models import Attestation, Difference, Statement
from statements.proposals import record
from statements.register_merging import merge_entries
from statements.splitting import split
from statements.tellings import differing, note_differences, noted
from statements.undoing import undo
from statements.verification import verify
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    OfficeFactory,
    PartyFactory,
    SnapshotFactory,
    SpeakerFactory,
    StatementFactory,
    UserFactory,
)
from tests.statements.test_undoing import newest_act

pytestmark = pytest.mark.django_db

WORDS = "“We keep to the text of the invented pact alone and to nothing else,”"
RIGHT = f"{WORDS} said Ruritanian Foreign Minister Ada Example on Thursday.\n"
OTHER_STATE = f"{WORDS} said Graustarkian Foreign Minister Ada Example on Thursday.\n"
OTHER_POST = f"{WORDS} said Ruritanian Defence Minister Ada Example on Wednesday.\n"


@pytest.fixture(autouse=True)
def _register() -> None:
    state = ActorFactory(code="RUR", short_code="RR", name="Ruritania")
    state.names.create(text="Ruritanian", kind="adjective")
    other = ActorFactory(code="GRA", short_code="GK", name="Graustark")
    other.names.create(text="Graustarkian", kind="adjective")
    speaker = SpeakerFactory(slug="ada-example", name="Ada Example")
    OfficeFactory(
        speaker=speaker, actor=state, title="Foreign Minister", title_kind="foreign-minister"
    )


def reported(
    text: str, day: date = date(2025, 1, 3), snapshot: Snapshot | None = None
) -> Snapshot:
    """Attribute a text and record what is found; with `snapshot` as its text were this one."""
    read = snapshot or SnapshotFactory(text=text, published_on=day)
    record(read, attribute(text, published_on=day, register=register_from_database()))
    return read


def kept(statement: Statement) -> set[str]:
    """What is kept of a statement, which must be what its reports differ in."""
    assert noted([statement.pk]) == differing([statement.pk])
    return {field.value for field in noted([statement.pk]).get(statement.pk, set())}


def test_a_run_notes_what_its_report_tells_otherwise() -> None:
    reported(RIGHT)
    statement = Statement.objects.get()
    assert kept(statement) == set()

    reported(OTHER_STATE)
    assert kept(statement) == {"office"}

    reported(OTHER_POST)
    assert kept(statement) == {"office", "date"}


def test_issuers_in_another_order_or_by_a_short_name_are_no_difference() -> None:
    union = ActorFactory(code="UPO", short_code="UP", name="United Principalities")
    union.names.create(text="UPO", kind="alias")
    for issuers in (
        "The United Principalities, Ruritania and Graustark",
        "Graustark, the UPO and Ruritania",
        "Ruritania, Graustark and the United Principalities",
        "The UPO",
    ):
        reported(f"{issuers} said in a joint statement on Thursday: {WORDS}\n")

    statement = Statement.objects.get()
    assert statement.attestations.count() == 4
    assert kept(statement) == set()


def test_a_run_that_finds_nothing_new_writes_nothing() -> None:
    snapshots = [reported(RIGHT), reported(OTHER_POST)]
    before = list(Difference.objects.values_list("pk", flat=True))

    for snapshot in snapshots:
        reported(snapshot.text, snapshot=snapshot)

    assert list(Difference.objects.values_list("pk", flat=True)) == before


def test_a_report_that_is_read_otherwise_or_taken_back_takes_its_difference_along() -> None:
    reported(RIGHT)
    other = reported(OTHER_POST)
    statement = Statement.objects.get()
    assert kept(statement) == {"office", "date"}

    same_length = OTHER_POST.replace("Wednesday", "Thursday ")
    assert len(same_length) == len(OTHER_POST)
    reported(same_length, snapshot=other)
    assert kept(statement) == {"office"}

    record(other, [])
    assert kept(statement) == set()


def test_a_report_that_turns_out_to_be_of_another_statement_is_compared_there() -> None:
    reported(RIGHT)
    other = reported(f"{WORDS} said Bo Samplers on Wednesday.\n")
    first, second = Statement.objects.order_by("pk")

    reported(f"{WORDS} said Ada Example on Wednesday.\n", snapshot=other)

    assert (kept(first), kept(second)) == ({"date"}, set())


def test_a_merge_compares_the_reports_that_it_brings_together() -> None:
    one, two = StatementFactory(), StatementFactory()
    AttestationFactory(statement=one, said_on=date(2025, 1, 1), said_on_basis="weekday",
                       said_on_precision="day")  # fmt: skip
    AttestationFactory(statement=two, said_on=date(2025, 1, 2), said_on_basis="weekday",
                       said_on_precision="day")  # fmt: skip

    merge(two, one, UserFactory())

    assert (kept(one), kept(two)) == ({"date"}, set())


def test_a_split_and_its_undoing_compare_what_stays_and_what_goes() -> None:
    reported(RIGHT)
    reported(OTHER_POST)
    statement, by = Statement.objects.get(), UserFactory()
    other = statement.attestations.order_by("pk").last()
    assert other is not None

    new = split(statement, [other], by)
    assert (kept(statement), kept(new)) == (set(), set())

    undo(newest_act(), by)
    assert (kept(statement), kept(new)) == ({"office", "date"}, set())


def test_speakers_that_are_found_to_be_one_differ_no_more() -> None:
    ada, twin = (SpeakerFactory(slug=slug, name=slug.title()) for slug in ("ann", "zoe"))
    statement = PartyFactory(speaker=ada).statement
    for slug in ("ann", "zoe"):
        voice = {"name": slug.title(), "speaker": slug, "office": "", "country": ""}
        AttestationFactory(statement=statement, voices=[voice])
    PartyFactory(statement=statement, speaker=twin, role="co_issuer", order=1)
    note_differences([statement.pk])
    assert kept(statement) == {"speaker"}

    merge_entries(twin, ada, UserFactory(), "One person.")
    assert kept(statement) == set()

    undo(newest_act(), UserFactory())
    assert kept(statement) == {"speaker"}


def test_a_decision_notes_what_the_language_of_the_statement_changes() -> None:
    statement = StatementFactory(language="en")
    for language in ("en", "ru"):
        AttestationFactory(statement=statement, language=language)

    review.edit(statement, UserFactory(), language="ru")

    assert kept(statement) == set()


@pytest.mark.usefixtures("guarded_history")
def test_changes_past_the_program_are_found_and_mended() -> None:
    reported(RIGHT)
    reported(OTHER_POST)
    statement = Statement.objects.get()
    Attestation.objects.order_by("pk").last().delete()  # type: ignore[union-attr]

    (finding,) = verify(files=False).findings
    assert finding == (
        f"statement {statement.public_id}: its reports differ in nothing, and office, date is "
        "kept; run compare_reports"
    )

    call_command("compare_reports")
    assert kept(statement) == set()
    assert verify(files=False).findings == ()


def test_the_timeline_is_narrowed_by_what_reports_differ_in(client: Client) -> None:
    reported(RIGHT)
    reported(OTHER_STATE)
    AttestationFactory(statement=StatementFactory(text="Others agree."))
    statement = Statement.objects.get(text=WORDS)

    page = client.get("/statements/?differs=office")
    assertContains(page, statement.public_id)
    assertContains(page, "reports differ in office")
    assertNotContains(page, "Others agree.")
    assertContains(client.get("/statements/?differs=date"), "No statements match.")
    assertContains(client.get("/statements/?differs=colour"), "Not known, and so left out")
    answer = client.get("/statements.json?differs=office&differs=date").json()
    assert [one["differs"] for one in answer["statements"]] == [["office"]]


def test_the_page_says_who_differs_and_how_the_words_stand(client: Client) -> None:
    first, other = reported(RIGHT), reported(OTHER_STATE)
    shorter = reported("“We keep to the text of the invented pact alone,” Ada Example said.\n")
    statement = Statement.objects.get()

    page = client.get(statement.get_absolute_url())

    names = [one.article.source.name for one in (first, other, shorter)]
    assertContains(page, f"First seen in {names[0]}; 3 independent lines of reporting.")
    assertContains(page, "Same statement in 3 reports")
    assertContains(page, "Where its reports differ")
    assertContains(page, f'(GK)</span>» <span class="muted">in {names[1]}</span>')
    assertContains(page, "shortened to 71 %")
    assertContains(page, '<del><span class="visually-hidden">removed: </span>')


def test_a_statement_of_one_report_has_nothing_to_compare(client: Client) -> None:
    statement = AttestationFactory().statement

    page = client.get(statement.get_absolute_url())

    assertNotContains(page, "Where its reports differ")
    assertContains(page, "1 independent line of reporting.")


def test_records_name_values_reports_and_lines(client: Client) -> None:
    reported(RIGHT)
    reported(OTHER_STATE)
    statement = Statement.objects.get()

    record_ = client.get(f"/s/{statement.public_id}.json").json()

    ids = sorted(report["id"] for report in record_["reports"])
    assert record_["discrepancies"] == [
        {
            "field": "office",
            "values": [
                {"value": "Foreign Minister (RR)", "reports": [ids[0]]},
                {"value": "Foreign Minister (GK)", "reports": [ids[1]]},
            ],
        }
    ]
    assert [one["verdict"] for one in record_["wordings"]] == ["fullest", "exact"]
    assert len(record_["independence"]["lines"]) == 2
    (row,) = csv.DictReader(io.StringIO(b"".join(client.get("/statements.csv")).decode()))
    assert (row["differs"], row["independent_lines"]) == ("office", "2")
    first = statement.attestations.get(pk=ids[0])
    assert row["first_seen"] == first.snapshot.article.source.name


def test_every_field_has_a_place_in_the_table_and_the_address() -> None:
    assert [value for value, _ in Difference._meta.get_field("field").choices] == list(Field)  # type: ignore[union-attr]
