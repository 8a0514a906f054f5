"""The one outbound gate: which addresses it asks for, where redirects lead, what is sent and kept.

S5 is the row of bad sources with redirects.
"""

import gzip
import time

import pytest

from sources.fetching import (
    fetch,
)
from sources.fetching.exchange import Limits
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
