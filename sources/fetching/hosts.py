"""Politeness: one request at a time for each host, with a gap between them."""

import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from sources.fetching.errors import HostBusy
from sources.models import HostState

LONGEST_CRAWL_DELAY = 30.0  # seconds
# Longer than any one exchange, so that only a dead worker's turn runs out.
_TURN = timedelta(seconds=90)
_SHORTEST_PAUSE, _LONGEST_PAUSE = 30.0, 24 * 3600.0  # seconds of Retry-After

# Neither waits for the disk. A crash may take a host's last half second back, and its server is
# not up again so soon that the next request would come too early.
_UNHURRIED = "FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried"
_CLAIM = f"""
UPDATE sources_hoststate SET token = %s, token_until = statement_timestamp() + %s {_UNHURRIED}
 WHERE id = %s AND next_allowed_at <= statement_timestamp()
   AND (token IS NULL OR token_until < statement_timestamp())
"""
_RELEASE = f"""
UPDATE sources_hoststate SET token = NULL, token_until = NULL, latency = %s,
       next_allowed_at = statement_timestamp() + %s,
       answered_at = CASE WHEN %s THEN statement_timestamp() ELSE answered_at END,
       unreachable_at = CASE WHEN %s THEN statement_timestamp() ELSE unreachable_at END
       {_UNHURRIED}
 WHERE id = %s AND token = %s
"""


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
        _release(state, token, turn, max(_gap(turn, private), turn.pause))


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
    while not _written(_CLAIM, [token, _TURN, state.pk]):
        wait = _seconds_to_wait(state)
        if time.monotonic() + wait > until:
            raise HostBusy("host-busy", state.host, retry_after=max(wait, 1.0))
        time.sleep(max(wait, 0.02))


def _release(state: HostState, token: uuid.UUID, turn: Turn, wait: float) -> None:
    answered, silent = turn.reached is True, turn.reached is False
    _written(
        _RELEASE,
        [turn.latency, timedelta(seconds=wait), answered, silent, state.pk, token],
    )


def _written(sql: str, parameters: Sequence[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return bool(cursor.rowcount)


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
