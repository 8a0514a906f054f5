"""One statement: who, when, the words, where they are printed, and who judged it how."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sources.models import Snapshot
from statements.access import Audience, audience, reader_of
from statements.citations import cite_record, cite_words
from statements.coders import codes_by_matter
from statements.context_marks import Context, in_context
from statements.discrepancies import compare
from statements.independence import article_numbers
from statements.last_seen import Seen, last_pages_of, seen_of
from statements.models import Attestation, Party, Position, Statement
from statements.printings import printing_of
from statements.records import statement_record
from statements.tellings import tellings_of
from statements.views.comparison import comparison_record, side_by_side
from statements.views.finding import find_statement, gone_page, gone_record, is_rejected_for
from statements.views.latest import with_record
from statements.views.statement_versions import newest_entries

Status = Statement.Status


@dataclass(frozen=True)
class Report:
    """An attestation with its context; `context` is None when the words are not located.

    `seen` is how it stands to its page now, None when nobody has seen that page. `evidence`
    says that what a machine's stance rests on is marked in it.
    """

    attestation: Attestation
    context: Context | None
    article_url: str
    seen: Seen | None
    evidence: bool = False


@dataclass(frozen=True)
class Change:
    """One field that a review changed, as words."""

    field: str
    before: str
    after: str


@audience(Audience.PUBLIC)
@require_safe
def statement(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of a statement; merged ones lead on, withdrawn and rejected ones say so."""
    row = find_statement(public_id)
    if row.merged_into:
        return redirect(row.merged_into, permanent=True)
    if row.public_id != public_id:
        return redirect(row, permanent=True)
    if row.status == Status.WITHDRAWN and not reader_of(request).sees_drafts:
        return gone_page(request, row, withdrawn_at=_withdrawn_at(row))
    if is_rejected_for(row, reader_of(request)):
        return gone_page(request, row)
    parties = list(row.parties.select_related("speaker", "office__actor", "actor"))
    positions = list(row.positions.select_related("treaty", "provision__treaty", "coder"))
    reports = list(reports_of(row, positions))
    attestations = [one.attestation for one in reports]
    urls = {one.attestation.pk: one.article_url for one in reports}
    entries, versions = newest_entries(row, reader_of(request))
    cited = _cited(row, attestations)
    return render(
        request,
        "statements/statement.html",
        {
            "statement": row,
            "voices": [party for party in parties if party.role in Party.VOICES],
            "others": [party for party in parties if party.role not in Party.VOICES],
            "positions": positions,
            "matters": codes_by_matter(positions, by_name=reader_of(request).publishes),
            "mentions": row.event_mentions.select_related("event"),
            "reports": reports,
            "side_by_side": side_by_side(row, attestations, urls),
            "articles": len(set(article_numbers(map(printing_of, attestations)).values())),
            "lost": sum(report.context is None for report in reports),
            "entries": entries,
            "versions": versions,
            "cite_words": cite_words(row, parties, cited) if cited else "",
            "cite_summary": cited is not None and cited.is_summary,
            "cite_record": cite_record(row),
        },
    )


@audience(Audience.PUBLIC)
@require_safe
def statement_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same record as JSON; a withdrawn or rejected one answers 410 with the reason."""
    row = find_statement(public_id)
    if row.merged_into:
        return redirect("statement-json", row.merged_into.public_id, permanent=True)
    if row.status == Status.WITHDRAWN:
        gone = {**gone_record(row), "withdrawn_at": _withdrawn_at(row).isoformat()}
        return JsonResponse(gone, status=410)
    if is_rejected_for(row, reader_of(request)):
        return JsonResponse(gone_record(row), status=410)
    whole = with_record(Statement.objects.all()).get(pk=row.pk)
    reports = Attestation.objects.filter(statement=row).for_statement_page()
    compared = compare(tellings_of(list(reports)), row.language)
    record = statement_record(whole, last_pages_of([whole]))
    return JsonResponse(record | comparison_record(compared))


def _withdrawn_at(row: Statement) -> datetime:
    """When a statement was taken back: by an editor, else by the run that no longer found it."""
    decisions = row.reviews.filter(after__status=Status.WITHDRAWN)
    decision = decisions.exclude(before__status=Status.WITHDRAWN).first()
    return decision.at if decision else row.changed_at


def _cited(row: Statement, reports: list[Attestation]) -> Attestation | None:
    """The report to cite: the first, or beside a summary the fullest that prints what was said."""
    printed = [one for one in reports if not one.is_summary]
    if row.summarised and printed:
        return max(printed, key=lambda one: len(one.words))
    return next(iter(reports), None)


def reports_of(
    row: Statement, positions: Iterable[Position] = (), *, by_version: bool = False
) -> Iterable[Report]:
    """The reports of a statement, oldest first, each looked up in its text once more.

    What `positions` rest on is marked in the report whose text it stands in. `by_version` lets
    each lead to the very version of its article without asking which is the newest.
    """
    evidence: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
    for position in positions:
        evidence[position.snapshot_id] += [(int(a), int(b)) for a, b in position.spans]
    printed = Attestation.objects.with_sources()
    if not by_version:
        versions = Snapshot.objects.read().filter(article=OuterRef("snapshot__article"))
        newest = versions.order_by("-fetched_at", "-pk").values("pk")[:1]
        printed = printed.annotate(newest=Subquery(newest))
    # Whatever else asks for the reports of this statement has them now.
    prefetch_related_objects([row], Prefetch("attestations", printed))
    attestations = sorted(row.attestations.all(), key=_place_in_print)
    seen = seen_of(attestations)
    for report in attestations:
        snapshot = report.snapshot
        url = reverse("article", args=[snapshot.article_id])
        if getattr(report, "newest", None) != snapshot.pk:
            url += f"?v={snapshot.pk}"
        shown = _shown(report, evidence[snapshot.pk])
        context = _context(report, shown)
        at = f"{url}#q-{row.public_id}"
        yield Report(report, context, at, seen.get(report.pk), evidence=bool(shown))


def _place_in_print(report: Attestation) -> tuple[bool, date, int]:
    """The oldest first, those of an unknown day last."""
    day = report.snapshot.published_on
    return day is None, day or date.max, report.pk


def _shown(report: Attestation, evidence: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The evidence that stands in this report: in its words or at its cue."""
    cue = (report.cue_start or 0, report.cue_end or 0)
    first, last = min(report.start, cue[0] or report.start), max(report.end, cue[1])
    return sorted({(a, b) for a, b in evidence if first <= a < b <= last})


def _context(report: Attestation, evidence: list[tuple[int, int]]) -> Context | None:
    text = report.snapshot.text
    if text[report.start : report.end] != report.words:
        return None
    pieces = [(int(a), int(b)) for a, b in report.spans if report.start <= a < b <= report.end]
    return in_context(text, report.start, report.end, pieces, evidence)
