"""Feed, sitemap or listing bytes -> entries. Pure."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import feedparser
import lxml.etree
import lxml.html
import regex
from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from sources.cleaning import clean_line
from sources.days import parse_day
from sources.decoding import decode
from sources.reasons import sentence
from sources.urls import absolute_url

MOST_ENTRIES = 2000
_DECLARATION = regex.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", regex.IGNORECASE)


class FeedError(Exception):
    """The bytes are not such a feed; `code` is one of `sources.reasons`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(sentence(code, detail))
        self.code = code


@dataclass(frozen=True)
class FeedEntry:
    """One article that a feed names. `revision` changes when the feed says the article did."""

    url: str
    guid: str = ""
    title: str = ""
    published_on: date | None = None
    language: str = ""
    revision: str = ""


@dataclass(frozen=True)
class ParsedFeed:
    """The entries in the feed's order, and the sitemaps that an index names.

    `partial`: the feed is malformed, and these are the entries that could be read.
    """

    entries: tuple[FeedEntry, ...]
    nested: tuple[str, ...] = ()
    partial: bool = False


def parse_feed(body: bytes, kind: str, base_url: str, selector: str = "") -> ParsedFeed:
    """Return the entries of a feed of this kind (`sources.models.Feed.Kind`).

    Links are resolved against `base_url`; entries without a usable link are left out, and an
    address counts once. Raises `FeedError`.
    """
    if kind == "sitemap":
        return _sitemap(body, base_url)
    if kind == "page_list":
        return _listing(body, base_url, selector)
    if kind == "json" or body.lstrip()[:1] == b"{":
        return _json_feed(body, base_url)
    return _xml_feed(body, base_url)


def _xml_feed(body: bytes, base_url: str) -> ParsedFeed:
    """RSS, Atom and RDF. Never given a name or an address: feedparser would open it."""
    _refuse_declarations(body)
    parsed = feedparser.parse(
        io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version") and not parsed.entries:
        raise FeedError("not-a-feed")
    language = str(parsed.feed.get("language", "")).split("-")[0].lower()[:8]
    read = (_entry(item, base_url, language) for item in parsed.entries[:MOST_ENTRIES])
    return ParsedFeed(_once(filter(None, read)), partial=bool(parsed.bozo))


def _entry(item: Any, base_url: str, language: str) -> FeedEntry | None:
    guid = clean_line(str(item.get("id", "")), 2000)
    url = _link(base_url, item.get("link") or (guid if guid.startswith("http") else ""))
    if url is None:
        return None
    moment = item.get("published_parsed") or item.get("created_parsed")
    # The day as written, not moved to UTC.
    written = parse_day(str(item.get("published", "")))
    day = written or (date(*moment[:3]) if moment else None)
    return FeedEntry(
        url=url,
        guid=guid,
        title=clean_line(_plain(str(item.get("title", ""))), 1000),
        published_on=day,
        language=str(item.get("language", "") or language)[:8],
        revision=clean_line(str(item.get("updated", "")), 100),
    )


def _plain(markup: str) -> str:
    """The text of a title that may hold markup or entities."""
    if "<" not in markup and "&" not in markup:
        return markup
    try:
        return str(lxml.html.fromstring(f"<div>{markup}</div>").text_content())
    except (lxml.etree.LxmlError, ValueError):
        return markup


def _json_feed(body: bytes, base_url: str) -> ParsedFeed:
    try:
        feed = json.loads(body)
        items = feed["items"]
        if not isinstance(items, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FeedError("not-a-feed", "no JSON Feed") from error
    language = str(feed.get("language", "")).split("-")[0].lower()[:8]

    def entries() -> Iterator[FeedEntry]:
        for item in items[:MOST_ENTRIES]:
            if not isinstance(item, dict):
                continue
            if url := _link(base_url, item.get("url") or item.get("external_url")):
                yield FeedEntry(
                    url=url,
                    guid=clean_line(str(item.get("id", "")), 2000),
                    title=clean_line(str(item.get("title", "")), 1000),
                    published_on=parse_day(str(item.get("date_published", ""))),
                    language=language,
                    revision=clean_line(str(item.get("date_modified", "")), 100),
                )

    return ParsedFeed(_once(entries()))


def _sitemap(body: bytes, base_url: str) -> ParsedFeed:
    """A sitemap, a news sitemap or an index of sitemaps."""
    _refuse_declarations(body)
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = lxml.etree.fromstring(body, parser)
    except lxml.etree.LxmlError as error:
        raise FeedError("not-a-feed", "malformed XML") from error
    kind = lxml.etree.QName(root).localname
    if kind == "sitemapindex":
        nested = (
            absolute_url(base_url, loc) for loc in root.xpath("//*[local-name()='loc']/text()")
        )
        return ParsedFeed((), tuple(dict.fromkeys(filter(None, nested))))
    if kind != "urlset":
        raise FeedError("not-a-feed", kind)

    def entries() -> Iterator[FeedEntry]:
        for node in list(root)[:MOST_ENTRIES]:
            fields = {
                lxml.etree.QName(child).localname: (child.text or "").strip()
                for child in node.iter("*")
            }
            if url := _link(base_url, fields.get("loc")):
                yield FeedEntry(
                    url=url,
                    title=clean_line(fields.get("title", ""), 1000),
                    published_on=parse_day(fields.get("publication_date", "")),
                    language=fields.get("language", "")[:8],
                    revision=fields.get("lastmod", "")[:100],
                )

    return ParsedFeed(_once(entries()))


def _listing(body: bytes, base_url: str, selector: str) -> ParsedFeed:
    """The links on a listing page that the CSS selector chooses, itself or inside."""
    if not selector:
        raise FeedError("no-selector")
    try:
        choose = CSSSelector(selector)
    except (SelectorError, lxml.etree.XPathError) as error:
        raise FeedError("bad-selector", selector) from error
    html, _, _ = decode(body, "text/html")
    try:
        tree = lxml.html.document_fromstring(
            html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise FeedError("not-a-feed", "no page") from error

    def entries() -> Iterator[FeedEntry]:
        for chosen in choose(tree)[:MOST_ENTRIES]:
            for link in [chosen] if chosen.tag == "a" else list(chosen.iter("a"))[:1]:
                if url := _link(base_url, link.get("href")):
                    yield FeedEntry(url=url, title=clean_line(link.text_content(), 1000))

    return ParsedFeed(_once(entries()))


def _refuse_declarations(body: bytes) -> None:
    """Entities are declared in a DTD; a feed needs none, so none is ever parsed.

    The harmless old RSS 0.91 doctype is refused too: the sentence says so.
    """
    utf16 = body[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in body[:200]
    if _DECLARATION.search(body.replace(b"\x00", b"") if utf16 else body):
        raise FeedError("feed-forbids")


def _link(base_url: str, link: object) -> str | None:
    return absolute_url(base_url, str(link)) if link else None


def _once(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    first: dict[str, FeedEntry] = {}
    for entry in entries:
        first.setdefault(entry.url, entry)
    return tuple(first.values())
