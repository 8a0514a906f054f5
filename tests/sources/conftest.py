"""Fixtures of the sources' tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sources import jobs
from sources.models import Feed, Job
from sources.polling import poll_now
from tests.factories import FeedFactory
from tests.sources.pages import Site, site
from tests.sources.stores import bucket, s3

__all__ = ["bucket", "s3", "site"]

OWN_KINDS = (Job.Kind.POLL, Job.Kind.CAPTURE, Job.Kind.READ)


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path) -> None:
    """Let each test have a snapshot store of its own."""
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"  # type: ignore[attr-defined]


def run_all() -> None:
    """Do every due job of this room, as workers would."""
    for _ in range(30):
        due = Job.objects.due().filter(kind__in=OWN_KINDS)
        if not due:
            return
        for job in due:
            jobs.run(job.pk)
    raise AssertionError("the work does not end")


@pytest.fixture
def polled(site: Site) -> Callable[..., Feed]:
    """Have `/feed` of the site looked at, as a new feed or once more, and all its work done."""

    def poll(feed: Feed | None = None, **values: Any) -> Feed:
        if feed is None:
            feed = FeedFactory(url=site.url("/feed"), **values)
        poll_now(feed)
        run_all()
        feed.refresh_from_db()
        return feed

    return poll


@pytest.fixture
def done(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Handle jobs of the test module's `KIND` by noting their subject."""
    subjects: list[int] = []

    def handler(subject: int, lease: jobs.Lease) -> None:
        with lease.done("noted"):
            subjects.append(subject)

    monkeypatch.setitem(jobs._HANDLERS, request.module.KIND, handler)
    return subjects
