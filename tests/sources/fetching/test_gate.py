"""The one outbound gate against slow, wrong and hostile hosts, over real sockets."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from sources.fetching import (
    FetchError,
    Gone,
    HostBusy,
    NotAllowed,
    PermanentFetchError,
    Purpose,
    TemporaryFetchError,
    Throttled,
    fetch,
)
from sources.fetching.addresses import is_public
from sources.fetching.dialing import dial
from sources.fetching.exchange import Limits
from sources.models import HostState
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

QUICK = Limits(total=1.0, first_byte=0.5, body=64 * 1024)


@pytest.fixture
def inside() -> Iterator[tuple[int, list[str]]]:
    """A listener on loopback that must never be reached: its port, and who came."""
    visitors: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    stopped = threading.Event()

    def listen() -> None:
        while not stopped.is_set():
            try:
                connection, address = listener.accept()
            except TimeoutError:
                continue
            visitors.append(str(address))
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield listener.getsockname()[1], visitors
    stopped.set()
    thread.join()
    listener.close()


def code_of(url: str, **options: object) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, **options)  # type: ignore[arg-type]
    return caught.value.code


# ------------------------------------------------------------------ addresses

SPELLINGS = [
    "127.0.0.1", "127.1", "0x7f.1", "0177.0.0.1", "2130706433", "127。0。0。1", "①②⑦.⓪.⓪.①",
    "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "localhost", "0.0.0.0", "0",
]  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_loopback_is_reached(
    inside: tuple[int, list[str]], host: str, settings: object
) -> None:
    port, visitors = inside
    # Even with the port allowed for one exact name, no other spelling gets through.
    settings.FETCH_ALLOWED_PRIVATE = [f"allowed.example:{port}"]  # type: ignore[attr-defined]

    refused = {"address-not-allowed", "bad-url", "name-not-found"}
    assert code_of(f"http://{host}:{port}/") in {*refused, "port-not-allowed"}
    assert code_of(f"http://{host}/") in refused
    # And the dial call itself refuses what would have come as far as that.
    with pytest.raises((NotAllowed, TemporaryFetchError)) as caught:
        dial(host, port, 2.0)
    assert caught.value.code in refused
    assert visitors == []


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1",
        "198.18.0.1", "224.0.0.1", "255.255.255.255", "192.88.99.1", "0.0.0.0",
        "::1", "::", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::",
        "2001::1", "2001:db8::1", "fc00::1", "fe80::1", "fec0::1", "ff02::1", "3fff::1", "5f00::1",
        "::8.8.8.8",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1"]
)
def test_plain_public_addresses_are(address: str) -> None:
    assert is_public(address)


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


def test_a_redirect_into_the_house_is_refused(
    site: Site, inside: tuple[int, list[str]]
) -> None:
    port, visitors = inside
    for target, code in (
        (f"http://127.0.0.1:{port}/", "port-not-allowed"),
        ("http://127.0.0.1/", "address-not-allowed"),
        ("http://169.254.169.254/latest/", "address-not-allowed"),
    ):
        site.pages["/r"] = Page(status=302, headers={"Location": target})
        assert code_of(site.url("/r")) == code
    site.pages["/r9"] = Page(status=302, headers={"Location": "file:///etc/passwd"})
    assert code_of(site.url("/r9")) == "bad-redirect"
    assert visitors == []


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


# ------------------------------------------------------------------ size


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


def raw(
    site: Site, path: str, *pieces: bytes, pause: float = 0.0, forever: bool = False
) -> str:
    """Serve raw bytes, with pauses between the pieces, and return the address."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        try:
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(pause)
            while forever:
                handler.wfile.write(b"x" * 8192)
                time.sleep(0.001)
        except OSError:
            return  # the gate hung up, as it should

    site.pages[path] = Page(write=write)
    return site.url(path)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_a_body_without_end_is_cut_off(site: Site) -> None:
    url = raw(site, "/a", HEAD + b"\r\n", forever=True)

    assert code_of(url, limits=QUICK) == "too-large"


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
    "answer", [b"garbage\r\n\r\n", b"\x00\xff" * 50, b"", b"HTTP/1.1 banana OK\r\n\r\n"]
)
def test_garbage_is_no_page(site: Site, answer: bytes) -> None:
    with pytest.raises(TemporaryFetchError):
        fetch(raw(site, "/a", answer), limits=QUICK)


