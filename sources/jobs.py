"""Accept, claim, finish and retry work. PostgreSQL owns it; messages are only hints.

A job is claimed with a lease and a fencing token by the database's clock. Its effects and
its end commit together or not at all, so work may be started twice and is finished once.
"""

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import (
    DEFAULT_DB_ALIAS,
    Error,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import DateTimeField, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, Least, Now

from sources import hints
from sources.models import HostState, Job
from sources.models.jobs import ROW_LENGTH, ROW_STEP
from sources.reasons import sentence
from sources.verdicts import Verdict, judge

log = logging.getLogger(__name__)

# How long one hint keeps a worker at work, so that it can be stopped in between, and how long
# it waits for a host's turn instead of giving up. Seconds.
WORK_SECONDS = 5.0
_PATIENCE = 2.5
_AT_ONCE, _LOOK_AGAIN = 0.05, 0.25
# A database that broke off is asked again after these seconds.
_PAUSES = (0.5, 1.0, 2.0, 4.0)


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
        with self._closing():
            yield outcome
            self._close(
                Job.State.DONE, result=outcome.result[:200], reason_code="", reason_text=""
            )

    @contextmanager
    def settled(self, verdict: Verdict) -> Iterator[None]:
        """Commit the effects written in the block together with how the job stands after a fault.

        Raises `LeaseLost`, and nothing is written, when the lease was taken meanwhile.
        """
        values: dict[str, object] = {
            "reason_code": verdict.code,
            "reason_text": verdict.text or sentence(verdict.code),
        }
        if verdict.wait is not None:
            values["not_before"] = later = Now() + timedelta(seconds=verdict.wait)
            left = Greatest(F("turn_at") - later, timedelta())
            values["set_back"] = Least(left, ROW_LENGTH)  # the clock may have gone back
        if not verdict.counts:
            values["attempts"] = F("attempts") - 1
        with self._closing():
            yield
            self._close(verdict.state, **values)

    def settle(self, verdict: Verdict) -> None:
        """Write how the job stands after a fault, without other effects."""
        with self.settled(verdict):
            return

    @contextmanager
    def _closing(self) -> Iterator[None]:
        with transaction.atomic():
            # Locked first: whoever takes the lease over waits for us, or we lose here.
            if not self.mine().select_for_update().exists():
                raise LeaseLost(str(self.job))
            yield

    def mine(self) -> QuerySet[Job]:
        """The job's row as long as it is ours."""
        return Job.objects.filter(
            pk=self.job.pk, state=Job.State.LEASED, lease_token=self.token
        )

    def _close(self, state: Job.State, **values: object) -> None:
        ended = state != Job.State.WAITING
        self.mine().update(
            state=state,
            lease_token=None,
            lease_until=None,
            finished_at=Now() if ended else None,
            **values,
        )


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
    host: str = "",
    source: int | None = None,
) -> tuple[Job, bool]:
    """Accept work in the current transaction; return its row and whether it is new.

    The same `key` is the same work, whoever accepts it and how often. `delay` is in seconds;
    `host` is the host that it will ask, if any (`sources.urls.host_of`). With a `source` it
    stands in the row behind what of that source is queued with the same priority, with room for
    others between.
    A hint is sent when the transaction commits; losing it only costs time.
    """
    row: list[Any] = [ROW_STEP, ROW_LENGTH, source, priority]
    # One statement instead of the four of get_or_create: most work is new.
    new = Job.objects.using(DEFAULT_DB_ALIAS).raw(  # a query that writes, never for a replica
        """
        INSERT INTO sources_job (kind, key, subject, state, priority, host, source_id,
            not_before, set_back, attempts, crashes, lease_owner, reason_code, reason_text,
            result)
        SELECT %s, %s, %s, 'queued', %s, %s, %s, moment,
            (SELECT least(greatest(max(turn_at) + %s - moment, interval '0'), %s)
               FROM sources_job
              WHERE state = 'queued' AND source_id = %s AND priority = %s),
            0, 0, '', '', '', ''
        FROM (SELECT statement_timestamp() + %s * interval '1 second' AS moment) AS accepted
        ON CONFLICT (key) DO NOTHING RETURNING *
        """,
        [kind, key, subject, priority, host, source, *row, delay],
    )
    job = next(iter(new), None)
    if job is None:
        return Job.objects.get(key=key), False
    if not delay:
        hints.on_commit()
    return job, True


def claim(job_id: int) -> Lease | None:
    """Take this job if it is due; None when it is not, or somebody else was quicker."""
    return _taken(*_first(Job.objects.due().filter(pk=job_id)))


def claim_next() -> Lease | None:
    """Take the most urgent job that can be done now; None when there is none.

    Work for a host whose turn it is not is passed over, and sources stand in one row, so no
    source holds up the others however much it brings.
    """
    return _taken(*_next())


@cache
def _next() -> tuple[str, tuple[Any, ...]]:
    """The query for the next job, which is long, always the same, and asked for each job."""
    return _first(Job.objects.claimable().in_turn())


