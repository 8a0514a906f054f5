"""Accept, claim, finish and retry work. PostgreSQL owns it; messages are only hints.

A job is claimed with a lease and a fencing token by the database's clock. Its effects and
`done` commit together or not at all, so work may be started twice and is finished once.
"""

import logging
import os
import random
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import kombu.pools
from celery import current_app
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerError

from sources.feeds import FeedError
from sources.fetching import FetchError, HostBusy, NotAllowed, TemporaryFetchError
from sources.models import Job
from sources.reasons import sentence
from sources.store import SnapshotDamaged
from sources.text import PageError

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
MOST_CRASHES = 3
_MOST_PERMANENT_ATTEMPTS = 2
_FIRST_WAIT, _LONGEST_WAIT = 60.0, 24 * 3600.0  # seconds
_HINT_AGAIN = timedelta(seconds=30)
_HINTS_AT_ONCE = 200
# A broker that refuses or stays silent must not hold up whoever accepts work.
_BROKER_PATIENCE = {"max_retries": 0, "socket_timeout": 2.0, "socket_connect_timeout": 2.0}
_BROKER_PAUSE = 5.0  # seconds in which nothing more is sent after a failure
# Any number will do, as long as nothing else in the program locks it.
_SWEEPING = 7_240_620


class LeaseLost(Exception):
    """Somebody else has taken the job; nothing of this attempt was written."""


@dataclass
class Outcome:
    """What a finished job says about itself."""

    result: str = ""


@dataclass(frozen=True)
class Lease:
    """The right to finish one job. Each way to finish it needs the token still to be ours."""

    job: Job
    token: uuid.UUID
    stopped: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def done(self, result: str = "") -> Iterator[Outcome]:
        """Commit the effects written in the block together with `done`.

        Raises `LeaseLost`, and nothing is written, when the lease was taken meanwhile.
        """
        outcome = Outcome(result)
        with transaction.atomic():
            # Locked first: whoever takes the lease over waits for us, or we lose here.
            if not self._mine().select_for_update().exists():
                raise LeaseLost(str(self.job))
            yield outcome
            result = outcome.result[:200]
            self._close(Job.State.DONE, result=result, reason_code="", reason_text="")

    def rejected(self, code: str, text: str = "") -> None:
        """It is not usable, and trying again does not help."""
        self._end(Job.State.REJECTED, code, text)

    def blocked(self, code: str, text: str = "") -> None:
        """It may not be done."""
        self._end(Job.State.BLOCKED, code, text)

    def dead(self, code: str, text: str = "") -> None:
        """It was tried as often as makes sense."""
        self._end(Job.State.DEAD, code, text)

    def retry(self, code: str, text: str = "", wait: float | None = None) -> None:
        """Try again later: after `wait` seconds, or twice as long as last time."""
        attempts = self.job.attempts
        if wait is None:
            longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** max(attempts - 1, 0))
            wait = longest * random.uniform(0.5, 1.5)
        self._close(
            Job.State.WAITING,
            reason_code=code,
            reason_text=text or sentence(code),
            not_before=Now() + timedelta(seconds=wait),
        )

    def postponed(self, code: str, text: str, wait: float) -> None:
        """It was not our turn: come back after `wait` seconds; no attempt is counted."""
        self._close(
            Job.State.WAITING,
            attempts=F("attempts") - 1,
            reason_code=code,
            reason_text=text,
            not_before=Now() + timedelta(seconds=wait),
        )

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(
            pk=self.job.pk, state=Job.State.LEASED, lease_token=self.token
        )

    def _end(self, state: Job.State, code: str, text: str) -> None:
        self._close(state, reason_code=code, reason_text=text or sentence(code))

    def _close(self, state: Job.State, **values: object) -> None:
        ended = state != Job.State.WAITING
        changed = self._mine().update(
            state=state,
            lease_token=None,
            lease_until=None,
            finished_at=Now() if ended else None,
            **values,
        )
        if not changed:
            raise LeaseLost(str(self.job))


Handler = Callable[[int, Lease], None]
_HANDLERS: dict[str, Handler] = {}
_VERSIONS: dict[str, str] = {}