# ------------------------------------------------------------------ statuses


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (404, PermanentFetchError, "not-found"),
        (410, Gone, "gone"),
        (403, PermanentFetchError, "forbidden"),
        (451, PermanentFetchError, "forbidden"),
        (500, TemporaryFetchError, "server-error"),
        (206, TemporaryFetchError, "bad-answer"),
    ],
)
def test_a_status_says_whether_trying_again_can_help(
    site: Site, status: int, kind: type[FetchError], code: str
) -> None:
    site.pages["/a"] = Page(b"x", status=status)

    with pytest.raises(kind) as caught:
        fetch(site.url("/a"))

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120), ("1", 30), ("999999999", 86_400)]
)
def test_retry_after_puts_the_whole_host_to_rest(site: Site, header: str, seconds: int) -> None:
    site.pages["/a"] = Page(b"x", status=429, headers={"Retry-After": header})
    site.html("/b", "Other", "text")

    with pytest.raises(Throttled) as caught:
        fetch(site.url("/a"))

    assert caught.value.retry_after == seconds
    rest = HostState.objects.get(host=site.address).next_allowed_at - timezone.now()
    # The exact address of a test or of the sample is exempt from waiting, not from asking.
    assert rest <= timedelta(seconds=seconds)


def test_validators_make_the_request_conditional(site: Site) -> None:
    site.html("/a", "One", "text")
    site.pages["/a"].headers["ETag"] = '"v1"'

    response = fetch(site.url("/a"), etag='"v1"')

    assert response.not_modified
    assert response.body == b""


# ------------------------------------------------------------------ manners


def test_we_say_who_we_are_and_send_nothing_else(site: Site) -> None:
    site.pages["/a"] = Page(b"<p>x</p>", headers={"Set-Cookie": "a=b"})
    fetch(site.url("/a"))
    fetch(site.url("/a"))

    headers = site.seen_headers[-1]
    assert "Demarche" in headers["user-agent"]
    assert not {"cookie", "referer", "authorization"} & set(headers)
    assert headers["accept-encoding"] == "gzip"


def test_robots_are_asked_once_and_obeyed(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: Demarche\nDisallow: /no", "text/plain")
    site.html("/yes", "Yes", "text")

    fetch(site.url("/yes"))
    with pytest.raises(NotAllowed):
        fetch(site.url("/no/page"))

    assert site.asked.count("/robots.txt") == 1
    assert "/no/page" not in site.asked


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_missing_robots_allow_and_broken_ones_do_not(
    site: Site, status: int, allowed: bool
) -> None:
    site.pages["/robots.txt"] = Page(b"oops", status=status)
    site.html("/a", "One", "text")

    if allowed:
        assert fetch(site.url("/a")).status == 200
    else:
        assert code_of(site.url("/a")) == "robots-unknown"
        assert "/a" not in site.asked


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
    url = raw(site, "/a", b"HTTP/1.1 404 Not Found\r\n\r\n", forever=True)

    assert code_of(url, limits=QUICK) == "not-found"


def test_the_time_holds_for_the_whole_way(site: Site) -> None:
    for hop in range(5):
        moved = f"HTTP/1.1 302 Found\r\nLocation: /{hop + 1}\r\n\r\n".encode()
        raw(site, f"/{hop}", b"", moved, pause=0.4)

    began = time.monotonic()
    assert code_of(site.url("/0"), limits=Limits(total=1.0)) == "too-slow"
    assert time.monotonic() - began < 2


@pytest.fixture
def certified(tmp_path: Path) -> ssl.SSLContext:
    """A server's TLS context for localhost, signed by itself; only a test trusts it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed, so there is no certificate to serve")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *command.split(), *names, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@contextmanager
def served_over_tls(context: ssl.SSLContext, settings: Settings, pause: float) -> Iterator[str]:
    """Serve a page that comes byte by byte, and yield its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    settings.FETCH_ALLOWED_PRIVATE = [f"localhost:{port}"]
    stopped = threading.Event()

    def answer(plain: socket.socket) -> None:
        try:
            with context.wrap_socket(plain, server_side=True) as connection:
                asked = connection.recv(4096)
                if b"robots" in asked:
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                    return
                connection.sendall(HEAD + b"Content-Length: 50\r\n\r\n")
                for _ in range(50):
                    connection.sendall(b"x")
                    if stopped.wait(pause):
                        return
        except OSError:
            return  # the gate hung up, as it should

    def listen() -> None:
        while not stopped.is_set():
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(plain,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{port}/a"
    finally:
        stopped.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def test_the_deadline_holds_over_tls(
    certified: ssl.SSLContext,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    with served_over_tls(certified, settings, pause=0.0) as url:
        assert fetch(url).body == b"x" * 50
    with served_over_tls(certified, settings, pause=0.2) as url:
        began = time.monotonic()
        assert code_of(url, limits=QUICK) == "too-slow"
        assert time.monotonic() - began < 3


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certified: ssl.SSLContext, settings: Settings
) -> None:
    with served_over_tls(certified, settings, pause=0.0) as url:
        assert code_of(url, purpose=Purpose.ROBOTS) == "tls-failed"
