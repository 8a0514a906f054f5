"""Pages that a person should look at: gone, walled, kept in part only, dated doubtfully."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sources.models import Article, Snapshot
from sources.reasons import REASONS, Reason


@dataclass(frozen=True)
class Held:
    """A snapshot whose date nobody has decided, and why it is held; None for an unknown code."""

    snapshot: Snapshot
    reason: Reason | None


@dataclass(frozen=True)
class Attention:
    """How many articles are gone, walled and kept in part, and whose dates need a look.

    `held` are the newest of `held_count` articles.
    """

    gone: int
    walled: int
    partial: int
    held_count: int
    held: list[Held]


def needing_attention(listed: int) -> Attention:
    """Count what needs a look; at most `listed` held dates are named. In three queries.

    Only the newest text of an article counts.
    """
    away = Article.objects.order_by().values_list("state").annotate(Count("pk"))
    states = dict(away.filter(state__in=[Article.State.GONE, Article.State.WALLED]))
    partial, held = Q(partial=True), ~Q(held="")
    newest = Snapshot.objects.filter(partial | held).exclude(Exists(_newer()))
    counts = newest.aggregate(
        partial=Count("pk", filter=partial), held=Count("pk", filter=held)
    )
    rows = newest.filter(held).with_article().defer("text").order_by("-fetched_at", "-pk")
    return Attention(
        states.get(Article.State.GONE, 0),
        states.get(Article.State.WALLED, 0),
        counts["partial"],
        counts["held"],
        [Held(row, REASONS.get(row.held)) for row in rows[:listed]],
    )


def _newer() -> QuerySet[Snapshot]:
    """The texts of the same article that were captured later."""
    later = Q(fetched_at__gt=OuterRef("fetched_at"))
    later |= Q(fetched_at=OuterRef("fetched_at"), pk__gt=OuterRef("pk"))
    return Snapshot.objects.read().filter(later, article=OuterRef("article"))
