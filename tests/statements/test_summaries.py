"""An editor's summary is called that everywhere, and never shown as what was said."""

import csv
import io
import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from sources.references import Description, keep_reference
from statements.models import Attestation, Statement
from statements.reported import report_in_reference
from tests.factories import AttestationFactory, PartyFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db

SUMMARY = "Holds that the pact of Strelsau binds nobody."
FRAGMENT = "not worth the ink"


@pytest.fixture
def statement() -> Statement:
    row = StatementFactory(text=SUMMARY, summarised=True)
    PartyFactory(statement=row, name="Ada Example")
    reference = keep_reference(
        Description(
            SourceFactory(name="Ruritania Gazette"),
            "Minister on the pact",
            author="Bo Writer",
            dated="spring 1961",
            pages="p. 3",
            fragments=[FRAGMENT, "nobody"],
            language="en",
            summary=SUMMARY,
        )
    )
    report_in_reference(row, reference, entered_by="test 1", cue="scoffed")
    report_in_reference(row, reference, entered_by="test 1", cue="scoffed")
    return Statement.objects.get(pk=row.pk)


def test_one_reference_is_one_report(statement: Statement) -> None:
    report = statement.attestations.get()

    assert report.mode == "summary"
    assert report.summary == SUMMARY
    assert [fragment.words for fragment in statement.fragments] == [FRAGMENT, "nobody"]


def test_pages_call_it_a_summary_and_quote_the_fragments_alone(
    client: Client, statement: Statement
) -> None:
    article = f"/articles/{statement.attestations.get().snapshot.article_id}/"
    for path in ("/statements/", statement.get_absolute_url(), article):
        page = client.get(path)
        assertContains(page, "Summary by an editor")
        assertContains(page, f'dir="auto">{FRAGMENT}</q>')
        assertNotContains(page, f"“{SUMMARY}")
        assertNotContains(page, "<blockquote")
        assertNotContains(page, "as printed:")
    page = client.get(statement.get_absolute_url())
    assertContains(page, "A reference: no page of it was captured")
    assertContains(page, "Reference entered by hand")
    assertNotContains(page, "Located: exact match")
    assertNotContains(page, "Captured")


def test_it_is_cited_as_a_summary(client: Client, statement: Statement) -> None:
    page = client.get(statement.get_absolute_url())

    cited = (
        "Ada Example. Summary by an editor: Holds that the pact of Strelsau binds nobody; "
        f"printed: “{FRAGMENT}”, “nobody”. In “Minister on the pact”, Bo Writer, "
        "Ruritania Gazette, spring 1961, p. 3. Reference entered by hand"
    )
    assertContains(page, cited)


def test_json_has_it_apart_from_printed_words(client: Client, statement: Statement) -> None:
    record = json.loads(client.get(f"{statement.get_absolute_url().rstrip('/')}.json").content)
    report = record["reports"][0]

    assert (record["text"], record["summarised"]) == (SUMMARY, True)
    assert record["fragments"] == report["fragments"] == [FRAGMENT, "nobody"]
    assert (report["words"], report["summary"], report["mode"]) == (None, SUMMARY, "summary")
    assert report["origin"] == "reference"


def test_a_csv_has_it_in_a_column_of_its_own(client: Client, statement: Statement) -> None:
    body = b"".join(client.get("/statements.csv").streaming_content)  # type: ignore[attr-defined]
    (row,) = csv.DictReader(io.StringIO(body.decode()))

    assert (row["words"], row["summary"]) == (f"{FRAGMENT} […] nobody", SUMMARY)


def test_the_feed_calls_it_a_summary(client: Client, statement: Statement) -> None:
    body = client.get("/statements.atom").content.decode()

    assert f"Summary by an editor: {SUMMARY} Printed: “{FRAGMENT}”, “nobody”" in body


@pytest.mark.parametrize("words", ["ink", "binds"])
def test_fragments_and_summary_are_both_found(
    client: Client, statement: Statement, words: str
) -> None:
    page = client.get("/statements/", {"q": words})

    assertContains(page, statement.public_id)
    assertContains(page, f"<mark>{words}</mark>")


def test_no_quotation_reaches_into_a_summary(statement: Statement) -> None:
    report = statement.attestations.get()

    with pytest.raises(IntegrityError, match="summary and not printed"), transaction.atomic():
        Attestation.objects.create(
            statement=statement,
            snapshot=report.snapshot,
            start=0,
            end=5,
            words=SUMMARY[:5],
            mode="quoted",
        )
    fragment = report.spans[0]
    Attestation.objects.create(
        statement=statement,
        snapshot=report.snapshot,
        start=fragment[0],
        end=fragment[1],
        words=FRAGMENT,
        mode="quoted",
    )


def test_only_a_reference_holds_a_summary() -> None:
    with pytest.raises(IntegrityError, match="is no reference"):
        AttestationFactory(mode="summary")
