"""An editor tells two people apart whom the register took for one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from statements.access import Audience, audience
from statements.additions import free_slug
from statements.models import Office, Party, Speaker, SpeakerName
from statements.register_splitting import resting_on, split_speaker
from statements.review import ReviewError

_MOST = 200  # places in statements that one page offers


class PersonForm(forms.Form):
    """Who the other person is, and which names and offices are theirs."""

    name = forms.CharField(label="Name of the other person", max_length=200)
    names = forms.ModelMultipleChoiceField(SpeakerName.objects.none(), required=False)
    offices = forms.ModelMultipleChoiceField(Office.objects.none(), required=False)

    def __init__(self, speaker: Speaker, data: Any = None) -> None:
        super().__init__(data)
        _among(self, "names", speaker.names.all())
        _among(self, "offices", speaker.offices.select_related("actor"))


class SplitForm(PersonForm):
    """The split itself: also which statements are the other person's, and why."""

    parties = forms.ModelMultipleChoiceField(Party.objects.none(), required=False)
    why = forms.CharField(
        label="Why they are two", max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, speaker: Speaker, data: Any = None) -> None:
        super().__init__(speaker, data)
        _among(self, "parties", speaker.parties.all())


@audience(Audience.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def split_entry(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose names and offices, then see which statements rest on them, say why, and do it.

    422 when something is missing, 409 when it cannot be done.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    speaker = get_object_or_404(Speaker, slug=slug)
    if request.method != "POST":
        chosen = PersonForm(speaker, request.GET if "name" in request.GET else None)
        return _render(request, speaker, chosen)
    form = SplitForm(speaker, request.POST)
    if not form.is_valid():
        return _render(request, speaker, form, status=422)
    given = form.cleaned_data
    name = given["name"].strip()
    person = Speaker(slug=free_slug(name), name=name, kind=speaker.kind)
    try:
        split_speaker(
            speaker,
            person,
            request.user,
            given["why"],
            names=given["names"],
            offices=given["offices"],
            parties=given["parties"],
        )
    except ReviewError as refusal:
        form.add_error(None, str(refusal))
        return _render(request, speaker, form, status=409)
    messages.success(request, f"{person} is a person of their own now.")
    return redirect(person)


def _render(
    request: HttpRequest, speaker: Speaker, form: PersonForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"speaker": speaker, "form": form, "names": speaker.names.all()}
    context["offices"] = speaker.offices.select_related("actor")
    if form.is_bound:
        form.is_valid()
        given = form.cleaned_data
        offices = list(given.get("offices") or [])
        called = [given.get("name", ""), *(one.text for one in given.get("names") or [])]
        rest = resting_on(speaker, called, offices)
        if isinstance(form, SplitForm):
            rest = {party.pk for party in given.get("parties") or []}
        parties = speaker.parties.select_related("statement", "office")
        parties = parties.order_by("-statement__said_on", "-statement")
        shown = sorted(parties[: _MOST * 5], key=lambda party: party.pk not in rest)[:_MOST]
        context |= {
            "parties": [(party, party.pk in rest) for party in shown],
            "resting": len(rest),
            "more": max(0, parties.count() - len(shown)),
            "chosen_names": {str(one.pk) for one in given.get("names") or []},
            "chosen_offices": {str(one.pk) for one in offices},
            "split": form if isinstance(form, SplitForm) else SplitForm(speaker),
        }
    return render(request, "statements/split_speaker.html", context, status=status)


def _among(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelMultipleChoiceField)
    field.queryset = rows
