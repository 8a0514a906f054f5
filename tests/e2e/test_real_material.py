"""Real pages over real HTTP and real official documents as files: all end done or explained."""

import gzip
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from sources import jobs
from sources.by_hand import accept_text, accept_url
from sources.models import Article, Job, Snapshot
from statements.models import Attestation
from statements.register_files import read_files
from statements.register_loading import load
from statements.verification import verify
from tests.factories import SourceFactory
from tests.sources.pages import Page, Site, site

__all__ = ["site"]


def do_all_work() -> None:
    """Do every due job through the very functions that workers call."""
    for _ in range(10):
        due = list(Job.objects.due().order_by("-priority", "pk"))
        if not due:
            return
        for job in due:
            jobs.run(job.pk)


@pytest.mark.django_db
@pytest.mark.usefixtures("guarded_history")
def test_real_pages_and_documents_end_done_or_explained(
    site: Site, shared: Path, settings: object, tmp_path: Path
) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"  # type: ignore[attr-defined]
    load(read_files())
    folder = shared / "corpora" / "pages-dev"
    source = SourceFactory()
    accepted = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        path = quote(gold["url"], safe="/%?=&+,;:@!()*'~$")
        body = gzip.decompress((folder / gold["file"]).read_bytes())
        site.pages[path] = Page(body, gold["content_type"])
        accepted.append(accept_url(site.url(path), source=source))
    for document in sorted((shared / "corpora" / "whitehouse").glob("2*.md")):
        accepted.append(accept_text(document.read_bytes(), "text/markdown", source=source))

    do_all_work()

    assert all(a.created for a in accepted)
    assert Article.objects.count() == len(accepted) == 39 + 47
    assert Snapshot.objects.read().count() == Snapshot.objects.count()
    unexplained = Job.objects.exclude(state=Job.State.DONE).filter(
        reason_code="", attempts__gt=0
    )
    assert not unexplained.exists()
    refused = Job.objects.filter(state__in=[*Job.EXPLAINED, Job.State.WAITING], attempts__gt=0)
    assert [job.reason_text for job in refused] == []
    assert Attestation.objects.count() > 1500
    assert verify().findings == ()
