"""The one outbound gate: every poll, article, sitemap and robots.txt passes here."""

import enum
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import SplitResult, urlunsplit

from sources.fetching import robots
from sources.fetching.authorization import authorization
from sources.fetching.dialing import is_exempt
from sources.fetching.errors import (
    FetchError,
    Gone,
    HostBusy,
    NetworkDown,
    NotAllowed,
    PermanentFetchError,
    TemporaryFetchError,
    Throttled,
)
from sources.fetching.exchange import Answer, Limits, exchange
from sources.fetching.hosts import Turn, clamped_pause, state_of, turn_with
from sources.fetching.network import RETRY_SECONDS, UNREACHED, network_is_down
from sources.models import HostState
from sources.urls import PORTS, BadUrl, absolute_url, parse_url

MOST_REDIRECTS = 5
# Seconds to wait for a host's turn; whoever has other work to do comes back later instead.
PATIENCE = 0.3
_REDIRECTS_TOO_SLOW = "its redirects took all the time"


class Purpose(enum.Enum):
    """What a page is fetched for; limits and accepted types follow from it."""

    PAGE = "page"
    FEED = "feed"
    ROBOTS = "robots"


_LIMITS = {
    Purpose.PAGE: Limits(),
    Purpose.FEED: Limits(body=20 * 1024 * 1024),
    Purpose.ROBOTS: Limits(total=20, body=robots.LARGEST, cut=True),
}
_ACCEPT = {
    Purpose.PAGE: "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1",
    Purpose.FEED: "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1",
    Purpose.ROBOTS: "text/plain, */*;q=0.1",
}


@dataclass(frozen=True)
class Response:
    """What came of a fetch. `redirects` are the addresses passed on the way to `final_url`.

    `moved_permanently`: every hop on the way was a permanent one. With `not_modified` the body
    is empty. `elapsed` is in seconds.
    """

    url: str
    final_url: str
    redirects: tuple[str, ...]
    moved_permanently: bool
    status: int
    headers: dict[str, str]
    body: bytes
    peer: str
    elapsed: float

    @property
    def not_modified(self) -> bool:
        return self.status == HTTPStatus.NOT_MODIFIED

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


def fetch(
    url: str,
    *,
    purpose: Purpose = Purpose.PAGE,
    etag: str = "",
    last_modified: str = "",
    limits: Limits | None = None,
    patience: float = PATIENCE,
) -> Response:
    """Fetch one address, following at most five redirects, each checked like the first.

    `etag` and `last_modified` make the request conditional. `limits.total` holds for the whole
    way, with its redirects and robots files. A redirect may lead from https to http, as it may
    in a browser; a password goes to its own origin only. `patience` is how long to wait for the
    host's turn, in seconds; once a redirect was followed, the way is gone to its end, or the
    try has failed. Raises the `FetchError` family for everything but success and «not modified».
    """
    headers = {"Accept": _ACCEPT[purpose]}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    limits = limits or _LIMITS[purpose]
    ends = time.monotonic() + limits.total
    at = _parsed(url)
    passed: list[str] = []
    permanent = True
    while True:
        try:
            patience = limits.total if passed else patience
            answer = _ask(at, headers, purpose, limits, ends, patience)
        except NotAllowed as error:
            if passed and purpose is Purpose.ROBOTS:
                # A robots.txt that leads astray is none; the page itself is not to blame.
                raise PermanentFetchError("bad-redirect", str(error)) from error
            raise
        except HostBusy as error:
            if passed and not isinstance(error, NetworkDown):
                # Whoever came back later would begin anew, for ever: so this try counts.
                raise TemporaryFetchError("too-slow", _REDIRECTS_TOO_SLOW) from error
            raise
        target = _redirect_target(at, answer)
        if target is None:
            break
        permanent = permanent and answer.status in {301, 308}
        passed.append(urlunsplit(at))
        if len(passed) > MOST_REDIRECTS or urlunsplit(target) in passed:
            raise PermanentFetchError("redirect-loop", f"{len(passed)} redirects")
        at = target
    if answer.status == HTTPStatus.NOT_MODIFIED and not (etag or last_modified):
        raise TemporaryFetchError("bad-answer", "HTTP 304, which was not asked for")
    _raise_for_status(answer)
    return Response(
        url=url,
        final_url=urlunsplit(at),
        redirects=tuple(passed),
        moved_permanently=bool(passed) and permanent,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        peer=answer.peer,
        elapsed=answer.elapsed,
    )


def _parsed(url: str) -> SplitResult:
    try:
        return parse_url(url)
    except BadUrl as error:
        raise NotAllowed("bad-url", str(error)) from error


