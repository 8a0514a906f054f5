"""S8: a host is talked with under a valid certificate for its name, or not at all."""

import ssl
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from socket import socket
from typing import Any

import pytest

from sources.fetching import Purpose, fetch
from tests.sources.fetching.tls import certified, serving
from tests.sources.fetching.wire import HEAD, QUICK, code_of
from tests.sources.pages import Site

pytestmark = pytest.mark.django_db

Answer = Callable[[socket, bytes], None]


def dripping(pause: float) -> Answer:
    """Fifty bytes, one by one."""

    def answer(connection: socket, asked: bytes) -> None:
        if b"robots" in asked:
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return
        connection.sendall(HEAD + b"Content-Length: 50\r\n\r\n")
        for _ in range(50):
            connection.sendall(b"x")
            time.sleep(pause)

    return answer


def test_the_deadline_holds_over_tls(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(host.certificate))
    with serving(host.context, dripping(0.0)) as port:
        settings.FETCH_ALLOWED_PRIVATE = [f"localhost:{port}"]
        assert fetch(f"https://localhost:{port}/a").body == b"x" * 50
    with serving(host.context, dripping(0.2)) as port:
        settings.FETCH_ALLOWED_PRIVATE = [f"localhost:{port}"]
        began = time.monotonic()
        assert code_of(f"https://localhost:{port}/a", limits=QUICK) == "too-slow"
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("name", "days", "trusted"),
    [("localhost", 2, False), ("other.example", 2, True), ("localhost", -1, True)],
    ids=["nobody vouches for it", "another host's", "run out"],
)
@pytest.mark.parametrize("purpose", Purpose)
def test_s8_a_certificate_that_is_not_valid_is_refused(
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    days: int,
    trusted: bool,
    purpose: Purpose,
) -> None:
    host = certified(tmp_path, name, days)
    asked: list[bytes] = []
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(host.certificate))
    with serving(host.context, lambda _, request: asked.append(request)) as port:
        settings.FETCH_ALLOWED_PRIVATE = [f"localhost:{port}"]
        assert code_of(f"https://localhost:{port}/a", purpose=purpose) == "tls-failed"
    assert asked in ([], [b""])  # not a byte of a request


def test_s8_a_host_that_is_silent_about_tls_is_left(settings: Any) -> None:
    with serving(None, dripping(0.0)) as port:
        settings.FETCH_ALLOWED_PRIVATE = [f"localhost:{port}"]
        began = time.monotonic()
        code = code_of(f"https://localhost:{port}/", purpose=Purpose.ROBOTS, limits=QUICK)
        assert code == "too-slow"
        assert time.monotonic() - began < 2


def test_s8_a_host_that_speaks_no_tls_is_not_asked_without_it(site: Site) -> None:
    site.html("/a", "One", "text")
    url = f"https://{site.address}/a"

    assert code_of(url) == "tls-failed"
    assert code_of(url) == "tls-failed"
    assert site.asked == []


def test_s8_an_old_protocol_is_refused(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(host.certificate))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        host.context.minimum_version = ssl.TLSVersion.TLSv1
        host.context.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(host.context, dripping(0.0)) as port:
        settings.FETCH_ALLOWED_PRIVATE = [f"localhost:{port}"]
        assert code_of(f"https://localhost:{port}/", purpose=Purpose.ROBOTS) == "tls-failed"


def test_a_redirect_may_lead_from_https_to_http_as_in_a_browser(
    site: Site, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.html("/b", "There", "text")
    host = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(host.certificate))

    def moved(connection: socket, asked: bytes) -> None:
        to = b"HTTP/1.1 302 Found\r\nLocation: " + site.url("/b").encode() + b"\r\n\r\n"
        connection.sendall(b"HTTP/1.1 404 None\r\n\r\n" if b"robots" in asked else to)

    with serving(host.context, moved) as port:
        settings.FETCH_ALLOWED_PRIVATE = [site.address, f"localhost:{port}"]
        response = fetch(f"https://localhost:{port}/a")

    assert response.final_url == site.url("/b")
    assert response.redirects == (f"https://localhost:{port}/a",)
    assert response.peer == "127.0.0.1"
