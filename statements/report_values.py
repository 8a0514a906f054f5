"""Recorded statements and what is found in a text, as the reports that likeness compares."""

from collections.abc import Callable, Iterable

from sources.models import Snapshot
from statements.attribution import Attribution, Occasion
from statements.likeness import Difference, Report
from statements.models import Attestation, Statement
from statements.models.dates import Precision

_NAMED = {
    Statement.DateBasis.EXPRESSION,
    Statement.DateBasis.WEEKDAY,
    Statement.DateBasis.OCCASION,
    Statement.DateBasis.EDITOR,
}

FindNames = Callable[[str], frozenset[str]]


def report_of(row: Statement, find_names: FindNames, fragments: Iterable[str] = ()) -> Report:
    """A recorded statement as a report of itself. `fragments` are what is printed of one of
    which there is but a summary."""
    exact = row.said_on_precision == Precision.DAY
    quoted = "".join(f" “{fragment}”" for fragment in fragments)
    return Report(
        words=row.text + quoted,
        language=primary(row.language),
        day=row.said_on if exact else None,
        dated=exact and row.said_on_basis in _NAMED,
        form=row.form,
        place=row.place,
        find_names=find_names,
    )


def report_in(snapshot: Snapshot, found: Attribution, find_names: FindNames) -> Report:
    """What an attribution found in a snapshot; its day is that of printing where no text tells."""
    told = found.occasion or Occasion()
    exact = found.precision == Precision.DAY and found.said_on is not None
    return Report(
        words=snapshot.text[found.start : found.end],
        language=primary(snapshot.language),
        day=found.said_on if exact else snapshot.published_on,
        dated=exact and found.said_on_basis in _NAMED,
        form=told.form,
        place=told.place,
        find_names=find_names,
    )


def fragments_of(rows: Iterable[Statement]) -> dict[int, list[str]]:
    """What is printed of those statements that an editor summed up, by primary key."""
    keys = [row.pk for row in rows if row.summarised]
    found: dict[int, list[str]] = {key: [] for key in keys}
    for report in Attestation.objects.filter(statement__in=keys) if keys else ():
        found[report.statement_id] += [fragment.words for fragment in report.fragments]
    return found


def as_rows(differences: Iterable[Difference], *, turned: bool = False) -> list[dict[str, str]]:
    """Differences as they are kept; `turned` tells them from the other side."""
    return [
        {"kind": each.kind, "one": each.other, "other": each.one}
        if turned
        else {"kind": each.kind, "one": each.one, "other": each.other}
        for each in differences
    ]


def primary(language: str) -> str:
    """A language without its region: «en» for «en-GB»."""
    return language.split("-")[0].casefold()
