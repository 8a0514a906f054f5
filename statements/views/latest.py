"""What several pages show of a set of statements: the newest of them, and how they stand."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, QuerySet

from sources.models import Source
from statements.models import (
    Actor,
    Attestation,
    Difference,
    EventMention,
    Party,
    Position,
    Speaker,
    Statement,
)
from statements.search.asking import Part
from statements.search.finding import find
from statements.search.kinds import Kind
from statements.timeline.form import TimelineForm
from statements.timeline.numbering import values_of
from statements.timeline.paging import in_order
from statements.timeline.values import value_of

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
    """The statements with the whole rows of what a card shows, in four queries.

    `differs` are the fields in which their reports differ, in no order.
    """
    parties = Party.objects.select_related("speaker", "office", "actor")
    positions = Position.objects.select_related("treaty", "provision")
    reports = Attestation.objects.select_related("snapshot__article__source")
    return (
        statements.select_related("event")
        .annotate(differs=_differing())
        .prefetch_related(
            Prefetch("parties", parties),
            Prefetch("positions", positions),
            Prefetch("attestations", reports.defer("snapshot__text", "snapshot__headers")),
        )
    )


def _differing() -> ArraySubquery:
    differences = Difference.objects.filter(statement=OuterRef("pk")).order_by()
    return ArraySubquery(differences.values("field"))


def as_cards(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The statements with what a card shows, and no more of any row, in four queries.

    Whatever else is asked of one of their rows is one more query for each.
    """
    rows = Party.objects.order_by("order", "pk").select_related("speaker", "office", "actor")
    parties = rows.only(
        "statement", "role", "order", "name", "speaker__slug", "speaker__name",
        "office__title", "actor__code", "actor__name",
    )  # fmt: skip
    positions = Position.objects.order_by().only(
        "statement", "coder", "stance", "legal", "object"
    )
    reports = Attestation.objects.select_related("snapshot__article__source").only(
        "statement", "start", "end", "spans", "words", "mode", "language", "cue", "via",
        "attributed_by", "snapshot__origin", "snapshot__published_on",
        "snapshot__published_basis", "snapshot__published_precision", "snapshot__dates",
        "snapshot__article__found_at", "snapshot__article__cluster",
        "snapshot__article__source__slug", "snapshot__article__source__name",
        "snapshot__article__source__ownership_group",
    )  # fmt: skip
    return statements.annotate(differs=_differing()).prefetch_related(
        Prefetch("parties", parties),
        Prefetch("positions", positions),
        Prefetch("attestations", reports),
    )


def with_record(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The statements with all that a record holds, in two queries more."""
    mentions = EventMention.objects.select_related("event")
    return with_rows(statements).prefetch_related(
        Prefetch("event_mentions", mentions), "merged"
    )


def newest(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The newest of the statements, with all that a card shows."""
    return as_cards(statements)[:LATEST]


def latest(row: Actor | Speaker | Source) -> dict[str, object]:
    """Template context of what the timeline lists of a row: the newest statements, how many there
    are and how many have each stance, and the query of its address. Raises `TooBroad`."""
    form = TimelineForm.of(value_of(row))
    answer = find(form.query, Part(LATEST), [Kind.STANCE])
    counted = answer.counts[Kind.STANCE]
    meant = values_of(counted, form.known)
    by_key = {value.key: counted[number] for number, value in meant.items()}
    return {
        "query": form.canonical(),
        "statements": in_order(answer.statements, as_cards),
        "statement_count": answer.total,
        "stances": [StanceCount(s, by_key[s]) for s in Position.Stance if s in by_key],
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
