"""Bytes that mean harm: nothing is opened, nothing hangs, and each ends with its reason."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.apart import Keeper, parse_feed, read_page
from sources.days import parse_day
from sources.decoding import decode
from sources.feeds import MOST_ENTRIES, FeedError
from sources.feeds import parse_feed as parse_feed_here
from sources.text import DecodedPage, PageError, decode_page, read
from tests.sources import test_feeds as feeds

URL = "http://news.example/2024/06/20/story"
STORY = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force. "
)


def told(call: Callable[[], object]) -> str:
    """The code of the error that the call ends with, empty when it ends well."""
    try:
        call()
    except (PageError, FeedError) as error:
        return error.code
    return ""


def storable(record: object) -> bool:
    """Whether a database takes every text in it: no half characters, no NUL."""
    text = repr(record)
    return text.isprintable() and r"\x00" not in text and r"\ud" not in text


@pytest.fixture(scope="module")
def child() -> Iterator[Keeper]:
    keeper = Keeper()
    yield keeper
    keeper.end()


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    """An address on loopback that nobody may come to, and who did."""
    came: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            came.append("somebody")
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/canary", came
    server.close()


# ------------------------------------------------------------------ declarations

ITEM = "<item><title>{}</title><link>/a</link></item>"
RSS = '<rss version="2.0"><channel><title>t</title>{}</channel></rss>'
LAUGHS = "<!DOCTYPE r [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
    f"<!ENTITY {name} '{f'&{of};' * 50}'>" for of, name in zip("abcdefg", "bcdefgh", strict=True)
) + "]>"  # fmt: skip
BLOW_UP = "<!DOCTYPE r [<!ENTITY a '" + "ha" * 50_000 + "'>]>"
READ_FILE = "<!DOCTYPE r [<!ENTITY a SYSTEM 'file://{file}'>]>"
ASK_PORT = "<!DOCTYPE r [<!ENTITY a SYSTEM '{url}'>]>"
OWN_DTD = "<!DOCTYPE r SYSTEM '{url}'>"
PUBLIC_DTD = "<!DOCTYPE r PUBLIC '-//x//y' '{url}'>"
PARAMETER = "<!DOCTYPE r [<!ENTITY % a SYSTEM '{url}'> %a;]>"
HIDDEN = (
    "<?xml version='1.0'?>\n<!-- > --><?x y?>\n<!-- <rss> --> <!DOCTYPE r [<!ENTITY a 'b'>]>"
)
LARGE = "<!DOCTYPE r [" + "<!-- filling -->" * 200_000 + "<!ENTITY a 'b'>]>"
DECLARATIONS = [
    LAUGHS, BLOW_UP, READ_FILE, ASK_PORT, OWN_DTD, PUBLIC_DTD, PARAMETER, HIDDEN, LARGE,
]  # fmt: skip


@pytest.mark.parametrize("kind", ["rss", "atom", "sitemap"])
@pytest.mark.parametrize("declaration", DECLARATIONS, ids=range(len(DECLARATIONS)))
def test_a_document_type_is_refused_and_nothing_is_fetched(
    child: Keeper, canary: tuple[str, list[str]], tmp_path: Path, declaration: str, kind: str
) -> None:
    (tmp_path / "canary").write_text("canary")
    address, came = canary
    known = declaration.replace("{url}", address).replace("{file}", f"{tmp_path}/canary")
    body = known + RSS.format(ITEM.format("&a;&h;"))

    with pytest.raises(FeedError) as caught:
        parse_feed(body.encode(), kind, URL, child=child)

    assert caught.value.code == "feed-forbids"
    assert came == []


@pytest.mark.parametrize(
    ("declared", "charset"),
    [
        ("", "utf-16"), ("", "utf-16-le"), ("", "utf-16-be"), ("", "utf-32"), ("", "utf-32-le"),
        ("utf-16", "utf-16-le"), ("utf-7", "utf-7"), ("UTF_7", "utf-7"), ("u7", "utf-7"),
        ("cp037", "cp037"), ("", "cp037"), ("cp500", "ascii"), ("utf-16", "ascii"),
        ("unicode_escape", "ascii"), ("raw_unicode_escape", "ascii"), ("hz", "ascii"),
        ("iso-2022-kr", "iso-2022-kr"), ("iso-2022-jp", "ascii"), ("punycode", "ascii"),
        ("nonsense", "ascii"), ("utf-8", "utf-8-sig"), ("base64", "ascii"), ("rot13", "ascii"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["rss", "sitemap"])
def test_no_charset_hides_a_document_type(declared: str, charset: str, kind: str) -> None:
    xml = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = f"{xml}<!DOCTYPE r [<!ENTITY a 'canary'>]>" + RSS.format(ITEM.format("&a;"))
    for bytes_ in (body.encode(charset), b"\n " + body.encode(charset)):
        with pytest.raises(FeedError) as caught:
            parse_feed_here(bytes_, kind, URL)

        assert caught.value.code in {"feed-forbids", "not-a-feed"}


def test_escaped_characters_do_not_become_a_document_type() -> None:
    """`+ADw-` is «<» in UTF-7 only, and nothing is ever read as UTF-7."""
    body = b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE r>" + RSS.format("").encode()

    with pytest.raises(FeedError) as caught:
        parse_feed_here(body, "rss", URL)

    assert caught.value.code == "not-a-feed"


def test_a_document_type_in_an_article_is_only_its_text() -> None:
    item = ITEM.format("<![CDATA[How to write <!DOCTYPE html>]]>")

    (entry,) = parse_feed_here(RSS.format(item).encode(), "rss", URL).entries

    assert entry.url == "http://news.example/a"


def test_what_names_other_files_takes_nothing_from_them(
    child: Keeper, canary: tuple[str, list[str]], tmp_path: Path
) -> None:
    (tmp_path / "canary").write_text("<p>the canary sings</p>" * 20)
    address, came = canary
    others = "".join(
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{other}" parse="text"/>'
        f'<iframe src="{other}"></iframe><img src="{other}"><object data="{other}"></object>'
        for other in (f"file://{tmp_path}/canary", address)
    )
    html = f'<html><head><base href="{address}"><link rel="import" href="{address}"></head>'
    html += f"<body><article><p>{STORY * 3}</p>{others}</article></body></html>"
    feed = RSS.format(others.replace(">", "/>") + ITEM.format("A") + others)

    found = read_page(html.encode(), "text/html", URL, child)
    parsed = parse_feed(feed.encode(), "rss", URL, child=child)

    assert "Ada Example" in found.text
    assert "sings" not in found.text
    assert [entry.title for entry in parsed.entries] in (["A"], [])
    assert came == []


@pytest.mark.parametrize("kind", ["rss", "atom", "sitemap", "json"])
@pytest.mark.parametrize("opened", ["file", "device", "url", "file url", "feed url"])
def test_a_body_that_names_something_is_not_opened(
    child: Keeper, canary: tuple[str, list[str]], tmp_path: Path, opened: str, kind: str
) -> None:
    (tmp_path / "feed.xml").write_bytes(feeds.RSS)
    address, came = canary
    names = {
        "file": f"{tmp_path}/feed.xml", "device": "/dev/zero", "url": address,
        "file url": f"file://{tmp_path}/feed.xml", "feed url": address.replace("http", "feed"),
    }  # fmt: skip

    with pytest.raises(FeedError) as caught:
        parse_feed(names[opened].encode(), kind, URL, child=child)

    assert caught.value.code == "not-a-feed"
    assert came == []


# ------------------------------------------------------------------ what is no feed, or half of one


@pytest.mark.parametrize(
    "body",
    [
        b"", b" \n", b"<", b"<!--", b"<?xml", b"\xff\xfe", b"\x00" * 100, b"<html><p>x</p></html>",
        b"<!DOCTYPE html><html><body>Not found</body></html>", b"<other/>", b"{", b"[]", b"7",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["rss", "atom", "sitemap", "json"])
def test_what_is_no_feed_is_refused(child: Keeper, body: bytes, kind: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(body, kind, URL, child=child)

    assert caught.value.code == "not-a-feed"


@pytest.mark.parametrize("end", [-1, -12, -25, 250, 140])
def test_a_feed_cut_short_gives_what_came_and_says_so(child: Keeper, end: int) -> None:
    body = RSS.format("".join(ITEM.format(n).replace("/a", f"/{n}") for n in range(9))).encode()

    parsed = parse_feed(body[:end], "rss", URL, child=child)

    assert parsed.partial
    assert parsed.entries[0].title == "0"


def test_of_a_huge_feed_the_first_entries_are_taken(child: Keeper) -> None:
    items = "".join(ITEM.format(n).replace("/a", f"/{n}") for n in range(50_000))
    began = time.monotonic()

    parsed = parse_feed(RSS.format(items).encode(), "rss", URL, child=child)

    assert [entry.title for entry in parsed.entries] == [str(n) for n in range(MOST_ENTRIES)]
    assert parsed.partial
    assert time.monotonic() - began < 15


def test_a_feed_that_is_not_huge_is_whole(child: Keeper) -> None:
    items = "".join(ITEM.format(n).replace("/a", f"/{n}") for n in range(MOST_ENTRIES))

    parsed = parse_feed(RSS.format(items).encode(), "rss", URL, child=child)

    assert (len(parsed.entries), parsed.partial) == (MOST_ENTRIES, False)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("rss", "<rss><channel><item>" + "<b>" * 100_000),
        ("rss", f"<rss version='2.0'><channel><item a='{'x' * 5_000_000}'/></channel></rss>"),
        ("sitemap", "<urlset>" + "<url>" * 100_000),
        ("sitemap", f"<urlset a='{'x' * 11_000_000}'/>"),
        ("json", "[" * 1_000_000),
        ("json", '{"items":' + '[{"url":' * 100_000),
        ("json", '{"items":[{"url":"http://a.example/","language":"\\ud800\\u0000"}]}'),
        ("page_list", "<div>" * 100_000 + "<a href='/x'>x</a>"),
    ],
)
def test_deep_and_wide_feeds_end_in_time(child: Keeper, kind: str, body: str) -> None:
    began = time.monotonic()
    outcome = told(lambda: parse_feed(body.encode(), kind, URL, "a", child))

    assert outcome in {"", "not-a-feed", "parse-exceeded"}
    assert time.monotonic() - began < 31


# ------------------------------------------------------------------ pages


def _resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


PAGES: dict[str, tuple[Callable[[], str], str]] = {
    "a million nested boxes": (lambda: "<div>" * 1_000_000 + f"<p>{STORY * 3}</p>", "degraded"),
    "300 boxes of any kind": (lambda: "<em>" * 300 + f"<p>{STORY * 3}</p>", "degraded"),
    "300 unknown elements": (lambda: "<x-y>" * 300 + f"<p>{STORY * 3}</p>", "degraded"),
    "a quarter million tags": (lambda: f"<p>{STORY * 3}</p>" + "<b>x" * 250_000, "degraded"),
    "50 000 paragraphs": (
        lambda: "".join(f"<p>Invented, {n}.</p>" for n in range(50_000)), "text",
    ),
    "60 000 cells": (
        lambda: f"<p>{STORY}</p><table>" + ("<tr>" + "<td>cell</td>" * 10) * 6000, "text",
    ),
    "a word of 20 MB": (lambda: "x" * 20_000_000, "too-large"),
    "a word of 9 MB": (lambda: "x" * 9_000_000, "too-large"),
    "an attribute of 9 MB": (lambda: f"<p title='{'x' * 9_000_000}'>{STORY * 3}", "text"),
    "only opening brackets": (lambda: f"<p>{STORY * 3}" + "<" * 900_000, "text"),
    "half a million ends": (lambda: "</x>" * 500_000 + f"<p>{STORY * 3}", "degraded"),
    "dates without an end": (
        lambda: f"<p>{STORY * 3}<script type='application/ld+json'>"
        + '"datePublished":"' * 100_000, "text",
    ),
    "entities": (lambda: f"<p>{STORY * 3}" + "&amp" * 200_000, "text"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_to_hang_ends_in_time_and_with_a_reason(child: Keeper, name: str) -> None:
    make, outcome = PAGES[name]
    body = f"<html><body><article>{make()}".encode()
    before, began = _resident(), time.monotonic()
    try:
        found = read_page(body, "text/html", URL, child)
        end = "degraded" if any("layout" in w for w in found.warnings) else "text"
        assert "nvented" in found.text
    except PageError as error:
        end = error.code
    assert end == outcome
    assert time.monotonic() - began < 31
    assert _resident() - before < 100 << 20


ATTACKS = [
    " " * 100_000, "\n" * 100_000, "-" * 100_000, "a" * 100_000, "1 " * 50_000, "1" * 100_000,
    "<" * 100_000, "<!" * 50_000, "<meta " * 16_000, "<meta charset=" * 7_000, "<?xml " * 16_000,
    "May " * 25_000, "May" + " " * 100_000, "1" + " " * 100_000 + "x", "---\n" * 25_000,
    "---\na: b\n" + "\n " * 50_000, "---\n" + "a: b\n" * 20_000, "---\na:" + " " * 100_000 + "\n---x",
    "a - " * 25_000, "</item" * 16_000, "</a:" * 25_000, "<!--" * 25_000, "charset=" * 12_000,
    "<a" + ":a" * 50_000, "e\u0301" * 50_000, "e" + "\u0301\u0323" * 50_000,
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_pattern_of_ours_takes_long_for_a_long_text(attack: str) -> None:
    body = attack.encode()
    page = f"<html><title>{attack}</title><p>{STORY * 3}</p><p itemprop=datePublished>{attack}"
    feed = RSS.format(
        f"<item><title>{attack}</title><link>/a</link><pubDate>{attack}</pubDate>"
    )
    tries: list[Callable[[], object]] = [
        lambda: decode(body, attack),
        lambda: decode_page(body, "text/plain"),
        lambda: parse_day(attack),
        lambda: read(DecodedPage(attack, "utf-8", plain=True), URL),
        lambda: read(DecodedPage(page, "utf-8"), URL),
        lambda: parse_feed_here(body, "rss", URL),
        lambda: parse_feed_here(feed.encode(), "rss", URL),
    ]
    for attempt in tries:
        began = time.process_time()
        told(attempt)
        assert time.process_time() - began < 2


# ------------------------------------------------------------------ by chance

# A few hundred in each run; many more when DEMARCHE_FUZZ says how many.
TRIES = int(os.environ.get("DEMARCHE_FUZZ", "100"))
by_chance = settings(
    max_examples=TRIES,
    deadline=None,
    derandomize="DEMARCHE_FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
SEEDS = [
    (feeds.RSS, "rss"), (feeds.ATOM, "atom"), (feeds.JSON, "json"), (feeds.SITEMAP, "sitemap"),
    (feeds.INDEX, "sitemap"), (feeds.LISTING, "page_list"),
]  # fmt: skip
PAGE = (
    f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A - B</title>'
    '<meta property="article:published_time" content="2024-06-19"><link rel="canonical" href="/x">'
    '<script type="application/ld+json">{"datePublished":"2024-06-18"}</script></head><body>'
    f"<article><h1>A</h1><time datetime='2024-06-20'>20 June 2024</time><p>{STORY}</p>"
    f"<table><tr><td><p>{STORY}</p></td></tr></table></article></body></html>"
).encode()
TOKENS = [
    b"<", b">", b"&", b'"', b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"</", b"/>",
    b"\x00", b"\xff", b"\xfe\xff", b"&#0;", b"&#xD800;", b"&#x110000;", b"&nbsp;", b"<!DOCTYPE",
    b"<div>", b"<item>", b"</item>", b"<entry>", b"<link>", b"xmlns:a='b'", b"xml:base='http://['",
    b"<title type='xhtml'>", b"<content type='application/octet-stream'>!</content>", b"href='//['",
    b"encoding='utf-16'", b"charset=utf-7", b"9999-99-99", b"Thu, 99 Foo 99999 99:99", b"\xed\xa0\x80",
    b"<base href='http://[x'>", b"<georss:point>1 2</georss:point>", b"<psc:chapter start='x:y'/>",
    b"<media:content url='x'/>", b"lang=''", b"<table><tr><td>", b"{", b"[", b"null", b"1e999", b"-",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, seed: bytes) -> bytes:
    """The seed with a few pieces cut out, doubled, moved or put in."""
    body = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 60)))
        other = draw(st.integers(0, len(body)))
        match draw(st.integers(0, 3)):
            case 0:
                del body[start:end]
            case 1:
                body[other:other] = body[start:end]
            case 2:
                body[start:end] = draw(st.sampled_from(TOKENS))
            case _:
                body[start:start] = draw(st.sampled_from(TOKENS) | st.binary(max_size=4))
    return bytes(body)


@pytest.mark.parametrize(("seed", "kind"), SEEDS)
@by_chance
@given(data=st.data())
def test_a_damaged_feed_is_parsed_or_refused(
    data: st.DataObject, seed: bytes, kind: str
) -> None:
    body = data.draw(mutated(seed))
    try:
        parsed = parse_feed_here(body, kind, URL, "a")
    except FeedError:
        return
    for entry in parsed.entries:
        assert entry.url.startswith(("http://", "https://"))
    assert storable(parsed)


@by_chance
@given(body=mutated(PAGE))
def test_a_damaged_page_is_read_or_refused(body: bytes) -> None:
    try:
        found = read(decode_page(body, "text/html"), URL)
    except PageError:
        return
    assert storable(found)
