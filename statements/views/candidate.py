"""The desk's page of one statement: its source, the draft of a decision, and what comes up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from statements.access import reader_of
from statements.claims import claim
from statements.context_marks import Mark, Segment, beginnings, in_context, paragraphs
from statements.deeds import last_deeds
from statements.four_eyes import must_leave_to_another
from statements.matches import perhaps_the_same
from statements.models import Attestation, Party, Position, Statement
from statements.models.statements import entered_by_hand
from statements.views.decision_forms import (
    REASONS,
    STANCES,
    DecisionForm,
    PartyForm,
    PartyFormSet,
    initial_of,
)
from statements.views.matters import matters_of
from statements.views.review_forms import QueueForm
from statements.views.statement import Report, reports_of

_UPCOMING = 8

if TYPE_CHECKING:
    Parties = BaseFormSet[PartyForm]
else:
    Parties = BaseFormSet


@dataclass(frozen=True)
class Draft:
    """The forms of one decision; `sent` says that an editor sent them to be decided, so that
    what is wrong with them is told."""

    form: DecisionForm
    parties: Parties
    sent: bool = False

    @property
    def begun(self) -> bool:
        """Whether an editor changed, chose or typed anything in it."""
        lines = self.parties
        return self.form.begun or (lines.is_bound and any(line.has_changed() for line in lines))


@dataclass(frozen=True)
class Shown:
    """The report whose words are up for correction, as the draft has them; its paragraphs with
    where each begins."""

    report: Report
    start: int
    end: int
    words: str
    moved: bool
    paragraphs: list[tuple[int, list[Segment]]]


def find(public_id: str) -> Statement:
    """The statement with what the desk shows of it, and who takes part with what the register
    knows of them; 404 where there is none."""
    parties = Party.objects.select_related("speaker__actor", "office", "actor")
    rows = Statement.objects.select_related("event", "flag__by")
    rows = rows.prefetch_related(
        Prefetch("parties", parties.prefetch_related("speaker__offices"))
    )
    return get_object_or_404(rows, public_id=public_id)


def parties_of(row: Statement) -> dict[int, Party]:
    """Who takes part in a statement that was found for the desk, by primary key."""
    return {party.pk: party for party in row.parties.all()}


def draft_of(row: Statement, data: Mapping[str, Any], *, sent: bool = False) -> Draft:
    """What an editor sent, as forms. Lines of parties are there only where the page had them."""
    parties = parties_of(row)
    lines = data if "party-TOTAL_FORMS" in data else None
    formset = PartyFormSet(
        lines,
        prefix="party",
        initial=initial_of(parties.values()),
        form_kwargs={"parties": parties},
    )
    return Draft(DecisionForm(data), formset, sent)


def render_candidate(
    request: HttpRequest,
    row: Statement,
    draft: Draft | None = None,
    *,
    status: int = 200,
    compare: bool = False,
    leaving: bool = False,
) -> HttpResponse:
    """The page, fresh or with a draft. `compare` shows the other codes beside a chosen stance;
    until then they are not part of the page. `leaving` asks whether the draft is to be dropped.
    """
    waiting = QueueForm(request.GET)
    by = request.user
    assert isinstance(by, User)
    queue = waiting.queue(by)
    reports = list(reports_of(row, by_version=True))
    positions = list(row.positions.select_related("treaty", "provision__treaty", "coder"))
    editor = reader_of(request).publishes
    main = _main(reports, row, draft, request.GET.get("report", ""))
    mine = [position for position in positions if position.coder_id == by.pk]
    draft = draft or _fresh(row, main, mine)
    chosen = str(draft.form["stance"].value() or "")
    context = {
        "statement": row,
        "entered": entered_by_hand(one.attestation.attributed_by for one in reports),
        "draft": draft,
        "form": draft.form,
        "parties": draft.parties,
        "wrong": draft.sent and _is_wrong(draft),
        "shown": _shown(main, draft) if main else None,
        "others": [report for report in reports if report is not main],
        "leaving": leaving,
        "matters": [] if mine else matters_of(positions),
        "codes": positions if mine or (compare and chosen) else [],
        "unchosen": compare and not chosen,
        "comparable": bool(positions),
        "offers": perhaps_the_same(row) if row.status == Statement.Status.PROPOSED else [],
        "upcoming": queue.upcoming(by, row, _UPCOMING),
        "counts": queue.counts(by),
        "query": waiting.query(),
        "flag": getattr(row, "flag", None),
        "held": claim(row, by) if editor else None,
        "deeds": last_deeds(by) if editor else [],
        "left_to_others": must_leave_to_another(row, by),
        "reasons": REASONS,
        "stances": _stance_rows(chosen),
    }
    return render(request, "statements/review_statement.html", context, status=status)


def _main(
    reports: list[Report], row: Statement, draft: Draft | None, asked: str
) -> Report | None:
    """The report whose words are up for correction: the one asked for, or whose words the
    statement shows, or the first."""
    wanted = str(draft.form["report"].value() or "") if draft else asked
    keys = {str(report.attestation.pk): report for report in reports}
    showing = (report for report in reports if report.attestation.words == row.text)
    return keys.get(wanted) or next(showing, None) or next(iter(reports), None)


def _fresh(row: Statement, main: Report | None, mine: list[Position]) -> Draft:
    parties = parties_of(row)
    formset = PartyFormSet(
        prefix="party",
        initial=initial_of(parties.values()),
        form_kwargs={"parties": parties},
    )
    initial = statement_values(row) | judged(mine)
    initial["version"] = row.version
    if main:
        report = main.attestation
        initial |= {"report": report.pk, "start": report.start, "end": report.end}
    return Draft(DecisionForm(initial=initial), formset)


def statement_values(row: Statement) -> dict[str, Any]:
    """The fields of a statement as the form shows them."""
    values = {name: getattr(row, name) for name in DecisionForm.CORRECTED}
    values["event"] = row.event.title if row.event else ""
    return values


def judged(mine: list[Position]) -> dict[str, Any]:
    """What an editor judged before, for the form; how, they see beside it."""
    if not mine:
        return {}
    first = mine[0]
    numbers = (
        p.provision.number for p in mine if p.treaty_id == first.treaty_id and p.provision
    )
    return {
        "treaty": first.treaty_id,
        "article": ", ".join(dict.fromkeys(numbers)),
        "object": first.object,
        "legal": first.legal,
    }


def _shown(main: Report, draft: Draft) -> Shown:
    report = main.attestation
    start, end = span_of(draft.form, report)
    moved = (start, end) != (report.start, report.end)
    text = report.snapshot.text
    if moved:
        main = replace(main, context=in_context(text, start, end))
    cut = paragraphs(text, [Mark(start, end, "words")])
    whole = list(zip(beginnings(text), cut, strict=True))
    return Shown(main, start, end, text[start:end], moved, whole)


def span_of(form: DecisionForm, report: Attestation) -> tuple[int, int]:
    """The offsets that a form names, within the text; those of the report where it names none."""
    start, end = (str(form[name].value() or "") for name in ("start", "end"))
    if not (start.isdecimal() and end.isdecimal()):
        return report.start, report.end
    first, last = int(start), min(int(end), len(report.snapshot.text))
    return (first, last) if first < last else (report.start, report.end)


def _is_wrong(draft: Draft) -> bool:
    lines = draft.parties
    return bool(draft.form.errors) or (lines.is_bound and not lines.is_valid())


def _stance_rows(chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "digit": digit,
            "sign": sign,
            "name": name,
            "codes": [(code, code.label, code == chosen) for code in codes],
        }
        for digit, sign, name, codes in STANCES
    ]