def handles(kind: Job.Kind, version: str = "") -> Callable[[Handler], Handler]:
    """Name the function that does jobs of this kind. It is given the subject and the lease.

    `version` names how it does them, for work that a new version does anew.
    """

    def register(handler: Handler) -> Handler:
        _HANDLERS[kind] = handler
        _VERSIONS[kind] = version
        return handler

    return register


def version_of(kind: Job.Kind) -> str:
    """How jobs of this kind are done at present."""
    return _VERSIONS.get(kind, "")


def accept(
    kind: Job.Kind,
    key: str,
    subject: int,
    *,
    priority: int = 0,
    delay: float = 0,
) -> tuple[Job, bool]:
    """Accept work in the current transaction; return its row and whether it is new.

    The same `key` is the same work, whoever accepts it and how often. `delay` is in seconds.
    A hint is sent when the transaction commits; losing it only costs time.
    """
    later = {"not_before": Now() + timedelta(seconds=delay)} if delay else {}
    job, created = Job.objects.get_or_create(
        key=key, defaults={"kind": kind, "subject": subject, "priority": priority, **later}
    )
    if created and not delay:
        transaction.on_commit(lambda: hint(job.pk))
    return job, created


def hint(job_id: int) -> bool:
    """Tell the workers that a job is due. False when the broker is not there: the sweep tells.

    Takes a few seconds at most, and no time at all just after the broker has failed.
    """
    if time.monotonic() < _broker.silent_until:
        return False
    try:
        to_broker = current_app.connection_for_write(transport_options=_BROKER_PATIENCE)
        with kombu.pools.producers[to_broker].acquire(block=True) as producer:
            current_app.send_task("sources.tasks.run_job", (job_id,), producer=producer)
    except (BrokerError, OSError) as error:
        _broker.silent_until = time.monotonic() + _BROKER_PAUSE
        log.warning("no broker to hint job %s: %s", job_id, error)
        return False
    Job.objects.filter(pk=job_id).update(hinted_at=Now())
    return True


@dataclass
class _Broker:
    """What this process knows of the broker; `silent_until` is on the monotonic clock."""

    silent_until: float = 0.0


_broker = _Broker()


def claim(job_id: int) -> Lease | None:
    """Take a due job; None when it is not due, or somebody else was quicker."""
    token = uuid.uuid4()
    taken = (
        Job.objects.due()
        .filter(pk=job_id)
        .update(
            state=Job.State.LEASED,
            attempts=F("attempts") + 1,
            lease_token=token,
            lease_until=Now() + _lease(),
            lease_owner=f"{socket.gethostname()}:{os.getpid()}"[:100],
        )
    )
    return Lease(Job.objects.get(pk=job_id), token) if taken else None


def run(job_id: int) -> Job | None:
    """Claim a job and do it; every way it can end is written on its row.

    Returns the job as it stands afterwards, or None when it was not ours to do.
    """
    lease = claim(job_id)
    if lease is None:
        return None
    with _kept_alive(lease):
        try:
            _handler(lease.job)(lease.job.subject, lease)
        except LeaseLost:
            log.warning("lost the lease of %s", lease.job)
        except Exception as error:  # noqa: BLE001 - whatever it is, the row says so
            _explain(lease, error)
    return Job.objects.get(pk=job_id)


def _handler(job: Job) -> Handler:
    return _HANDLERS[job.kind]


def _explain(lease: Lease, error: Exception) -> None:
    """Write on the job's row why its handler raised, and whether it is tried again."""
    attempts = lease.job.attempts
    if not connection.in_atomic_block:
        # When it was the connection that broke, the row is written through a fresh one.
        connection.close_if_unusable_or_obsolete()
    try:
        match error:
            case HostBusy():
                lease.postponed(error.code, str(error), error.retry_after or 2.0)
            case NotAllowed():
                lease.blocked(error.code, str(error))
            case TemporaryFetchError() if attempts < MOST_ATTEMPTS:
                lease.retry(error.code, str(error), error.retry_after)
            case FetchError() if attempts < _MOST_PERMANENT_ATTEMPTS and error.code not in {
                "gone",
                "too-large",
            }:
                lease.retry(error.code, str(error))
            case FetchError():
                lease.dead(error.code, str(error))
            case FeedError() | PageError():
                lease.rejected(error.code, str(error))
            case SnapshotDamaged():
                lease.dead("snapshot-damaged", str(error))
            case OSError():
                lease.retry("disk", sentence("disk", str(error)))
            case _:
                log.error("%s failed", lease.job, exc_info=error)
                text = sentence("unexpected", f"{type(error).__name__}: {error}"[:300])
                if attempts < MOST_CRASHES:
                    lease.retry("unexpected", text)
                else:
                    lease.dead("unexpected", text)
    except LeaseLost:
        log.warning("lost the lease of %s", lease.job)


