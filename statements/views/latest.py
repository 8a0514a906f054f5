"""What several pages show of a set of statements: the newest of them, and how they stand."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from statements.models import Attestation, EventMention, Party, Position, Statement

LATEST = 10


@dataclass(frozen=True)
class StanceCount:
    """How many statements of a set were coded with a stance."""

    stance: Position.Stance
    statements: int

    @property
    def label(self) -> str:
        return str(self.stance.label)


def with_rows(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The statements with all that a card or a record shows, in five queries."""
    parties = Party.objects.select_related("speaker", "office", "actor")
    positions = Position.objects.select_related("treaty", "provision")
    reports = Attestation.objects.select_related("snapshot__article__source")
    return (
        statements.select_related("event")
        .defer("search")
        .prefetch_related(
            Prefetch("parties", parties),
            Prefetch("positions", positions),
            Prefetch("event_mentions", EventMention.objects.select_related("event")),
            Prefetch("attestations", reports.defer("snapshot__text", "snapshot__headers")),
        )
    )


def with_records(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The statements with all that an export shows: also which others became them."""
    return with_rows(statements).prefetch_related("merged")


def latest(statements: QuerySet[Statement]) -> dict[str, object]:
    """Template context: the newest statements and how many there are."""
    return {
        "statements": with_rows(statements)[:LATEST],
        "statement_count": statements.count(),
    }


def stances(statements: QuerySet[Statement]) -> list[StanceCount]:
    """The stances of a set, in the order of the codebook; each statement counts once for each."""
    counts = dict(
        Position.objects.filter(statement__in=statements.order_by().values("pk"))
        .values_list("stance")
        .annotate(Count("statement", distinct=True))
        .order_by()
    )
    return [StanceCount(s, counts[s]) for s in Position.Stance if s in counts]
