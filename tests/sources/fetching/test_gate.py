"""The one outbound gate against slow, wrong and hostile hosts, over real sockets.

S1 to S5, S15, S16 and S18 are the rows of bad sources that a gate must outlast.
"""

import gzip
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
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
from tests.sources.fetching.wire import HEAD, QUICK, code_of, raw
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://a.example/", "ftp://a.example/", "data:text/plain,x",
        "http://user:secret@a.example/", "http://a.example\\@b.example/", "http:///nohost",
        "http://a.example:99999/", "http://a.example/\r\nX: y", "javascript:alert(1)", "//a.example/",
        "http://a.example/" + "a" * 2000,
    ],
)  # fmt: skip
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    assert code_of(url) == "bad-url"


# ------------------------------------------------------------------ redirects


def test_redirects_are_followed_and_remembered(site: Site) -> None:
    site.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    site.pages["/b"] = Page(status=302, headers={"Location": site.url("/c")})
    site.html("/c", "There", "text")

    response = fetch(site.url("/a"))

    assert response.final_url == site.url("/c")
    assert response.redirects == (site.url("/a"), site.url("/b"))
    assert not response.moved_permanently


def test_a_loop_ends(site: Site) -> None:
    site.pages["/a"] = Page(status=302, headers={"Location": "/b"})
    site.pages["/b"] = Page(status=302, headers={"Location": "/a"})

    assert code_of(site.url("/a")) == "redirect-loop"


def test_a_chain_without_end_ends(site: Site) -> None:
    for number in range(20):
        site.pages[f"/{number}"] = Page(status=302, headers={"Location": f"/{number + 1}"})

    assert code_of(site.url("/0")) == "redirect-loop"
    assert len([path for path in site.asked if path != "/robots.txt"]) <= 7


