"""Who owns work, and what happens when they die."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from sources import jobs, sweeping, verdicts, watch
from sources.apart import NotStarted
from sources.fetching import HostBusy, NotAllowed, TemporaryFetchError
from sources.models import Job
from sources.reasons import REASONS, sentence
from tests.factories import UserFactory

KIND = Job.Kind.READ


def raising(error: Exception) -> jobs.Handler:
    def handler(subject: int, lease: jobs.Lease) -> None:
        raise error

    return handler


@pytest.mark.django_db
def test_the_same_work_accepted_twice_is_done_once(done: list[int]) -> None:
    job, created = jobs.accept(KIND, "once", 7)
    _, again = jobs.accept(KIND, "once", 7)

    jobs.run(job.pk)
    jobs.run(job.pk)

    assert (created, again) == (True, False)
    assert done == [7]


@pytest.mark.django_db
def test_only_one_of_two_workers_gets_a_job() -> None:
    job, _ = jobs.accept(KIND, "one", 1)

    assert jobs.claim(job.pk) is not None
    assert jobs.claim(job.pk) is None


@pytest.mark.django_db
def test_a_stalled_worker_writes_nothing_once_its_lease_was_taken() -> None:
    job, _ = jobs.accept(KIND, "stalled", 1)
    stalled = jobs.claim(job.pk)
    assert stalled is not None
    Job.objects.filter(pk=job.pk).update(lease_until="2020-01-01T00:00:00Z")
    sweeping.sweep()
    assert jobs.claim(job.pk) is not None

    effects = UserFactory._meta.model.objects
    with pytest.raises(jobs.LeaseLost), stalled.done("late"):
        UserFactory(username="late")

    assert not effects.filter(username="late").exists()
    job.refresh_from_db()
    assert (job.state, job.crashes) == (Job.State.LEASED, 1)


@pytest.mark.django_db
def test_the_third_crash_ends_a_job_with_its_reason() -> None:
    job, _ = jobs.accept(KIND, "poison", 1)
    for _ in range(3):
        assert jobs.claim(job.pk) is not None
        Job.objects.update(lease_until="2020-01-01T00:00:00Z")
        sweeping.sweep()

    job.refresh_from_db()
    assert (job.state, job.reason_code, job.crashes) == (Job.State.DEAD, "worker-died", 3)


@pytest.mark.django_db
def test_a_temporary_fault_waits_and_a_forbidden_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = []
    for error in (TemporaryFetchError("server-error"), NotAllowed("robots"), KeyError("oops")):
        monkeypatch.setitem(jobs._HANDLERS, KIND, raising(error))
        job, _ = jobs.accept(KIND, repr(error), 1)
        ended = jobs.run(job.pk)
        assert ended is not None
        ends.append((ended.state, ended.reason_code))

    assert ends == [
        ("waiting", "server-error"),
        ("blocked", "robots"),
        ("waiting", "unexpected"),
    ]


@pytest.mark.django_db
def test_waiting_for_a_host_counts_no_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs._HANDLERS, KIND, raising(HostBusy("host-busy", retry_after=0.0)))
    job, _ = jobs.accept(KIND, "busy", 1)

    for _ in range(20):
        Job.objects.update(not_before=Now())
        jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)


@pytest.mark.django_db
def test_a_reader_that_does_not_start_costs_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has looked at the page: not even the program that was replaced under a worker."""
    monkeypatch.setitem(jobs._HANDLERS, KIND, raising(NotStarted("no memory for it")))
    job, _ = jobs.accept(KIND, "unread", 1)

    for _ in range(2 * verdicts.MOST_ATTEMPTS):
        Job.objects.filter(pk=job.pk).update(not_before="2020-01-01T00:00:00Z")
        jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.reason_code) == (Job.State.WAITING, 0, "reader-away")
    assert "no memory for it" in job.reason_text


@pytest.mark.django_db
def test_attempts_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs._HANDLERS, KIND, raising(TemporaryFetchError("too-slow")))
    job, _ = jobs.accept(KIND, "slow", 1)

    for _ in range(verdicts.MOST_ATTEMPTS):
        Job.objects.update(not_before=Now())
        jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.reason_code) == (Job.State.DEAD, "attempts-spent")
    assert sentence("too-slow") in job.reason_text
    assert "tried again" not in REASONS[job.reason_code].next_step


@pytest.mark.django_db
def test_the_retry_button_gives_fresh_attempts(done: list[int]) -> None:
    job, _ = jobs.accept(KIND, "again", 3)
    Job.objects.update(state="dead", reason_code="worker-died", attempts=8, crashes=3)

    assert jobs.retry(job, UserFactory())
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, done) == (Job.State.DONE, [3])


@pytest.mark.django_db
def test_a_cancelled_job_is_not_done(done: list[int]) -> None:
    job, _ = jobs.accept(KIND, "no", 3)

    assert jobs.cancel(job, UserFactory())
    jobs.run(job.pk)

    assert done == []


@pytest.mark.django_db(transaction=True)
def test_sixteen_workers_accept_one_row() -> None:
    def work(number: int) -> bool:
        try:
            return jobs.accept(KIND, "same", 1)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        created = list(pool.map(work, range(16)))

    assert sum(created) == 1
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_accepting_does_not_need_the_broker(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config import celery_app

    monkeypatch.setattr(celery_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(celery_app, "_pool", None)

    job, created = jobs.accept(KIND, "alone", 1)

    assert created
    assert Job.objects.due().filter(pk=job.pk).exists()


@pytest.mark.django_db
def test_a_worker_that_hears_nothing_of_due_work_knows_it() -> None:
    job, _ = jobs.accept(KIND, "unheard", 1)
    assert not watch.is_deaf()

    Job.objects.update(not_before="2020-01-01T00:00:00Z")
    assert watch.is_deaf()

    assert jobs.claim(job.pk) is not None
    assert not watch.is_deaf()


@pytest.mark.django_db
def test_old_polls_that_ended_are_forgotten_and_nothing_else_is() -> None:
    ended = (Job.State.DONE, Job.State.CANCELLED)
    for kind in Job.Kind:
        for state in ended:
            jobs.accept(kind, f"{kind} {state}", 1)
            Job.objects.filter(key=f"{kind} {state}").update(
                state=state, finished_at="2020-01-01T00:00:00Z"
            )
    lately, _ = jobs.accept(Job.Kind.POLL, "lately", 1)
    Job.objects.filter(pk=lately.pk).update(state=Job.State.DONE, finished_at=timezone.now())
    jobs.accept(Job.Kind.POLL, "open", 1)

    sweeping.sweep()

    left = Job.objects.values_list("kind", "key")
    assert {key for kind, key in left if kind == Job.Kind.POLL} == {"lately", "open"}
    assert left.exclude(kind=Job.Kind.POLL).count() == len(ended) * (len(Job.Kind) - 1)
