"""F6: three schedulers at once, and none at all."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from pytest_django.asserts import assertContains

from sources import polling
from sources.models import Feed, Heartbeat, Job
from tests.faults.load import Load, unfinished, wait_for
from tests.faults.workers import beat, worker

pytestmark = pytest.mark.django_db(transaction=True)

SLOT = 5  # seconds, the shortest interval of a feed


def done() -> bool:
    return not unfinished()


def test_three_ticks_at_the_same_moment_accept_one_poll_of_each_feed(load: Load) -> None:
    for _ in range(5):
        load.feed()
    barrier = threading.Barrier(3)

    def tick(_: int) -> int:
        barrier.wait(10)
        try:
            return polling.tick()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        for slot in range(12):
            # Another interval counts other slots, as if that much time had passed.
            Feed.objects.update(interval=1800 + slot, next_poll_at=Now())
            assert sum(pool.map(tick, range(3))) == 5
            Job.objects.update(state=Job.State.DONE)
            Feed.objects.update(next_poll_at=Now())
            assert sum(pool.map(tick, range(3))) == 0, "a slot was polled twice"

    assert Job.objects.count() == 5 * 12


def test_three_beats_poll_a_feed_once_a_slot(load: Load, tmp_path: Path) -> None:
    feed = load.feed()
    Feed.objects.update(interval=SLOT)
    began = time.monotonic()
    with ExitStack() as stack:
        stack.enter_context(worker())
        for number in range(3):
            stack.enter_context(beat(tmp_path / str(number)))
        ticked = Heartbeat.objects.filter(name="beat")
        wait_for("a tick was heard", ticked.exists, 40)
        wait_for("two polls", lambda: Job.objects.filter(kind="poll").count() >= 2, 40)
        wait_for("everything is done", done, 20)
        polls = Job.objects.filter(kind="poll").count()
        slots = int((time.monotonic() - began) // SLOT) + 1

    asked = load.sites[0].asked.count("/feed/0")
    assert 2 <= polls <= slots
    feed.refresh_from_db()
    assert polls <= asked == feed.polls <= slots


def test_without_a_beat_workers_poll_and_the_page_says_that_it_stopped(
    load: Load, client: Client
) -> None:
    Heartbeat.objects.create(name="beat", beat_at="2020-01-01T00:00:00Z")
    load.feed(articles=2)
    with worker():
        wait_for("a worker took what is due", lambda: Job.objects.exists() and done(), 60)

    load.assert_done_once()
    assertContains(client.get("/status/"), "The schedule has stopped")
