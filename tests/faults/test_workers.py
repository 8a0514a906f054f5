"""F1, F2, F10, F11, F12: workers that die, are told to stop, freeze, are poisoned or grow."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Now

from sources import jobs, polling, sweeping, verdicts
from sources.models import Article, Job, Snapshot
from tests.faults import points
from tests.faults.lives import LEASE_SECONDS, ended, living
from tests.faults.load import Load, ended_badly, unfinished, wait_for
from tests.faults.workers import worker

pytestmark = pytest.mark.django_db(transaction=True)


def done() -> bool:
    return not unfinished()


# ------------------------------------------------------------------ F1, F2


def test_a_real_worker_loses_its_child_at_eight_points_and_goes_on(
    load: Load, tmp_path: Path
) -> None:
    # Points of its children alone: the worker itself sends hints and sweeps.
    names = (
        "poll: entries half taken", "capture: turn with the host taken", "store: bytes on disk",
        "capture: before commit", "read: claimed", "read: text written",
        "attribute: half recorded", "attribute: after commit",
    )  # fmt: skip
    marks = tmp_path / "marks"
    marks.mkdir()
    for _ in range(8):
        load.feed(articles=3)

    with worker(*names, marks=marks):
        polling.tick()
        wait_for("everything is done", done, 90)

    reached = {path.name for path in marks.iterdir()}
    assert reached == {points.file_name(name) for name in names}
    load.assert_done_once()


def test_workers_that_are_told_to_stop_let_go_of_their_work(load: Load) -> None:
    for _ in range(8):
        load.feed(articles=10)
    long = "300"  # whoever waited for a lease to run out would be noticed
    # However quick the machine is, the pages of a host come one after the other.
    gap = "0.5"
    with (
        worker(DEMARCHE_JOB_LEASE_SECONDS=long, DEMARCHE_PRIVATE_GAP_SECONDS=gap) as one,
        worker(DEMARCHE_JOB_LEASE_SECONDS=long, DEMARCHE_PRIVATE_GAP_SECONDS=gap) as two,
    ):
        polling.tick()
        wait_for("work is in full flow", lambda: Snapshot.objects.read().count() > 5, 60)
        began = time.monotonic()
        for program in (one, two):
            program.terminate()
        codes = [program.wait(60) for program in (one, two)]
        drained = time.monotonic() - began

    assert codes == [0, 0]
    assert not Job.objects.filter(state=Job.State.LEASED).exists()
    assert unfinished(), "there was nothing left to let go of"
    # A child goes on for as long as one hint keeps it at work, and finishes its job.
    assert drained < jobs.WORK_SECONDS + 15
    print(f"drained in {drained:.1f} s")

    with worker(DEMARCHE_JOB_LEASE_SECONDS=long):
        wait_for("everything is done", done, 90)
    load.assert_done_once()


# ------------------------------------------------------------------ F10


@pytest.mark.parametrize(
    "point",
    [
        "poll: fetched",
        "capture: answered",
        "store: kept",
        "read: bytes loaded",
        "attribute: found",
    ],
)
def test_a_worker_that_slept_past_its_lease_changes_nothing(
    load: Load, tmp_path: Path, point: str
) -> None:
    load.feed(articles=1)
    mark = tmp_path / "mark"
    # The lease is let run out by hand: renewal sleeps too.
    with living(steps=("tick", "work"), point=point, mark=mark, stalls=True) as sleeper:
        wait_for("the worker sleeps", mark.exists)
        wait_for("its lease has run out", _abandoned, LEASE_SECONDS + 10)
        assert ended(steps=("sweep", "work"), seconds=10) == 0
        assert done()
        before = _rows()
        assert sleeper.pid is not None
        os.kill(sleeper.pid, signal.SIGCONT)
        sleeper.join(30)
        assert sleeper.exitcode == 0

    assert _rows() == before
    load.assert_done_once()


@pytest.mark.parametrize(
    "point", ["capture: before commit", "read: parsed", "attribute: before commit"]
)
def test_a_worker_that_froze_in_a_transaction_holds_up_nobody(
    load: Load, tmp_path: Path, point: str
) -> None:
    load.feed(articles=1)
    mark = tmp_path / "mark"
    with living(steps=("tick", "work"), point=point, mark=mark, stalls=True) as sleeper:
        wait_for("the worker sleeps", mark.exists)
        load.feed(articles=1)
        began = time.monotonic()
        # Its row and the right to write statements are locked until the database ends it.
        while not done() and time.monotonic() - began < 30:
            assert ended(steps=("tick", "sweep", "work"), seconds=2) == 0
        assert done()
        assert sleeper.pid is not None
        os.kill(sleeper.pid, signal.SIGCONT)
        sleeper.join(30)

    load.assert_done_once()


def test_the_sweep_passes_over_work_that_is_being_committed() -> None:
    for key in ("slow", "silent"):
        jobs.accept(Job.Kind.READ, key, 0)
    slow, silent = jobs.claim_next(), jobs.claim_next()
    assert slow is not None
    assert silent is not None
    Job.objects.update(lease_until="2020-01-01T00:00:00Z")
    begun, swept = threading.Event(), threading.Event()

    def commit_slowly() -> None:
        try:
            with slow.done("at last"):
                begun.set()
                swept.wait(20)
        finally:
            connection.close()

    def sweep() -> None:
        try:
            sweeping.sweep()
            swept.set()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        committing = pool.submit(commit_slowly)
        assert begun.wait(10)
        pool.submit(sweep).result(15)
        committing.result(30)

    states = dict(Job.objects.values_list("key", "state"))
    assert states == {slow.job.key: Job.State.DONE, silent.job.key: Job.State.QUEUED}


def test_the_database_ends_transactions_that_stand_idle_for_a_lease() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("2min",)


def _abandoned() -> bool:
    return Job.objects.filter(state=Job.State.LEASED, lease_until__lt=Now()).exists()


def _rows() -> dict[str, object]:
    """Every row of the tables that work writes to, by the transaction that wrote it last."""
    tables = [
        "sources_article", "sources_snapshot", "sources_visit", "sources_job", "sources_feed",
        "statements_statement", "statements_attestation",
    ]  # fmt: skip
    rows: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT id, xmin::text FROM {table} ORDER BY id")
            rows[table] = cursor.fetchall()
    return rows


# ------------------------------------------------------------------ F11


def test_a_page_that_kills_its_worker_ends_and_others_flow(load: Load) -> None:
    poisoned = load.sites[0].html("/poison", "Poison", *["A page of invented poison."] * 9)
    load.article()  # counted, though it is none
    load.articles -= 1
    feed = load.feed(articles=2, site=load.sites[0])
    paths = [url for url in load.sites[0].pages if url.startswith("/story")]
    load.sites[0].rss("/feed/0", *((path, path, path) for path in [*paths, "/poison"]))
    load.feed(articles=3)

    with worker(FAULT_POISON="invented poison"):
        polling.tick()
        wait_for("everything is done or explained", done, 90)

    assert ended_badly() == {"worker-died": 1}
    dead = Job.objects.get(state=Job.State.DEAD)
    assert dead.crashes == verdicts.MOST_CRASHES
    assert Snapshot.objects.get(pk=dead.subject).article.url == poisoned
    assert Article.objects.count() == Snapshot.objects.read().count() + 1
    assert feed.polls == 0


# ------------------------------------------------------------------ F12


def test_a_worker_does_not_grow_with_its_work(load: Load, tmp_path: Path) -> None:
    for _ in range(8):
        load.feed(articles=12)
    notes = tmp_path / "memory"

    code = ended(steps=("tick", "work"), seconds=120, notes=notes, within=150)

    assert code == 0
    assert done()
    sizes = [int(line) for line in notes.read_text().split()]
    assert len(sizes) > 290
    warm = len(sizes) // 3
    grown = sizes[-1] - sizes[warm]
    print(f"{len(sizes)} jobs: {sizes[0]} KiB, {sizes[warm]} KiB, {sizes[-1]} KiB")
    assert grown < 8 * 1024, f"{grown} KiB over the last {len(sizes) - warm} jobs"