def test_the_body_of_a_redirect_is_never_read(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    site.pages["/a"] = Page(
        bomb, status=302, headers={"Location": "/b", "Content-Encoding": "gzip"}
    )
    site.html("/b", "There", "text")

    assert b"There" in fetch(site.url("/a")).body


@pytest.mark.parametrize(
    "location", [None, "", "   ", "http://", "http://[", "#", "mailto:a@b.example"]
)
def test_s5_a_redirect_that_leads_nowhere_says_so(site: Site, location: str | None) -> None:
    moved = {} if location is None else {"Location": location}
    site.pages["/a"] = Page(status=302, headers=moved)

    assert code_of(site.url("/a")) in {"bad-redirect", "redirect-loop"}


def test_s5_an_address_that_grows_is_never_cut_short(site: Site) -> None:
    long = "/" + "x" * 2500
    raw(site, "/a", f"HTTP/1.1 302 Found\r\nLocation: {site.url(long)}\r\n\r\n".encode())

    assert code_of(site.url("/a")) == "bad-redirect"
    assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_redirect_may_name_its_address_in_another_script(site: Site, encoding: str) -> None:
    location = "HTTP/1.1 302 Found\r\nLocation: /ä?ö\r\n\r\n".encode(encoding)
    site.pages["/%C3%A4?%C3%B6"] = Page(b"<p>Here.</p>")

    assert fetch(raw(site, "/a", location)).body == b"<p>Here.</p>"


def test_s5_only_what_http_says_is_a_redirect(site: Site) -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=/b">'
    site.pages["/a"] = Page(
        f"<head>{refresh}</head><p>Here.</p>".encode(), headers={"Refresh": "0; url=/b"}
    )

    assert fetch(site.url("/a")).final_url == site.url("/a")
    assert "/b" not in site.asked


def test_a_redirect_may_lead_to_another_scheme_by_leave_of_its_own_address(site: Site) -> None:
    """As in a browser; but the new address is checked like the first, and is not http here."""
    site.pages["/a"] = Page(status=302, headers={"Location": f"https://{site.address}/b"})

    assert code_of(site.url("/a")) == "tls-failed"


# ------------------------------------------------------------------ size


@pytest.fixture
def memory() -> Any:
    """Run the test with the bytes counted that Python takes; it gets the highest count."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("begin", "forever"),
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65_536),
        (b"HTTP/1.1 200 ", b"x" * 65_536),
        (b"", b"x" * 65_536),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000),
        (b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 9000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: y\r\n", b" folded\r\n" * 1000),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        (b"", b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" * 100),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65_536),
    ],
)
def test_s2_headers_without_end_are_cut_off(
    site: Site, memory: Any, begin: bytes, forever: bytes
) -> None:
    url = raw(site, "/a", begin, forever=forever)

    began = time.monotonic()
    assert code_of(url, limits=Limits(total=10)) in {"too-large", "incomplete"}
    assert time.monotonic() - began < 5
    assert memory() < 8 * MEGABYTE


def test_s2_a_hundred_megabytes_without_a_line_end_take_no_memory(
    site: Site, memory: Any
) -> None:
    url = raw(site, "/a", HEAD + b"\r\n", forever=b"x" * MEGABYTE)

    assert code_of(url) == "too-large"
    assert memory() < 40 * MEGABYTE  # the body as it grows, and what the server sends


def test_s2_trailers_without_end_are_left(site: Site) -> None:
    chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n"
    url = raw(site, "/a", chunked, forever=b"X: y\r\n" * 100)

    assert code_of(url, limits=QUICK) in {"too-slow", "too-large"}


def test_s3_no_other_packing_is_taken_and_none_at_all_is_asked_for(site: Site) -> None:
    for number, coding in enumerate(
        ("br", "zstd", "deflate", "compress", "gzip, br", "gzip,gzip")
    ):
        site.pages[f"/{number}"] = Page(b"x" * 100, headers={"Content-Encoding": coding})
        assert code_of(site.url(f"/{number}")) == "compression"
    assert {seen["accept-encoding"] for seen in site.seen_headers} == {"gzip"}


@pytest.mark.parametrize("purpose", [Purpose.PAGE, Purpose.FEED])
def test_s3_what_unpacks_to_far_more_than_it_is_is_left(
    site: Site, memory: Any, purpose: Purpose
) -> None:
    bomb = gzip.compress(b"\0" * 200 * MEGABYTE, 9)
    site.pages["/a"] = Page(bomb, "application/xml", headers={"Content-Encoding": "gzip"})
    tracemalloc.reset_peak()

    assert code_of(site.url("/a"), purpose=purpose) == "too-large"
    assert memory() < 8 * MEGABYTE


def test_s3_a_bomb_that_is_not_said_to_be_packed_stays_packed(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 30 * MEGABYTE)
    site.pages["/sitemap.xml.gz"] = Page(bomb, "application/gzip")

    assert fetch(site.url("/sitemap.xml.gz"), purpose=Purpose.FEED).body == bomb


def test_s3_bytes_after_the_packed_end_are_refused(site: Site) -> None:
    packed = gzip.compress(b"<p>One.</p>")
    for number, body in enumerate((packed + b"more", packed + packed)):
        site.pages[f"/{number}"] = Page(body, headers={"Content-Encoding": "gzip"})
        assert code_of(site.url(f"/{number}")) == "compression"


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.pages["/a"] = Page(
        gzip.compress(b"<p>packed</p>"), headers={"Content-Encoding": "gzip"}
    )

    assert fetch(site.url("/a")).body == b"<p>packed</p>"


def test_a_bomb_is_cut_off(site: Site) -> None:
    site.pages["/a"] = Page(
        gzip.compress(b"\0" * 30_000_000), headers={"Content-Encoding": "gzip"}
    )

    assert code_of(site.url("/a")) == "too-large"


def test_only_one_layer_is_unpacked(site: Site) -> None:
    twice = gzip.compress(gzip.compress(b"x"))
    site.pages["/a"] = Page(twice, headers={"Content-Encoding": "gzip, gzip"})
    site.pages["/b"] = Page(zlib.compress(b"x"), headers={"Content-Encoding": "deflate"})

    assert code_of(site.url("/a")) == "compression"
    assert code_of(site.url("/b")) == "compression"


def test_an_announced_size_over_the_limit_is_not_read(site: Site) -> None:
    site.pages["/a"] = Page(b"x" * 200_000)

    assert code_of(site.url("/a"), limits=QUICK) == "too-large"


def test_a_body_without_end_is_cut_off(site: Site) -> None:
    url = raw(site, "/a", HEAD + b"\r\n", forever=b"x" * 8192)

    assert code_of(url, limits=QUICK) == "too-large"


PATIENT = Limits(total=20, first_byte=2.0, slowest=1000, patience=0.5)


def test_s1_a_body_slower_than_the_slowest_is_left_before_the_deadline(site: Site) -> None:
    url = raw(site, "/a", HEAD + b"\r\n", *[b"x" * 20] * 100, pause=0.1)

    began = time.monotonic()
    assert code_of(url, limits=PATIENT) == "too-slow"
    took = time.monotonic() - began
    assert took < 3
    # The gap after it is at least twice as long.
    assert 0.4 < HostState.objects.get(host=site.address).latency <= took


def test_s1_a_slow_body_that_is_quick_enough_is_read(site: Site) -> None:
    url = raw(site, "/a", HEAD + b"\r\n", *[b"x" * 200] * 12, pause=0.1)

    assert len(fetch(url, limits=PATIENT).body) == 2400


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")[:1]),
    ],
)
def test_s1_nothing_that_drips_outlasts_the_deadline(
    site: Site, begin: bytes, piece: bytes
) -> None:
    url = raw(site, "/a", begin, *[piece] * 40, pause=0.1)
    threads, handles = threading.active_count(), _open_handles()

    began = time.monotonic()
    assert code_of(url, limits=QUICK) in {"too-slow", "incomplete"}
    assert time.monotonic() - began < 2
    until = time.monotonic() + 5
    while time.monotonic() < until and threading.active_count() > threads:
        time.sleep(0.1)  # for the test's own server to notice
    assert threading.active_count() <= threads
    assert _open_handles() <= handles + 1


def _open_handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_headers_that_drip_end_with_the_deadline(site: Site) -> None:
    url = raw(site, "/a", *[bytes([c]) for c in HEAD * 10], pause=0.1)

    began = time.monotonic()
    assert code_of(url, limits=QUICK) == "too-slow"
    assert time.monotonic() - began < 3


def test_a_body_that_drips_ends_with_the_deadline(site: Site) -> None:
    url = raw(site, "/a", HEAD + b"Content-Length: 1000\r\n\r\n", *[b"x"] * 100, pause=0.1)

    assert code_of(url, limits=QUICK) == "too-slow"


def test_a_host_that_says_nothing_is_left(site: Site) -> None:
    url = raw(site, "/a", b"", pause=2)

    assert code_of(url, limits=QUICK) in {"too-slow", "connection-failed", "bad-answer"}


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 1000\r\n\r\nshort",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(range(256)))[:40],
    ],
)
def test_an_incomplete_body_is_no_page(site: Site, answer: bytes) -> None:
    url = raw(site, "/a", answer)

    assert code_of(url, limits=QUICK) in {"incomplete", "bad-answer", "connection-failed"}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (b"Content-Length: banana", "bad-answer"),
        (b"Content-Length: -5", "bad-answer"),
        (b"Content-Length: +5", "bad-answer"),
        (b"Content-Length: 5_0", "bad-answer"),
        (b"Content-Length: 0x5", "bad-answer"),
        (b"Content-Length: 5.0", "bad-answer"),
        (b"Content-Length:", "bad-answer"),
        (b"Content-Length: " + b"9" * 5000, "bad-answer"),
        (b"Content-Length: " + b"9" * 30, "too-large"),
        (b"Content-Length: 5\r\nContent-Length: 6", "bad-answer"),
        (b"Content-Length: 5, 6", "bad-answer"),
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked", "bad-answer"),
        (b"Transfer-Encoding: chunked, chunked", "bad-answer"),
        (b"Transfer-Encoding: gzip, chunked", "bad-answer"),
        (b"Transfer-Encoding: banana", "bad-answer"),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "bad-answer"),
        (b"Content-Length: 50", "incomplete"),
        (b"no colon here\r\nContent-Length: 5", "bad-answer"),
    ],
)
def test_s4_a_length_that_lies_is_explained(site: Site, lines: bytes, code: str) -> None:
    url = raw(site, "/a", HEAD + lines + b"\r\n\r\nhello")

    with pytest.raises(FetchError) as caught:
        fetch(url, limits=QUICK)

    assert caught.value.code == code
    assert str(caught.value).isprintable()


def test_s4_a_body_ends_where_it_was_said_to_end(site: Site) -> None:
    url = raw(site, "/a", HEAD + b"Content-Length: 5\r\n\r\nhello and more")

    assert fetch(url).body == b"hello"


@pytest.mark.parametrize(
    "chunks",
    [
        b"5\r\nhello", b"5\r\nhello\r\n", b"9\r\nhello\r\n0\r\n\r\n", b"banana\r\nhello\r\n0\r\n\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffffffff\r\nhello", b"", b"\r\n\r\n\r\n",
    ],
)  # fmt: skip
def test_s4_chunks_that_do_not_add_up_are_no_page(site: Site, chunks: bytes) -> None:
    url = raw(site, "/a", HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)

    with pytest.raises(TemporaryFetchError):
        fetch(url, limits=QUICK)


def test_s4_a_broken_connection_is_no_page(site: Site) -> None:
    def reset(handler: Any) -> None:
        handler.wfile.write(HEAD + b"Content-Length: 5\r\n\r\nhel")
        linger = struct.pack("ii", 1, 0)  # close with a reset
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()

    site.pages["/a"] = Page(write=reset)

    assert code_of(site.url("/a"), limits=QUICK) in {"incomplete", "connection-failed"}


@pytest.mark.parametrize(
    "answer", [b"garbage\r\n\r\n", b"\x00\xff" * 50, b"", b"HTTP/1.1 banana OK\r\n\r\n",
        b"<html>HTTP/0.9 has no headers</html>", b"HTTP/2.0 200 OK\r\n\r\nhi", b"HTTP/1.1 99 X\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n", b"HTTP/1.1 206 Partial Content\r\n\r\nhel",
        b"HTTP/1.1 205 Reset\r\n\r\n", b"HTTP/1.1 300 Choose\r\n\r\n", b"HTTP/1.1 999 X\r\n\r\n",
    ],
)  # fmt: skip
def test_garbage_is_no_page(site: Site, answer: bytes) -> None:
    with pytest.raises(TemporaryFetchError):
        fetch(raw(site, "/a", answer), limits=QUICK)


# ------------------------------------------------------------------ statuses


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


# ------------------------------------------------------------- what is sent and kept


def test_an_address_in_another_script_is_asked_for_in_ascii(site: Site) -> None:
    site.pages["/%D8%A3?%ED%95%9C=1"] = Page(b"<p>Here.</p>")

    assert fetch(site.url("/أ?한=1")).body == b"<p>Here.</p>"


def test_headers_hold_nothing_a_database_chokes_on(site: Site) -> None:
    url = raw(site, "/a", HEAD + b"ETag: a\x00\x1bb\r\nContent-Length: 0\r\n\r\n")

    assert fetch(url).headers["etag"] == "ab"


def test_the_body_of_an_error_is_never_read(site: Site) -> None:
    url = raw(site, "/a", b"HTTP/1.1 404 Not Found\r\n\r\n", forever=b"x" * 8192)

    assert code_of(url, limits=QUICK) == "not-found"


def test_the_time_holds_for_the_whole_way(site: Site) -> None:
    for hop in range(5):
        moved = f"HTTP/1.1 302 Found\r\nLocation: /{hop + 1}\r\n\r\n".encode()
        raw(site, f"/{hop}", b"", moved, pause=0.4)

    began = time.monotonic()
    assert code_of(site.url("/0"), limits=Limits(total=1.0)) == "too-slow"
    assert time.monotonic() - began < 2
