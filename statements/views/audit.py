"""Every recorded change, for editors: who, when, through what, why, and whole values."""

from datetime import UTC, datetime, time

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from history.models import PROGRAM, Change
from history.telling import audited_tables, kind_of, model_of, told
from history.verification import newest_seal
from statements.access import Audience, audience

PER_PAGE = 50


class ChangesForm(forms.Form):
    """What narrows the changes; `before` is where to read on."""

    table = forms.ChoiceField(required=False)
    row = forms.CharField(required=False, max_length=40, label="Row (its key)")
    who = forms.CharField(required=False, max_length=150)
    act = forms.UUIDField(
        required=False, error_messages={"invalid": "An act is written as 36 characters."}
    )
    since = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}), label="Since (day)"
    )
    past = forms.BooleanField(required=False, label="Past the program only")
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: object, tables: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._tables = tables
        named = sorted((kind_of(table), table) for table in tables)
        self.fields["table"].choices = [  # type: ignore[attr-defined]
            ("", "All tables"),
            *[(table, f"{name} ({table})") for name, table in named],
        ]

    def changes(self) -> QuerySet[Change]:
        """The changes that fit, newest first; what is not understood does not narrow."""
        self.is_valid()
        said = self.cleaned_data
        wanted = [said["table"]] if said.get("table") else self._tables
        found = Change.objects.filter(table__in=wanted).order_by("-pk")
        if row := said.get("row"):
            found = found.filter(key=row)
        if who := said.get("who"):
            found = found.filter(who=who)
        if act := said.get("act"):
            found = found.filter(act=act)
        if since := said.get("since"):
            found = found.filter(at__gte=datetime.combine(since, time(), UTC))
        if said.get("past"):
            found = found.exclude(through=PROGRAM)
        if before := said.get("before"):
            found = found.filter(pk__lt=before)
        return found


@audience(Audience.EDITOR)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The recorded changes of the tables that this reader may look at in the admin."""
    form = ChangesForm(request.GET, _seen_by(request))
    found = list(form.changes()[: PER_PAGE + 1])
    more = request.GET.copy()
    if len(found) > PER_PAGE:
        more["before"] = str(found[PER_PAGE - 1].pk)
    context = {
        "form": form,
        "changes": told(found[:PER_PAGE]),
        "older": more.urlencode() if len(found) > PER_PAGE else "",
        "seal": newest_seal(),
    }
    return render(request, "statements/audit.html", context)


def _seen_by(request: HttpRequest) -> list[str]:
    """Audited tables whose rows the reader may view; what joins two follows its first."""
    seen = []
    for table in audited_tables():
        model = model_of(table)
        if model is None:
            continue
        joins = model._meta.auto_created
        of = joins if isinstance(joins, type) else model
        permission = f"{of._meta.app_label}.view_{of._meta.model_name}"
        if isinstance(request.user, User) and request.user.has_perm(permission):
            seen.append(table)
    return seen
