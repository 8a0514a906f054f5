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
# What may stand before the first element of XML, and a declaration of its type.
_PROLOG = regex.compile(r"(?s)(?:[\s\ufeff]++|<\?xml\s[^?>]*+\??>|<\?.*?\?>|<!--.*?-->)*+")
_ELEMENT = regex.compile(r"<(?!html\b)[\w:]", regex.IGNORECASE)
_DOCTYPE = regex.compile(r"<!\s*(?:DOCTYPE\b\s*(?P<page>html\b)?|ENTITY)", regex.IGNORECASE)
_ENTRY_END = regex.compile(r"</(?:[\w.-]++:)?(?:item|entry)\s*+>", regex.IGNORECASE)


class FeedError(Exception):
    """The bytes are not such a feed; `code` is one of `sources.reasons`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(sentence(code, detail))
        self.code, self.detail = code, detail


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
    """The entries in the feed's order, and the sitemaps that an index names, the newest last.

    `partial`: the feed is malformed or longer than `MOST_ENTRIES`; these could be read.
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
    xml, cut = _first_entries(_xml(body))
    try:
        parsed = feedparser.parse(
            io.BytesIO(xml.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception as error:  # its loose parser fails in many a way
        raise FeedError("not-a-feed", "malformed XML") from error
    if not parsed.get("version") and not parsed.entries:
        raise FeedError("not-a-feed")
    language = _language(parsed.feed.get("language"))
    read = (_entry(item, base_url, language) for item in parsed.entries[:MOST_ENTRIES])
    return ParsedFeed(_once(filter(None, read)), partial=cut or bool(parsed.bozo))


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
        language=_language(item.get("language")) or language,
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
    language = _language(feed.get("language"))

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

    return ParsedFeed(_once(entries()), partial=len(items) > MOST_ENTRIES)


def _sitemap(body: bytes, base_url: str) -> ParsedFeed:
    """A sitemap, a news sitemap or an index of sitemaps."""
    xml = _xml(body).encode("utf-8", "replace")
    parser = lxml.etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        root = lxml.etree.fromstring(xml, parser)
    except lxml.etree.LxmlError as error:
        raise FeedError("not-a-feed", "malformed XML") from error
    kind = lxml.etree.QName(root).localname
    if kind == "sitemapindex":
        nested = (_link(base_url, fields.get("loc")) for fields in _newest_last(root))
        addresses = tuple(dict.fromkeys(filter(None, nested)))
        return ParsedFeed((), addresses[-MOST_ENTRIES:], len(addresses) > MOST_ENTRIES)
    if kind != "urlset":
        raise FeedError("not-a-feed", kind)
    places = _newest_last(root)[-MOST_ENTRIES:]  # it may be in any order

    def entries() -> Iterator[FeedEntry]:
        for fields in places:
            if url := _link(base_url, fields.get("loc")):
                yield FeedEntry(
                    url=url,
                    title=clean_line(fields.get("title", ""), 1000),
                    published_on=parse_day(fields.get("publication_date", "")),
                    language=_language(fields.get("language")),
                    revision=clean_line(fields.get("lastmod", ""), 100),
                )

    return ParsedFeed(_once(entries()), partial=len(root) > MOST_ENTRIES)


def _newest_last(sitemap: Any) -> list[dict[str, str]]:
    """What a sitemap says of each of its places; those without a day come first."""
    return sorted(
        (_stated(node) for node in sitemap),
        key=lambda fields: fields.get("lastmod") or fields.get("publication_date", ""),
    )


def _stated(node: Any) -> dict[str, str]:
    """The texts below a place by their elements' names, its own before those of its images."""
    fields: dict[str, str] = {}
    for part in [*node.iterchildren("*"), *node.iterdescendants("*")]:
        fields.setdefault(lxml.etree.QName(part).localname, (part.text or "").strip())
    return fields


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
            html.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise FeedError("not-a-feed", "no page") from error

    chosen = choose(tree)

    def entries() -> Iterator[FeedEntry]:
        for part in chosen[:MOST_ENTRIES]:
            for link in [part] if part.tag == "a" else list(part.iter("a"))[:1]:
                if url := _link(base_url, link.get("href")):
                    yield FeedEntry(url=url, title=clean_line(link.text_content(), 1000))

    return ParsedFeed(_once(entries()), partial=len(chosen) > MOST_ENTRIES)


def _xml(body: bytes) -> str:
    """A feed's XML from its first element on. Raises `FeedError`.

    Entities are declared in a document type, which may only stand before the first element; a
    feed needs none, so none is ever parsed, not even the harmless one of RSS 0.91. What is
    looked at here are the characters that will be parsed, whatever the bytes called themselves.
    """
    text = decode(body, "")[0].replace("\x00", "")
    start = _PROLOG.match(text).end()
    if declared := _DOCTYPE.match(text, start):
        raise FeedError("not-a-feed" if declared["page"] else "feed-forbids")
    if not _ELEMENT.match(text, start):
        raise FeedError("not-a-feed")
    return str(text[start:])


def _first_entries(xml: str) -> tuple[str, bool]:
    """The feed with as many entries as are taken, and whether any had to be left out.

    What comes after the last entry stays, for it closes what was opened before the first.
    """
    ends = [end.end() for end in _ENTRY_END.finditer(xml)]
    if len(ends) <= MOST_ENTRIES:
        return xml, False
    return xml[: ends[MOST_ENTRIES - 1]] + xml[ends[-1] :], True


def _language(value: object) -> str:
    """The first part of a language tag, such as `en` of `en-GB`."""
    return clean_line(str(value or ""), 100).split("-")[0].lower()[:8]


def _link(base_url: str, link: object) -> str | None:
    return absolute_url(base_url, str(link)) if link else None


def _once(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    first: dict[str, FeedEntry] = {}
    for entry in entries:
        first.setdefault(entry.url, entry)
    return tuple(first.values())
