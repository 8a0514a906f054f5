"""Import and export of the register in the admin: a file, its preview, and one decision."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from history.acting import acting
from sources.admin import KeptAdmin
from statements import register_plan
from statements.access import Audience, reader_of
from statements.models import RegisterImport
from statements.register_export import as_csv, as_yaml, standing_records
from statements.register_upload import MOST

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin

_WRITERS = {"csv": (as_csv, "text/csv"), "yaml": (as_yaml, "application/yaml")}
_SHOWN = 500  # rows of a preview, and complaints
_KEPT = timedelta(days=1)
_WORDS = {
    "new": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "kept": "edited here since the export and untouched in the file, so kept",
    "conflict": "in conflict",
    "refused": "refused",
}


class UploadForm(forms.Form):
    """A file of the register."""

    file = forms.FileField(
        help_text="A .csv or .yaml file in UTF-8 of at most 5 MiB and 10,000 rows, best one that "
        "was exported here.",
        widget=forms.FileInput(attrs={"accept": ".csv,.yaml,.yml"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(
                "It is larger than 5 MiB. Split it and import the parts."
            )
        if PurePath(file.name).suffix.lower() not in {".csv", ".yaml", ".yml"}:
            raise forms.ValidationError(
                "The name ends in neither .csv nor .yaml. Save the file as one of them."
            )
        return file


@dataclass(frozen=True)
class Choice:
    """What becomes of rows in conflict."""

    value: str
    label: str


CHOICES = (
    Choice("keep", "Keep them as they are in the register"),
    Choice("take", "Change them to what the file says"),
)


class ExchangeAdmin(_Admin):
    """A table of the register that goes out as a file and comes back; `exchanged` names it."""

    exchanged: str
    change_list_template = "admin/statements/exchanged_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path(
                "export.<str:form>",
                view(require_safe(self.export_view)),
                name=self._name("export"),
            ),
            path("import/", view(self.import_view), name=self._name("import")),
            path("import/<int:pk>/", view(self.preview_view), name=self._name("preview")),
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        exchange = {
            "may_import": self.has_import_permission(request),
            "import_address": reverse(f"admin:{self._name('import')}"),
            "export_addresses": [
                (form, reverse(f"admin:{self._name('export')}", args=[form]))
                for form in _WRITERS
            ],
        }
        return super().changelist_view(request, {**exchange, **(extra_context or {})})

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whether the user may import: an admin who may add and change these rows."""
        return (
            reader_of(request).standing >= Audience.ADMIN
            and self.has_add_permission(request)
            and self.has_change_permission(request)
        )

    def export_view(self, request: HttpRequest, form: str) -> HttpResponse:
        """The whole table as a file."""
        if form not in _WRITERS or not self.has_view_permission(request):
            raise PermissionDenied
        write, content_type = _WRITERS[form]
        body = write(self.exchanged, standing_records(self.exchanged))
        response = HttpResponse(body, content_type=f"{content_type}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.exchanged}.{form}"'
        return response

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file and lead to its preview."""
        self._may_import(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            body = file.read()
            assert isinstance(request.user, User)
            RegisterImport.objects.filter(
                applied_at=None, at__lt=timezone.now() - _KEPT
            ).delete()
            row = RegisterImport.objects.create(
                table=self.exchanged,
                name=PurePath(file.name).name[:200],
                body=body,
                sha256=hashlib.sha256(body).hexdigest(),
                by=request.user,
            )
            return redirect(f"admin:{self._name('preview')}", row.pk)
        status = 400 if request.method == "POST" else 200
        return self._page(request, "import", "Import", status, form=form)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what a file would change; once confirmed, change exactly that."""
        self._may_import(request)
        row = get_object_or_404(RegisterImport, pk=pk, table=self.exchanged)
        if row.applied_at is not None:
            messages.info(
                request, f"{row.name} was imported already. Upload it to do so again."
            )
            return redirect(f"admin:{self._name('import')}")
        if request.method != "POST":
            plan = register_plan.preview(row.table, row.name, bytes(row.body))
            return self._preview(request, row, plan)
        take = request.POST.get("conflicts") == "take"
        try:
            plan = self._apply(request, row, take_file=take)
        except register_plan.Stale:
            plan = register_plan.preview(row.table, row.name, bytes(row.body))
            return self._preview(request, row, plan, stale=True)
        messages.success(request, _told(row))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _apply(
        self, request: HttpRequest, row: RegisterImport, *, take_file: bool
    ) -> register_plan.Plan:
        assert isinstance(request.user, User)
        with (
            transaction.atomic(),
            acting(request.user, f"Imported from the file {row.name}."),
        ):
            locked = RegisterImport.objects.select_for_update().get(pk=row.pk)
            body, digest = bytes(locked.body), request.POST.get("digest", "")
            plan = register_plan.apply(row.table, row.name, body, digest, take_file=take_file)
            row.done = {
                outcome: plan.counts[outcome] for outcome in _WORDS if plan.counts[outcome]
            }
            row.took_file, row.applied_at = take_file, timezone.now()
            row.save()
        return plan

    def _preview(
        self,
        request: HttpRequest,
        row: RegisterImport,
        plan: register_plan.Plan,
        stale: bool = False,
    ) -> HttpResponse:
        lines = [line for line in plan.lines if line.outcome != "unchanged"]
        lines.sort(key=lambda line: line.outcome != "conflict")
        return self._page(
            request,
            "preview",
            "Preview of an import",
            409 if stale else 200,
            row=row,
            plan=plan,
            stale=stale,
            lines=lines[:_SHOWN],
            more_lines=max(0, len(lines) - _SHOWN),
            complaints=plan.complaints[:_SHOWN],
            more_complaints=max(0, len(plan.complaints) - _SHOWN),
            counts=[(plan.counts[o], word) for o, word in _WORDS.items() if plan.counts[o]],
            choices=CHOICES,
            import_address=reverse(f"admin:{self._name('import')}"),
        )

    def _page(
        self, request: HttpRequest, name: str, title: str, status: int, **context: object
    ) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        template = f"admin/statements/exchange_{name}.html"
        return TemplateResponse(request, template, context, status=status)

    def _may_import(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"


def _told(row: RegisterImport) -> str:
    """What an import did, and what is left to do."""
    said = [f"{number} {_WORDS[outcome]}" for outcome, number in row.done.items()]
    if "conflict" in row.done:
        said.append(
            "those in conflict were changed to what the file says"
            if row.took_file
            else "those in conflict were kept as they were"
        )
    return (
        f"Imported {row.name}: {'; '.join(said)}. Texts that were read before are read "
        "with it after ./run manage reattribute --all."
    )


@admin.register(RegisterImport)
class RegisterImportAdmin(KeptAdmin):
    list_display = ("name", "table", "by", "at", "applied_at", "done")
    list_filter = ("table", "applied_at")
    list_select_related = ("by",)
    search_fields = ("name", "by__username", "=sha256")
    exclude = ("body",)
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without the files themselves, which nothing shows."""
        return super().get_queryset(request).defer("body")
