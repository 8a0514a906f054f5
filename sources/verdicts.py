"""How a job stands after a fault: whether it is tried again, when, and what its row says."""

import random
from dataclasses import dataclass

from django.db import DataError, IntegrityError, OperationalError, ProgrammingError
from django.db.models.functions import Now

from sources import schema
from sources.apart import NotStarted
from sources.away import is_in_the_way
from sources.feeds import FeedError
from sources.fetching import FetchError, HostBusy, NotAllowed, TemporaryFetchError, Throttled
from sources.models import Job
from sources.reasons import LASTING, sentence
from sources.store import SnapshotDamaged
from sources.text import PageError

MOST_ATTEMPTS = 8
MOST_CRASHES = 3
_MOST_PERMANENT_ATTEMPTS = 2
_FIRST_WAIT, _LONGEST_WAIT = 60.0, 24 * 3600.0  # seconds
# All captures wait for the one that tries whether there is room again.
_LONGEST_DISK_WAIT = 300.0  # seconds
# A job whose database broke off is taken up after so many seconds, then twice as many.
_DATABASE_WAIT = 5.0


@dataclass(frozen=True)
class Verdict:
    """How a job stands after a fault: ended, or waiting for `wait` seconds to be tried again.

    `counts`: the try counts as an attempt. It does not when it only was not our turn.
    """

    state: Job.State
    code: str
    text: str = ""
    wait: float | None = None
    counts: bool = True

    @property
    def ended(self) -> bool:
        return self.state != Job.State.WAITING


def judge(job: Job, error: Exception) -> Verdict:
    """How a job stands after its handler raised this."""
    waiting, dead = Job.State.WAITING, Job.State.DEAD
    wait = _doubled(job.attempts)
    match error:
        case HostBusy():
            return Verdict(waiting, error.code, str(error), error.retry_after or 2.0, False)
        case Throttled():
            return Verdict(waiting, error.code, str(error), _throttled(job, error), False)
        case NotAllowed():
            return Verdict(Job.State.BLOCKED, error.code, str(error))
        case TemporaryFetchError() if job.attempts < MOST_ATTEMPTS:
            return Verdict(waiting, error.code, str(error), error.retry_after or wait)
        case TemporaryFetchError():  # its own next step would promise another try
            return Verdict(dead, "attempts-spent", sentence("attempts-spent", str(error)))
        case FetchError() if job.attempts < _MOST_PERMANENT_ATTEMPTS and error.code not in {
            "gone",
            "too-large",
        }:
            return Verdict(waiting, error.code, str(error), wait)
        case FetchError():
            return Verdict(dead, error.code, str(error))
        case PageError() if error.code == "parse-exceeded" and job.attempts < MOST_CRASHES:
            # Perhaps it was not the page: the system ends processes too when memory is short.
            return Verdict(waiting, error.code, str(error), wait)
        case FeedError() | PageError():
            return Verdict(Job.State.REJECTED, error.code, str(error))
        case NotStarted():  # the page was not even looked at
            return Verdict(
                waiting, "reader-away", sentence("reader-away", str(error)), wait, False
            )
        case SnapshotDamaged():
            return Verdict(dead, "snapshot-damaged", str(error))
        case OperationalError() if is_in_the_way(error):  # it was not its turn
            return Verdict(
                waiting, "in-the-way", wait=wait * _DATABASE_WAIT / _FIRST_WAIT, counts=False
            )
        case OperationalError() if job.attempts < MOST_ATTEMPTS:
            return Verdict(waiting, "database", wait=wait * _DATABASE_WAIT / _FIRST_WAIT)
        case ProgrammingError() | IntegrityError() | DataError() if schema.difference():
            wait *= _DATABASE_WAIT / _FIRST_WAIT
            return Verdict(waiting, "other-version", wait=wait, counts=False)
        case OSError():
            wait = min(wait, _LONGEST_DISK_WAIT)
            return Verdict(waiting, "disk", sentence("disk", str(error)), wait)
        case _:
            text = sentence("unexpected", f"{type(error).__name__}: {error}"[:300])
            if job.attempts < MOST_CRASHES:
                return Verdict(waiting, "unexpected", text, wait)
            return Verdict(dead, "unexpected", text)


def is_last_try(job: Job) -> bool:
    """Whether a job that waits is tried once more and then given up, unless the cause is gone."""
    return job.state == Job.State.WAITING and job.reason_code in LASTING


def _doubled(attempts: int) -> float:
    """Seconds to wait after so many attempts: twice as long each time, and not in step."""
    doublings = min(max(attempts - 1, 0), 20)
    return min(_LONGEST_WAIT, _FIRST_WAIT * float(2**doublings)) * random.uniform(0.5, 1.5)


def _throttled(job: Job, error: Throttled) -> float:
    """As long as the host asked, and the longer the longer it goes on asking."""
    now = Job.objects.filter(pk=job.pk).annotate(now=Now()).values_list("now", flat=True)
    age = ((now.first() or job.created_at) - job.created_at).total_seconds()
    return max(error.retry_after or 0.0, min(age / 2, _LONGEST_WAIT))
