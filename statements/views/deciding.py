"""What an editor sends from the desk: one decision, and on to the next statement."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from statements import review
from statements.access import Audience, audience
from statements.claims import claim, release
from statements.matches import keep_apart
from statements.merging import merge
from statements.models import Attestation, Position, Statement
from statements.models.dates import SaidPrecision
from statements.review import ReviewError
from statements.spans import Edge, located, moved
from statements.undoing import undo
from statements.views.candidate import Draft, draft_of, find, render_candidate, span_of
from statements.views.conflicts import Conflict, reapplied, render_conflict
from statements.views.decision_forms import DecisionForm
from statements.views.review_forms import QueueForm
from statements.writing import write_alone

# These change nothing: they show the draft again, in another light.
_REDRAWN = {"shift", "compare", "reapply"}
# These write what was corrected; the others leave it alone, whatever stands in the fields.
_WRITTEN = {"publish", "save"}
# After these the editor stays with the statement.
_STAYS = {"save", "apart"}


@audience(Audience.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def review_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Carry out one decision, `verb` or `verb:what`, and go on to the next of the queue.

    Somebody else's decision meanwhile answers 409 with both versions and keeps what was typed.
    Whoever comes to the address itself, as by a change of the theme, is led to the statement.
    """
    if request.method != "POST":
        return _to(request, public_id)
    by = _editor(request)
    row = find(public_id)
    verb, _, what = request.POST.get("decision", "save").partition(":")
    if verb == "skip":
        release(row, by)
        return _onward(request, row, by)
    if verb in _REDRAWN:
        return _redrawn(request, row, verb, what)
    draft = draft_of(row, request.POST, sent=True)
    valid = draft.form.is_valid() and (not draft.parties.is_bound or draft.parties.is_valid())
    seen = draft.form.cleaned_data.get("version")
    if seen is None or (verb in _WRITTEN and not valid):
        return render_candidate(request, row, draft, status=422)
    try:
        with transaction.atomic():
            write_alone()
            now = Statement.objects.select_related("event").get(pk=row.pk)
            if now.version != seen:
                raise Conflict
            said = _carry_out(verb, what, now, draft, by)
    except Conflict:
        return render_conflict(request, find(public_id), draft, seen)
    except ReviewError as refusal:
        draft.form.add_error(None, str(refusal))
        return render_candidate(request, row, draft, status=409)
    messages.success(request, said)
    if verb in _STAYS:
        return _to(request, public_id)
    release(row, by)
    return _onward(request, row, by)


@audience(Audience.EDITOR)
@require_POST
def review_flag(request: HttpRequest, public_id: str) -> HttpResponse:
    """Flag a statement with a note and go on; with `off`, take the flag off and stay."""
    by = _editor(request)
    row = get_object_or_404(Statement, public_id=public_id)
    note = request.POST.get("note", "").strip()[:2000]
    if not request.POST.get("off"):
        review.flag(row, by, note)
        messages.success(request, f"Flagged {row.public_id}.")
        release(row, by)
        return _onward(request, row, by)
    try:
        review.unflag(row, by, note)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Took the flag off {row.public_id}.")
    return _to(request, public_id)


