"""Take back what silent workers held, and wake workers for what can be done now."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from sources import hints
from sources.models import Heartbeat, Job
from sources.reasons import sentence
from sources.verdicts import MOST_CRASHES

# Any number will do, as long as nothing else in the program locks it.
_SWEEPING = 7_240_620


def sweep() -> int:
    """Take back jobs whose worker fell silent, and wake workers for what can be done now.

    Returns how many workers were woken. One sweep at a time; others return at once. The third
    crash over a job ends it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SWEEPING])
            row = cursor.fetchone()
        if not row or not row[0]:
            return 0
        _take_back()
        _forget_polls()
        Heartbeat.objects.update_or_create(name="sweep", defaults={"beat_at": Now()})
        due = len(Job.objects.claimable().in_turn().values("pk")[: hints.MOST_AT_ONCE])
    return due if due and hints.send(due) else 0


def _take_back() -> None:
    released = {"lease_token": None, "lease_until": None, "crashes": F("crashes") + 1}
    # Whoever is just committing holds the row: it is done in a moment, or seen next time.
    free = Job.objects.abandoned().select_for_update(skip_locked=True)
    abandoned = Job.objects.filter(pk__in=list(free.values_list("pk", flat=True)))
    abandoned.filter(crashes__gte=MOST_CRASHES - 1).update(
        state=Job.State.DEAD,
        reason_code="worker-died",
        reason_text=sentence("worker-died"),
        finished_at=Now(),
        **released,
    )
    abandoned.filter(state=Job.State.LEASED).update(state=Job.State.QUEUED, **released)


def _forget_polls() -> None:
    """Drop polls that ended a day ago: there are thousands a day, and the feed says how it is."""
    ended = Job.objects.filter(kind=Job.Kind.POLL, finished_at__lt=Now() - timedelta(days=1))
    ended.exclude(state__in=Job.OPEN).delete()
