"""Whether a statement shows words that a report of it prints, as every statement must."""

from collections.abc import Collection

from statements.models import Attestation
from statements.spans import located

NOT_PRINTED = (
    "No report of it prints these words. Words are shown as printed: take them from a report, or "
    "move their beginning and end at the review desk."
)


def is_as_printed(text: str, reports: Collection[Attestation], *, summarised: bool) -> bool:
    """Whether one of a statement's reports prints its text, white space counting as one however
    it is typed; with `summarised`, whether the text may be an editor's: a report is a summary."""
    if summarised and any(report.is_summary for report in reports):
        return True
    return any(_stands_in(text, words) for report in reports for words in _printed(report))


def _printed(report: Attestation) -> list[str]:
    return report.pieces if report.is_summary else [report.words]


def _stands_in(text: str, words: str) -> bool:
    return text in words or located(words, text, 0) is not None
