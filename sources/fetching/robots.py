"""What a site's robots.txt allows (RFC 9309); Protego does the matching."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now
from protego import Protego

from sources.fetching.errors import FetchError, HostBusy, NotAllowed
from sources.models import HostState

LARGEST = 512 * 1024  # bytes
_KEPT = timedelta(hours=24)
_KEPT_AFTER_FAULT = timedelta(minutes=30)
# The name by which robots.txt addresses us.
AGENT = "Demarche"

UNKNOWN = 0  # the status recorded when robots.txt could not be had


def rules(state: HostState, get: Callable[[], tuple[int, bytes]]) -> Protego | None:
    """Return the rules of the host, or None when they cannot be known for now.

    `get` fetches robots.txt and returns its status and body. A missing file (4xx) allows
    everything; a fault of the host (5xx, no answer) allows nothing for half an hour.
    """
    fresh = HostState.objects.filter(pk=state.pk, robots_until__gt=Now()).first()
    if fresh is None:
        fresh = _fetch(state, get)
    if fresh.robots_status == UNKNOWN or (fresh.robots_status or 0) >= 500:
        return None
    if fresh.robots_status and 200 <= fresh.robots_status < 300:
        return Protego.parse(fresh.robots)
    return Protego.parse("")


def allows(robots: Protego, url: str) -> bool:
    """Whether the rules allow this address to be fetched by us."""
    return bool(robots.can_fetch(url, AGENT))


def crawl_delay(robots: Protego) -> float:
    """The seconds between requests that the site asks for; 0 when it does not."""
    return float(robots.crawl_delay(AGENT) or 0)


def _fetch(state: HostState, get: Callable[[], tuple[int, bytes]]) -> HostState:
    try:
        status, body = get()
    except (HostBusy, NotAllowed):
        raise
    except FetchError:
        status, body = UNKNOWN, b""
    kept = _KEPT if 200 <= status < 500 else _KEPT_AFTER_FAULT
    if settings.DEBUG:
        kept = min(kept, timedelta(minutes=1))
    text = body[:LARGEST].decode("utf-8", "replace").replace("\x00", "")
    HostState.objects.filter(pk=state.pk).update(
        robots=text, robots_status=status, robots_until=Now() + kept
    )
    state.refresh_from_db()
    return state
