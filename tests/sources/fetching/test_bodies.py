"""What hosts send is read only as far as it is of use: size, packing, pace and broken bodies.

S1 to S4 are the rows of bad sources that a gate must outlast.
"""

import gzip
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pytest

from sources.fetching import (
    FetchError,
    Purpose,
    TemporaryFetchError,
    fetch,
)
from sources.fetching.exchange import Limits
from sources.models import HostState
from tests.sources.fetching.wire import HEAD, QUICK, code_of, raw
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db


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
