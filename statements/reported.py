"""A report that a person enters from a document of which only a reference is kept."""

from typing import Any

from sources.models import Snapshot
from statements.models import Attestation, Statement
from statements.tellings import note_differences


def report_in_reference(
    statement: Statement, snapshot: Snapshot, *, entered_by: str, **told: Any
) -> Attestation:
    """Write what a reference says as one report of a statement; done again, it says it anew.

    With a summary it is a «summary», in which only the fragments are printed words, else a
    quotation of the fragments. `entered_by` says who did it, a person or a file; `told` are
    fields of the report besides its words: cue, via, directness, translated, voices …
    """
    reference = snapshot.reference
    summary = bool(reference.summary)
    places = reference.places
    start, end = whole_of(snapshot)
    report, _ = Attestation.objects.update_or_create(
        snapshot=snapshot,
        start=start,
        end=end,
        defaults={
            "statement": statement,
            "words": snapshot.text[start:end],
            "mode": Attestation.Mode.SUMMARY if summary else Attestation.Mode.QUOTED,
            "spans": [list(place) for place in places] if summary or len(places) > 1 else [],
            "language": snapshot.language,
            "attributed_by": entered_by[:40],
            **told,
        },
    )
    note_differences([statement.pk])
    return report


def whole_of(snapshot: Snapshot) -> tuple[int, int]:
    """The offsets of all that a reference says: of its summary and its fragments."""
    return 0, len(snapshot.text)
