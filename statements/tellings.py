"""What the reports of statements tell, and in what they differ, kept with each statement.

Differences are derived from the reports alone. Whatever changes those calls `note_differences`
in the same transaction, and `verify` computes them once more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count

from statements.comparing.people import Named
from statements.comparing.posts import Printed
from statements.discrepancies import Field, Telling, compare, in_order
from statements.models import Attestation, Difference, Speaker, Statement

_AT_ONCE = 200  # statements whose reports, with their texts, are read together

# How a day is known that the report itself tells.
_TOLD = {
    Statement.DateBasis.EXPRESSION,
    Statement.DateBasis.WEEKDAY,
    Statement.DateBasis.OCCASION,
}


def telling_of(report: Attestation, merged: Mapping[str, str]) -> Telling:
    """Return what a report tells. `merged` leads slugs of merged speakers to those they are now.

    A day that stands in for the day of saying, such as that of publication, is none that it tells.
    """
    text = report.snapshot.text
    return Telling(
        key=report.pk,
        outlet=report.snapshot.article.source.name,
        language=report.language or report.snapshot.language,
        said=_said(report),
        quoted_whole=report.mode == Attestation.Mode.QUOTED,
        voices=tuple(_named(voice, merged) for voice in report.voices),
        day=report.said_on if report.said_on_basis in _TOLD else None,
        precision=report.said_on_precision,
        paragraph=_paragraph(text, report.start, report.end),
        translated=report.translated,
        fragments=report.is_summary,
    )


def tellings_of(reports: Sequence[Attestation]) -> list[Telling]:
    """Return what reports tell that are at hand with their snapshots; at most one query."""
    merged = _merged(reports)
    return [telling_of(report, merged) for report in reports]


def differing(statements: Iterable[int]) -> dict[int, set[Field]]:
    """Compute in what the reports of these statements differ, by the statements' primary keys.

    A statement with fewer than two reports, or whose reports agree, is left out.
    """
    several = (
        Attestation.objects.filter(statement__in=set(statements))
        .order_by("statement")
        .values("statement")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .values_list("statement", flat=True)
    )
    rows = list(several)
    found: dict[int, set[Field]] = {}
    for at in range(0, len(rows), _AT_ONCE):
        found |= _computed(rows[at : at + _AT_ONCE])
    return found


def noted(statements: Iterable[int]) -> dict[int, set[Field]]:
    """What is kept of these statements, in the same form as `differing` answers."""
    found: dict[int, set[Field]] = defaultdict(set)
    rows = Difference.objects.filter(statement__in=set(statements)).order_by()
    for key, name in rows.values_list("statement", "field"):
        found[key].add(Field(name))
    return dict(found)


def fields_at_hand(statement: Statement) -> list[Field]:
    """In what the reports of a row of `views.latest.with_rows` differ; asks nothing."""
    return in_order(vars(statement)["differs"])


def note_differences(statements: Iterable[int]) -> None:
    """Keep with these statements in what their reports differ; writes only what has changed."""
    keys = set(statements)
    wanted, kept = differing(keys), noted(keys)
    for key in keys:
        if gone := kept.get(key, set()) - wanted.get(key, set()):
            Difference.objects.filter(statement=key, field__in=gone).delete()
    Difference.objects.bulk_create(
        Difference(statement_id=key, field=one)
        for key, fields in wanted.items()
        for one in fields - kept.get(key, set())
    )


def _computed(keys: Sequence[int]) -> dict[int, set[Field]]:
    by_statement: dict[int, list[Attestation]] = defaultdict(list)
    reports = Attestation.objects.filter(statement__in=keys).for_statement_page()
    for report in reports.defer("snapshot__headers", "snapshot__sketch", "snapshot__dates"):
        by_statement[report.statement_id].append(report)
    languages = dict(Statement.objects.filter(pk__in=keys).values_list("pk", "language"))
    merged = _merged([report for some in by_statement.values() for report in some])
    compared = {
        key: compare([telling_of(report, merged) for report in some], languages[key])
        for key, some in by_statement.items()
    }
    return {key: set(one.fields) for key, one in compared.items() if one.fields}


def _merged(reports: Iterable[Attestation]) -> dict[str, str]:
    """Where merged speakers that reports name lead to; asks nothing where none is known."""
    slugs = {voice.get("speaker", "") for report in reports for voice in report.voices} - {""}
    if not slugs:
        return {}
    rows = Speaker.objects.filter(slug__in=slugs, merged_into__isnull=False).order_by()
    return dict(rows.values_list("slug", "merged_into__slug"))


def _named(voice: Mapping[str, str], merged: Mapping[str, str]) -> Named:
    """A recorded voice. Versions that kept no title as printed tell no office."""
    words = voice.get("title", "")
    if voice.get("tense") == "former":
        words = ""  # what somebody was is no other post than what they are
    slug = voice.get("speaker", "")
    return Named(
        name=voice["name"],
        office=Printed(
            words=words,
            office=voice["office"] if words else "",
            state=voice.get("state", "") if words else "",
            held=frozenset(voice.get("posts", "").split()),
        ),
        slug=merged.get(slug, slug),
        country=voice["country"],
        actor=voice.get("actor", ""),
        is_body=voice.get("kind") == "body",
    )


def _said(report: Attestation) -> str:
    """The words without what the outlet puts between the pieces of a split quotation.

    An editor's summary is nobody's words: of it only the printed fragments are said.
    """
    if report.is_summary:
        return " ".join(f"“{fragment.words}”" for fragment in report.fragments)
    return " ".join(report.pieces) if len(report.pieces) > 1 else report.words


def _paragraph(text: str, start: int, end: int) -> str:
    last = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : last if last >= 0 else len(text)]
