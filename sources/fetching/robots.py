"""What a site's robots.txt allows (RFC 9309): how it is had, kept and asked."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce, Now

from sources.apart import leave_for
from sources.fetching.errors import FetchError, HostBusy, NotAllowed
from sources.models import HostState
from sources.rules import Leave, RulesError

LARGEST = 500 * 1024  # bytes; of a larger file the beginning counts
_KEPT = timedelta(hours=24)
_KEPT_AFTER_FAULT = timedelta(minutes=30)
_PATIENCE = timedelta(days=30)
_SINCE = Coalesce(F("robots_failing_since"), Now())
# The page would end with these too, so they are told as they are.
_OF_THE_HOST = frozenset(
    {"name-not-found", "connection-failed", "tls-failed", "credential-unreadable"}
)
UNKNOWN = 0  # the status recorded when robots.txt could not be had


def leave(state: HostState, url: str, get: Callable[[], tuple[int, bytes]]) -> Leave | None:
    """Return what the host's rules say of an address, or None when nobody can know for now.

    `state` is of `hosts.state_of`.

    `get` fetches robots.txt and returns its status and body. A missing file (4xx) allows
    everything. A fault of the host (5xx, no end) allows nothing for half an hour, and so does
    a file that takes too much to be taken apart; after 30 days of either the file counts as
    missing. Raises what says that the host itself cannot be talked with.
    """
    if not state.robots_fresh:
        _fetch(state, get)
    if state.robots_status == UNKNOWN and not _is_given_up(state):
        return None
    host = HostState.objects.filter(pk=state.pk)
    try:
        found = leave_for(state.robots, url)
    except RulesError:
        # Noted, or every page of the host would try it again.
        _keep(state, "", UNKNOWN, _KEPT_AFTER_FAULT)
        host.update(robots_failing_since=_SINCE)
        return Leave() if _is_given_up(state) else None
    if state.robots_failing_since and state.robots_status != UNKNOWN:
        host.update(robots_failing_since=None)
    return found


def _fetch(state: HostState, get: Callable[[], tuple[int, bytes]]) -> None:
    host = HostState.objects.filter(pk=state.pk)
    try:
        status, body = get()
    except (HostBusy, NotAllowed):
        raise
    except FetchError as error:
        host.update(robots_failing_since=_SINCE)
        if error.code in _OF_THE_HOST and not _is_given_up(state):
            raise
        status, body, kept = UNKNOWN, b"", _KEPT_AFTER_FAULT
    else:
        kept = _KEPT
    _keep(state, _text(body), status, kept)
    state.refresh_from_db(fields=["robots", "robots_status", "robots_failing_since"])


def _keep(state: HostState, robots: str, status: int, kept: timedelta) -> None:
    if settings.DEBUG:
        kept = min(kept, timedelta(minutes=1))
    HostState.objects.filter(pk=state.pk).update(
        robots=robots, robots_status=status, robots_until=Now() + kept
    )


def _text(body: bytes) -> str:
    """The rules, without the line in whose middle a large file was cut."""
    if len(body) >= LARGEST:
        body = body[:LARGEST].rpartition(b"\n")[0]
    return body.decode("utf-8", "replace").replace("\x00", "")


def _is_given_up(state: HostState) -> bool:
    """Whether it has failed for so long that it counts as absent (RFC 9309, 2.3.1.4)."""
    failing = HostState.objects.filter(robots_failing_since__lt=Now() - _PATIENCE)
    return failing.filter(pk=state.pk).exists()