def _first(jobs: QuerySet[Job]) -> tuple[str, tuple[Any, ...]]:
    """The query for the first of some jobs, and its parameters."""
    first: tuple[str, tuple[Any, ...]] = jobs.values("pk")[:1].query.sql_with_params()
    return first


def _taken(first: str, wanted: tuple[Any, ...]) -> Lease | None:
    token = uuid.uuid4()
    # One statement, so that the row is not looked at by two and costs one round trip. It need not
    # wait for the disk: a claim that a crash takes back leaves the job to whoever comes next.
    taken = Job.objects.using(DEFAULT_DB_ALIAS).raw(
        f"""
        UPDATE sources_job SET state = 'leased', attempts = attempts + 1, lease_token = %s,
            lease_owner = %s, lease_until = statement_timestamp() + %s
        FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
        WHERE id = ({first} FOR UPDATE SKIP LOCKED) RETURNING sources_job.*
        """,
        [token, f"{socket.gethostname()}:{os.getpid()}"[:100], _lease(), *wanted],
    )
    job = next(iter(taken), None)
    return Lease(job, token) if job else None


def run(job_id: int) -> Job | None:
    """Claim a job and do it; every way it can end is written on its row.

    Returns the job as it stands afterwards, or None when it was not ours to do.
    """
    lease = claim(job_id)
    if lease is None:
        return None
    _do(lease)
    return Job.objects.get(pk=job_id)


def work(seconds: float = WORK_SECONDS) -> int:
    """Do what is due, one job after the other, for about this long; return how many were done.

    Waits a moment for a host whose turn is near. Ends early when nothing is left to do soon.
    """
    done = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        lease = claim_next()
        if lease is not None:
            with hints.working():
                _do(lease)
            done += 1
            continue
        wait = _seconds_to_next()
        if wait is None:
            return done
        time.sleep(min(max(wait, _AT_ONCE), _LOOK_AGAIN))
    hints.send()  # for whatever is left
    return done


def _seconds_to_next() -> float | None:
    """How long until some job can be done, by the database's clock; None when it is not soon."""
    turn = HostState.objects.filter(host=OuterRef("host")).values("next_allowed_at")
    ready = Greatest("not_before", Coalesce(Subquery(turn[:1]), "not_before"))
    soon = Job.objects.with_room().due(within=timedelta(seconds=_PATIENCE))
    found = soon.aggregate(first=Min(ready, output_field=DateTimeField()), now=Min(Now()))
    first: datetime | None = found["first"]
    if first is None:
        return None
    wait: float = (first - found["now"]).total_seconds()
    return wait if wait < _PATIENCE else None


def _do(lease: Lease) -> None:
    """Do a claimed job; every way it can end is written on its row."""
    with _kept_alive(lease):
        try:
            _HANDLERS[lease.job.kind](lease.job.subject, lease)
        except LeaseLost:
            log.warning("lost the lease of %s", lease.job)
        except Exception as error:  # noqa: BLE001 - whatever it is, the row says so
            _explain(lease, error)


def _explain(lease: Lease, error: Exception) -> None:
    """Write on the job's row why its handler raised, and whether it is tried again."""
    if not connection.in_atomic_block:
        # When it was the connection that broke, the row is written through a fresh one.
        connection.close_if_unusable_or_obsolete()
    verdict = judge(lease.job, error)
    if verdict.code == "unexpected":
        log.error("%s failed", lease.job, exc_info=error)
    try:
        _settle(lease, verdict)
    except LeaseLost:
        log.warning("lost the lease of %s", lease.job)


def _settle(lease: Lease, verdict: Verdict) -> None:
    """Write the verdict; a database that is only being started again is waited for."""
    for pause in _PAUSES:
        try:
            return lease.settle(verdict)
        except OperationalError as error:
            log.warning("cannot say yet how %s ended: %s", lease.job, error)
            connection.close()
            time.sleep(pause)
    lease.settle(verdict)


@contextmanager
def _kept_alive(lease: Lease) -> Iterator[None]:
    """Renew the lease while the block runs, from a thread of its own."""

    def renew() -> None:
        while not lease.stopped.wait(_lease().total_seconds() / 4):
            try:
                lease.mine().update(lease_until=Now() + _lease())
            except Error as error:  # it may be back before the lease runs out
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


def hasten(job: Job) -> None:
    """Let a job that waits for its time be done now, before others."""
    Job.objects.filter(pk=job.pk, state__in=[Job.State.QUEUED, Job.State.WAITING]).update(
        not_before=Now(), priority=2
    )
    hints.on_commit()


def retry(job: Job, by: User) -> bool:
    """Queue a job again that ended badly, with fresh attempts; False when it is open or done."""
    ended = [*Job.EXPLAINED, Job.State.CANCELLED]
    changed = Job.objects.filter(pk=job.pk, state__in=ended).update(
        state=Job.State.QUEUED,
        attempts=0,
        crashes=0,
        not_before=Now(),
        set_back=timedelta(),
        finished_at=None,
        result=f"retried by {by.get_username()}"[:200],
    )
    if changed:
        hints.on_commit()
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
