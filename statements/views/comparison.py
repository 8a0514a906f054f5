"""The reports of a statement side by side, as its page and its record show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from statements.comparing.wording import Verdict, Wording
from statements.discrepancies import LABELS, Comparison, Field, compare, compared_words
from statements.independence import Independence, order
from statements.models import Attestation, Statement
from statements.printings import delay, independence_of, printing_of
from statements.tellings import tellings_of
from statements.word_diff import WordDiff, word_diff


@dataclass(frozen=True)
class Cell:
    """What one report tells of one field; `differs` where another tells otherwise."""

    label: str
    text: str
    differs: bool


@dataclass(frozen=True)
class Line:
    """One report in the list: when it was printed, its wording, and what it tells.

    `url` shows it in the stored article. `diff` is from the fullest report's words to its own, None where they are the same or in
    another language.
    """

    report: Attestation
    url: str
    first: bool
    delay: str
    wording: Wording
    cells: tuple[Cell, ...]
    diff: WordDiff | None


@dataclass(frozen=True)
class Finding:
    """One discrepancy in words: each value with the outlets that have it."""

    label: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SideBySide:
    """All reports of a statement, in the order in which they were printed."""

    independence: Independence
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    fields: tuple[str, ...]
    comparison: Comparison


def side_by_side(
    statement: Statement, reports: Sequence[Attestation], urls: Mapping[int, str]
) -> SideBySide | None:
    """Compare the reports of a statement, at hand with their texts; None without any.

    `urls` is where each is shown, by its primary key.
    """
    found = independence_of(reports)
    if found is None:
        return None
    tellings = {one.key: one for one in tellings_of(reports)}
    comparison = compare(list(tellings.values()), statement.language)
    ordered = sorted(reports, key=lambda report: order(printing_of(report)))
    names = _names(ordered)
    told = [one for one in Field if one != Field.WORDS and any(comparison.told[one].values())]
    differing = {
        (one.field, key)
        for one in comparison.discrepancies
        for value in one.values
        for key in value.reports
    }
    full = tellings[comparison.fullest] if comparison.fullest else None

    def line(report: Attestation) -> Line:
        wording = comparison.wordings[report.pk]
        differs = wording.verdict in {Verdict.SHORTENED, Verdict.REWORDED}
        return Line(
            report,
            urls[report.pk],
            report.pk == found.first.key,
            delay(statement, printing_of(report), found.first),
            wording,
            tuple(
                Cell(
                    LABELS[one], comparison.told[one][report.pk], (one, report.pk) in differing
                )
                for one in told
            ),
            word_diff(*compared_words(full, tellings[report.pk])) if differs and full else None,
        )

    return SideBySide(
        found,
        tuple(map(line, ordered)),
        tuple(
            Finding(
                one.label,
                tuple(
                    (value.text, ", ".join(dict.fromkeys(names[key] for key in value.reports)))
                    for value in one.values
                ),
            )
            for one in comparison.discrepancies
        ),
        tuple(LABELS[one] for one in told),
        comparison,
    )


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values; reports are named by their `id`."""
    return {
        "discrepancies": [
            {
                "field": one.field.value,
                "values": [
                    {"value": value.text or None, "reports": list(value.reports)}
                    for value in one.values
                ],
            }
            for one in comparison.discrepancies
        ],
        "wordings": [
            {"report": key, "verdict": one.verdict.value, "percent": one.percent}
            for key, one in comparison.wordings.items()
        ],
    }


def _names(reports: Sequence[Attestation]) -> dict[int, str]:
    """What each report is called in a finding: its outlet, and which article or version of it."""
    outlets: dict[str, list[Attestation]] = {}
    for report in reports:
        outlets.setdefault(report.snapshot.article.source.name, []).append(report)
    return {
        report.pk: name if len(some) == 1 else f"{name} ({number} of {len(some)})"
        for name, some in outlets.items()
        for number, report in enumerate(some, 1)
    }
