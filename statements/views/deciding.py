"""What an editor sends from the desk: one decision, and on to the next statement."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sources.away import is_in_the_way
from statements.access import Audience, audience
from statements.claims import release
from statements.models import Statement
from statements.review import ReviewError
from statements.selecting import trimmed
from statements.spans import Edge, moved
from statements.undoing import undo
from statements.views.candidate import Draft, draft_of, find, render_candidate, span_of
from statements.views.carrying_out import ASIDE, WRITTEN, carry_out, report_of
from statements.views.conflicts import Conflict, reapplied, render_conflict
from statements.views.review_forms import QueueForm
from statements.writing import write_alone

# These change nothing: they show the draft again, in another light.
_REDRAWN = {"shift", "compare", "reapply"}
# These leave the statement, and with it what was typed.
_LEAVING = {"skip", "undo"}
_DROP = ":drop"
# These stand beside the draft, which stays as it is; with the fields that are used up.
_BESIDE = {"claim": [], "flag": ["flag_note"], "unflag": ["flag_note"], "apart": ["why"]}
# What others than `WRITTEN` read of the form.
_READ = {"merge": {"why", "into"}, "flag": {"flag_note"}, "unflag": {"flag_note"}}
_NOTE = {"why"}
_IN_THE_WAY = (
    "Somebody else was writing statements, and it took too long to wait for them. Nothing was "
    "saved yet: send it again in half a minute."
)
# After these the editor stays with the statement.
_STAYS = {"save", "apart", "claim", "unflag"}


@audience(Audience.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def review_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Carry out one decision, `verb` or `verb:what`, and go on to the next of the queue.

    Somebody else's decision meanwhile answers 409 with both versions and keeps what was typed.
    What is refused, and what leaves a draft behind, shows the draft again.
    Whoever comes to the address itself, as by a change of the theme, is led to the statement.
    """
    if request.method != "POST":
        return _to(request, public_id)
    by = _editor(request)
    row = find(public_id)
    # No database holds a NUL, so that to look one up is an error.
    decision = request.POST.get("decision", "save").replace("\x00", "")
    verb, _, what = decision.removesuffix(_DROP).partition(":")
    if verb in _REDRAWN:
        return _redrawn(request, row, verb, what)
    draft = draft_of(row, request.POST, sent=True)
    if verb in _LEAVING:
        if draft.begun and not decision.endswith(_DROP):
            return render_candidate(request, row, replace(draft, sent=False), leaving=True)
        return _left(request, row, verb, what, by)
    draft.form.full_clean()
    seen = draft.form.cleaned_data.get("version")
    if seen is None or not _fits(verb, draft):
        return render_candidate(request, row, draft, status=422)
    try:
        with transaction.atomic():
            write_alone()
            now = Statement.objects.select_related("event").get(pk=row.pk)
            if now.version != seen and verb not in ASIDE:
                raise Conflict
            said = carry_out(verb, what, now, draft, by)
    except Conflict:
        return render_conflict(request, find(public_id), draft, seen)
    except ReviewError as refusal:
        draft.form.add_error(None, str(refusal))
        return render_candidate(request, row, draft, status=409)
    except OperationalError as error:
        if not is_in_the_way(error):
            raise
        draft.form.add_error(None, _IN_THE_WAY)
        return render_candidate(request, row, draft, status=503)
    messages.success(request, said)
    if verb in _BESIDE and (rest := _rest(request, row, _BESIDE[verb])).begun:
        return render_candidate(request, find(public_id), rest)
    if verb in _STAYS:
        return _to(request, public_id)
    release(row, by)
    return _onward(request, row, by)


@audience(Audience.EDITOR)
@require_POST
def review_undo(request: HttpRequest) -> HttpResponse:
    """Take one act back, as a new decision, and show the statement that it was about."""
    return _undone(request, request.POST.get("act", ""), _editor(request))


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


def _left(request: HttpRequest, row: Statement, verb: str, what: str, by: User) -> HttpResponse:
    """Skip a statement, or go from it to the one whose decision is undone."""
    if verb == "undo":
        return _undone(request, what, by, row.public_id)
    release(row, by)
    return _onward(request, row, by)


def _undone(request: HttpRequest, what: str, by: User, back: str = "") -> HttpResponse:
    """Undo the act of this id, and show what waits for a decision again because of it.

    What is refused leads `back` to that statement, or to the log.
    """
    try:
        act = UUID(what)
    except ValueError:
        messages.error(request, "Choose which decision to undo.")
        return redirect("review-log")
    try:
        undone = undo(act, by)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
        return _to(request, back) if back else redirect("review-log")
    about = ", ".join(one.public_id for one in undone.statements)
    messages.success(request, f"Undone: {about or 'the change'}. The log keeps both.")
    if not undone.statements:
        return redirect("review-log")
    waiting = [one for one in undone.statements if one.status == Statement.Status.PROPOSED]
    return _to(request, (waiting or undone.statements)[0].public_id)


def _fits(verb: str, draft: Draft) -> bool:
    """Whether what a decision reads of the draft can be read; it says on the form what cannot."""
    if verb not in _BESIDE and verb != "save" and draft.form.cleaned_data.get("flag_note"):
        draft.form.add_error("flag_note", "Flag it first, or empty this field.")
    if verb in WRITTEN:
        return draft.form.is_valid() and (
            not draft.parties.is_bound or draft.parties.is_valid()
        )
    return not draft.form.errors.keys() & (_READ.get(verb, _NOTE) | {"flag_note"})


def _rest(request: HttpRequest, row: Statement, used: list[str]) -> Draft:
    """The draft without the fields that a deed beside it has used up."""
    return draft_of(
        row, {name: request.POST[name] for name in request.POST if name not in used}
    )


def _redrawn(request: HttpRequest, row: Statement, verb: str, what: str) -> HttpResponse:
    """Show the draft again: words begun or ended elsewhere, beside the other codes, or on top
    of what others decided."""
    if verb == "reapply":
        return render_candidate(request, row, reapplied(request.POST, row))
    draft = draft_of(row, request.POST)
    if verb == "compare":
        return render_candidate(request, row, draft, compare=True)
    report = report_of(row, draft.form)
    if report is None:
        return render_candidate(request, row, draft)
    text = report.snapshot.text
    start, end = span_of(draft.form, report)
    if shift := _SHIFTS.get(what):
        start, end = moved(text, start, end, *shift)
    start, end = trimmed(text, start, end)
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