def _ask(
    at: SplitResult,
    headers: dict[str, str],
    purpose: Purpose,
    limits: Limits,
    ends: float,
    patience: float,
) -> Answer:
    """One polite request: the host's rules first, then its turn, then the exchange.

    `ends` is the moment of the monotonic clock at which the whole fetch is given up.
    """
    delay = 0.0
    state = state_of(at.netloc)
    if purpose is not Purpose.ROBOTS:
        delay = _check_robots(state, at, ends, patience)
    headers = headers | authorization(at)
    private = is_exempt(at.hostname or "", at.port or PORTS[at.scheme])
    try:
        patience = min(patience, max(ends - time.monotonic(), 0.0))
        with turn_with(state, private=private, patience=patience) as turn:
            turn.crawl_delay = delay
            return _exchange(turn, at, headers, _within(limits, ends))
    except TemporaryFetchError as error:
        if error.code in UNREACHED and network_is_down():
            raise NetworkDown("network-down", at.netloc, RETRY_SECONDS) from error
        raise


def _exchange(turn: Turn, at: SplitResult, headers: dict[str, str], limits: Limits) -> Answer:
    """The exchange, and on the host's turn what is to be remembered of it."""
    began = time.monotonic()
    try:
        answer = exchange(at, headers, limits)
    except NotAllowed:
        raise
    except FetchError as error:
        turn.reached = error.code not in UNREACHED
        # A host that is so slow needs the longest rest of all.
        turn.latency = time.monotonic() - began if error.code == "too-slow" else 0.0
        raise
    turn.reached = True
    turn.latency = answer.elapsed
    if answer.status in {429, 503}:
        turn.pause = _retry_after(answer) or 60.0
    return answer


def _within(limits: Limits, ends: float) -> Limits:
    """The limits with no more time than is left. Raises when none is."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TemporaryFetchError("too-slow", _REDIRECTS_TOO_SLOW)
    return replace(limits, total=min(limits.total, left))


def _check_robots(state: HostState, at: SplitResult, ends: float, patience: float) -> float:
    """Raise unless robots.txt allows this address; return the crawl delay it asks for."""
    limits = _within(_LIMITS[Purpose.ROBOTS], ends)
    leave = robots.leave(state, urlunsplit(at), lambda: _robots_file(at, limits, patience))
    if leave is None:
        raise TemporaryFetchError("robots-unknown", at.netloc, retry_after=30 * 60)
    if not leave.allowed:
        raise NotAllowed("robots", at.netloc)
    return leave.crawl_delay


def _robots_file(at: SplitResult, limits: Limits, patience: float) -> tuple[int, bytes]:
    """The status and body of the site's robots.txt; its redirects are followed like any."""
    address = urlunsplit(at._replace(path="/robots.txt", query=""))
    try:
        response = fetch(address, purpose=Purpose.ROBOTS, limits=limits, patience=patience)
    except Gone:
        return 410, b""
    except PermanentFetchError as error:
        if error.code not in {"not-found", "forbidden", "redirect-loop", "bad-redirect"}:
            raise
        return 404, b""
    return response.status, response.body


def _redirect_target(at: SplitResult, answer: Answer) -> SplitResult | None:
    if answer.status not in {301, 302, 303, 307, 308}:
        return None
    link = answer.headers.get("location", "")
    target = absolute_url(urlunsplit(at), link) if link else None
    if target is None:
        raise PermanentFetchError("bad-redirect", link[:200] or "no address given")
    return parse_url(target)


def _raise_for_status(answer: Answer) -> None:
    status, detail = answer.status, f"HTTP {answer.status}"
    if status == HTTPStatus.NOT_MODIFIED or status == HTTPStatus.OK:
        return
    error: FetchError
    if status in {429, 503}:
        error = Throttled("throttled", detail, retry_after=_retry_after(answer) or 60.0)
    elif status == 410:
        error = Gone("gone", detail)
    elif status in {401, 402, 403, 407, 451}:
        error = PermanentFetchError("forbidden", detail)
    elif status >= 500 or status == 408:
        error = TemporaryFetchError("server-error", detail)
    elif 400 <= status < 500:
        error = PermanentFetchError("not-found", detail)
    else:
        error = TemporaryFetchError("bad-answer", detail)
    raise error


def _retry_after(answer: Answer) -> float | None:
    """The seconds of a Retry-After header, clamped to 30 seconds to 24 hours."""
    value = answer.headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return clamped_pause(float(value[:9]))
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return clamped_pause((moment - datetime.now(UTC)).total_seconds())
