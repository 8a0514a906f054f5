"""Statements that may be one: what is offered to a person, and what a person decided.

For the desk and for merging:

- `perhaps_the_same(statement, limit=5) -> list[Offer]`: each with `other`, `score` (per cent),
  `verdict`, `rule` and `differences` (each `kind`, `one`, `other`: what stands in either).
- `keep_apart(statement, other, by, why="")`: a person says that they are two; they are neither
  joined nor offered again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models.functions import Now

from statements.models import Match, Statement


@dataclass(frozen=True)
class Difference:
    """In what two reports differ: number, negation, name, provision, day, form, language or words;
    `one` and `other` are what stands in either, possibly nothing."""

    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class Offer:
    """A statement that may be the one asked about; `differences` are told from that one."""

    other: Statement
    score: int
    verdict: str
    rule: str
    differences: tuple[Difference, ...]


def perhaps_the_same(statement: Statement, limit: int = 5) -> list[Offer]:
    """Return the statements of the timeline that may be this one, the likeliest first.

    Those that a person kept apart from it, or from one that was merged into it, are not among
    them.
    """
    of = {statement.pk, *statement.merged.values_list("pk", flat=True)}
    apart = kept_apart(of)
    offers: dict[int, Offer] = {}
    rows = (
        Match.objects.open()
        .of(of)
        .select_related("statement__merged_into", "other__merged_into")
    )
    for row in rows:
        first = row.statement_id in of
        given = row.other if first else row.statement
        other = given.merged_into or given
        shown = other.status in {Statement.Status.PROPOSED, Statement.Status.PUBLISHED}
        if shown and other.pk not in apart | of | set(offers):
            differences = tuple(_read(row.differences, turned=not first))
            offers[other.pk] = Offer(other, row.score, row.verdict, row.rule, differences)
    return list(offers.values())[:limit]


def kept_apart(keys: Iterable[int]) -> set[int]:
    """The statements that a person decided not to be one of these, with what they were merged
    into."""
    of = set(keys)
    if not of:
        return set()
    apart: set[int] = set()
    rows = Match.objects.kept_apart().of(of).order_by()
    sides = ("statement", "statement__merged_into", "other", "other__merged_into")
    for statement, its, other, others in rows.values_list(*sides):
        apart |= {other, others} if statement in of else {statement, its}
    return {key for key in apart if key is not None} - of


def keep_apart(statement: Statement, other: Statement, by: User, why: str = "") -> Match:
    """Let a person decide that two statements are two. No later run joins or offers them.

    Raises `ValueError` for one and the same statement.
    """
    if statement.pk == other.pk:
        raise ValueError("A statement cannot be kept apart from itself.")
    first, second = sorted((statement, other), key=lambda one: one.pk)
    decided = {
        "verdict": Match.Verdict.DIFFERENT, "by": by, "decided_at": Now(), "why": why
    }  # fmt: skip
    row, _ = Match.objects.update_or_create(statement=first, other=second, defaults=decided)
    return row


def _read(rows: list[dict[str, str]], *, turned: bool) -> Iterable[Difference]:
    for row in rows:
        one, other = row["one"], row["other"]
        yield Difference(row["kind"], *((other, one) if turned else (one, other)))
