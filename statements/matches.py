"""Statements that may be one: what is offered to a person, and what a person decided.

For the desk and for merging:

- `perhaps_the_same(statement, limit=5) -> list[Offer]`: each with `other`, `score` (per cent),
  `verdict`, `rule` and `differences` (each `kind`, `one`, `other`: what stands in either).
- `keep_apart(statement, other, by, why="")`: a person says that they are two; they are neither
  joined nor offered again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.db.models.functions import Now

from statements.likeness import DIFFERENT, VERSION, Difference, Likeness, judge
from statements.models import Match, Party, Statement
from statements.models.dates import Precision
from statements.models.matches import MatchQuerySet
from statements.naming import Names
from statements.report_values import as_rows, fragments_of, report_of

NEAR = timedelta(days=3)
# So many statements of one speaker within a few days are looked at, the newest first.
_MOST = 300


@dataclass(frozen=True)
class Offer:
    """A statement that may be the one asked about; `differences` are told from that one."""

    other: Statement
    score: int
    verdict: str
    rule: str
    differences: tuple[Difference, ...]

    @property
    def voices(self) -> list[Party]:
        """Those who make the other statement; it has them at hand where it was offered."""
        return [one for one in self.other.parties.all() if one.role in Party.VOICES]


def perhaps_the_same(statement: Statement, limit: int = 5) -> list[Offer]:
    """Return the statements of the timeline that may be this one, the likeliest first.

    They share a speaker or an actor and are of about the same day. Those that a person kept
    apart from it, or from one that was merged into it, are not among them.
    """
    names = Names()
    report = report_of(statement, names, fragments_of([statement]).get(statement.pk, ()))
    apart = kept_apart(statement)
    near = [row for row in _near(statement) if row.pk not in apart]
    fragments = fragments_of(near)
    offers = []
    for other in near:
        likeness = judge(report, report_of(other, names, fragments.get(other.pk, ())))
        if likeness.verdict != DIFFERENT:
            offers.append(_offer(other, likeness))
    likeliest = sorted(offers, key=lambda offer: -offer.score)[:limit]
    parties = Prefetch("parties", Party.objects.select_related("actor"))
    prefetch_related_objects([offer.other for offer in likeliest], parties)
    return likeliest


def _offer(other: Statement, found: Likeness) -> Offer:
    return Offer(other, found.score, found.verdict, found.rule, found.differences)


def _near(statement: Statement) -> list[Statement]:
    """Statements of the timeline by the same speaker or for the same actor, of about the day."""
    voices = statement.parties.filter(role__in=Party.VOICES)
    whose = Q(speaker__in=voices.exclude(speaker=None).values("speaker"))
    whose |= Q(actor__in=voices.exclude(actor=None).values("actor"))
    whose |= Q(name__in=voices.values("name"))
    theirs = Party.objects.filter(whose, role__in=Party.VOICES)
    near = Statement.objects.on_timeline().filter(pk__in=theirs.values("statement"))
    day = statement.said_on if statement.said_on_precision == Precision.DAY else None
    if day is not None:
        inexact = ~Q(said_on_precision=Precision.DAY)
        near = near.filter(inexact | Q(said_on__range=(day - NEAR, day + NEAR)))
    return list(near.exclude(pk=statement.pk).defer("search")[:_MOST])


def kept_apart(statement: Statement) -> set[int]:
    """The statements that a person decided not to be this one, by primary key: those of what
    was merged into it are among them, and what they were merged into."""
    mine = Q(statement=statement) | Q(other=statement)
    mine |= Q(statement__merged_into=statement) | Q(other__merged_into=statement)
    apart: set[int] = set()
    for sides in _sides(Match.objects.kept_apart().filter(mine)):
        for side in sides:
            apart |= side if statement.pk not in side else set()
    return apart


def kept_apart_each(keys: Iterable[int]) -> dict[int, set[int]]:
    """For each of these statements, those that a person decided not to be it, with what they
    were merged into; only for those that have any."""
    of = set(keys)
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in _sides(Match.objects.kept_apart().of(of)) if of else ():
        for key in one & of:
            apart[key] |= other
        for key in other & of:
            apart[key] |= one
    return apart


def _sides(matches: MatchQuerySet) -> Iterator[tuple[set[int], set[int]]]:
    """The two statements of each match, either with what it was merged into."""
    sides = ("statement", "statement__merged_into", "other", "other__merged_into")
    for one, its, other, others in matches.order_by().values_list(*sides):
        yield {one, its} - {None}, {other, others} - {None}


def keep_apart(statement: Statement, other: Statement, by: User, why: str = "") -> Match:
    """Let a person decide that two statements are two. No later run joins or offers them.

    Raises `ValueError` for one and the same statement.
    """
    if statement.pk == other.pk:
        raise ValueError("A statement cannot be kept apart from itself.")
    first, second = sorted((statement, other), key=lambda one: one.pk)
    decided = {"verdict": Match.Verdict.DIFFERENT, "by": by, "decided_at": Now(), "why": why}
    row, _ = Match.objects.update_or_create(statement=first, other=second, defaults=decided)
    return row


@dataclass(frozen=True)
class Pair:
    """Two recorded statements and how alike they are, told from `one`."""

    one: Statement
    other: Statement
    likeness: Likeness


def record_matches(looked_at: Iterable[Statement], found: Iterable[Pair]) -> None:
    """Keep the pairs that a run found for the statements it looked at, and no older ones of
    theirs, but for those that a person decided. Done twice, nothing changes."""
    rows = {row.pk for row in looked_at if row.pk is not None}
    wanted = {}
    for pair in found:
        row = _match(pair)
        wanted[row.statement_id, row.other_id] = row
    known = {(row.statement_id, row.other_id): row for row in Match.objects.of(rows)}
    stale = [
        row.pk for sides, row in known.items() if row.by_id is None and sides not in wanted
    ]
    if stale:
        Match.objects.filter(pk__in=stale).delete()
    new = [row for sides, row in wanted.items() if sides not in known]
    Match.objects.bulk_create(new, ignore_conflicts=True)
    for sides, row in wanted.items():
        before = known.get(sides)
        if before is None or before.by_id is not None or _facts(before) == _facts(row):
            continue
        row.pk, row.found_at = before.pk, before.found_at
        row.save()


def _match(pair: Pair) -> Match:
    """A pair as a row, the statement that was recorded first before the other."""
    turned = pair.one.pk > pair.other.pk
    first, second = (pair.other, pair.one) if turned else (pair.one, pair.other)
    return Match(
        statement=first,
        other=second,
        verdict=pair.likeness.verdict,
        score=pair.likeness.score,
        rule=pair.likeness.rule,
        differences=as_rows(pair.likeness.differences, turned=turned),
        version=VERSION,
    )


def _facts(row: Match) -> tuple[object, ...]:
    return (row.verdict, row.score, row.rule, row.differences, row.version)
