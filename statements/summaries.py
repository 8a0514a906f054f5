"""Which summarised statement a found report is of: it prints what stands beside the summary."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sources.models import Snapshot
from statements.in_hand import Hand, InHand
from statements.likeness import SAME, Report, judge
from statements.models import Attestation
from statements.sameness import folded
from statements.voices import VoiceRows, Wanted

# Fewer words than these are told apart only in the very document that is referred to.
_TELLING = 4


@dataclass(frozen=True)
class _Printed:
    """Words of a report of a summarised statement, folded; of a reference only its fragments.

    `here`: the document that is referred to seems to be this text, by outlet and day.
    """

    words: str
    fragment: bool
    here: bool


class Summaries:
    """The summarised statements by these voices from about these days, and what is printed of them.

    Their own text is an editor's, so it is compared with nothing.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        rows: VoiceRows,
        hand: Hand,
        days: Iterable[tuple[date, date]],
    ) -> None:
        self._printed: dict[int, list[_Printed]] = defaultdict(list)
        about = Q(pk__in=[])
        for some in days:
            about |= Q(statement__said_on__range=some) | Q(snapshot__published_on__range=some)
        reports = Attestation.objects.filter(
            about, statement__summarised=True, statement__in=rows.shared().values("statement")
        )
        reports = reports.exclude(snapshot=snapshot).select_related("snapshot__article")
        for report in reports.defer("snapshot__text", "snapshot__headers").order_by("pk"):
            self._printed[report.statement_id] += _printed(report, snapshot)
        self._all = hand.take(sorted(self._printed))

    def statement_of(
        self, words: str, wanted: Wanted, *, besides: InHand | None = None
    ) -> InHand | None:
        """The statement of which these words print most, None when they print too little of any."""
        best: tuple[int, InHand] | None = None
        for one in self._all:
            if (one.merged_into or one) is besides or not wanted.share(one.voices):
                continue
            score = sum(_common(each, words) for each in self._printed[one.row.pk])
            if score and (best is None or score > best[0]):
                best = score, one
        return best and best[1]


def _printed(report: Attestation, snapshot: Snapshot) -> list[_Printed]:
    if not report.is_summary:
        return [_Printed(report.words, fragment=False, here=False)]
    theirs = report.snapshot
    here = theirs.article.source_id == snapshot.article.source_id
    here = here and theirs.published_on == snapshot.published_on
    return [_Printed(folded(words), fragment=True, here=here) for words in report.pieces]


def _common(printed: _Printed, words: str) -> int:
    """How many characters of what was printed stand in these words, if they tell anything.

    A fragment may stand in the words or they in it. Few words tell something only here, and one
    alone only if it is the fragment.
    """
    bare = folded(words)
    if not printed.fragment:
        same = judge(Report(printed.words), Report(words)).verdict == SAME
        return len(bare) if same else 0
    shorter, longer = sorted((printed.words, bare), key=len)
    needed = _TELLING if not printed.here else 1 if shorter == printed.words else 2
    if len(shorter.split()) < needed:
        return 0
    return len(shorter) if f" {shorter} " in f" {longer} " else 0
