"""Found reports of a curated statement join it, whether they come before or after it."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from sources.by_hand import Stated, accept_text
from sources.models import Source
from sources.references import Description, keep_reference
from statements.models import CuratedEntry, Party, Statement
from statements.reported import report_in_reference
from statements.verification import verify
from tests.e2e.test_real_material import do_all_work
from tests.factories import SourceFactory, SpeakerFactory, StatementFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guarded_history")]

DAY = date(2024, 6, 20)
OUTLETS = {
    "000": ("src-ruptly", date(2024, 6, 20)),
    "001": ("src-tsf", date(2023, 9, 14)),
    "003": ("src-kjd", date(2024, 6, 24)),
}


@pytest.fixture(autouse=True)
def _store(settings: object, tmp_path: Path) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"  # type: ignore[attr-defined]


def summarised(source: Source, *fragments: str) -> Statement:
    """A reviewed statement of Ada Example's, on a reference to an article of that day."""
    row = StatementFactory(text="Is against it.", summarised=True, said_on=DAY)
    speaker = SpeakerFactory(name="Ada Example", slug="ada-example")
    Party.objects.create(statement=row, speaker=speaker, name="Ada Example")
    said = Description(
        source,
        "[The pact]",
        published_on=DAY,
        fragments=fragments,
        summary="Is against it.",
    )
    report_in_reference(row, keep_reference(said, UserFactory()), entered_by="test")
    row.reviews.create(decision="publish", by=UserFactory())
    return row


def printed(source: Source, words: str, day: date = DAY) -> None:
    text = f"STRELSAU. Ada Example said on Thursday: “{words}”\n\nNothing else is known.\n"
    accept_text(
        text.encode(),
        "text/plain",
        source=source,
        stated=Stated(title="Pact", published_on=day, language="en"),
    )
    do_all_work()


def joined(row: Statement) -> int:
    return row.attestations.exclude(mode="summary").count()


def test_the_article_that_is_referred_to_joins_by_few_words() -> None:
    source = SourceFactory()
    row = summarised(source, "ruinous")

    printed(source, "We take this pact to be ruinous for everybody here.")

    assert (joined(row), Statement.objects.count()) == (1, 1)
    row.refresh_from_db()
    assert (row.text, row.summarised, row.status) == ("Is against it.", True, "published")
    assert verify().findings == ()


def test_a_reference_to_a_kept_article_is_no_other_article(client: Client) -> None:
    source = SourceFactory(name="Ruritania Gazette")
    row = summarised(source, "ruinous")
    printed(source, "We take this pact to be ruinous for everybody here.")

    page = client.get(row.get_absolute_url())

    assertContains(page, "1 article, 2 reports")
    assertContains(page, "“We take this pact to be ruinous for everybody here.”. In “Pact”")
    assertNotContains(client.get("/statements/"), "more article")


def test_few_words_tell_nothing_in_another_outlet() -> None:
    row = summarised(SourceFactory(), "ruinous")

    printed(SourceFactory(), "We take this pact to be ruinous for everybody here.")

    assert (joined(row), Statement.objects.count()) == (0, 2)


def test_more_words_tell_it_in_every_outlet_of_those_days() -> None:
    row = summarised(SourceFactory(), "ruinous for everybody here")

    printed(SourceFactory(), "We take this pact to be ruinous for everybody here.")
    printed(SourceFactory(), "We take this pact to be ruinous for everybody here.")
    printed(SourceFactory(), "It is ruinous for everybody here.", date(2024, 7, 20))

    assert (joined(row), Statement.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    "words",
    [
        "It is not true that this is ruinous for everybody here.",
        "Our critics claim that it is ruinous for everybody here.",
        "Is it ruinous for everybody here?",
    ],
)
def test_what_turns_a_fragment_in_another_outlet_is_not_joined(words: str) -> None:
    row = summarised(SourceFactory(), "ruinous for everybody here")

    printed(SourceFactory(), words)

    assert (joined(row), Statement.objects.count()) == (0, 2)


def test_an_editors_words_are_compared_with_nothing() -> None:
    row = summarised(SourceFactory(), "ruinous")

    printed(SourceFactory(), "Is against it.")

    assert joined(row) == 0


def _ingest(shared: Path) -> None:
    for key, (source, day) in OUTLETS.items():
        (path,) = (shared / "seeds").glob(f"{key}_*.txt")
        accept_text(
            path.read_bytes(),
            "text/plain",
            source=Source.objects.get(register_id=source),
            stated=Stated(published_on=day, language="en"),
        )
    do_all_work()


@pytest.mark.parametrize("curated_first", [True, False])
def test_the_articles_that_were_coded_join_what_was_coded(
    shared: Path, curated_first: bool
) -> None:
    call_command("load_register", stdout=io.StringIO())
    for curated in [curated_first, not curated_first]:
        if curated:
            call_command("load_statements", stdout=io.StringIO())
            do_all_work()
        else:
            _ingest(shared)

    coded, with_reports = set(), set()
    for one in CuratedEntry.objects.select_related("statement"):
        reports = [told for told in one.loaded["reports"] if told["seed"][:3] in OUTLETS]
        if any(told["quotes"] for told in reports):
            coded.add(one.entry)
            if joined(one.statement):
                with_reports.add(one.entry)
    assert len(coded) == 18
    # One quotation holds the fragments of two entries and joins the one it prints most of; one
    # entry is of words that the article has an agency say.
    assert coded - with_reports == {"st-2024-06-24-tri-2", "st-2023-09-13-kp-kim-invite"}
    assert Statement.objects.filter(status="published").count() == 34
    assert verify().findings == ()
