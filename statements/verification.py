"""Whether every recorded word still stands where it was found, and the history is whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from history.models import Seal
from history.verification import verify_history
from sources.scrubbing import findings_about, in_order
from statements.as_printed import is_as_printed
from statements.discrepancies import Field
from statements.models import Attestation, Difference, Position, Statement
from statements.printed_before import said_after_print
from statements.search import entries
from statements.tellings import differing, noted
from statements.templatetags.days import day_of_saying, format_date


@dataclass(frozen=True)
class Verification:
    """How much was checked, one sentence for each thing that does not stand, the newest seal."""

    attestations: int
    snapshots: int
    changes: int
    findings: tuple[str, ...]
    newest: Seal | None


def verify(*, files: bool = True, head: str = "") -> Verification:
    """Check all attestations and the evidence of positions against their snapshots' texts, the
    words and days of statements against their reports, what is searched of them against all that it is
    made of, and the history against itself, its rows and the hash `head` of a seal noted
    earlier; with `files` also all stored bytes and the texts read from them.

    Reads everything once and changes nothing. Raises `OSError` when the snapshot store cannot
    be read just now.
    """
    findings: list[str] = []
    attestations = snapshots = 0
    for report in Attestation.objects.select_related("snapshot").iterator(chunk_size=200):
        attestations += 1
        findings += _wrong_offsets(report)
    for position in Position.objects.with_evidence().iterator(chunk_size=200):
        findings += _wrong_evidence(position)
    if files:
        for snapshot in in_order().iterator(chunk_size=100):
            snapshots += 1
            findings += map(str, findings_about(snapshot))
    findings += [
        f"statement {row.public_id}: none of its reports prints these words"
        for row in _unprinted()
    ]
    findings += [
        f"statement {row.public_id}: its day, {day_of_saying(row)}, lies after the reports of it, "
        f"the first of {format_date(day, 'j F Y')}"
        for row, day in said_after_print()
    ]
    findings += _wrong_differences()
    findings += entries.wrong()
    history = verify_history(head)
    findings += history.findings
    return Verification(
        attestations, snapshots, history.changes, tuple(findings), history.newest
    )


def _unprinted() -> Iterator[Statement]:
    """Statements that readers see and whose words no report prints, whoever wrote them there."""
    whole = Attestation.objects.filter(statement=OuterRef("pk"), words=OuterRef("text"))
    others = Statement.objects.on_timeline().exclude(
        Exists(whole.exclude(mode=Attestation.Mode.SUMMARY))
    )
    rows = others.order_by("pk").prefetch_related("attestations").iterator(chunk_size=200)
    for row in rows:
        if not is_as_printed(row.text, row.attestations.all(), summarised=row.summarised):
            yield row


def _wrong_differences() -> list[str]:
    """Sentences about statements with which other differences are kept than their reports have."""
    several = Attestation.objects.order_by().values("statement").annotate(n=Count("pk"))
    keys = set(several.filter(n__gt=1).values_list("statement", flat=True))
    keys |= set(Difference.objects.values_list("statement", flat=True))
    computed, kept = differing(keys), noted(keys)
    wrong = [key for key in keys if computed.get(key) != kept.get(key)]
    names = Statement.objects.filter(pk__in=wrong).order_by("pk")
    return [
        f"statement {public_id}: its reports differ in {_fields(computed.get(key))}, and "
        f"{_fields(kept.get(key))} is kept; run compare_reports"
        for key, public_id in names.values_list("pk", "public_id")
    ]


def _fields(fields: set[Field] | None) -> str:
    return ", ".join(one.value for one in Field if one in (fields or set())) or "nothing"


def _wrong_offsets(report: Attestation) -> list[str]:
    """Sentences about the offsets of one report that do not fit its words."""
    text = report.snapshot.text
    name = f"attestation {report.pk} in snapshot {report.snapshot_id}"
    findings = []
    if text[report.start : report.end] != report.words:
        findings.append(f"{name}: its words do not stand at [{report.start}:{report.end}]")
    if any(not report.start <= a < b <= report.end for a, b in report.spans):
        findings.append(f"{name}: a piece of the quotation lies outside of it")
    for what in ("speaker", "cue", "occasion", "day"):
        start, end = getattr(report, f"{what}_start"), getattr(report, f"{what}_end")
        if start is not None and not 0 <= start < end <= len(text):
            findings.append(f"{name}: its {what} lies outside the text")
    return findings


def _wrong_evidence(position: Position) -> list[str]:
    """A sentence about evidence of a position that does not stand where it was found."""
    if position.evidence_stands:
        return []
    return [
        (
            f"position {position.pk} of statement {position.statement_id}: its evidence does not "
            f"stand in snapshot {position.snapshot_id}"
        )
    ]
