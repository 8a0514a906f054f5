"""A worker that is killed at any moment loses nothing and does nothing twice."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from sources import jobs, sweeping
from sources.models import Article, Job, Snapshot
from sources.polling import poll_now
from statements.attribution import attribute
from statements.gazetteer import register_from_database
from statements.models import Attestation, Statement
from statements.verification import verify
from tests.factories import FeedFactory, UserFactory
from tests.sources.pages import Site, site

__all__ = ["site"]

KILLS = 20
ARTICLES = 40
SEED = 20240619
ROOT = Path(__file__).resolve().parents[2]


def start_worker(address: str, store: Path) -> "subprocess.Popen[bytes]":
    """A real prefork worker against this test's database, broker and site."""
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}",
        "REDIS_URL": settings.CELERY_BROKER_URL,
        "DEMARCHE_FETCH_ALLOWED_PRIVATE": address,
        "DEMARCHE_SNAPSHOTS": str(store),
        "DEMARCHE_JOB_LEASE_SECONDS": "2",
    }
    argv = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker"]
    argv += [
        "--concurrency",
        "2",
        "--loglevel",
        "ERROR",
        "--without-gossip",
        "--without-mingle",
    ]
    return subprocess.Popen(
        argv, cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def kill(worker: "subprocess.Popen[bytes]") -> None:
    """Kill the worker and its children at once, as a power cut would."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def open_jobs() -> int:
    """Accepted work that is not finished, however far away it is put off, but for later looks."""
    return Job.objects.open().exclude(key__contains=":recheck:").count()


@pytest.mark.django_db(transaction=True)
def test_twenty_kills_lose_nothing(
    site: Site, settings: object, tmp_path: Path, servers: None
) -> None:
    chance = random.Random(SEED)
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"  # type: ignore[attr-defined]
    settings.JOB_LEASE_SECONDS = 2  # type: ignore[attr-defined]
    names = [f"/story/{number}" for number in range(ARTICLES)]
    for number, name in enumerate(names):
        lines = [
            f"Minister Ada Example said that point {number}.{line} of the invented pact would stay."
            for line in range(12)
        ]
        site.html(name, f"Story {number}", *lines)
    site.rss("/feed", *((name, name, name) for name in names))
    feed = FeedFactory(url=site.url("/feed"))
    poll_now(feed)

    kills = 0
    until = time.monotonic() + 240
    worker = start_worker(site.address, tmp_path / "snapshots")
    try:
        while (open_jobs() or kills < KILLS) and time.monotonic() < until:
            if kills < KILLS:
                time.sleep(chance.uniform(0.9, 3.2))
                kill(worker)
                kills += 1
                if not open_jobs():
                    # Give the next kill something to hit.
                    poll_now(feed)
                    feed.refresh_from_db()
                worker = start_worker(site.address, tmp_path / "snapshots")
            else:
                time.sleep(0.3)
                if worker.poll() is not None:  # it found itself deaf; the supervisor's part
                    worker = start_worker(site.address, tmp_path / "snapshots")
            sweeping.sweep()
    finally:
        kill(worker)

    assert kills == KILLS
    unfinished = list(
        Job.objects.open().values_list("kind", "state", "reason_text", "not_before")
    )
    assert open_jobs() == 0, unfinished[:5]
    for job in Job.objects.filter(state__in=Job.EXPLAINED):
        # Three kills over one job end it; that is explained, and a retry gets it done.
        assert job.reason_code == "worker-died"
        assert jobs.retry(job, UserFactory())
    for _ in range(6):
        for job in Job.objects.due():
            jobs.run(job.pk)

    assert open_jobs() == 0
    assert Job.objects.open().count() == ARTICLES  # the next look at each
    assert Article.objects.count() == ARTICLES
    assert Snapshot.objects.read().count() == Snapshot.objects.count() == ARTICLES
    register = register_from_database()
    expected = sum(
        len(attribute(s.text, published_on=s.published_on, register=register))
        for s in Snapshot.objects.all()
    )
    assert Attestation.objects.count() == expected
    assert Statement.objects.count() == ARTICLES * 12
    assert verify().findings == ()