@audience(Audience.EDITOR)
@require_POST
def review_claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a statement over from the editor who has it open."""
    row = get_object_or_404(Statement, public_id=public_id)
    claim(row, _editor(request), take_over=True)
    messages.success(request, f"You have {row.public_id} open now.")
    return _to(request, public_id)


@audience(Audience.EDITOR)
@require_POST
def review_undo(request: HttpRequest) -> HttpResponse:
    """Take one act back, as a new decision, and show the statement that it was about."""
    by = _editor(request)
    try:
        act = UUID(request.POST.get("act", ""))
    except ValueError:
        messages.error(request, "Choose which decision to undo.")
        return redirect("review-log")
    try:
        undone = undo(act, by, request.POST.get("why", "").strip()[:2000])
    except ReviewError as refusal:
        messages.error(request, str(refusal))
        back = request.POST.get("back", "")
        known = back.isascii() and back.isalnum()
        return _to(request, back) if known else redirect("review-log")
    about = ", ".join(one.public_id for one in undone.statements)
    messages.success(request, f"Undone: {about or 'the change'}. The log keeps both.")
    if not undone.statements:
        return redirect("review-log")
    return _to(request, undone.statements[0].public_id)


def _editor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the audience saw to it
    return request.user


def _to(request: HttpRequest, public_id: str) -> HttpResponse:
    query = QueueForm(request.GET).query()
    return redirect(f"{reverse('review-statement', args=[public_id])}?{query}".rstrip("?"))


def _onward(request: HttpRequest, row: Statement, by: User) -> HttpResponse:
    """To the next statement that nobody else has open, or back to the queue."""
    form = QueueForm(request.GET)
    following = form.queue(by).next_for(by, row)
    if following is not None:
        return _to(request, following.public_id)
    return redirect(f"{reverse('review')}?{form.query()}".rstrip("?"))


def _redrawn(request: HttpRequest, row: Statement, verb: str, what: str) -> HttpResponse:
    """Show the draft again: words begun or ended elsewhere, beside the other codes, or on top
    of what others decided."""
    if verb == "reapply":
        return render_candidate(request, row, reapplied(request.POST, row))
    draft = draft_of(row, request.POST)
    if verb == "compare":
        return render_candidate(request, row, draft, compare=True)
    report = _report_of(row, draft.form)
    if report is None:
        return render_candidate(request, row)
    text = report.snapshot.text
    start, end = span_of(draft.form, report)
    if shift := _SHIFTS.get(what):
        start, end = moved(text, start, end, *shift)
    data = {name: request.POST[name] for name in request.POST}
    data |= {"start": str(start), "end": str(end)}
    if row.text == report.words:
        data["text"] = text[start:end]
    return render_candidate(request, row, draft_of(row, data))


_SHIFTS: dict[str, tuple[Edge, int]] = {
    "start-earlier": ("start", -1),
    "start-later": ("start", 1),
    "end-earlier": ("end", -1),
    "end-later": ("end", 1),
}


def _report_of(row: Statement, form: DecisionForm) -> Attestation | None:
    key = str(form["report"].value() or "")
    reports = row.attestations.select_related("snapshot")
    return reports.filter(pk=key).first() if key.isdecimal() else None


def _carry_out(verb: str, what: str, row: Statement, draft: Draft, by: User) -> str:
    """Write the decision; return the sentence that says so. Raises `ReviewError`."""
    given = draft.form.cleaned_data
    why = (given.get("why") or "").strip()
    if verb == "reject":
        if not what:
            raise ReviewError("Choose why it is rejected.")
        if what.startswith("other") and not why:
            raise ReviewError("Say in the note why it is rejected.")
        review.reject(row, by, ": ".join(filter(None, [what, why])))
        return f"Rejected {row.public_id}: {what}."
    if verb == "withdraw":
        review.withdraw(row, by, why)
        return f"Withdrew {row.public_id}."
    if verb == "merge":
        chosen = (what or given.get("into") or "").strip().upper()
        into = Statement.objects.filter(public_id=chosen).first()
        if into is None:
            raise ReviewError("There is no such statement to merge it into.")
        merge(row, into, by, why)
        return f"Merged {row.public_id} into {into.public_id}."
    if verb == "apart":
        other = Statement.objects.filter(public_id=what).exclude(pk=row.pk).first()
        if other is None:
            raise ReviewError("There is no such other statement.")
        keep_apart(row, other, by, why)
        return f"{row.public_id} and {other.public_id} are kept apart from now on."
    if verb not in _WRITTEN:
        raise ReviewError("Choose a decision.")
    published = row.status == Statement.Status.PUBLISHED
    _correct(row, draft, by, why)
    beside = " ".join(_judge(row, draft.form, by, why))
    if verb == "publish":
        review.publish(row, by, why)
        return f"Published {row.public_id}. {beside}".strip()
    if published and row.awaits_second:
        beside = f"Another editor must confirm what you changed, and publish it again. {beside}"
    return f"Saved {row.public_id}. {beside}".strip()


def _correct(row: Statement, draft: Draft, by: User, why: str) -> None:
    """Write what the editor changed of words, fields and parties; each as a decision."""
    values = draft.form.corrections()
    report = _report_of(row, draft.form)
    if report is not None:
        shows = row.text == report.words
        span = _wanted(report, draft.form, values.pop("text", None) if shows else None)
        if span != (report.start, report.end):
            review.correct_words(row, report, *span, by, why)
    changed = {name: value for name, value in values.items() if value != getattr(row, name)}
    changed |= _day_known(row, changed)
    if "translation" in changed:
        changed["translated_by"] = "an editor" if changed["translation"] else ""
    if changed:
        review.edit(row, by, why, **changed)
    if draft.parties.is_bound:
        takings = [form.taking(row.said_on) for form in draft.parties]
        if given := [taking for taking in takings if taking]:
            review.name_parties(row, given, by, why)


def _wanted(report: Attestation, form: DecisionForm, typed: str | None) -> tuple[int, int]:
    """Where the report's words are to begin and end: by the offsets, or by words typed."""
    start, end = span_of(form, report)
    text = report.snapshot.text
    if typed is None or typed == text[start:end]:
        return start, end
    span = located(text, typed, start)
    if span is None:
        raise ReviewError(
            "The article does not print these words. Words are shown as printed: take them "
            "from the article, or move their beginning and end by word."
        )
    return span


def _day_known(row: Statement, changed: dict[str, Any]) -> dict[str, Any]:
    """Precision and basis that go with a day that was set, changed or taken away."""
    if not {"said_on", "said_on_to", "said_on_precision"} & set(changed):
        return {}
    day = changed.get("said_on", row.said_on)
    if day is None:
        return {
            "said_on_precision": SaidPrecision.UNKNOWN,
            "said_on_basis": Statement.DateBasis.NONE,
        }
    precision = changed.get("said_on_precision", row.said_on_precision)
    known = SaidPrecision.DAY if precision == SaidPrecision.UNKNOWN else precision
    return {"said_on_precision": known, "said_on_basis": Statement.DateBasis.EDITOR}


def _judge(row: Statement, form: DecisionForm, by: User, why: str) -> Iterator[str]:
    """Write the stance, for each article or the whole treaty; yield yours beside the machine's."""
    given = form.cleaned_data
    if not given["stance"]:
        return
    machine = row.positions.by_machine().filter(treaty=given["treaty"])
    codes = dict.fromkeys(str(one.get_stance_display()).lower() for one in machine)
    for provision in given["provisions"] or [None]:
        review.code(
            row,
            given["treaty"],
            given["stance"],
            by,
            provision=provision,
            legal=given["legal"] or Position.Legal.NONE,
            about=given["object"],
            why=why,
        )
    yours = str(Position.Stance(given["stance"]).label).lower()
    yield f"You: {yours}; machine: {' and '.join(codes) or 'no code'}."
