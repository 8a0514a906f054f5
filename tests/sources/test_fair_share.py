"""Which job is done next: what can be done now, most urgent first, no source before the others."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from sources import hints, jobs, sweeping
from sources.models import HostState, Job

KIND = Job.Kind.CAPTURE


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many hints were sent, each time some were."""
    counts: list[int] = []

    def send(count: int = 1) -> bool:
        counts.append(count)
        return True

    monkeypatch.setattr(hints, "send", send)
    return counts


def rest(host: str, seconds: float) -> None:
    HostState.objects.update_or_create(
        host=host, defaults={"next_allowed_at": Now() + timedelta(seconds=seconds)}
    )


@pytest.mark.django_db
def test_what_is_urgent_goes_first_and_then_what_is_due_longest(
    done: list[int], sent: list[int]
) -> None:
    for subject, priority in ((1, 0), (2, 2), (3, 1), (4, 2)):
        jobs.accept(KIND, f"job {subject}", subject, priority=priority)

    assert jobs.work() == 4

    assert done == [2, 4, 3, 1]


@pytest.mark.django_db
def test_work_for_a_host_that_rests_holds_up_nobody(done: list[int], sent: list[int]) -> None:
    rest("flood.example", 3600)
    for number in range(50):
        jobs.accept(KIND, f"flood {number}", number, host="flood.example", priority=2)
    jobs.accept(KIND, "other", 1000, host="other.example")

    assert jobs.work() == 1

    assert done == [1000]
    assert not Job.objects.exclude(host="flood.example").due().exists()


@pytest.mark.django_db
def test_a_host_is_asked_for_one_job_at_a_time() -> None:
    for number in range(2):
        jobs.accept(KIND, f"job {number}", number, host="one.example")

    assert jobs.claim_next() is not None
    assert jobs.claim_next() is None


@pytest.mark.django_db
def test_a_worker_waits_for_a_turn_that_is_near(done: list[int], sent: list[int]) -> None:
    rest("soon.example", 0.6)
    jobs.accept(KIND, "soon", 1, host="soon.example")

    began = time.monotonic()
    assert jobs.work() == 1

    assert 0.3 < time.monotonic() - began < 3


@pytest.mark.django_db
def test_a_worker_does_not_wait_for_a_turn_that_is_far(
    done: list[int], sent: list[int]
) -> None:
    rest("later.example", 60)
    jobs.accept(KIND, "later", 1, host="later.example")

    began = time.monotonic()
    assert jobs.work() == 0

    assert time.monotonic() - began < 1


@pytest.mark.django_db
def test_a_worker_that_stops_for_now_hints_at_what_is_left(
    done: list[int], sent: list[int]
) -> None:
    for number in range(3):
        jobs.accept(KIND, f"job {number}", number)

    jobs.work(seconds=0)

    assert (done, sent) == ([], [1])


@pytest.mark.django_db(transaction=True)
def test_one_transaction_sends_its_hints_at_once_and_a_lost_one_none(sent: list[int]) -> None:
    with transaction.atomic():
        for number in range(30):
            jobs.accept(KIND, f"job {number}", number)
        assert sent == []
    assert sent == [30]

    with transaction.atomic():
        jobs.accept(KIND, "lost", 99)
        transaction.set_rollback(True)
    jobs.accept(KIND, "kept", 100)
    assert sent == [30, 1]


@pytest.mark.django_db(transaction=True)
def test_many_workers_take_every_job_once(done: list[int], sent: list[int]) -> None:
    for number in range(60):
        jobs.accept(KIND, f"job {number}", number, host=f"host{number % 7}.example")

    def work() -> None:
        try:
            jobs.work()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == list(range(60))
    assert not Job.objects.exclude(attempts=1).exists()


@pytest.mark.django_db
def test_the_sweep_wakes_nobody_for_work_that_cannot_be_done(sent: list[int]) -> None:
    rest("resting.example", 3600)
    jobs.accept(KIND, "resting", 1, host="resting.example")
    sent.clear()

    assert sweeping.sweep() == 0

    assert sent == []
    jobs.accept(KIND, "free", 2, host="free.example")
    assert sweeping.sweep() == 1


@pytest.mark.django_db
def test_without_room_nothing_is_captured_but_one_that_tries(
    done: list[int], sent: list[int]
) -> None:
    waiting, _ = jobs.accept(KIND, "no room", 1)
    Job.objects.update(
        state=Job.State.WAITING, reason_code="disk", not_before=Now() + timedelta(minutes=1)
    )
    jobs.accept(KIND, "other", 2)

    assert jobs.work() == 0

    Job.objects.filter(pk=waiting.pk).update(not_before=Now())
    assert jobs.work() == 2
