"""F7: workers whose clocks are wrong by a day, forward and back."""

import re
import time
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from sources import jobs, polling
from sources.models import Feed, Job, Snapshot
from tests.faults.load import Load, unfinished, wait_for
from tests.faults.workers import ROOT, running

DAY = 86_400
ARGV = ["--quiet", "--app", "tests.faults.celery_app", "worker", "--concurrency", "1"]
ARGV += ["--loglevel", "ERROR", "--without-gossip", "--without-mingle"]


@pytest.mark.django_db(transaction=True)
def test_workers_with_wrong_clocks_take_nothing_before_its_time(load: Load) -> None:
    settings_lease = {"DEMARCHE_JOB_LEASE_SECONDS": "30"}
    for _ in range(4):
        load.feed(articles=2)
    later = load.feed()
    Feed.objects.filter(pk=later.pk).update(next_poll_at="2200-01-01T00:00:00Z")
    tomorrow, _ = jobs.accept(Job.Kind.READ, "tomorrow", 0, delay=3 * 3600.0)
    held, _ = jobs.accept(Job.Kind.READ, "held", 0)
    lease = jobs.claim(held.pk)
    assert lease is not None
    lease.mine().update(lease_until=Now() + timedelta(minutes=5))

    def ours() -> list[tuple[str, str, str]]:
        return [job for job in unfinished() if job[0] not in {"tomorrow", "held"}]

    with (
        running(
            "tests.faults.shifted", *ARGV, "-n", "ahead", FAULT_CLOCK=str(DAY), **settings_lease
        ),
        running(
            "tests.faults.shifted",
            *ARGV,
            "-n",
            "behind",
            FAULT_CLOCK=str(-DAY),
            **settings_lease,
        ),
    ):
        polling.tick()
        wait_for("everything that is due is done", lambda: not ours(), 90)
        time.sleep(3)  # for some more sweeps of both

    tomorrow.refresh_from_db()
    held.refresh_from_db()
    assert (tomorrow.state, tomorrow.attempts) == (Job.State.QUEUED, 0)
    assert (held.state, held.lease_token, held.crashes) == (Job.State.LEASED, lease.token, 0)
    assert [feed.polls for feed in Feed.objects.order_by("pk")] == [1, 1, 1, 1, 0]
    assert Snapshot.objects.read().count() == 8
    assert not Snapshot.objects.filter(published_on__isnull=False).exists()
    assert (
        Job.objects.filter(kind="capture", key__contains=":recheck:", attempts=0).count() == 8
    )


def test_whatever_decides_whose_turn_it_is_asks_only_the_database_for_the_time() -> None:
    clocks = re.compile(
        r"\btimezone\.now\(|\bdatetime\.(?:now|utcnow)\(|\btime\.time\(|\.today\("
    )
    names = "jobs polling capturing watch tasks hints models/jobs models/outlets fetching/hosts"
    for name in names.split():
        path = ROOT / "sources" / f"{name}.py"
        assert not clocks.search(path.read_text(encoding="utf-8")), path
