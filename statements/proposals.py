"""Run the attribution over a snapshot and record what it proposes.

The machine proposes and a person publishes. A statement that a person has touched keeps what it
says; all that happens to it here is one more report of its words. Every other statement says
what its reports say, as the latest run reads them.
"""

from dataclasses import dataclass

from sources.capturing import keep_looking
from sources.jobs import Lease
from sources.models import Snapshot
from statements.attribution import ATTRIBUTED_BY, Attribution, Occasion, attribute
from statements.describing import describe, left, said_when
from statements.events import event_finder
from statements.gazetteer import register_from_database
from statements.grounds import recorded_voices
from statements.in_hand import Hand, InHand
from statements.likeness import Likeness
from statements.matches import Pair, record_matches
from statements.matching import Candidates
from statements.models import Attestation, Statement
from statements.sameness import fingerprint
from statements.search.entries import deferred
from statements.topics import topic_finder
from statements.translations import says_translated
from statements.voices import VoiceRows
from statements.writing import write_alone

_MODES = {
    "direct": Attestation.Mode.QUOTED,
    "mixed": Attestation.Mode.MIXED,
    "indirect": Attestation.Mode.PARAPHRASED,
}


@dataclass(frozen=True)
class Recorded:
    """What one run over a snapshot changed, counted in statements and reports."""

    new: int = 0
    joined: int = 0
    kept: int = 0
    retracted: int = 0

    def __str__(self) -> str:
        return (
            f"{self.new} new statements, {self.joined} more reports, "
            f"{self.kept} as before, {self.retracted} retracted"
        )


def propose(snapshot_id: int, lease: Lease) -> None:
    """Find the statements of one snapshot and record them as proposals. Safe to run twice."""
    snapshot = Snapshot.objects.read().with_article().filter(pk=snapshot_id).first()
    if snapshot is None:
        with lease.done("snapshot is gone"):
            return
    found = attribute(
        snapshot.text,
        published_on=snapshot.published_on,
        register=register_from_database(),
        source=snapshot.article.source.name,
    )
    with lease.done() as outcome:
        outcome.result = str(record(snapshot, found))
        if snapshot.attestations.exists():
            keep_looking(snapshot.article)


@deferred()
def record(snapshot: Snapshot, found: list[Attribution]) -> Recorded:
    """Write the attributions of a snapshot as statements, parties, reports and positions.

    Much the same words of the same voices within a few days are one statement, whoever reports
    them; what may be one with another is kept as a pair for a person to judge. Reports of an earlier run that are not found any more are taken back, and so is a
    statement that loses its last report, unless a person has touched it.
    """
    write_alone()
    # What somebody did not say, or is expected to say, is nobody's statement.
    said = [a for a in found if not a.modality and a.voices]
    earlier = list(snapshot.attestations.order_by("start"))
    if not said and not earlier:
        return Recorded()
    return _Run(snapshot, said, earlier).recorded()


