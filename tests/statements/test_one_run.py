"""What one run changes is heeded by the rest of the run: texts of several attributions."""

from datetime import date, timedelta
from typing import Any

import pytest

from sources.models import Article, Snapshot
from statements.attribution import Attribution, Voice
from statements.models import Statement
from statements.proposals import record
from tests.factories import SnapshotFactory, SpeakerFactory

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 10)
WORDS = "no comment"


@pytest.fixture(autouse=True)
def _speakers() -> None:
    SpeakerFactory(slug="ada", name="Ada")
    SpeakerFactory(slug="bo", name="Bo")


def printed(day: date | None = DAY, article: Article | None = None) -> Snapshot:
    """A text that prints the words three times."""
    of = {"article": article} if article else {}
    day_printed = day or "no day"  # texts of one article differ
    text = f"First no comment, then no comment, last no comment.\n{day_printed}\n"
    snapshot: Snapshot = SnapshotFactory(text=text, published_on=day, language="en", **of)
    return snapshot


def said(snapshot: Snapshot, place: int, voice: str, day: date | None = DAY) -> Attribution:
    """The words at their `place` in the text, counted from 0, by a voice on a day."""
    start = -1
    for _ in range(place + 1):
        start = snapshot.text.index(WORDS, start + 1)
    known = voice if voice in {"ada", "bo"} else None
    voices = (Voice(name=voice.title(), printed=voice, start=0, end=1, speaker_id=known),)
    dated: dict[str, Any] = (
        {"said_on": day, "precision": "day", "said_on_basis": "publication"} if day else {}
    )
    return Attribution(
        start=start, end=start + len(WORDS), kind="direct", voices=voices, rule="x", **dated
    )


def standing() -> list[Statement]:
    return list(Statement.objects.on_timeline().filter(merged_into=None).order_by("pk"))


def test_words_whose_speaker_becomes_known_twice_in_one_run_are_one_statement() -> None:
    snapshot = printed()
    record(snapshot, [said(snapshot, 0, "he")])
    both = [said(snapshot, 0, "ada"), said(snapshot, 1, "ada")]

    record(snapshot, both)
    again = record(snapshot, both)

    statement = Statement.objects.get()
    assert statement.attestations.count() == 2
    assert (again.new, again.joined, again.retracted) == (0, 0, 0)
    statement.refresh_from_db()
    assert statement.version == 2


def test_words_whose_day_becomes_known_in_the_run_are_found_by_it() -> None:
    snapshot = printed()
    record(snapshot, [said(snapshot, 0, "ada", DAY - timedelta(days=30))])

    record(snapshot, [said(snapshot, 0, "ada"), said(snapshot, 1, "ada")])

    assert Statement.objects.get().attestations.count() == 2


def test_a_report_follows_where_a_merged_statement_leads_at_the_end_of_the_run() -> None:
    first, second, third = printed(), printed(), printed()
    record(first, [said(first, 0, "ada")])
    record(second, [said(second, 0, "bo")])
    record(first, [said(first, 0, "bo")])  # Ada's is led on to Bo's
    record(first, [])
    record(third, [said(third, 0, "xan")])

    # Bo's is led on to Xan's, and with it Ada's.
    record(second, [said(second, 0, "xan"), said(second, 1, "ada")])

    assert [one.attestations.count() for one in standing()] == [3]
    assert {one.merged_into for one in Statement.objects.exclude(merged_into=None)} == {
        standing()[0]
    }


def test_an_undated_repeat_is_of_the_statement_that_the_run_has_just_joined() -> None:
    dated, undated = printed(), printed(day=None)
    record(dated, [said(dated, 0, "ada")])

    record(undated, [said(undated, 0, "ada"), said(undated, 1, "ada", None)])

    assert Statement.objects.get().attestations.count() == 3


def test_an_undated_statement_that_lost_its_report_is_not_printed_here_any_more() -> None:
    snapshot = printed()
    record(snapshot, [said(snapshot, 0, "ada", None)])

    record(snapshot, [said(snapshot, 2, "ada")])

    gone, new = Statement.objects.order_by("pk")
    assert gone.status == Statement.Status.WITHDRAWN
    assert standing() == [new]


def test_an_undated_copy_is_of_the_newest_statement_with_its_words() -> None:
    snapshot = printed()
    later = DAY + timedelta(days=20)
    record(snapshot, [said(snapshot, 0, "ada"), said(snapshot, 1, "ada", later)])
    copy = printed(day=None, article=snapshot.article)

    record(copy, [said(copy, 0, "ada", None)])

    assert [one.attestations.count() for one in standing()] == [1, 2]
    assert standing()[1].said_on == later
