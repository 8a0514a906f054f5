"""Editors make one entry of the register of two, two of one, or take one back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from statements.access import Audience, audience
from statements.models import Actor, Speaker, Statement
from statements.register_lookup import actor_called, speaker_called, speakers_like
from statements.register_merging import MergePlan, merge_entries, merge_plan
from statements.register_moving import Entry
from statements.register_withdrawing import needed_by, withdraw_entry
from statements.review import ReviewError
from statements.undoing import undo


class OtherForm(forms.Form):
    """Which entry is meant instead: by its name, or by the last part of its address."""

    into = forms.CharField(
        label="The one that stays",
        max_length=200,
        help_text="Its name, code, or the last part of its address.",
    )

    def __init__(self, entry: Entry, data: Any = None) -> None:
        super().__init__(data)
        self._entry = entry

    def clean_into(self) -> Entry:
        text = self.cleaned_data["into"].strip()
        found = _called(self._entry, text)
        if found is None:
            raise forms.ValidationError(
                f"The register has no one entry called «{text}». Use the last part of its address."
            )
        return found


class MergeForm(OtherForm):
    """The merge itself: into which entry, and why."""

    why = forms.CharField(
        label="Why they are one", max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class WithdrawForm(OtherForm):
    """The withdrawal: why, and who is meant instead, if anybody."""

    why = forms.CharField(
        label="Why, as readers see it",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["why", "into"]

    def __init__(self, entry: Entry, data: Any = None) -> None:
        super().__init__(entry, data)
        into = self.fields["into"]
        into.label, into.required = "Who is meant instead", False
        into.help_text = (
            "Takes over what names this entry. Its name, code, or the last part of its address."
        )

    def clean_into(self) -> Entry | None:  # type: ignore[override]
        return super().clean_into() if self.cleaned_data["into"].strip() else None


@audience(Audience.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_entry(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Choose into which entry this one is merged, see what moves, say why, and do it.

    422 when something is missing, 409 when the two cannot be one.
    """
    by, entry = _editor(request), entry_of(kind, key)
    if request.method != "POST":
        chosen = OtherForm(entry, request.GET) if "into" in request.GET else OtherForm(entry)
        return _render_merge(request, kind, entry, chosen, None)
    form = MergeForm(entry, request.POST)
    if not form.is_valid():
        return _render_merge(request, kind, entry, form, form, status=422)
    into = form.cleaned_data["into"]
    try:
        merge_entries(entry, into, by, form.cleaned_data["why"])
    except ReviewError as refusal:
        form.add_error(None, str(refusal))
        return _render_merge(request, kind, entry, form, form, status=409)
    messages.success(request, f"Merged {entry} into {into}. Its address leads here now.")
    return redirect(into)


@audience(Audience.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Take back an entry that was a mistake, with the reason that readers see.

    422 when something is missing, 409 when something still names it.
    """
    by, entry = _editor(request), entry_of(kind, key)
    form = WithdrawForm(entry, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                withdraw_entry(entry, by, form.cleaned_data["why"], form.cleaned_data["into"])
            except ReviewError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, f"Withdrew {entry}.")
                return redirect(entry)
    context = {"entry": entry, "kind": kind, "form": form, "needed": needed_by(entry)}
    context["key"] = key_of(entry)
    return render(request, "statements/withdraw_entry.html", context, status=status)


@audience(Audience.EDITOR)
@require_POST
def undo_register(request: HttpRequest) -> HttpResponse:
    """Take one act back and show the entry again; a refusal is told there."""
    by = _editor(request)
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("speakers")
    try:
        undo(UUID(request.POST.get("act", "")), by)
    except ValueError:
        messages.error(request, "Choose which change to undo.")
    except ReviewError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Undone. The history keeps both.")
    return HttpResponseRedirect(back)


def _render_merge(
    request: HttpRequest,
    kind: str,
    entry: Entry,
    chosen: OtherForm,
    form: MergeForm | None,
    status: int = 200,
) -> HttpResponse:
    into, plan = None, None
    if chosen.is_bound and chosen.is_valid():
        into = chosen.cleaned_data["into"]
    elif isinstance(chosen, MergeForm):
        into = chosen.cleaned_data.get("into")
    if into is not None:
        try:
            plan = merge_plan(entry, into)
        except ReviewError as refusal:
            if form is None:
                chosen.add_error(None, str(refusal))
                status = 409
    context = {
        "entry": entry,
        "kind": kind,
        "chosen": chosen,
        "into": into,
        "into_key": key_of(into) if into else "",
        "plan": plan,
        "moving": [one for one in plan.moving if one.keys] if plan else [],
        "staying": [one for one in plan.moving if one.stay] if plan else [],
        "touched": _touched(plan) if plan else (0, 0),
        "form": form or (MergeForm(entry) if plan else None),
        "alike": _alike(entry) if into is None else [],
    }
    return render(request, "statements/merge_entry.html", context, status=status)


def _touched(plan: MergePlan) -> tuple[int, int]:
    """How many statements change, and how many of them are published."""
    rows = Statement.objects.filter(pk__in=plan.statements)
    return rows.count(), rows.published().count()


def _alike(entry: Entry) -> list[Speaker]:
    """Speakers with names like this one's; actors have too few for guesses."""
    if not isinstance(entry, Speaker):
        return []
    found = speakers_like([entry.name])[entry.name]
    return [like.speaker for like in found if like.speaker.pk != entry.pk]


def entry_of(kind: str, key: str) -> Entry:
    """The entry that an address means; 404 where there is none."""
    if kind == "actors":
        return get_object_or_404(Actor, code=key.upper())
    return get_object_or_404(Speaker, slug=key)


def key_of(entry: Entry) -> str:
    """The last part of an entry's address."""
    return entry.code if isinstance(entry, Actor) else entry.slug


def _called(like: Entry, text: str) -> Entry | None:
    """The standing entry of the same table that is called so."""
    if isinstance(like, Actor):
        return actor_called(text)
    return Speaker.objects.standing().filter(slug=text).first() or speaker_called(text)


def _editor(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
