"""Which article an address or a GUID names, and which source an address belongs to."""

import itertools
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit, urlunsplit

import regex
from django.utils.text import slugify

from sources.cleaning import clean_line
from sources.models import Article, ArticleAlias, Feed, Source
from sources.urls import BadUrl, canonical_url, host_of, parse_url, same_site

_SCHEME = regex.compile(r"^https?://(?:www\.)?", regex.IGNORECASE)


def add_article(
    source: Source,
    url: str,
    *,
    guid: str = "",
    feed: Feed | None = None,
    stated: Mapping[str, object] | None = None,
) -> tuple[Article, bool]:
    """Return the article that this address or GUID names, and whether it was made just now.

    An article is known by its canonical address, an earlier or final address of it, or the
    GUID of its source. `stated` are the fields of a new one as they are said of it. Raises
    `BadUrl`.
    """
    given, url = url, canonical_url(url)
    known = Article.objects.filter(url=url).first() or _by_alias(source, url, guid)
    if known is None:
        article, created = Article.objects.get_or_create(
            url=url, defaults={"source": source, "feed": feed, **(stated or {})}
        )
    else:
        article, created = known, False
    if guid:
        _add_alias(article, source, ArticleAlias.Kind.GUID, guid)
    # The address as given is kept too: there are sites that know a page by nothing else.
    for other in (url, urlunsplit(parse_url(given))):
        if other != article.url:
            _add_alias(article, source, ArticleAlias.Kind.URL, other)
    return article, created


def also_at(article: Article, url: str) -> None:
    """Note an address that the article's page led to or names as its own, if it is believable.

    It must be on the article's site, and must not be its front page, which is where many
    sites lead when a page is gone. What is known as another article's address stays that.
    """
    try:
        url = canonical_url(url)
        believable = same_site(url, article.url) and urlsplit(url).path != "/"
    except BadUrl:
        return
    if believable and not Article.objects.filter(url=url).exists():
        _add_alias(article, article.source, ArticleAlias.Kind.URL, url)


def guid_name(guid: str) -> str:
    """The name that a GUID gives an article: one that is an address keeps it with another scheme.

    >>> guid_name("https://www.news.example/?p=7") == guid_name("http://news.example/?p=7")
    True
    """
    return str(_SCHEME.sub("", guid))


def article_at(source: Source, url: str) -> Article | None:
    """Return the article of this source that the address names; None when there is none.

    Raises `BadUrl`.
    """
    url = canonical_url(url)
    return Article.objects.filter(url=url).first() or _by_alias(source, url, "")


def known_articles(source: Source, names: Iterable[tuple[str, str]]) -> dict[str, Article]:
    """Of (address, GUID) pairs, the articles that are known by both, by the address as given.

    Feeds are long and mostly known: this asks for all of them in two queries. Without a GUID
    the address is enough. Addresses that cannot be fetched are left out.
    """
    wanted: dict[str, tuple[str, str]] = {}
    for given, guid in names:
        try:
            wanted[given] = canonical_url(given), guid
        except BadUrl:
            continue
    urls = {url for url, _ in wanted.values()}
    by_url = {article.url: article for article in Article.objects.filter(url__in=urls)}
    guids = {guid for _, guid in wanted.values() if guid}
    named = ArticleAlias.objects.filter(
        source=source, kind=ArticleAlias.Kind.GUID, value__in=guids
    )
    by_guid = dict(named.values_list("value", "article"))
    return {
        given: by_url[url]
        for given, (url, guid) in wanted.items()
        if url in by_url and (not guid or by_guid.get(guid) == by_url[url].pk)
    }


def _by_alias(source: Source, url: str, guid: str) -> Article | None:
    names = ArticleAlias.objects.select_related("article")
    by_url = names.filter(kind=ArticleAlias.Kind.URL, value=url, source=source).first()
    if by_url or not guid:
        return by_url.article if by_url else None
    by_guid = names.filter(kind=ArticleAlias.Kind.GUID, value=guid, source=source).first()
    return by_guid.article if by_guid else None


def _add_alias(article: Article, source: Source, kind: ArticleAlias.Kind, value: str) -> None:
    alias = ArticleAlias(source=source, kind=kind, value=value[:2000], article=article)
    ArticleAlias.objects.bulk_create([alias], ignore_conflicts=True)  # the first one stays


def _shared_path(place: str, url: str) -> int:
    """How many folders at its beginning the path of an address shares with another's."""
    one, other = (urlsplit(address).path.split("/")[1:-1] for address in (place, url))
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def source_for(url: str) -> Source:
    """Return the source whose home page is on the host of `url`; made if there is none.

    Where several sources share a host, it is the one whose home page, or one of whose feeds, has
    most of the address's path. Raises `BadUrl`.
    """
    host = host_of(url)
    bare = host.removeprefix("www.")
    known = Source.objects.exclude(homepage="").values_list("pk", "homepage")
    places = [*known, *Feed.objects.values_list("source", "url")]
    shared = {
        pk: max(_shared_path(place, url) for owner, place in places if owner == pk)
        for pk, homepage in known
        if urlsplit(homepage).netloc.lower().removeprefix("www.") == bare
    }
    if shared:
        return Source.objects.get(pk=max(shared, key=lambda pk: (shared[pk], -pk)))
    homepage = f"{urlsplit(url).scheme.lower()}://{host}/"
    # Another source may have the slug: "a-b.example" and "a.b.example" are two hosts.
    return _made(bare.replace(".", "-").replace(":", "-"), name=bare, homepage=homepage)


def source_named(name: str) -> Source:
    """Return the source of this name, in any case; made if there is none.

    It is for what has no address, such as a text from an outlet's archive on paper.
    """
    name = clean_line(name, 200)
    known = Source.objects.filter(name__iexact=name).order_by("pk").first()
    return known or _made(name, name=name)


def _made(called: str, **facts: str) -> Source:
    """A source with these facts, new, or made by another just now, with a slug of its own."""
    slug = slugify(called)[:70] or "source"
    for number in itertools.count(1):
        source, created = Source.objects.get_or_create(
            slug=slug if number == 1 else f"{slug}-{number}", defaults=facts
        )
        if created or all(getattr(source, name) == fact for name, fact in facts.items()):
            break
    return source