class _Run:
    """One run over a snapshot: what it has found, and what it has in hand."""

    def __init__(
        self, snapshot: Snapshot, said: list[Attribution], earlier: list[Attestation]
    ) -> None:
        self._snapshot, self._said = snapshot, said
        self._finder, self._events = topic_finder(), event_finder()
        self._rows, self._hand = VoiceRows(said), Hand()
        keys = [report.statement_id for report in earlier]
        self._candidates = Candidates(snapshot, said, set(keys), self._rows, self._hand)
        reported = self._hand.take(keys)
        likely = map(self._candidates.statement_of, said)
        self._hand.complete([*reported, *(found.one for found in likely if found)])
        # The report as it hangs on its statement in hand, which is the one to be changed.
        self._earlier = [
            (one, next(report for report in self._hand.parts(one).reports if report == each))
            for one, each in zip(reported, earlier, strict=True)
        ]

    def recorded(self) -> Recorded:
        """Write what was found, and say what changed."""
        of = {report.pk: one for one, report in self._earlier}
        pairs = _paired(self._said, [report for _, report in self._earlier])
        again = {report.pk for report in pairs.values()}
        retracted = sum(
            self._retract(one, report)
            for one, report in self._earlier
            if report.pk not in again
        )
        new = joined = kept = 0
        read: list[tuple[InHand, Attribution]] = []
        for number, attribution in enumerate(self._said):
            report = pairs.get(number)
            if report is not None:
                one, kept = self._reconsider(of[report.pk], report, attribution), kept + 1
            elif known := self._candidates.statement_of(attribution):
                one, joined = known.one, joined + 1
                self._add_report(one, attribution, known.likeness)
            else:
                one, new = self._new_statement(attribution), new + 1
                self._add_report(one, attribution)
            read.append((one, attribution))
            describe(
                one,
                self._snapshot,
                attribution,
                self._finder,
                self._events,
                self._rows,
                self._hand,
            )
        self._hand.write()
        self._record_matches(read)
        return Recorded(new, joined, kept, retracted)

    def _add_report(
        self, one: InHand, attribution: Attribution, likeness: Likeness | None = None
    ) -> None:
        evidence = _evidence(self._snapshot, attribution) | _joined(likeness)
        self._hand.add_report(one, Attestation(snapshot=self._snapshot, **evidence))

    def _record_matches(self, read: list[tuple[InHand, Attribution]]) -> None:
        """Keep which other statements those of this text may be."""
        pairs = [
            Pair(one.row, found.one.row, found.likeness)
            for one, attribution in read
            for found in self._candidates.like(one, attribution)
        ]
        record_matches([one.row for one, _ in read], pairs)

    def _reconsider(self, one: InHand, report: Attestation, attribution: Attribution) -> InHand:
        """Let this run say how it reads an earlier report, and of which statement it is."""
        if not self._hand.untouched(one):
            return one
        reports = self._hand.parts(one).reports
        alone = len(reports) == 1
        target, joined = one, dict[str, object]()
        if alone or not self._rows.wanted(attribution.voices).share(one.voices):
            known = self._candidates.statement_of(attribution, besides=one)
            if known is not None:
                target, joined = known.one, _joined(known.likeness)
            elif not alone:
                target, joined = self._new_statement(attribution), _joined(None)
        elif summed := self._candidates.summed_up(attribution, besides=one):
            target, joined = summed.one, _joined(summed.likeness)
        self._hand.change_report(one, report, _evidence(self._snapshot, attribution) | joined)
        if target is one:
            return one
        reports.remove(report)
        self._hand.add_report(target, report)
        if alone:
            # Its address leads on to the statement that its words turned out to be.
            reason = f"The same as {target.row.public_id}."
            one.change({"status": Statement.Status.WITHDRAWN, "status_reason": reason})
            self._hand.lead_on(one, target)
        else:
            left(one, self._hand)
        return target

    def _new_statement(self, attribution: Attribution) -> InHand:
        words = self._snapshot.text[attribution.start : attribution.end]
        row = Statement(
            text=words,
            language=self._snapshot.language,
            fingerprint=fingerprint(words),
            **said_when(attribution),
        )
        one = self._hand.add(row)
        one.voices = self._rows.parties(row, attribution.voices, self._snapshot.text)
        self._candidates.add(one)
        return one

    def _retract(self, one: InHand, report: Attestation) -> bool:
        """Take back a report that is not found any more, unless a person has touched its statement."""
        if not self._hand.untouched(one):
            return False
        self._hand.parts(one).reports.remove(report)
        report.delete()
        left(one, self._hand)
        return True


def _paired(said: list[Attribution], earlier: list[Attestation]) -> dict[int, Attestation]:
    """Which earlier report each attribution reads anew, by the attribution's place in `said`.

    The report at the very same place, or else one that overlaps: its words may have been cut
    differently.
    """
    left = {(report.start, report.end): report for report in earlier}
    pairs = {}
    for number, one in enumerate(said):
        if report := left.pop((one.start, one.end), None):
            pairs[number] = report
    for number, one in enumerate(said):
        if number in pairs:
            continue
        over = next((at for at in left if at[0] < one.end and one.start < at[1]), None)
        if over is not None:
            pairs[number] = left.pop(over)
    return pairs


def _joined(likeness: Likeness | None) -> dict[str, object]:
    """How a report came to its statement."""
    if likeness is None:
        return {"joined_by": Attestation.Joined.FIRST, "likeness": None}
    return {"joined_by": likeness.rule, "likeness": likeness.score}


def _evidence(snapshot: Snapshot, attribution: Attribution) -> dict[str, object]:
    """What a report says besides whose statement it is of."""
    voice = attribution.voices[0]
    told = attribution.occasion or Occasion()
    return {
        "start": attribution.start,
        "end": attribution.end,
        "words": snapshot.text[attribution.start : attribution.end],
        "language": snapshot.language,
        "mode": _MODES[attribution.kind],
        "spans": [list(span) for span in attribution.spans],
        "speaker_start": voice.start,
        "speaker_end": voice.end,
        "voices": recorded_voices(attribution.voices),
        "cue": attribution.cue[:100],
        "cue_start": attribution.cue_start,
        "cue_end": attribution.cue_end,
        "form": told.form,
        "place": told.place[:200],
        "occasion_start": told.start,
        "occasion_end": told.end,
        "day_start": attribution.day_start,
        "day_end": attribution.day_end,
        **said_when(attribution),
        "translated": says_translated(snapshot.text, attribution.start, attribution.end),
        "via": attribution.via[:200],
        "attributed_by": ATTRIBUTED_BY,
        "rule": attribution.rule,
        "confidence": attribution.confidence,
        "warnings": [warning[:300] for warning in attribution.warnings],
    }
