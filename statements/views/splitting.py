"""An editor chooses the reports that are of another statement, and makes them one of their own."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from statements.access import Audience, audience
from statements.models import Attestation, Statement
from statements.review import ReviewError, refuse
from statements.splitting import split
from statements.views.statement import reports_of
from statements.writing import write_alone


class SplitForm(forms.Form):
    """Which reports go, why, and on which version of the statement that was decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reports = forms.ModelMultipleChoiceField(
        Attestation.objects.none(), error_messages={"required": "Choose at least one report."}
    )
    why = forms.CharField(label="Why they are two", required=False, max_length=2000)

    def __init__(self, statement: Statement, data: object = None) -> None:
        super().__init__(data, initial={"version": statement.version})  # type: ignore[arg-type]
        field = self.fields["reports"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = statement.attestations.all()


@audience(Audience.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def split_statement(request: HttpRequest, public_id: str) -> HttpResponse:
    """The reports of a statement to choose from; what was made of them is reviewed next.

    409 when the statement was changed since the page was loaded, 422 when nothing was chosen;
    both keep what was.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    row = get_object_or_404(Statement, public_id=public_id)
    if request.method != "POST":
        return _render(request, row, SplitForm(row))
    form = SplitForm(row, request.POST)
    if not form.is_valid():
        return _render(request, row, form, status=422)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            write_alone()
            now = Statement.objects.get(pk=row.pk)
            refuse(
                now.version != given["version"],
                "It was changed meanwhile. Your choice is kept: look again, then decide.",
            )
            new = split(now, given["reports"], request.user, given["why"].strip())
    except ReviewError as refusal:
        form.add_error(None, str(refusal))
        return _render(request, row, form, status=409)
    messages.success(
        request, f"Split {new.public_id} off {row.public_id}: check who says it, and when."
    )
    return redirect("review-statement", new.public_id)


def _render(
    request: HttpRequest, row: Statement, form: SplitForm, status: int = 200
) -> HttpResponse:
    row.refresh_from_db()
    context = {
        "statement": row,
        "form": form,
        "chosen": set(form.data.getlist("reports")) if form.is_bound else set(),  # type: ignore[attr-defined]
        "reports": list(reports_of(row)),
    }
    return render(request, "statements/split.html", context, status=status)
