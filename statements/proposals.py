"""Run the attribution over a snapshot and record what it proposes.

The machine proposes and a person publishes. A statement that a person has touched keeps what it
says; all that happens to it here is one more report of its words. Every other statement says
what its reports say, as the latest run reads them.
"""

from dataclasses import dataclass

from django.db import transaction

from sources.capturing import keep_looking
from sources.jobs import Lease
from sources.models import Snapshot
from statements.attribution import ATTRIBUTED_BY, Attribution, attribute
from statements.describing import (
    VoiceRows,
    change,
    describe,
    left,
    propose_positions,
    said_when,
    untouched,
)
from statements.gazetteer import register_from_database
from statements.matching import known_statement, shares_voice
from statements.models import Attestation, Party, Statement
from statements.sameness import fingerprint
from statements.topics import topic_finder
from statements.translations import says_translated
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


@transaction.atomic
def record(snapshot: Snapshot, found: list[Attribution]) -> Recorded:
    """Write the attributions of a snapshot as statements, parties, reports and positions.

    The same words of the same voices within a few days are one statement, whoever reports
    them. Reports of an earlier run that are not found any more are taken back, and so is a
    statement that loses its last report, unless a person has touched it.
    """
    write_alone()
    # What somebody did not say, or is expected to say, is nobody's statement.
    said = [a for a in found if not a.modality and a.voices]
    earlier = list(snapshot.attestations.order_by("start"))
    pairs = _paired(said, earlier)
    again = {report.pk for report in pairs.values()}
    retracted = sum(_retract(report) for report in earlier if report.pk not in again)
    finder, rows = topic_finder(), VoiceRows(said)
    new = joined = kept = 0
    for number, attribution in enumerate(said):
        report = pairs.get(number)
        if report is not None:
            statement, kept = _reconsider(report, snapshot, attribution, rows), kept + 1
        elif known := known_statement(snapshot, attribution):
            statement, joined = known, joined + 1
            _add_report(statement, snapshot, attribution)
        else:
            statement, new = _new_statement(snapshot, attribution, rows), new + 1
            _add_report(statement, snapshot, attribution)
            propose_positions(statement, snapshot, attribution, finder, only=True, new=True)
            continue
        describe(statement, snapshot, attribution, finder, rows)
    return Recorded(new, joined, kept, retracted)


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


def _add_report(statement: Statement, snapshot: Snapshot, attribution: Attribution) -> None:
    Attestation.objects.create(
        statement=statement, snapshot=snapshot, **_evidence(snapshot, attribution)
    )


def _evidence(snapshot: Snapshot, attribution: Attribution) -> dict[str, object]:
    """What a report says besides whose statement it is of."""
    voice = attribution.voices[0]
    return {
        "start": attribution.start,
        "end": attribution.end,
        "words": snapshot.text[attribution.start : attribution.end],
        "language": snapshot.language,
        "mode": _MODES[attribution.kind],
        "spans": [list(span) for span in attribution.spans],
        "speaker_start": voice.start,
        "speaker_end": voice.end,
        "cue": attribution.cue[:100],
        "cue_start": attribution.cue_start,
        "cue_end": attribution.cue_end,
        "translated": says_translated(snapshot.text, attribution.start, attribution.end),
        "via": attribution.via[:200],
        "attributed_by": ATTRIBUTED_BY,
        "rule": attribution.rule,
        "confidence": attribution.confidence,
        "warnings": [warning[:300] for warning in attribution.warnings],
    }


def _reconsider(
    report: Attestation, snapshot: Snapshot, attribution: Attribution, rows: VoiceRows
) -> Statement:
    """Let a later run say how it reads an earlier report, and of which statement it is."""
    statement = untouched(report.statement)
    if statement is None:
        return report.statement
    alone = statement.attestations.count() == 1
    target = statement
    if alone:
        target = known_statement(snapshot, attribution, besides=statement) or statement
    elif not shares_voice(statement, attribution.voices):
        known = known_statement(snapshot, attribution, besides=statement)
        target = known or _new_statement(snapshot, attribution, rows)
    report.statement = target
    for name, value in _evidence(snapshot, attribution).items():
        setattr(report, name, value)
    report.save()
    if target == statement:
        return statement
    if not alone:
        left(statement)
        return target
    # Its address leads on to the statement that its words turned out to be.
    withdrawn = {
        "merged_into": target,
        "status": Statement.Status.WITHDRAWN,
        "status_reason": f"The same as {target.public_id}.",
    }
    change(statement, withdrawn)
    statement.merged.update(merged_into=target)
    return target


def _new_statement(snapshot: Snapshot, attribution: Attribution, rows: VoiceRows) -> Statement:
    words = snapshot.text[attribution.start : attribution.end]
    statement = Statement.objects.create(
        text=words,
        language=snapshot.language,
        fingerprint=fingerprint(words),
        **said_when(attribution),
    )
    Party.objects.bulk_create(rows.parties(statement, attribution.voices, snapshot.text))
    return statement


def _retract(report: Attestation) -> bool:
    """Take back a report that is not found any more, unless a person has touched its statement."""
    statement = untouched(report.statement)
    if statement is None:
        return False
    report.delete()
    left(statement)
    return True
