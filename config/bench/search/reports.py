"""In whose report the invented statements stand: articles, what was fetched of them, places."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

import numpy as np
from django.utils import timezone

from config.bench.search.register import Register
from config.bench.search.rows import Insert
from sources.models import Article, Snapshot, Visit
from statements.models import Attestation, Statement


@dataclass(frozen=True)
class Page:
    """A kept text, and the statements that stand in it, which need not be written yet."""

    snapshot: Snapshot
    told: list[Statement]


def capture(
    rows: list[Statement], register: Register, chance: np.random.Generator, insert: Insert
) -> list[Page]:
    """Write articles of three to ten statements; every third stands in two or three."""
    told = sorted(rows, key=lambda row: row.language)
    pages = _capture(told, register, chance, insert)
    for share in (0.3, 0.06):
        again = [row for row in told if chance.random() < share]
        pages += _capture(again, register, chance, insert)
    return pages


def reports(pages: list[Page]) -> Iterator[Attestation]:
    """What stands in the articles, of statements that are written."""
    for page in pages:
        yield from _attestations(page.snapshot, page.told)


def _capture(
    told: list[Statement], register: Register, chance: np.random.Generator, insert: Insert
) -> list[Page]:
    rest = iter(told)
    pages: list[list[Statement]] = []
    while page := list(islice(rest, int(chance.integers(3, 11)))):
        pages.append(page)
    sources, now = register.sources, timezone.now()
    chosen = (len(sources) * chance.random(len(pages)) ** 2.5).astype(int).tolist()
    articles = insert(
        Article(
            source=sources[source],
            url=f"http://bench.example/{source}/{page[0].public_id}/{chance.integers(1 << 40)}",
            state=Article.State.PRESENT,
            found_at=now,
        )
        for source, page in zip(chosen, pages, strict=True)
    )
    snapshots = insert(map(_snapshot, articles, pages))
    insert(
        Visit(article=article, snapshot=snapshot, outcome=Visit.Outcome.NEW, at=now)
        for article, snapshot in zip(articles, snapshots, strict=True)
    )
    return list(map(Page, snapshots, pages))


def _snapshot(article: Article, page: list[Statement]) -> Snapshot:
    text = "\n".join(f"“{row.text}”" for row in page)
    digest = sha256(f"{article.pk}{text}".encode()).hexdigest()
    days = [row.said_on for row in page if row.said_on]
    return Snapshot(
        article=article,
        sha256=digest,
        text_sha256=digest,
        size=len(text),
        content_type="text/html",
        final_url=article.url,
        status=200,
        reader="bench 1",
        read_at=article.found_at,
        fetched_at=article.found_at,
        text=text,
        title="An invented headline",
        published_on=max(days) if days else None,
        published_basis=Snapshot.Basis.META if days else Snapshot.Basis.NONE,
        language=page[0].language,
    )


def _attestations(snapshot: Snapshot, page: list[Statement]) -> Iterator[Attestation]:
    start = 1
    for row in page:
        end = start + len(row.text)
        yield Attestation(
            statement=row,
            snapshot=snapshot,
            mode=Attestation.Mode.QUOTED,
            start=start,
            end=end,
            words=row.text,
            language=row.language,
            attributed_by="bench 1",
            confidence=Attestation.Confidence.CONFIDENT,
        )
        start = end + 3
