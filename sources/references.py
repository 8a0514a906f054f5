"""Keep what a person says of a document that no page holds, as a snapshot that never changes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from sources import store
from sources.cleaning import clean_line
from sources.models import Article, Reference, Snapshot, Source

READER = "a person, by hand"
LONGEST_FRAGMENT = 2000  # characters
LONGEST_SUMMARY = 5000
# Somewhere it is tomorrow already.
_AHEAD = timedelta(hours=24)
_NAMED = (
    "title", "author", "dated", "pages", "kept_at", "fragments", "language", "summary",
    "summary_language",
)  # fmt: skip


class ReferenceRefused(ValueError):
    """The description is not enough, or says what cannot be; the message is a whole sentence."""


@dataclass(frozen=True)
class File:
    """A file of the document, such as a scan."""

    body: bytes
    name: str
    content_type: str


@dataclass(frozen=True)
class Description:
    """A document as a person describes it. Empty and None for what is not known.

    `source` published it. `dated` is its date in words where the day (`published_on`) is not
    known: «June 1961». `fragments` are words that it prints, in `language`; `summary` is what it
    says in the words of the person who describes it, in `summary_language`. One of both is
    needed. `kept_at` says where it can be looked at.
    """

    source: Source
    title: str
    author: str = ""
    published_on: date | None = None
    dated: str = ""
    pages: str = ""
    kept_at: str = ""
    fragments: Sequence[str] = ()
    language: str = ""
    summary: str = ""
    summary_language: str = "en"
    file: File | None = None


def keep_reference(said: Description, by: User | None = None) -> Snapshot:
    """Keep a description and return its snapshot; the same description is one snapshot.

    Bytes are on disk before the row is committed. It is never looked at again and nothing is
    attributed in it: who spoke is for a person to say. Raises `ReferenceRefused`, and `OSError`
    when the store cannot be written.
    """
    said = checked(said)
    described = _as_json(said)
    body = said.file.body if said.file else described
    digest = store.keep(body)
    key = hashlib.sha256(described).hexdigest()
    with transaction.atomic():
        article, created = Article.objects.get_or_create(
            url=f"reference:{said.source.pk}:{key}",
            defaults={
                "source": said.source,
                "stated_title": said.title,
                "stated_published_on": said.published_on,
                "stated_language": said.language,
                "by_hand": True,
                "added_by": by,
            },
        )
        if not created:
            return article.snapshots.get()
        return _written(article, said, digest, len(body), by)


def checked(said: Description) -> Description:
    """The description with every field on one line. Raises `ReferenceRefused`."""
    said = _cleaned(said)
    _check(said)
    return said


def _cleaned(said: Description) -> Description:
    """Every field on one line, in NFC."""
    return Description(
        source=said.source,
        title=clean_line(said.title, 1000),
        author=clean_line(said.author, 500),
        published_on=said.published_on,
        dated=clean_line(said.dated, 100),
        pages=clean_line(said.pages, 100),
        kept_at=clean_line(said.kept_at, 500),
        fragments=[
            line for each in said.fragments if (line := clean_line(each, LONGEST_FRAGMENT + 1))
        ],
        language=said.language,
        summary=clean_line(said.summary, LONGEST_SUMMARY + 1),
        summary_language=said.summary_language if said.summary else "",
        file=said.file,
    )


def _check(said: Description) -> None:
    if not said.title:
        raise ReferenceRefused("Say what the document is called.")
    if not said.summary and not said.fragments:
        raise ReferenceRefused("Give words that the document prints, or a summary of them.")
    if len(said.summary) > LONGEST_SUMMARY:
        raise ReferenceRefused(f"Shorten the summary to {LONGEST_SUMMARY} characters.")
    if any(len(each) > LONGEST_FRAGMENT for each in said.fragments):
        raise ReferenceRefused(f"Shorten each fragment to {LONGEST_FRAGMENT} characters.")
    if said.published_on and said.published_on > (timezone.now() + _AHEAD).date():
        raise ReferenceRefused("A document cannot be of a day to come; correct its day.")


def _as_json(said: Description) -> bytes:
    """The description as canonical UTF-8 JSON: what it is known by, and its bytes without a file."""
    named = {name: getattr(said, name) for name in _NAMED}
    values = {
        **named,
        "source": said.source.slug,
        "published_on": said.published_on.isoformat() if said.published_on else None,
        "file": said.file and [said.file.name, hashlib.sha256(said.file.body).hexdigest()],
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _written(
    article: Article, said: Description, digest: str, size: int, by: User | None
) -> Snapshot:
    day = said.published_on
    reference = Reference(
        dated=said.dated,
        pages=said.pages,
        kept_at=said.kept_at,
        file_name=said.file.name[:200] if said.file else "",
        summary=said.summary,
        summary_language=said.summary_language,
        fragments=list(said.fragments),
    )
    text = reference.text
    reference.snapshot = Snapshot.objects.create(
        article=article,
        sha256=digest,
        size=size,
        content_type=said.file.content_type[:100] if said.file else "application/json",
        origin=Snapshot.Origin.REFERENCE,
        given_by=by,
        reader=READER,
        read_at=timezone.now(),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=said.title,
        byline=said.author,
        published_on=day,
        published_basis=Snapshot.Basis.STATED if day else Snapshot.Basis.NONE,
        published_precision=Snapshot.Precision.DAY if day else Snapshot.Precision.UNKNOWN,
        published_confidence=Snapshot.Confidence.HIGH if day else Snapshot.Confidence.NONE,
        language=said.language,
    )
    reference.save()
    return reference.snapshot
