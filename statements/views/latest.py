"""What several pages show of a set of statements: the newest of them, and how they stand."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.utils.text import capfirst

from sources.models import Source
from statements.cards.reading import cards
from statements.models import (
    Actor,
    Attestation,
    Difference,
    EventMention,
    FacetValue,
    Party,
    Position,
    Provision,
    Speaker,
    Statement,
    Treaty,
)
from statements.search.asking import Answer, Part
from statements.search.finding import find
from statements.search.kinds import Kind
from statements.timeline.form import TimelineForm
from statements.timeline.numbering import values_of
from statements.timeline.values import value_of

LATEST = 10


@dataclass(frozen=True)
class StanceCount:
    """How many statements of a set were coded with a stance."""

    stance: Position.Stance
    statements: int

    @property
    def label(self) -> str:
        return str(capfirst(self.stance.label))


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


def with_record(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The statements with all that a record holds, in two queries more."""
    mentions = EventMention.objects.select_related("event")
    return with_rows(statements).prefetch_related(
        Prefetch("event_mentions", mentions), "merged"
    )


Entry = Actor | Speaker | Source | Treaty | Provision


def latest(*rows: Entry) -> dict[str, object]:
    """Template context of what the timeline lists of all these rows: the newest statements, how
    many there are and how many have each stance, and the query of its address. Raises `TooBroad`.
    """
    form = TimelineForm.of(*map(value_of, rows))
    return _context(form, find(form.query, Part(LATEST), [Kind.STANCE]))


def latest_counted(kind: Kind, *rows: Entry) -> tuple[dict[str, object], Counter[int]]:
    """The same, and how many of those statements each entry of a kind has, by its primary key."""
    form = TimelineForm.of(*map(value_of, rows))
    answer = find(form.query, Part(LATEST), [Kind.STANCE, kind])
    return _context(form, answer), _by_entry(kind, answer)


def counts(kind: Kind) -> Counter[int]:
    """How many statements the timeline lists of each entry of a kind, by its primary key."""
    return _by_entry(kind, find(TimelineForm.of().query, Part(1), [kind]))


def _context(form: TimelineForm, answer: Answer) -> dict[str, object]:
    counted = answer.counts[Kind.STANCE]
    meant = values_of(counted, form.known)
    by_key = {value.key: counted[number] for number, value in meant.items()}
    return {
        "query": form.canonical(),
        "statements": cards(answer.statements),
        "statement_count": answer.total,
        "stances": [StanceCount(s, by_key[s]) for s in Position.Stance if s in by_key],
    }


def _by_entry(kind: Kind, answer: Answer) -> Counter[int]:
    counted = answer.counts[kind]
    keys = FacetValue.objects.filter(number__in=sorted(counted)).values_list("number", "key")
    return Counter({int(key): counted[number] for number, key in keys})
