"""What `verify` finds when bytes or words do not stand as recorded."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from sources import store
from sources.models import Reference, Snapshot
from statements import review
from statements.models import Statement
from statements.verification import verify
from tests.factories import (
    AttestationFactory,
    GivenSnapshotFactory,
    PositionFactory,
    SnapshotFactory,
    UserFactory,
)

PRINTED_TOO = "“We keep to the text alone,” she said again.\n"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guarded_history")]


def test_bytes_that_changed_on_disk_are_found() -> None:
    body = b"<p>Ada Example said the invented pact would hold.</p>"
    snapshot = SnapshotFactory(sha256=store.keep(body), size=len(body))
    assert verify().findings == ()

    path = Path(settings.SNAPSHOT_FOLDER) / store.name_of(snapshot.sha256)
    path.write_bytes(body.replace(b"hold", b"fold"))

    (finding,) = verify().findings
    assert finding.startswith(f"snapshot {snapshot.pk}:")
    assert verify(files=False).findings == ()
    with pytest.raises(CommandError, match="do not stand as recorded"):
        call_command("verify")


def test_words_that_no_report_prints_are_found() -> None:
    statement = AttestationFactory().statement
    Statement.objects.filter(pk=statement.pk).update(text="Nobody printed this.")

    (finding,) = verify(files=False).findings

    assert finding == f"statement {statement.public_id}: none of its reports prints these words"


def test_words_that_somebody_wrote_are_found_unless_a_report_prints_them() -> None:
    report = AttestationFactory(statement__text="We keep to the text alone,")
    editor = UserFactory()
    for printed in ("We keep  to the text", "keep to\nthe text alone"):
        review.edit(report.statement, by=editor, text=printed)
        assert verify(files=False).findings == ()

    Statement.objects.update(text="We keep to the invented text")

    (finding,) = verify(files=False).findings
    assert finding.endswith("none of its reports prints these words")


def test_a_summary_is_an_editors_where_a_report_is_one() -> None:
    snapshot = GivenSnapshotFactory(
        text="She promised much. grain ships", origin=Snapshot.Origin.REFERENCE
    )
    Reference.objects.create(
        snapshot=snapshot, summary="She promised much.", fragments=["grain ships"]
    )
    report = AttestationFactory(
        snapshot=snapshot, mode="summary", start=0, end=30, words=snapshot.text,
        spans=[[19, 30]], statement__text="She promised a lot.", statement__summarised=True,
    )  # fmt: skip
    assert verify(files=False).findings == ()

    review.edit(report.statement, by=UserFactory(), text="grain ships", summarised=False)
    assert verify(files=False).findings == ()
    Statement.objects.update(text="She promised much.")
    assert len(verify(files=False).findings) == 1


def test_evidence_that_does_not_stand_where_it_was_found_is_found() -> None:
    snapshot = SnapshotFactory()
    words = snapshot.text[3:9]
    position = PositionFactory(snapshot=snapshot, spans=[[3, 9]], evidence=f"{words} · pact")
    assert not any("evidence" in finding for finding in verify(files=False).findings)

    position.spans = [[4, 10]]
    position.save()

    findings = [one for one in verify(files=False).findings if "evidence" in one]
    assert len(findings) == 1
    assert f"position {position.pk}" in findings[0]


def test_a_day_after_all_reports_is_refused_and_found() -> None:
    report = AttestationFactory(snapshot__published_on=date(2024, 6, 28))
    statement, editor = report.statement, UserFactory()
    again = AttestationFactory(
        statement=statement,
        snapshot__published_on=date(2024, 6, 30),
        snapshot__text=PRINTED_TOO,
    )
    review.edit(statement, by=editor, said_on=date(2024, 7, 1))  # another zone's day
    with pytest.raises(review.ReviewError, match="It was printed on 28 June 2024 already"):
        review.edit(statement, by=editor, said_on=date(2024, 7, 2))
    review.edit(statement, by=editor, said_on=date(2024, 6, 1), said_on_precision="month")
    assert verify(files=False).findings == ()

    Statement.objects.update(said_on=date(2025, 1, 15), said_on_precision="day")

    (finding,) = verify(files=False).findings
    assert finding == (
        f"statement {statement.public_id}: its day, 15 January 2025, lies after the reports of "
        "it, the first of 28 June 2024"
    )
    Statement.objects.update(status="proposed", published_at=None)
    with pytest.raises(review.ReviewError, match="printed on 28 June 2024 already"):
        review.publish(statement, by=editor)

    # What a page had changed may be younger than its day; it was fetched today.
    SnapshotFactory(article=again.snapshot.article, text="Before.", pk=again.snapshot_id - 999)
    review.publish(statement, by=editor)
    assert verify(files=False).findings == ()


def test_a_page_that_says_it_was_changed_may_print_what_was_said_meanwhile() -> None:
    changed = {"event": "modified", "day": "2024-07-05"}
    report = AttestationFactory(
        snapshot__published_on=date(2024, 6, 28), snapshot__dates=[changed]
    )
    editor = UserFactory()
    with pytest.raises(review.ReviewError, match="printed on 5 July 2024 already"):
        review.edit(report.statement, by=editor, said_on=date(2024, 7, 7))
    review.edit(report.statement, by=editor, said_on=date(2024, 7, 5))
