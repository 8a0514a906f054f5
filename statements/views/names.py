"""The queue of names that the register does not know."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from statements.access import Audience, audience, reader_of
from statements.additions import NewOffice
from statements.four_eyes import put_up
from statements.models import SettledName, Speaker
from statements.register_lookup import actor_called, speaker_called
from statements.unknown_names import (
    counted,
    is_new_speaker,
    is_spelling_of,
    settle,
    with_contexts,
)

_PER_PAGE = 20


class NameForm(forms.Form):
    """What an editor says of one unknown name."""

    name = forms.CharField(max_length=300)
    decision = forms.ChoiceField(choices=[(d, d) for d in ("same", "new", "settle")])
    speaker = forms.CharField(required=False, max_length=200)
    office_title = forms.CharField(required=False, max_length=200)
    office_actor = forms.CharField(required=False, max_length=100)
    why = forms.CharField(required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        decision = given.get("decision")
        if decision == "same":
            typed = given.get("speaker", "")
            given["known"] = (
                Speaker.objects.standing().filter(slug=typed).first() or speaker_called(typed)
                if typed
                else None
            )
            if given["known"] is None:
                self.add_error(
                    "speaker", "No one speaker of the register has this name. Choose one."
                )
        if decision == "new" and (given.get("office_title") or given.get("office_actor")):
            given["holder"] = actor_called(given.get("office_actor", ""))
            if not given.get("office_title"):
                self.add_error("office_title", "Name the office that is held.")
            if given["holder"] is None:
                self.add_error(
                    "office_actor", "The register has no such actor. Use its code, such as KOR."
                )
        if decision == "settle" and not given.get("why", "").strip():
            self.add_error("why", "Say why this name needs nobody in the register.")
        return given


@audience(Audience.VIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest) -> HttpResponse:
    """Unknown names, the most frequent first, each with contexts and who it may be."""
    if request.method == "POST":
        return _decide(request)
    return _render(request)


def _decide(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not reader_of(request).publishes:
        raise PermissionDenied
    form = NameForm(request.POST)
    if not form.is_valid():
        return _render(request, form, status=422)
    given, by = form.cleaned_data, request.user
    name, why = given["name"], given["why"].strip()
    if given["decision"] == "same":
        known = given["known"]
        count = is_spelling_of(name, known, by, why)
        said = f"«{name}» is {known} from now on; {count} statements follow."
    elif given["decision"] == "new":
        office = (
            NewOffice(given["office_title"], given["holder"]) if given["office_title"] else None
        )
        is_new_speaker(name, office, by, why)
        said = f"{name} is in the register now."
    else:
        settle(name, by, why)
        said = f"«{name}» is left out of this list."
    messages.success(request, f"{said} {put_up()}".strip())
    page = request.GET.get("page", "")
    return redirect(reverse("names") + (f"?page={page}" if page.isdecimal() else ""))


def _render(
    request: HttpRequest, form: NameForm | None = None, status: int = 200
) -> HttpResponse:
    page = Paginator(counted(), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "names": with_contexts(list(page.object_list)),
        "form": form,
        "wrong": form.data.get("name") if form else None,
        "settled": SettledName.objects.select_related("by")[:50],
    }
    return render(request, "statements/names.html", context, status=status)
