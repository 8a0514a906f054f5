"""What a status means, and the manners of the gate: rests, turns, and who is asked when.

S15, S16 and S18 are the rows of bad sources that a gate must outlast.
"""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.utils import timezone

from sources.fetching import (
    FetchError,
    Gone,
    HostBusy,
    PermanentFetchError,
    Purpose,
    TemporaryFetchError,
    Throttled,
    fetch,
)
from sources.fetching.exchange import Limits
from sources.fetching.hosts import state_of, turn_with
from sources.models import HostState
from tests.sources.fetching.wire import HEAD, code_of, raw
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (404, PermanentFetchError, "not-found"),
        (410, Gone, "gone"),
        (400, PermanentFetchError, "not-found"),
        (401, PermanentFetchError, "forbidden"),
        (402, PermanentFetchError, "forbidden"),
        (403, PermanentFetchError, "forbidden"),
        (408, TemporaryFetchError, "server-error"),
        (451, PermanentFetchError, "forbidden"),
        (500, TemporaryFetchError, "server-error"),
        (206, TemporaryFetchError, "bad-answer"),
    ],
)
def test_s18_a_status_says_whether_trying_again_can_help(
    site: Site, status: int, kind: type[FetchError], code: str
) -> None:
    site.pages["/a"] = Page(b"x", status=status)

    with pytest.raises(kind) as caught:
        fetch(site.url("/a"))

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120), ("1", 30), ("0", 30), ("999999999", 86_400), ("9" * 500, 86_400),
        ("", 60), ("soon", 60), ("-5", 60), ("1e9", 60), ("١٢٠", 60), ("²", 60), ("2.5", 60),
        ("{in two hours}", 7200),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 30), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        ("Sun, 99 Nov 2026 08:49:37 GMT", 60),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
def test_s16_retry_after_puts_the_whole_host_to_rest(
    site: Site, status: int, header: str, seconds: int
) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    header = header.replace("{in two hours}", moment)
    answer = f"HTTP/1.1 {status} Slow down\r\nRetry-After: {header}\r\n\r\n"
    url = raw(site, "/a", answer.encode())
    site.html("/b", "Other", "text")

    with pytest.raises(Throttled) as caught:
        fetch(url, purpose=Purpose.ROBOTS)

    assert caught.value.retry_after == pytest.approx(seconds, rel=0.1)
    rest = HostState.objects.get(host=site.address).next_allowed_at - timezone.now()
    assert rest.total_seconds() == pytest.approx(caught.value.retry_after, abs=5)
    # So it is with every other page of the host, whoever asks.
    with pytest.raises(HostBusy) as busy:
        fetch(site.url("/b"))
    assert busy.value.retry_after == pytest.approx(caught.value.retry_after, abs=5)
    assert "/b" not in site.asked


def test_s16_a_host_that_flaps_is_asked_again_after_its_rest(site: Site) -> None:
    site.html("/b", "Other", "text")
    site.pages["/a"] = Page(status=503, headers={"Retry-After": "30"})
    assert code_of(site.url("/a")) == "throttled"
    assert code_of(site.url("/b")) == "host-busy"

    HostState.objects.update(next_allowed_at=timezone.now())  # the rest is over
    assert fetch(site.url("/b")).status == 200
    assert code_of(site.url("/a")) == "throttled"
    assert code_of(site.url("/b")) == "host-busy"


def test_validators_make_the_request_conditional(site: Site) -> None:
    site.html("/a", "One", "text")
    site.pages["/a"].headers["ETag"] = '"v1"'

    response = fetch(site.url("/a"), etag='"v1"')

    assert response.not_modified
    assert response.body == b""


@pytest.mark.parametrize("validators", [{"etag": '"v1"'}, {"last_modified": "yesterday"}])
def test_s15_not_modified_is_an_answer_to_who_asked_only(
    site: Site, validators: dict[str, str]
) -> None:
    url = raw(site, "/a", b"HTTP/1.1 304 Not Modified\r\n\r\n")

    assert code_of(url) == "bad-answer"
    assert fetch(url, **validators).not_modified  # type: ignore[arg-type]


