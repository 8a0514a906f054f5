"""Which summarised statement a found report is of: it prints what stands beside the summary."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sources.models import Snapshot
from statements.in_hand import Hand, InHand
from statements.likeness import SAME, Report, judge, prints
from statements.models import Attestation
from statements.report_values import primary
from statements.sameness import folded
from statements.voices import VoiceRows, Wanted

# Fewer words than these are told apart only in the very document that is referred to.
_TELLING = 4


@dataclass(frozen=True)
class _Printed:
    """Words of a report of a summarised statement; of a reference only its fragments.

    `here`: the document that is referred to seems to be this text, by outlet and day.
    """

    words: str
    language: str
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
        self._language = primary(snapshot.language)

    def statement_of(
        self, words: str, wanted: Wanted, *, besides: InHand | None = None
    ) -> InHand | None:
        """The statement of which these words print most, None when they print too little of any."""
        best: tuple[int, InHand] | None = None
        for one in self._all:
            if (one.merged_into or one) is besides or not wanted.share(one.voices):
                continue
            score = sum(
                _common(each, words, self._language) for each in self._printed[one.row.pk]
            )
            if score and (best is None or score > best[0]):
                best = score, one
        return best and best[1]


def _printed(report: Attestation, snapshot: Snapshot) -> list[_Printed]:
    language = primary(report.language or report.snapshot.language)
    if not report.is_summary:
        return [_Printed(report.words, language, fragment=False, here=False)]
    theirs = report.snapshot
    here = theirs.article.source_id == snapshot.article.source_id
    here = here and theirs.published_on == snapshot.published_on
    return [_Printed(words, language, fragment=True, here=here) for words in report.pieces]


def _common(printed: _Printed, words: str, language: str) -> int:
    """How many characters of what was printed stand in these words, if they tell anything.

    A fragment may stand in the words or they in it. Few words tell something only here, and one
    alone only if it is the fragment. What turns the sense of a fragment elsewhere makes another
    statement of it; here it is what the editor has read.
    """
    bare = folded(words)
    if not printed.fragment:
        one, other = Report(printed.words, printed.language), Report(words, language)
        return len(bare) if judge(one, other).verdict == SAME else 0
    fragment = folded(printed.words)
    shorter, longer = sorted((fragment, bare), key=len)
    needed = _TELLING if not printed.here else 1 if shorter == fragment else 2
    if len(shorter.split()) < needed or f" {shorter} " not in f" {longer} ":
        return 0
    return len(shorter) if printed.here or prints(printed.words, words, language) else 0
