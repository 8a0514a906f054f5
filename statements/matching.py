"""Which statement a report is of: the same words by a shared voice on about the same occasion."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q

from sources.models import Article, Snapshot
from statements.attribution import Attribution
from statements.in_hand import Hand, InHand
from statements.models import Attestation, Statement
from statements.models.dates import Precision
from statements.sameness import fingerprint, same_words
from statements.summaries import Summaries
from statements.voices import VoiceRows

# Reports of one act of saying are printed within a few days of each other.
_SAME_OCCASION = timedelta(days=3)


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
        self._snapshot, self._rows = snapshot, rows
        days = {self._day(attribution) for attribution in said}
        self._copies = _copies(snapshot) if None in days else frozenset[int]()
        about = [around(day) for day in days if day]
        shared = Statement.objects.filter(pk__in=rows.shared().values("statement")).order_by()
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
        self._summaries = Summaries(snapshot, rows, hand, about)

    def add(self, one: InHand) -> None:
        """Let later attributions be reports of a statement that was made just now."""
        self._all.append(one)

    def statement_of(
        self, attribution: Attribution, *, besides: InHand | None = None
    ) -> InHand | None:
        """Return the statement that an attribution reports, if it is recorded already.

        A merged statement answers with the one it was merged into. `besides` is left out.
        """
        words = self._snapshot.text[attribution.start : attribution.end]
        wanted = self._rows.wanted(attribution.voices)
        near = [
            one
            for one in self._near(self._day(attribution))
            if (one.merged_into or one) is not besides
            and not one.row.summarised  # an editor's words
            and wanted.share(one.voices)
        ]
        bare = fingerprint(words)
        same = (one for one in near if one.row.fingerprint == bare)
        alike = (one for one in near if same_words(one.row.text, words))
        found = (
            next(same, None)
            or self._summaries.statement_of(words, wanted, besides=besides)
            or next(alike, None)
        )
        return found and (found.merged_into or found)

    def _near(self, day: date | None) -> Iterator[InHand]:
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


def _day_of(one: InHand) -> date | None:
    """The day of saying, where it is known to the day."""
    return one.row.said_on if one.row.said_on_precision == Precision.DAY else None


def around(day: date) -> tuple[date, date]:
    """The first and the last day of what may be one occasion with something of this day."""
    return day - _SAME_OCCASION, day + _SAME_OCCASION


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
