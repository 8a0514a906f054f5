"""Which article an address or a GUID names, and articles that people add by hand."""

import hashlib
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from sources import store
from sources.cleaning import clean_line
from sources.jobs import accept
from sources.models import Article, ArticleAlias, Feed, Job, Snapshot, Source
from sources.text import READER
from sources.urls import canonical_url, host_of, parse_url


@dataclass(frozen=True)
class Accepted:
    """What became of an article given by hand: its row, whether it is new, and its work."""

    article: Article
    created: bool
    job: Job | None = None


def add_article(
    source: Source, url: str, *, guid: str = "", feed: Feed | None = None
) -> tuple[Article, bool]:
    """Return the article that this address or GUID names, and whether it was made just now.

    An article is known by its canonical address, an earlier or final address of it, or the
    GUID of its source. Raises `BadUrl`.
    """
    given, url = url, canonical_url(url)
    known = Article.objects.filter(url=url).first() or _by_alias(source, url, guid)
    if known is None:
        article, created = Article.objects.get_or_create(
            url=url, defaults={"source": source, "feed": feed}
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


def _by_alias(source: Source, url: str, guid: str) -> Article | None:
    names = ArticleAlias.objects.select_related("article")
    by_url = names.filter(kind=ArticleAlias.Kind.URL, value=url, source=source).first()
    if by_url or not guid:
        return by_url.article if by_url else None
    by_guid = names.filter(kind=ArticleAlias.Kind.GUID, value=guid, source=source).first()
    return by_guid.article if by_guid else None


def _add_alias(article: Article, source: Source, kind: ArticleAlias.Kind, value: str) -> None:
    ArticleAlias.objects.get_or_create(
        source=source, kind=kind, value=value[:2000], defaults={"article": article}
    )


def source_for(url: str) -> Source:
    """Return the source whose home page or feeds are on the host of `url`; made if unknown."""
    host = host_of(url)
    bare = host.removeprefix("www.")
    for source in Source.objects.exclude(homepage="").only("pk", "homepage"):
        if urlsplit(source.homepage).netloc.lower().removeprefix("www.") == bare:
            return source
    source, _ = Source.objects.get_or_create(
        slug=slugify(host.replace(".", "-").replace(":", "-"))[:80],
        defaults={"name": bare, "homepage": f"{urlsplit(url).scheme}://{host}/"},
    )
    return source


def accept_capture(
    article: Article, occasion: str, *, delay: float = 0, priority: int = 0
) -> tuple[Job, bool]:
    """Accept that the article be captured on this occasion; once for each occasion."""
    digest = hashlib.sha256(occasion.encode()).hexdigest()[:16]
    key = f"capture:{article.pk}:{digest}"
    return accept(Job.Kind.CAPTURE, key, article.pk, priority=priority, delay=delay)


def accept_read(snapshot: Snapshot) -> Job:
    """Accept that the snapshot's bytes be read by the present reader."""
    key = f"read:{snapshot.pk}"
    return accept(Job.Kind.READ, key, snapshot.pk, priority=urgency(snapshot.article))[0]


def urgency(article: Article) -> int:
    """Somebody waits for what was added by hand."""
    return 2 if article.added_by_id else 0


@transaction.atomic
def accept_url(
    url: str,
    *,
    source: Source | None = None,
    by: User | None = None,
    title: str = "",
    published_on: date | None = None,
    language: str = "",
) -> Accepted:
    """Accept an article by its address; its capture is committed before this returns.

    An address that is known already gives its article with `created` False. Raises `BadUrl`.
    """
    article, created = add_article(source or source_for(url), url)
    if not created:
        return Accepted(article, False)
    article.stated_title = clean_line(title, 1000)
    article.stated_published_on = published_on
    article.stated_language = language
    article.added_by = by
    article.save()
    job, _ = accept_capture(article, "by hand", priority=2)
    return Accepted(article, True, job)


@transaction.atomic
def accept_text(
    body: bytes,
    content_type: str,
    *,
    source: Source,
    by: User | None = None,
    url: str = "",
    title: str = "",
    published_on: date | None = None,
    language: str = "",
) -> Accepted:
    """Accept a text or page given as bytes; the same bytes twice are the same article.

    The bytes are on disk and their reading is committed before this returns. `url` is where
    the text was printed, if that is known. Raises `OSError` when the store cannot be written.
    """
    digest = hashlib.sha256(body).hexdigest()
    known = Snapshot.objects.filter(sha256=digest).select_related("article").first()
    if known is not None:
        return Accepted(known.article, False)
    store.keep(body)
    address = canonical_url(url) if url else f"text:{digest}"
    article, created = Article.objects.get_or_create(
        url=address,
        defaults={
            "source": source,
            "added_by": by,
            "stated_title": clean_line(title, 1000),
            "stated_published_on": published_on,
            "stated_language": language,
        },
    )
    snapshot, _ = Snapshot.objects.get_or_create(
        article=article,
        sha256=digest,
        reader=READER,
        defaults={
            "size": len(body),
            "content_type": clean_line(content_type, 100),
            "final_url": address,
        },
    )
    return Accepted(article, created, accept_read(snapshot))