@contextmanager
def _kept_alive(lease: Lease) -> Iterator[None]:
    """Renew the lease while the block runs, from a thread of its own."""

    def renew() -> None:
        while not lease.stopped.wait(_lease().total_seconds() / 4):
            try:
                lease._mine().update(lease_until=Now() + _lease())
            except DatabaseError as error:  # it may be back before the lease runs out
                log.warning("cannot renew the lease of %s: %s", lease.job, error)
            finally:
                connection.close()

    thread = threading.Thread(target=renew, name=f"lease of job {lease.job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        lease.stopped.set()
        thread.join(timeout=5)


def _lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def sweep() -> int:
    """Take back jobs whose worker fell silent and hint due ones again; return how many hints.

    One sweep at a time; others return at once. The third crash over a job ends it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SWEEPING])
            row = cursor.fetchone()
        if not row or not row[0]:
            return 0
        _take_back()
        _forget_polls()
        due = list(_unhinted().values_list("pk", flat=True)[:_HINTS_AT_ONCE])
    return sum(hint(job_id) for job_id in due)


def _take_back() -> None:
    released = {"lease_token": None, "lease_until": None, "crashes": F("crashes") + 1}
    abandoned = Job.objects.abandoned()
    abandoned.filter(crashes__gte=MOST_CRASHES - 1).update(
        state=Job.State.DEAD,
        reason_code="worker-died",
        reason_text=sentence("worker-died"),
        finished_at=Now(),
        **released,
    )
    abandoned.update(state=Job.State.QUEUED, hinted_at=None, **released)


def _forget_polls() -> None:
    """Drop polls that ended a day ago: there are thousands a day, and the feed says how it is."""
    ended = Job.objects.filter(kind=Job.Kind.POLL, finished_at__lt=Now() - timedelta(days=1))
    ended.exclude(state__in=Job.OPEN).delete()


def _unhinted() -> QuerySet[Job]:
    """Due jobs that nobody was told of lately, most urgent first."""
    stale = Q(hinted_at__isnull=True) | Q(hinted_at__lt=Now() - _HINT_AGAIN)
    # A retry that has become due was last hinted before it waited.
    stale |= Q(hinted_at__lt=F("not_before"))
    return Job.objects.due().filter(stale).order_by("-priority", "not_before")


def hasten(job: Job) -> None:
    """Let a job that waits for its time be done now, before others."""
    Job.objects.filter(pk=job.pk, state__in=[Job.State.QUEUED, Job.State.WAITING]).update(
        not_before=Now(), priority=2
    )
    transaction.on_commit(lambda: hint(job.pk))


def retry(job: Job, by: User) -> bool:
    """Queue a job again that ended badly, with fresh attempts; False when it is open or done."""
    ended = [*Job.EXPLAINED, Job.State.CANCELLED]
    changed = Job.objects.filter(pk=job.pk, state__in=ended).update(
        state=Job.State.QUEUED,
        attempts=0,
        crashes=0,
        not_before=Now(),
        finished_at=None,
        result=f"retried by {by.get_username()}"[:200],
    )
    if changed:
        transaction.on_commit(lambda: hint(job.pk))
    return bool(changed)


def cancel(job: Job, by: User) -> bool:
    """End an open job; a worker that holds it writes nothing any more."""
    return bool(
        Job.objects.open()
        .filter(pk=job.pk)
        .update(
            state=Job.State.CANCELLED,
            lease_token=None,
            lease_until=None,
            finished_at=Now(),
            reason_code="cancelled",
            reason_text=f"{by.get_username()} cancelled it.",
        )
    )
