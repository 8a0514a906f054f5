"""«Dispute this»: a note from anybody, its receipt, and the editors' answers."""

from typing import Any

from axes.helpers import get_client_ip_address
from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from statements import disputes
from statements.access import Audience, audience
from statements.disputes import DisputeRefused, TooManyNotes
from statements.models import Dispute, Position, Statement
from statements.models.disputes import LONGEST

_PER_PAGE = 25


class NoteForm(forms.Form):
    """What somebody holds against a position."""

    text = forms.CharField(
        label="What is wrong with it, and why",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=f"At most {LONGEST} characters. Name the words that show it, if you can.",
    )


class AnswerForm(forms.Form):
    """An editor's answer; who accepts codes the matter anew."""

    answer = forms.CharField(
        label="Your answer, as who wrote the note will read it",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    stance = forms.ChoiceField(
        label="Stance, if you accept",
        required=False,
        choices=[("", "not coded now"), *Position.Stance.choices],
    )
    legal = forms.ChoiceField(
        label="Legal judgement",
        required=False,
        choices=Position.Legal.choices,
        initial=Position.Legal.NONE,
    )
    about = forms.ChoiceField(
        label="What is judged", required=False, choices=Position.Object.choices
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.data.get("verdict") == "accept" and not given.get("stance"):
            self.add_error("stance", "Choose the stance that you find instead.")
        return given


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The form for a note against one position, and the note once it is sent."""
    statement = get_object_or_404(Statement, public_id=public_id.upper())
    rows = statement.positions.select_related("treaty", "provision__treaty")
    position = rows.filter(pk=pk).first()
    if position is None or not Statement.objects.on_timeline().filter(pk=statement.pk).exists():
        messages.warning(request, "That position is no more, so it cannot be disputed.")
        return redirect(statement)
    form = NoteForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            note = disputes.leave_note(
                position,
                form.cleaned_data["text"],
                by=request.user if isinstance(request.user, User) else None,
                address=get_client_ip_address(request),
            )
        except DisputeRefused as refusal:
            form.add_error(None, str(refusal))
            status = 429 if isinstance(refusal, TooManyNotes) else 409
        else:
            return redirect(note)
    elif request.method == "POST":
        status = 422
    context = {"statement": statement, "position": position, "form": form}
    response = render(request, "statements/dispute.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(int(disputes.PERIOD.total_seconds()))
    return response


@audience(Audience.PUBLIC)
@require_safe
def dispute_receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of a note, for whoever has its address; the note itself is not shown."""
    rows = Dispute.objects.select_related(
        "statement__merged_into", "position__statement__merged_into", "treaty", "provision"
    )
    row = get_object_or_404(rows, public_id=public_id.upper())
    response = render(request, "statements/dispute_receipt.html", {"dispute": row})
    response["X-Robots-Tag"] = "noindex"
    return response


@audience(Audience.EDITOR)
@require_safe
def dispute_list(request: HttpRequest) -> HttpResponse:
    """The notes that wait for an answer, oldest first, or with `answered` the others."""
    answered = "answered" in request.GET
    rows = Dispute.objects.select_related(
        "statement__merged_into", "treaty", "provision", "by", "answered_by"
    )
    rows = rows.exclude(state=Dispute.State.OPEN) if answered else rows.open().order_by("pk")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "statements/disputes.html", {"page": page, "answered": answered})


@audience(Audience.EDITOR)
@require_safe
def dispute_note(request: HttpRequest, public_id: str) -> HttpResponse:
    """One note with the statement, the position as it is now, and the form for the answer."""
    row = _find(public_id)
    return _show(request, row, AnswerForm(initial={"about": row.object}), 200)


@audience(Audience.EDITOR)
@require_POST
def dispute_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept a note, which codes the matter anew, or decline it; then go on to the next."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    row, form = _find(public_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, row, form, 422)
    given = form.cleaned_data
    try:
        if request.POST.get("verdict") == "accept":
            disputes.accept(
                row,
                given["answer"],
                request.user,
                stance=given["stance"],
                legal=given["legal"] or Position.Legal.NONE,
                about=given["about"],
            )
        elif request.POST.get("verdict") == "decline":
            disputes.decline(row, given["answer"], request.user)
        else:
            form.add_error(None, "Choose whether you accept or decline it.")
            return _show(request, row, form, 422)
    except DisputeRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, _find(public_id), form, 409)
    messages.success(request, f"Note {row.public_id}: {row.get_state_display().lower()}.")
    return redirect("dispute-list")


def _find(public_id: str) -> Dispute:
    rows = Dispute.objects.select_related(
        "statement__merged_into",
        "position__statement__merged_into",
        "treaty",
        "provision__treaty",
        "by",
        "answered_by",
    )
    return get_object_or_404(rows, public_id=public_id)


def _show(request: HttpRequest, row: Dispute, form: AnswerForm, status: int) -> HttpResponse:
    context = {"dispute": row, "form": form}
    return render(request, "statements/dispute_note.html", context, status=status)
