"""What a feed would bring, tried out before anything is saved."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sources.apart import parse_feed
from sources.articles import guid_name
from sources.feeds import FeedEntry, ParsedFeed
from sources.fetching import Purpose, Response, fetch
from sources.fetching.exchange import Limits
from sources.models import Article, ArticleAlias, Feed
from sources.urls import BadUrl, canonical_url

_LIMITS = Limits(total=20, body=20 * 1024 * 1024)
_SHOWN = 100


@dataclass(frozen=True)
class Link:
    """One article that a poll would take, and whether it is here already."""

    url: str
    title: str
    day: date | None
    known: bool


@dataclass(frozen=True)
class Preview:
    """What a feed says now. `links` are its first ones, `count` is how many there are.

    `conditional`: the site says by ETag or Last-Modified when nothing has changed. `nested`
    are the sitemaps that an index names; their links are not among `links`.
    """

    links: tuple[Link, ...]
    count: int
    nested: tuple[str, ...]
    conditional: bool
    warnings: tuple[str, ...]

    @property
    def new(self) -> int:
        """How many of `links` are not here yet."""
        return sum(not link.known for link in self.links)


def preview(feed: Feed) -> Preview:
    """Fetch the address of a feed, saved or not, and return the links it would bring.

    Writes nothing of the feed. Raises the `FetchError` family and `FeedError`.
    """
    response = fetch(feed.url, purpose=Purpose.FEED, limits=_LIMITS, patience=_LIMITS.total)
    parsed = _parsed(feed, response)
    known = _known(feed, parsed.entries)
    links = tuple(
        Link(entry.url, entry.title, entry.published_on, index in known)
        for index, entry in enumerate(parsed.entries[:_SHOWN])
    )
    return Preview(
        links,
        len(parsed.entries),
        parsed.nested,
        bool(response.headers.get("etag") or response.headers.get("last-modified")),
        tuple(_warnings(feed, response, parsed)),
    )


def _parsed(feed: Feed, response: Response) -> ParsedFeed:
    """The one place where the bytes are taken apart."""
    return parse_feed(response.body, feed.kind, response.final_url, feed.selector)


def _warnings(feed: Feed, response: Response, parsed: ParsedFeed) -> Iterable[str]:
    if parsed.partial:
        yield "The feed is malformed or very long: these are the entries that could be read."
    if response.moved_permanently:
        yield f"The address has moved for good to {response.final_url}: use that one."
    elif response.redirects:
        yield f"The address leads on to {response.final_url}."
    if not parsed.entries and not parsed.nested:
        yield "There is no link in it."
    count = len(parsed.entries)
    dated = sum(entry.published_on is not None for entry in parsed.entries)
    if dated < count and feed.kind != Feed.Kind.PAGE_LIST:
        yield f"{count - dated} of {count} entries state no day: it is looked for on their pages."
    guids = Counter(entry.guid for entry in parsed.entries if entry.guid)
    shared = [guid for guid, times in guids.items() if times > 1]
    if shared:
        yield f"Several entries share a GUID («{shared[0][:100]}»): they are told apart by their links."


def _known(feed: Feed, entries: tuple[FeedEntry, ...]) -> set[int]:
    """Which of the entries are here, by address, or by another name within the source."""
    names = {index: _names(entry) for index, entry in enumerate(entries[:_SHOWN])}
    wanted = {name for many in names.values() for name in many}
    here = set(Article.objects.filter(url__in=wanted).values_list("url", flat=True))
    aliases = ArticleAlias.objects.filter(source=feed.source_id, value__in=wanted)
    here |= set(aliases.values_list("value", flat=True))
    return {index for index, many in names.items() if here & many}


def _names(entry: FeedEntry) -> set[str]:
    try:
        return {canonical_url(entry.url), guid_name(entry.guid)} - {""}
    except BadUrl:
        return set()
