"""Which article an address or a GUID names, and articles that people add by hand."""

import hashlib
import itertools
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from sources import store
from sources.cleaning import clean_line
from sources.fetching import check_address
from sources.jobs import accept
from sources.models import Article, ArticleAlias, Feed, Job, Snapshot, Source
from sources.text import READER
from sources.urls import BadUrl, canonical_url, host_of, parse_url, same_site


@dataclass(frozen=True)
class Stated:
    """What a person says about an article; empty and None for what they leave out."""

    title: str = ""
    published_on: date | None = None
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.title or self.published_on or self.language)


@dataclass(frozen=True)
class Accepted:
    """What became of an article given by hand: its row, whether it is new, and its work.

    Without a job it was here already, just so.
    """

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
    """Return the source whose home page is on the host of `url`; made if there is none.

    Raises `BadUrl`.
    """
    host = host_of(url)
    bare = host.removeprefix("www.")
    for source in Source.objects.exclude(homepage="").only("pk", "homepage"):
        if urlsplit(source.homepage).netloc.lower().removeprefix("www.") == bare:
            return source
    homepage = f"{urlsplit(url).scheme.lower()}://{host}/"
    slug = slugify(bare.replace(".", "-").replace(":", "-"))[:70]
    # Another source may have the slug: "a-b.example" and "a.b.example" are two hosts.
    for number in itertools.count(1):
        source, created = Source.objects.get_or_create(
            slug=slug if number == 1 else f"{slug}-{number}",
            defaults={"name": bare, "homepage": homepage},
        )
        if created or source.homepage == homepage:
            break
    return source


def _unnamed_source() -> Source:
    """The source of texts that nobody named one for."""
    return Source.objects.get_or_create(
        slug="by-hand", defaults={"name": "Given by hand, source not named"}
    )[0]


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
    return 2 if article.by_hand else 0


def accept_url(
    url: str,
    *,
    source: Source | None = None,
    by: User | None = None,
    stated: Stated | None = None,
) -> Accepted:
    """Accept an article by its address; its capture is committed before this returns.

    An address that is known already gives its article with `created` False. Raises `BadUrl`,
    and `NotAllowed` for an address that the outbound gate would never fetch; nothing is made
    then.
    """
    check_address(url)
    with transaction.atomic():
        article, created = add_article(source or source_for(url), url)
        if not created:
            return Accepted(article, False)
        _take_word(article, by, stated)
        job, _ = accept_capture(article, "by hand", priority=2)
    return Accepted(article, True, job)


@transaction.atomic
def accept_text(
    body: bytes,
    content_type: str,
    *,
    source: Source | None = None,
    by: User | None = None,
    url: str = "",
    stated: Stated | None = None,
) -> Accepted:
    """Accept a text or page given as bytes; the same bytes of one source are one article.

    The bytes are on disk and their reading is committed before this returns. `url` is where
    the text is said to be printed; if that article is here, the bytes are one more version of
    it. Without `source` and `url`, the same bytes of whatever source are here already. Raises
    `BadUrl`, and `OSError` when the store cannot be written.
    """
    digest = hashlib.sha256(body).hexdigest()
    alike = Snapshot.objects.filter(sha256=digest).select_related("article")
    if url:
        source = source or source_for(url)
        alike = alike.filter(Q(article__source=source) | Q(article__url=canonical_url(url)))
    elif source:
        alike = alike.filter(article__source=source)
    known = alike.first()
    if known is not None:
        return Accepted(known.article, False)
    source = source or _unnamed_source()
    store.keep(body)
    if url:
        article, created = add_article(source, url)
    else:
        article, created = Article.objects.get_or_create(
            url=f"text:{source.pk}:{digest}", defaults={"source": source}
        )
    if created or stated:
        _take_word(article, by if created else article.added_by, stated)
    snapshot, fresh = Snapshot.objects.get_or_create(
        article=article,
        sha256=digest,
        reader=READER,
        defaults={
            "size": len(body),
            "content_type": clean_line(content_type, 100),
            "origin": Snapshot.Origin.GIVEN,
            "given_by": by,
        },
    )
    return Accepted(article, created, accept_read(snapshot) if fresh else None)


def _take_word(article: Article, by: User | None, stated: Stated | None) -> None:
    """Write what a person says about an article; what they leave out stays as it was."""
    stated = stated or Stated()
    article.stated_title = clean_line(stated.title, 1000) or article.stated_title
    article.stated_published_on = stated.published_on or article.stated_published_on
    article.stated_language = stated.language or article.stated_language
    article.by_hand = True
    article.added_by = by
    article.save()