def test_s15_a_monster_of_a_validator_is_none(site: Site) -> None:
    monsters = b'ETag: "' + b"x" * 500 + b'"\r\nLast-Modified: ' + b"y" * 101 + b"\r\n"
    long = b'ETag: "' + b"x" * 498 + b'"\r\n'

    headers = fetch(raw(site, "/a", HEAD + monsters + b"\r\nhi")).headers
    assert not {"etag", "last-modified"} & set(headers)
    for odd in ('ETag: "ä"\r\n', 'ETag: "한"\r\n'):
        assert "etag" not in fetch(raw(site, "/c", HEAD + odd.encode() + b"\r\nhi")).headers
    assert len(fetch(raw(site, "/b", HEAD + long + b"\r\nhi")).headers["etag"]) == 500


# ------------------------------------------------------------------ manners


def test_we_say_who_we_are_and_send_nothing_else(site: Site) -> None:
    site.pages["/a"] = Page(b"<p>x</p>", headers={"Set-Cookie": "a=b"})
    fetch(site.url("/a"))
    fetch(site.url("/a"))

    headers = site.seen_headers[-1]
    assert "Demarche" in headers["user-agent"]
    assert not {"cookie", "referer", "authorization"} & set(headers)
    assert headers["accept-encoding"] == "gzip"


def test_a_host_is_asked_by_one_at_a_time(site: Site) -> None:
    site.html("/a", "One", "text")
    HostState.objects.create(
        host=site.address,
        token="00000000-0000-4000-8000-000000000000",
        token_until=timezone.now() + timedelta(minutes=5),
        next_allowed_at=timezone.now() + timedelta(minutes=1),
    )

    with pytest.raises(HostBusy) as caught:
        fetch(site.url("/a"), purpose=Purpose.ROBOTS)

    assert caught.value.retry_after is not None
    assert site.asked == []


def test_the_gap_of_private_hosts_is_a_setting(site: Site, settings: Any) -> None:
    settings.PRIVATE_GAP_SECONDS = 0.4
    site.html("/a", "One", "text")

    began = time.monotonic()
    fetch(site.url("/a"), patience=2)  # robots.txt and the page
    fetch(site.url("/a"), patience=2)
    assert 0.8 <= time.monotonic() - began < 3


def test_redirects_that_cannot_be_followed_in_time_count_as_a_failure(
    site: Site, settings: Any
) -> None:
    """Or they would be begun anew for ever: being busy counts no attempt."""
    settings.PRIVATE_GAP_SECONDS = 1.0
    site.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    site.pages["/b"] = Page(status=301, headers={"Location": "/c"})
    site.html("/c", "One", "text")
    fetch(site.url("/c"), patience=3)  # so that robots.txt is known
    limits = Limits(total=1.7)

    with pytest.raises(FetchError) as caught:
        fetch(site.url("/a"), limits=limits, patience=1.2)

    assert not isinstance(caught.value, HostBusy)
    assert caught.value.code == "too-slow"
    assert "/a" in site.asked


def test_other_hosts_wait_for_the_longest_of_three_gaps(settings: Any) -> None:
    settings.HOST_GAP_SECONDS = 2
    for crawl_delay, latency, gap in ((0, 0.1, 2), (10, 0.1, 10), (99, 0, 30), (0, 4, 8)):
        HostState.objects.all().delete()
        with turn_with(state_of("a.example"), private=False, patience=0) as turn:
            turn.crawl_delay, turn.latency = crawl_delay, latency
        rest = HostState.objects.get().next_allowed_at - timezone.now()
        assert rest.total_seconds() == pytest.approx(gap, abs=0.5)


def test_a_dead_workers_turn_runs_out(site: Site) -> None:
    site.html("/a", "One", "text")
    HostState.objects.create(
        host=site.address,
        token="00000000-0000-4000-8000-000000000000",
        token_until=timezone.now() - timedelta(seconds=1),
    )

    assert fetch(site.url("/a")).status == 200
