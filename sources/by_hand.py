"""Articles that people add: by address, or as a text or page that they have."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from sources import store
from sources.articles import add_article, source_for
from sources.capturing import accept_capture
from sources.cleaning import clean_line
from sources.fetching import check_address
from sources.models import Article, Job, Snapshot, Source
from sources.reading import STATED, accept_read, restate
from sources.text import READER
from sources.urls import canonical_url


@dataclass(frozen=True)
class Stated:
    """What a person says about an article; empty and None for what they leave out."""

    title: str = ""
    published_on: date | None = None
    language: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of an article that are said, of `sources.reading.STATED`."""
        said = (self.title, self.published_on, self.language)
        return tuple(name for name, value in zip(STATED, said, strict=True) if value)

    def __bool__(self) -> bool:
        return bool(self.fields)


@dataclass(frozen=True)
class Accepted:
    """What became of an article given by hand: its row, whether it is new, and its work.

    Without a job it was here already, just so.
    """

    article: Article
    created: bool
    job: Job | None = None


class SourceMissing(ValueError):
    """Nobody has said who published a text that is not here yet."""


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
    `BadUrl`, `SourceMissing` when those are not, and `OSError` when the store cannot be written.
    """
    if source is None and not url and not _is_here(body):
        raise SourceMissing
    # Before the transaction, which waits for no disk; known bytes too, as this heals their file.
    digest = store.keep(body)
    with transaction.atomic():
        return _accept_kept(
            digest, len(body), content_type, source, by, url, stated or Stated()
        )


def _is_here(body: bytes) -> bool:
    return Snapshot.objects.filter(sha256=hashlib.sha256(body).hexdigest()).exists()


def _accept_kept(
    digest: str,
    size: int,
    content_type: str,
    source: Source | None,
    by: User | None,
    url: str,
    stated: Stated,
) -> Accepted:
    alike = Snapshot.objects.filter(sha256=digest).select_related("article")
    if url:
        source = source or source_for(url)
        alike = alike.filter(Q(article__source=source) | Q(article__url=canonical_url(url)))
    elif source:
        alike = alike.filter(article__source=source)
    known = alike.first()
    if known is not None:
        return Accepted(known.article, False)
    if source is None:
        raise SourceMissing
    if url:
        article, created = add_article(source, url)
    else:
        article, created = Article.objects.get_or_create(
            url=f"text:{source.pk}:{digest}", defaults={"source": source}
        )
    if created or stated:
        _take_word(article, by if created else article.added_by, stated)
        restate(article, stated.fields)
    snapshot, fresh = Snapshot.objects.get_or_create(
        article=article,
        sha256=digest,
        reader=READER,
        defaults={
            "size": size,
            "content_type": clean_line(content_type, 100),
            "origin": Snapshot.Origin.GIVEN,
            "given_by": by,
        },
    )
    return Accepted(article, created, accept_read(snapshot)[0] if fresh else None)


def _take_word(article: Article, by: User | None, stated: Stated | None) -> None:
    """Write what a person says about an article; what they leave out stays as it was."""
    stated = stated or Stated()
    article.stated_title = clean_line(stated.title, 1000) or article.stated_title
    article.stated_published_on = stated.published_on or article.stated_published_on
    article.stated_language = stated.language or article.stated_language
    article.by_hand = True
    article.added_by = by
    # Not the others: a worker may be joining it with its copies just now.
    article.save(
        update_fields=[
            "stated_title", "stated_published_on", "stated_language", "by_hand", "added_by",
        ]
    )  # fmt: skip
