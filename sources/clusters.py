"""Which articles are copies and near-copies of one text: they share a `cluster`.

A cluster is a suggestion. Nothing is merged: every article keeps its row, its snapshots and its
statements. A translation is no copy.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from sources.copies import overlap
from sources.models import Article, Snapshot

MOST_SHOWN = 50
# Any number will do, as long as nothing else in the program locks it.
_JOINING = 7_240_640
_MOST_COMPARED = 50
# So many of a text's hashes find its copies: where a copy's sketch is complete, it has at least a
# fifth of them. All of them, each a look into the index, took four times as long.
_PROBES = 64
# Fewer common hashes than this make no copy of texts that may differ fivefold in length.
_FEWEST_COMMON = 4
# What more than this many other articles of an outlet carry too, such as a footer, is no part of
# the text when two of its articles are compared.
_FURNITURE = 2
# One look into the index for each hash. Of a hash that stands everywhere only some holders are
# looked at; as they come in the order of the table, they are the same ones for every hash of a
# text with more copies than that.
_HOLDERS = """
SELECT wanted.hash, holder.id, article.id, article.source_id
  FROM unnest(%s::bigint[]) AS wanted (hash)
 CROSS JOIN LATERAL (
   SELECT id, article_id FROM sources_snapshot
    WHERE sketch @> ARRAY[wanted.hash] AND article_id <> %s LIMIT 20
 ) AS holder
  JOIN sources_article AS article ON article.id = holder.article_id
"""


class _Holder(NamedTuple):
    """One hash of the text that another article's snapshot has too."""

    number: int
    snapshot: int
    article: int
    source: int


@dataclass(frozen=True)
class Copy:
    """Another article of the same cluster, beside the one that is asked about.

    `same_text` and `percent` compare the newest text of both; `percent` is about how much of
    the shorter one stands in the other, None when one of them has no sketch.
    """

    article: Article
    same_text: bool
    percent: int | None


def join_copies(snapshot: Snapshot) -> None:
    """Put the article of a text that was just read into one cluster with the copies of it.

    The number of a cluster is the smallest pk of its articles, so the order in which they come
    does not matter. An article that is like two clusters makes them one. Versions count alike,
    old and new, and an article whose text has changed stays: what was copied was a copy. Others
    that join wait for the end of the transaction; it must not have updated articles before.
    """
    _join_alone()
    copies = {*_with_same_text(snapshot), *_nearly_alike(snapshot)}
    if not copies:
        return
    alike = Q(pk__in=copies | {snapshot.article_id})
    clusters = Article.objects.filter(alike).exclude(cluster=None).values("cluster")
    joined = Article.objects.filter(alike | Q(cluster__in=clusters))
    members = list(joined.values_list("pk", flat=True))
    number = min(members)
    Article.objects.filter(pk__in=members).exclude(cluster=number).update(cluster=number)


def copies_of(article: Article) -> list[Copy]:
    """Return the other articles of an article's cluster, first found first, at most 50."""
    if article.cluster is None:
        return []
    others = Article.objects.for_page().filter(cluster=article.cluster).exclude(pk=article.pk)
    shown = list(others.order_by("found_at", "pk")[:MOST_SHOWN])
    texts = _newest_texts([article, *shown])
    return [_compared(other, texts.get(article.pk), texts.get(other.pk)) for other in shown]


def _join_alone() -> None:
    """Wait until nobody else joins, and keep others waiting to the transaction's end.

    Two workers that read copies at the same moment would each not see the other's text, and
    two that renumber one cluster could wait for each other's rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_JOINING])


def _with_same_text(snapshot: Snapshot) -> list[int]:
    same = Snapshot.objects.filter(text_sha256=snapshot.text_sha256)
    same = same.exclude(article=snapshot.article_id).order_by()
    return list(same.values_list("article", flat=True).distinct())


def _nearly_alike(snapshot: Snapshot) -> list[int]:
    ours = snapshot.article.source_id
    holders = _holders(snapshot, _PROBES)
    candidates = _candidates(holders)
    furniture: frozenset[int] = frozenset()
    if any(holder.source == ours and holder.snapshot in candidates for holder in holders):
        every = _holders(snapshot, len(snapshot.sketch))
        furniture = _furniture([holder for holder in every if holder.source == ours])
        candidates = _candidates(
            holder
            for holder in holders
            if holder.source != ours or holder.number not in furniture
        )
    others = Snapshot.objects.filter(pk__in=candidates).order_by()
    alike = []
    for pk, source, other in others.values_list("article", "article__source", "sketch"):
        besides = furniture if source == ours else frozenset()
        if overlap(snapshot.sketch, other, besides).copies:
            alike.append(pk)
    return alike


def _candidates(holders: Iterable[_Holder]) -> list[int]:
    """The snapshots that have most in common, if it is enough."""
    common = Counter(holder.snapshot for holder in holders)
    return [pk for pk, n in common.most_common(_MOST_COMPARED) if n >= _FEWEST_COMMON]


def _holders(snapshot: Snapshot, most: int) -> list[_Holder]:
    """Who else has one of the text's smallest hashes, at most so many of them."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [snapshot.sketch[:most], snapshot.article_id])
        return [_Holder(*row) for row in cursor.fetchall()]


def _furniture(holders: list[_Holder]) -> frozenset[int]:
    """The hashes that many of these holders' articles carry."""
    carried = Counter(number for number, _ in {(h.number, h.article) for h in holders})
    return frozenset(number for number, n in carried.items() if n > _FURNITURE)


def _newest_texts(articles: list[Article]) -> dict[int, Snapshot]:
    """The newest read snapshot of each article, without its text."""
    newest = Snapshot.objects.read().filter(article__in=articles)
    newest = newest.order_by("article_id", "-fetched_at", "-pk").distinct("article_id")
    return {one.article_id: one for one in newest.only("article", "text_sha256", "sketch")}


def _compared(other: Article, ours: Snapshot | None, theirs: Snapshot | None) -> Copy:
    if ours is None or theirs is None:
        return Copy(other, same_text=False, percent=None)
    same = ours.text_sha256 == theirs.text_sha256
    if not ours.sketch or not theirs.sketch:
        return Copy(other, same, None)
    return Copy(other, same, round(100 * overlap(ours.sketch, theirs.sketch).of_shorter))
