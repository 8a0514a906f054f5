"""Enter a document that no page holds: what it is called, who published it, what it says."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sources.articles import source_named
from sources.models import Source
from sources.reasons import REASONS
from sources.references import (
    LONGEST_SUMMARY,
    Description,
    File,
    ReferenceRefused,
    checked,
    keep_reference,
)
from statements.access import Audience, audience
from statements.views.add import LANGUAGES, LARGEST

_SPOKEN = {"": "not known", **{code: name for code, name in LANGUAGES.items() if code}}


class DocumentForm(forms.Form):
    """A document as a person describes it."""

    source = forms.ModelChoiceField(
        Source.objects.all(), label="Published by", required=False, empty_label="choose"
    )
    outlet = forms.CharField(
        label="Or by, if not listed",
        required=False,
        max_length=200,
        help_text="A name of the list means that entry; another one is added to it.",
    )
    title = forms.CharField(max_length=1000, widget=forms.TextInput(attrs={"dir": "auto"}))
    author = forms.CharField(required=False, max_length=500)
    published_on = forms.DateField(
        label="Published on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as year-month-day, such as 2024-06-19."},
    )
    dated = forms.CharField(
        label="Or its date in words",
        required=False,
        max_length=100,
        help_text="Where the day is not known, such as June 1961.",
    )
    pages = forms.CharField(required=False, max_length=100, help_text="Such as 12–14.")
    kept_at = forms.CharField(
        label="Where it can be looked at",
        required=False,
        max_length=500,
        help_text="Archive and shelf mark, broadcast and minute, or address.",
    )
    fragments = forms.CharField(
        label="Words that it prints",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Short fragments, word for word, one in a line.",
    )
    language = forms.ChoiceField(
        label="Language of these words", required=False, choices=_SPOKEN
    )
    summary = forms.CharField(
        label="What it says, in your own words",
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In English. It is shown as a summary by an editor, never as what was said.",
    )
    file = forms.FileField(
        required=False, help_text="The document itself, such as a scan; at most 10 MiB."
    )

    def clean_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                "The file is larger than 10 MiB. Upload the part that matters."
            )
        return file

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        outlet = (given.get("outlet") or "").strip()
        if given.get("source") and outlet:
            self.add_error("outlet", "Choose it from the list or name it, not both.")
        elif not given.get("source") and not outlet and "source" not in self.errors:
            self.add_error("source", "Choose who published it, or name them below.")
        return given

    def description(self) -> Description:
        """The description that is to be kept; its source may not be listed yet."""
        given = self.cleaned_data
        file: UploadedFile[bytes] | None = given["file"]
        names = ("title", "author", "published_on", "dated", "pages", "kept_at")
        return Description(
            source=given["source"] or Source(name=given["outlet"]),
            **{name: given[name] for name in (*names, "language", "summary")},
            fragments=given["fragments"].splitlines(),
            file=_kept(file) if file else None,
        )


def _kept(file: "UploadedFile[bytes]") -> File:
    return File(file.read(), file.name or "", file.content_type or "application/octet-stream")


@audience(Audience.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: HttpRequest) -> HttpResponse:
    """Keep a reference and go on to say who spoke in it."""
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        try:
            said = checked(form.description())
            if said.source.pk is None:
                said = replace(said, source=source_named(said.source.name))
            snapshot = keep_reference(said, request.user)
        except ReferenceRefused as refusal:
            form.add_error(None, str(refusal))
        except OSError:
            form.add_error(None, f"{REASONS['disk'].sentence} Try again in a while.")
        else:
            to = reverse("enter-statement", args=[snapshot.article_id])
            return redirect(f"{to}?v={snapshot.pk}")
    status = 200 if request.method != "POST" else 422
    return render(request, "statements/add_document.html", {"form": form}, status=status)
