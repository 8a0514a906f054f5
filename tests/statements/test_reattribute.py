"""A new version of the attribution reads again what earlier ones have read."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from sources import jobs
from sources.models import Job
from statements.models import Statement
from tests.factories import SnapshotFactory

pytestmark = pytest.mark.django_db

TEXT = "“We keep to the text of the invented pact alone,” Ada Example said.\n"


def reattribute(*options: str) -> int:
    """Run the command and the work that it accepts; return how many texts were read."""
    call_command("reattribute", *options)
    due = list(Job.objects.due().filter(kind=Job.Kind.ATTRIBUTE))
    for job in due:
        jobs.run(job.pk)
    return len(due)


def test_each_version_reads_each_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = SnapshotFactory(text=TEXT, published_on=date(2025, 1, 2))
    SnapshotFactory(text=TEXT, article=first.article, reader="another reader")

    assert reattribute() == 1
    assert reattribute() == 0
    assert Statement.objects.get().attestations.count() == 1

    monkeypatch.setitem(jobs._VERSIONS, Job.Kind.ATTRIBUTE, "another version")
    assert reattribute() == 1
    assert Statement.objects.get().attestations.count() == 1


def test_all_texts_of_one_source_are_read_once_more_on_demand() -> None:
    one, other = SnapshotFactory(text=TEXT), SnapshotFactory(text=TEXT)
    reattribute()

    assert reattribute("--all") == 2
    Job.objects.filter(kind=Job.Kind.ATTRIBUTE).delete()
    assert reattribute("--source", one.article.source.slug) == 1
    assert other.article.source != one.article.source


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(CommandError, match="No source has this slug"):
        call_command("reattribute", "--source", "nowhere")
