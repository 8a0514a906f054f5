"""Politeness: one request at a time for each host, with a gap between them."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now

from sources.fetching.errors import HostBusy
from sources.models import HostState

LONGEST_CRAWL_DELAY = 30.0  # seconds
# Longer than any one exchange, so that only a dead worker's turn runs out.
_TURN = timedelta(seconds=90)
_SHORTEST_PAUSE, _LONGEST_PAUSE = 30.0, 24 * 3600.0  # seconds of Retry-After


@dataclass
class Turn:
    """The right to send one request to a host, and what came of it, to be set by the holder.

    `crawl_delay`, `latency` of the answer and `pause`, which the host asked for, are seconds.
    `reached` says whether the host answered at all, None when it was not even asked.
    """

    crawl_delay: float = 0.0
    latency: float = 0.0
    pause: float = 0.0
    reached: bool | None = None


def state_of(host: str) -> HostState:
    """What is known of a host, made on first sight."""
    known = HostState.objects.with_freshness()
    found = known.filter(host=host).first()
    if found is None:
        HostState.objects.bulk_create([HostState(host=host)], ignore_conflicts=True)
        found = known.get(host=host)
    return found


@contextmanager
def turn_with(state: HostState, *, private: bool, patience: float) -> Iterator[Turn]:
    """Wait for the host's turn and hold it; raise `HostBusy` when it is further off than
    `patience`, in seconds.

    On leaving, the next request is put off by the gap, or by the pause that the host asked for.
    A `private` host, one that settings exempt, has a gap of its own.
    """
    token = uuid.uuid4()
    _claim(state, token, patience)
    turn = Turn()
    try:
        yield turn
    finally:
        wait = timedelta(seconds=max(_gap(turn, private), turn.pause))
        values: dict[str, object] = {"latency": turn.latency, "next_allowed_at": Now() + wait}
        if turn.reached is not None:
            values["answered_at" if turn.reached else "unreachable_at"] = Now()
        HostState.objects.filter(pk=state.pk, token=token).update(
            token=None, token_until=None, **values
        )


def _gap(turn: Turn, private: bool) -> float:
    """The seconds until the next request."""
    if private:
        return float(settings.PRIVATE_GAP_SECONDS)
    crawl_delay = min(turn.crawl_delay, LONGEST_CRAWL_DELAY)
    return max(float(settings.HOST_GAP_SECONDS), crawl_delay, 2 * turn.latency)


def clamped_pause(seconds: float) -> float:
    """A Retry-After within 30 seconds and 24 hours."""
    return min(max(seconds, _SHORTEST_PAUSE), _LONGEST_PAUSE)


def _claim(state: HostState, token: uuid.UUID, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        free = Q(token__isnull=True) | Q(token_until__lt=Now())
        mine = HostState.objects.filter(free, pk=state.pk, next_allowed_at__lte=Now())
        if mine.update(token=token, token_until=Now() + _TURN):
            return
        wait = _seconds_to_wait(state)
        if time.monotonic() + wait > until:
            raise HostBusy("host-busy", state.host, retry_after=max(wait, 1.0))
        time.sleep(max(wait, 0.02))


def _seconds_to_wait(state: HostState) -> float:
    """How long, by the database's clock, until the host may be asked again."""
    row = (
        HostState.objects.filter(pk=state.pk)
        .annotate(now=Now())
        .values_list("next_allowed_at", "token", F("now"))
        .get()
    )
    allowed_at: datetime = row[0]
    wait: float = (allowed_at - row[2]).total_seconds()
    if row[1] is not None:  # somebody is talking with it; look again soon
        wait = max(wait, 0.1)
    return max(wait, 0.0)
