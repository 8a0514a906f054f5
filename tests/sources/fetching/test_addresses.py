"""S6: no spelling of an address leads into the house, by whatever way it comes in."""

import ipaddress
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import escape
from typing import Any
from urllib.parse import urlsplit

import pytest
import regex
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sources import jobs
from sources.admin import FeedForm
from sources.by_hand import accept_url
from sources.feeds import MOST_ENTRIES, parse_feed
from sources.fetching import NotAllowed, Purpose, TemporaryFetchError, fetch
from sources.fetching.addresses import is_public
from sources.fetching.dialing import dial
from sources.models import Article, HostState, Job
from sources.polling import poll_now
from sources.urls import BadUrl, absolute_url, host_of, parse_url
from tests.factories import FeedFactory, SourceFactory
from tests.sources.fetching import spellings
from tests.sources.fetching.canaries import Canaries
from tests.sources.fetching.wire import code_of
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

REFUSED = {"address-not-allowed", "port-not-allowed", "bad-url", "bad-redirect"}


@pytest.fixture(autouse=True)
def _in_haste(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between requests, and each name whatever is said to lie on this machine.

    What is no name is read by the C library itself, whose spellings are to be met.
    """
    settings.HOST_GAP_SECONDS = settings.PRIVATE_GAP_SECONDS = 0
    look_up = socket.getaddrinfo

    def inside(host: str, port: int, **options: Any) -> Any:
        try:
            return look_up(host, port, flags=socket.AI_NUMERICHOST, **options)
        except (OSError, UnicodeError):
            return [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
                (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", port, 0, 0)),
            ]

    monkeypatch.setattr(socket, "getaddrinfo", inside)


@pytest.fixture
def hostile(canaries: Canaries) -> list[str]:
    """All the spellings, at the ports where canaries sit."""
    found = spellings.addresses(canaries.ports)
    assert len(found) >= 5000
    return found


def inside(links: list[str | None], site: Site) -> list[str]:
    """One address of each scheme and host among these, of loopback at each port as well.

    The site's own address is left out.
    """
    first: dict[tuple[str, str], str] = {}
    for link in filter(None, links):
        parts = urlsplit(link)
        host = parts.hostname or ""
        place = parts.netloc if host in {"127.0.0.1", "::1", "localhost"} else host
        if parts.netloc != site.address:
            first.setdefault((parts.scheme, place), link)
    return list(first.values())


def resolved(base: str, links: list[str]) -> list[str | None]:
    return [absolute_url(base, link) for link in links]


# ------------------------------------------------------------------ what counts as public


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1",
        "198.18.0.1", "224.0.0.1", "255.255.255.255", "192.88.99.1", "0.0.0.0", "127.255.0.1",
        "192.0.0.9", "192.31.196.1", "192.52.193.1", "192.175.48.1", "198.51.100.1",
        "203.0.113.1", "233.252.0.1", "240.0.0.1", "172.31.255.255",
        "::1", "::", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::",
        "2001::1", "2001:db8::1", "fc00::1", "fe80::1", "fec0::1", "ff02::1", "3fff::1", "5f00::1",
        "::8.8.8.8", "100::1", "100:0:0:1::1", "2001:20::1", "2001:4:112::1", "2620:4f:8000::1",
        "fe80::1%lo",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450::1"],
)
def test_plain_public_addresses_are(address: str) -> None:
    assert is_public(address)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6), st.integers(0, 2**32 - 1)))
def test_no_address_is_public_that_the_standard_library_calls_private(address: object) -> None:
    parsed = ipaddress.ip_address(address)  # type: ignore[arg-type]
    if is_public(str(parsed)):
        assert parsed.is_global
        assert not parsed.is_multicast


# ------------------------------------------------------------------ each way in


def test_each_spelling_has_one_meaning_and_none_of_them_is_dialled(
    site: Site, canaries: Canaries, hostile: list[str]
) -> None:
    meant: set[tuple[str, int]] = set()
    for url in hostile:
        try:
            parts = parse_url(url)
        except BadUrl:
            continue
        assert parts == parse_url(parts.geturl())
        meant.add(
            (parts.hostname or "", parts.port or {"http": 80, "https": 443}[parts.scheme])
        )
    own = tuple(site.address.split(":"))

    for host, port in meant - {(own[0], int(own[1]))}:
        with pytest.raises((NotAllowed, TemporaryFetchError)) as caught:
            dial(host, port, 2.0)
        assert caught.value.code in REFUSED
    # What the parser refuses must not be reached by the dial call either.
    for host in spellings.hosts():
        with pytest.raises((NotAllowed, TemporaryFetchError)) as caught:
            dial(host, canaries.ports[0], 2.0)
        assert caught.value.code in REFUSED
    assert canaries.visitors == []
    assert site.asked == []


@pytest.mark.parametrize("purpose", Purpose)
def test_none_is_fetched(
    purpose: Purpose, site: Site, canaries: Canaries, hostile: list[str]
) -> None:
    readable = []
    for url in hostile:
        try:
            readable.append(parse_url(url).geturl())
        except BadUrl:
            continue
    assert len(readable) < len(hostile)

    for url in inside(list(readable), site):
        assert code_of(url, purpose=purpose) in REFUSED
    assert canaries.visitors == []
    assert site.asked == []


def test_no_redirect_leads_there(site: Site, canaries: Canaries, hostile: list[str]) -> None:
    sent = [link for link in hostile if link.isascii() and link.isprintable()]
    targets = inside(resolved(site.url("/r"), sent), site)
    assert len(targets) > 60
    for link in targets:
        site.pages["/r"] = Page(status=302, headers={"Location": link})
        assert code_of(site.url("/r")) in REFUSED
    # As they are written, too: some of these mean a page of the site itself, which has none.
    for link in sent[::150]:
        site.pages["/r"] = Page(status=302, headers={"Location": link})
        assert code_of(site.url("/r")) in {*REFUSED, "not-found", "redirect-loop"}
    assert canaries.visitors == []


def test_no_robots_txt_leads_there(site: Site, canaries: Canaries, hostile: list[str]) -> None:
    site.html("/page", "One", "text")
    for link in inside(resolved(site.url("/robots.txt"), hostile), site):
        HostState.objects.all().delete()
        site.pages["/robots.txt"] = Page(status=301, headers={"Location": link})

        # A robots.txt that leads astray is none, so the page may be had.
        assert fetch(site.url("/page")).status == 200
    assert canaries.visitors == []


def _rss(links: list[str]) -> bytes:
    items = "".join(f"<item><link>{escape(link)}</link></item>" for link in links)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def _atom(links: list[str]) -> bytes:
    items = "".join(f'<entry><link href="{escape(link)}"/></entry>' for link in links)
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{items}</feed>'.encode()


def _sitemap(links: list[str]) -> bytes:
    items = "".join(f"<url><loc>{escape(link)}</loc></url>" for link in links)
    return f"<urlset>{items}</urlset>".encode()


def _index(links: list[str]) -> bytes:
    items = "".join(f"<sitemap><loc>{escape(link)}</loc></sitemap>" for link in links)
    return f"<sitemapindex>{items}</sitemapindex>".encode()


def _json(links: list[str]) -> bytes:
    return json.dumps({"items": [{"url": link} for link in links]}).encode()


def _listing(links: list[str]) -> bytes:
    return "".join(f'<p><a href="{escape(link)}">x</a></p>' for link in links).encode()


DOCUMENTS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "rss": ("rss", _rss),
    "atom": ("atom", _atom),
    "sitemap": ("sitemap", _sitemap),
    "index of sitemaps": ("sitemap", _index),
    "json": ("json", _json),
    "listing": ("page_list", _listing),
}


def _portions(links: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(links), MOST_ENTRIES):
        yield links[start : start + MOST_ENTRIES]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_link_of_a_feed_leads_there(
    document: str, site: Site, canaries: Canaries, hostile: list[str]
) -> None:
    kind, write = DOCUMENTS[document]
    # XML has no way to write most control characters.
    links = [link for link in hostile[::6] if "\x01" not in link]
    assert len(links) >= 5000
    found: list[str | None] = []
    for portion in _portions(links):
        site.pages["/feed"] = Page(write(portion), "application/xml")
        response = fetch(site.url("/feed"), purpose=Purpose.FEED)
        parsed = parse_feed(response.body, kind, response.final_url, "a")
        found += [*(entry.url for entry in parsed.entries), *parsed.nested]
    purpose = Purpose.FEED if document == "index of sitemaps" else Purpose.PAGE
    named = inside(found, site)
    assert len(named) > 60

    for url in named:
        assert code_of(url, purpose=purpose) in REFUSED
    assert canaries.visitors == []


def test_the_work_that_a_feed_makes_ends_with_a_reason(
    site: Site, canaries: Canaries, hostile: list[str]
) -> None:
    links = inside(resolved(site.url("/feed"), hostile), site)[:60]
    site.pages["/feed"] = Page(_rss(links), "application/rss+xml")

    polled = jobs.run(poll_now(FeedFactory(url=site.url("/feed"))).pk)

    assert polled is not None
    assert polled.result == f"{len(links)} new, 0 revised"
    captures = Job.objects.filter(kind=Job.Kind.CAPTURE)
    assert {job.reason_code for job in map(_done, captures)} <= REFUSED
    assert canaries.visitors == []


def test_what_a_page_calls_its_own_address_is_never_asked(
    site: Site, canaries: Canaries, hostile: list[str]
) -> None:
    text = ["Ada Example said on Tuesday that the invented bridge would be opened soon."] * 9
    links = inside(resolved(site.url("/a"), hostile), site)
    head = "".join(f'<link rel="canonical" href="{escape(link)}">' for link in links)
    head += f'<meta http-equiv="refresh" content="0; url={escape(links[0])}">'
    head += f'<meta property="og:url" content="{escape(links[1])}">'
    article = accept_url(site.html("/a", "The bridge", *text, head=head))

    for _ in range(3):  # capture, read, attribute
        for job in Job.objects.due():
            jobs.run(job.pk)

    assert article.article.snapshots.count() == 1
    assert canaries.visitors == []
    assert site.asked == ["/robots.txt", "/a"]


def test_none_is_accepted_by_hand(site: Site, canaries: Canaries, hostile: list[str]) -> None:
    source = SourceFactory()
    for url in hostile[::6]:
        with suppress(BadUrl, NotAllowed):
            accept_url(url, source=source)
    # Only names are taken, as nobody looks them up until they are dialled.
    elsewhere = Article.objects.exclude(url__contains=f"//{site.address}/")
    work = Job.objects.filter(subject__in=elsewhere.values("pk"))
    assert {job.reason_code for job in map(_done, work)} <= REFUSED
    assert elsewhere.exists()
    assert all(_named(url) for url in elsewhere.values_list("url", flat=True))
    assert canaries.visitors == []


def test_no_feed_form_takes_one(site: Site, canaries: Canaries, hostile: list[str]) -> None:
    form = FeedForm({})
    taken = []
    for url in hostile[::6]:
        form.cleaned_data = {"url": url}
        with suppress(ValidationError):
            taken.append(form.clean_url())

    assert 0 < len(taken) < len(hostile) / 12
    assert all(_named(url) or host_of(url) == site.address for url in taken)
    assert canaries.visitors == []


def _named(url: str) -> bool:
    """Whether the host of an address is a name and not a number."""
    return bool(regex.search(r"[g-z]", parse_url(url).hostname or ""))


def _done(job: Job) -> Job:
    done = jobs.run(job.pk)
    assert done is not None
    return done
