"""Statements that may be one: what is offered to a person, and what a person decided.

For the desk and for merging:

- `perhaps_the_same(statement, limit=5) -> list[Offer]`: each with `other`, `score` (per cent),
  `verdict`, `rule` and `differences` (each `kind`, `one`, `other`: what stands in either); those
  by the same speaker come first.
- `keep_apart(statement, other, by, why="")`: a person says that they are two; they are neither
  joined nor offered again.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Now

from statements.likeness import DIFFERENT, VERSION, Difference, Likeness, judge
from statements.models import Match, Party, Speaker, Statement
from statements.models.dates import SaidPrecision
from statements.models.matches import MatchQuerySet
from statements.naming import Names
from statements.report_values import as_rows, fragments_of, report_of

NEAR = timedelta(days=3)
# So many statements of one speaker within a few days are looked at, the newest first.
_MOST = 300


@dataclass(frozen=True)
class Offer:
    """A statement that may be the one asked about; `differences` are told from that one.

    `speaker` is their difference where they have no speaker in common.
    """

    other: Statement
    likeness: Likeness
    speaker: Difference | None = None

    @property
    def score(self) -> int:
        return self.likeness.score

    @property
    def verdict(self) -> str:
        return self.likeness.verdict

    @property
    def rule(self) -> str:
        return self.likeness.rule

    @property
    def differences(self) -> tuple[Difference, ...]:
        of_words = self.likeness.differences
        return (self.speaker, *of_words) if self.speaker else of_words

    @property
    def voices(self) -> list[Party]:
        """Those who make the other statement; it has them at hand where it was offered."""
        return _voices_of(self.other)


def perhaps_the_same(statement: Statement, limit: int = 5) -> list[Offer]:
    """Return the statements of the timeline that may be this one, the likeliest first.

    They share a speaker or an actor and are of about the same day. Where the speaker is known,
    those by the same come first; what another person said is none, unless one of the two is
    joint. Those that a person kept apart from it, or from one that was merged into it, are not
    among them.
    """
    names = Names()
    mine = _voices_of(statement)
    near = _near(statement, mine)
    fragments = fragments_of([statement, *near])
    report = report_of(statement, names, fragments.get(statement.pk, ()))
    offers = []
    for other in near:
        theirs = _voices_of(other)
        if _said_by_another(statement, mine, other, theirs):
            continue
        likeness = judge(report, report_of(other, names, fragments.get(other.pk, ())))
        if likeness.verdict != DIFFERENT:
            told = None if _share(mine, theirs) else _difference(mine, theirs)
            offers.append(Offer(other, likeness, told))
    known = any(voice.speaker_id for voice in mine)
    offers.sort(key=lambda offer: (known and offer.speaker is not None, -offer.score))
    return offers[:limit]


def _difference(mine: list[Party], theirs: list[Party]) -> Difference:
    one, other = (", ".join(party.name for party in voices) for voices in (mine, theirs))
    return Difference("speaker", one, other)


def _voices_of(row: Statement) -> list[Party]:
    return [party for party in row.parties.all() if party.role in Party.VOICES]


def _said_by_another(
    one: Statement, mine: list[Party], other: Statement, theirs: list[Party]
) -> bool:
    """Whether each was said by a person whom the register knows, and not by the same."""
    if _is_joint(one, mine) or _is_joint(other, theirs):
        return False
    people, others = _people(mine), _people(theirs)
    return bool(people and others) and not people & others


def _is_joint(row: Statement, voices: list[Party]) -> bool:
    return row.form == Statement.Form.JOINT_STATEMENT or len(voices) > 1


def _people(voices: list[Party]) -> set[int]:
    person = Speaker.Kind.PERSON
    return {one.speaker.pk for one in voices if one.speaker and one.speaker.kind == person}


def _share(mine: list[Party], theirs: list[Party]) -> bool:
    """Whether they have a speaker in common; where neither names one, an actor or a name."""
    if any(one.speaker_id for one in (*mine, *theirs)):
        keys = [{one.speaker_id for one in voices} - {None} for voices in (mine, theirs)]
        return bool(keys[0] & keys[1])
    told = [{one.actor_id or one.name for one in voices} for voices in (mine, theirs)]
    return bool(told[0] & told[1])


def _near(statement: Statement, voices: list[Party]) -> list[Statement]:
    """Statements of the timeline by the same speaker or for the same actor, of about the day."""
    whose = Q(speaker__in=[one.speaker_id for one in voices if one.speaker_id])
    whose |= Q(actor__in=[one.actor_id for one in voices if one.actor_id])
    whose |= Q(name__in=[one.name for one in voices])
    theirs = Party.objects.filter(whose, role__in=Party.VOICES)
    near = Statement.objects.on_timeline().filter(pk__in=theirs.values("statement"))
    if days := _days(statement):
        near = near.filter(_about(shifted(days[0], -NEAR), shifted(days[1], NEAR)))
    apart = Match.objects.kept_apart().filter(_touching(statement))
    near = near.exclude(Exists(apart.filter(_touching(OuterRef("pk")))))
    near = near.exclude(pk=statement.pk)
    parties = Prefetch("parties", Party.objects.select_related("actor", "speaker"))
    return list(near.prefetch_related(parties)[:_MOST])


def _days(row: Statement) -> tuple[date, date] | None:
    """The first and the last day on which it may have been said, None where nothing is known."""
    day, precision = row.said_on, row.said_on_precision
    if day is None or precision == SaidPrecision.UNKNOWN:
        return None
    if precision == SaidPrecision.RANGE:
        return day, row.said_on_to or day
    if precision == SaidPrecision.MONTH:
        return day, day.replace(day=monthrange(day.year, day.month)[1])
    if precision == SaidPrecision.YEAR:
        return day, day.replace(month=12, day=31)
    return day, day


def shifted(day: date, by: timedelta) -> date:
    """Return a day earlier or later; the day itself where the calendar ends before that.

    >>> shifted(date(2025, 1, 2), timedelta(days=3)), shifted(date.max, timedelta(days=3))
    (datetime.date(2025, 1, 5), datetime.date(9999, 12, 31))
    """
    try:
        return day + by
    except OverflowError:
        return day


def _about(first: date, last: date) -> Q:
    """What may have been said on one of these days, the day being known as exactly as it is."""
    said = Q(said_on_precision=SaidPrecision.UNKNOWN)
    for precision, begun in (
        (SaidPrecision.DAY, first),
        (SaidPrecision.MONTH, first.replace(day=1)),
        (SaidPrecision.YEAR, first.replace(month=1, day=1)),
    ):
        said |= Q(said_on_precision=precision, said_on__range=(begun, last))
    return said | Q(
        said_on_precision=SaidPrecision.RANGE, said_on__lte=last, said_on_to__gte=first
    )


def kept_apart(statement: Statement) -> set[int]:
    """The statements that a person decided not to be this one, by primary key: those of what
    was merged into it are among them, and what they were merged into."""
    apart: set[int] = set()
    for sides in _sides(Match.objects.kept_apart().filter(_touching(statement))):
        for side in sides:
            apart |= side if statement.pk not in side else set()
    return apart


def _touching(statement: Statement | OuterRef) -> Q:
    """The matches of a statement and of what was merged into it."""
    touching = Q(statement=statement) | Q(other=statement)
    return touching | Q(statement__merged_into=statement) | Q(other__merged_into=statement)


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
