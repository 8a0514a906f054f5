"""Which statement a report is of: much the same words by a shared voice on about the same occasion."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from sources.models import Article, Snapshot
from statements.attribution import Attribution
from statements.in_hand import Hand, InHand
from statements.likeness import DIFFERENT, SAME, Likeness, Report, judge
from statements.matches import kept_apart_each, shifted
from statements.models import Attestation, Statement
from statements.models.dates import Precision
from statements.naming import Names
from statements.report_values import fragments_of, report_in, report_of
from statements.summaries import Summaries
from statements.voices import VoiceRows

# Reports of one act of saying are printed within a few days of each other.
SAME_OCCASION = timedelta(days=3)
_BY_FRAGMENT = Likeness(SAME, 90, "quoted")
# How alike the words must be where reports of a joint statement name other issuers, in per cent.
_JOINT = 75


@dataclass(frozen=True)
class Found:
    """The statement that a report is of, and how alike it is."""

    one: InHand
    likeness: Likeness


class Candidates:
    """The recorded statements that a snapshot's attributions may be reports of.

    They are asked for once for all attributions. Those that it has `reported` so far are among
    them, since this run may give them another voice or day; what the run makes is added.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        said: list[Attribution],
        reported: set[int],
        rows: VoiceRows,
        hand: Hand,
    ) -> None:
        self._snapshot, self._rows, self._names = snapshot, rows, Names()
        days = {self._day(attribution) for attribution in said}
        self._copies = _copies(snapshot) if None in days else frozenset[int]()
        about = [around(day) for day in days if day]
        whose = Q(pk__in=rows.shared().values("statement"))
        if any(map(is_joint, said)):
            whose |= Q(form=Statement.Form.JOINT_STATEMENT)
        shared = Statement.objects.filter(whose).order_by()
        dated = _any(Q(said_on__range=some) for some in about)
        keys = set(shared.filter(dated).values_list("pk", flat=True)) if about else set[int]()
        # When and in which articles statements of an unknown day are printed, besides here.
        self._printed: dict[int, set[tuple[date | None, int]]] = defaultdict(set)
        near = Q(snapshot__article__in=self._copies)
        near |= ~Q(statement__said_on_precision=Precision.DAY) & _any(
            Q(snapshot__published_on__range=some) for some in about
        )
        near &= Q(statement__in=shared)
        printed = Attestation.objects.filter(near | Q(statement__in=reported)).order_by()
        printed = printed.exclude(snapshot=snapshot)
        where = ("statement", "snapshot__published_on", "snapshot__article")
        for key, day, article in printed.values_list(*where):
            self._printed[key].add((day, article))
        self._all = hand.take(sorted(keys | reported | set(self._printed)))
        self._fragments = fragments_of(one.row for one in self._all)
        self._apart = kept_apart_each(reported)
        self._judged: dict[tuple[Report, int, str, date | None], Likeness] = {}
        self._summaries = Summaries(snapshot, rows, hand, about)

    def add(self, one: InHand) -> None:
        """Let later attributions be reports of a statement that was made just now."""
        self._all.append(one)

    def statement_of(
        self, attribution: Attribution, *, besides: InHand | None = None
    ) -> Found | None:
        """Return the statement that an attribution reports, if it is recorded already.

        It is the one whose words are most alike, the first of equals. A merged statement
        answers with the one it was merged into. `besides` is left out, and with it what a
        person has kept apart from it.
        """
        report = report_in(self._snapshot, attribution, self._names)
        apart = self._apart.get(besides.row.pk, set[int]()) if besides else set[int]()
        best: Found | None = None
        for one, shares in self._near(attribution):
            into = one.merged_into or one
            # What an editor summed up is compared by what is printed beside the summary.
            if into is besides or {one.row.pk, into.row.pk} & apart or one.row.summarised:
                continue
            likeness = self._likeness(report, one)
            if likeness.verdict != SAME or not (shares or likeness.score >= _JOINT):
                continue
            if best is None or likeness.score > best.likeness.score:
                best = Found(into, likeness)
        if best is None or best.likeness.rule != "equal":
            return self.summed_up(attribution, besides=besides) or best
        return best

    def summed_up(
        self, attribution: Attribution, *, besides: InHand | None = None
    ) -> Found | None:
        """Return the statement whose text is an editor's and whose fragments these words print."""
        words = self._snapshot.text[attribution.start : attribution.end]
        wanted = self._rows.wanted(attribution.voices)
        summed = self._summaries.statement_of(words, wanted, besides=besides)
        apart = self._apart.get(besides.row.pk, set()) if besides else set()
        if summed is None or summed.row.pk in apart:
            return None
        return Found(summed.merged_into or summed, _BY_FRAGMENT)

    def like(self, one: InHand, attribution: Attribution) -> Iterator[Found]:
        """Statements near an attribution that may be one with the statement it reports."""
        report = self._report(one)
        seen = {id(one)}
        for other, shares in self._near(attribution):
            into = other.merged_into or other
            if not shares or id(into) in seen:
                continue
            seen.add(id(into))
            likeness = self._likeness(report, into)
            if likeness.verdict != DIFFERENT:
                yield Found(into, likeness)

    def _likeness(self, report: Report, one: InHand) -> Likeness:
        """How alike a report and a statement are, judged once as long as it says the same."""
        key = (report, id(one), one.row.text, one.row.said_on)
        if key not in self._judged:
            self._judged[key] = judge(report, self._report(one))
        return self._judged[key]

    def _report(self, one: InHand) -> Report:
        return report_of(one.row, self._names, self._fragments.get(one.row.pk, ()))

    def _near(self, attribution: Attribution) -> Iterator[tuple[InHand, bool]]:
        """Statements of about the day of an attribution by one of its voices; and joint ones
        whose issuers are others, of which it may name the rest. Says whether they share a voice.
        """
        wanted, joint = self._rows.wanted(attribution.voices), is_joint(attribution)
        for one in self._around(self._day(attribution)):
            shares = wanted.share(one.voices)
            if shares or (joint and one.row.form == Statement.Form.JOINT_STATEMENT):
                yield one, shares

    def _around(self, day: date | None) -> Iterator[InHand]:
        """Statements of about that day, then those printed at about that time of no known day.

        Where neither day is known, only copies of the same text can be of the same occasion,
        the newest first.
        """
        if day is None:
            of_copies = [
                one for one in reversed(self._all) if self._articles(one) & self._copies
            ]
            yield from sorted(
                of_copies, key=lambda one: one.row.said_on or date.min, reverse=True
            )
            return
        first, last = around(day)
        yield from (
            one for one in self._all if (said := _day_of(one)) and first <= said <= last
        )
        for one in self._all:
            if _day_of(one) is None and any(
                printed and first <= printed <= last for printed, _ in self._prints(one)
            ):
                yield one

    def _prints(self, one: InHand) -> set[tuple[date | None, int]]:
        prints = set() if one.is_new else self._printed[one.row.pk]
        reports = one.parts.reports if one.parts else []
        if any(report.snapshot_id == self._snapshot.pk for report in reports):
            return prints | {(self._snapshot.published_on, self._snapshot.article_id)}
        return prints

    def _articles(self, one: InHand) -> set[int]:
        return {article for _, article in self._prints(one)}

    def _day(self, attribution: Attribution) -> date | None:
        exact = attribution.precision == Precision.DAY
        return (attribution.said_on if exact else None) or self._snapshot.published_on


def is_joint(attribution: Attribution) -> bool:
    """Whether several speak together: the text calls it a joint statement, or names them all."""
    told = attribution.occasion
    form = told.form if told else ""
    return form == Statement.Form.JOINT_STATEMENT or len(attribution.voices) > 1


def _day_of(one: InHand) -> date | None:
    """The day of saying, where it is known to the day."""
    return one.row.said_on if one.row.said_on_precision == Precision.DAY else None


def around(day: date) -> tuple[date, date]:
    """The first and the last day of what may be one occasion with something of this day."""
    return shifted(day, -SAME_OCCASION), shifted(day, SAME_OCCASION)


def _any(conditions: Iterable[Q]) -> Q:
    """What fulfils one of the conditions; nothing does where there is none."""
    joined = Q(pk__in=[])
    for condition in conditions:
        joined |= condition
    return joined


def _copies(snapshot: Snapshot) -> frozenset[int]:
    article = snapshot.article
    same = Q(pk=article.pk)
    if article.cluster is not None:
        same |= Q(cluster=article.cluster)
    return frozenset(Article.objects.filter(same).values_list("pk", flat=True))
