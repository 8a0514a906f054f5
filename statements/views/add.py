"""Add an article by hand: its address, its text, or a file with it."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sources.articles import source_named
from sources.by_hand import Accepted, Stated, accept_text, accept_url
from sources.fetching import NotAllowed
from sources.models import Source
from sources.reasons import REASONS
from sources.urls import LONGEST, BadUrl, canonical_url
from statements.access import Audience, audience

LARGEST = 10 * 1024 * 1024  # bytes
_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}
# First bytes of what is often mistaken for a text: PDF, images, archives, office files.
_NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf",
)
LANGUAGES = {
    "": "found from the text",
    "en": "English",
    "fr": "French",
    "de": "German",
    "ja": "Japanese",
    "ko": "Korean",
    "zh": "Chinese",
    "ru": "Russian",
    "es": "Spanish",
    "uk": "Ukrainian",
}


class ArticleForm(forms.Form):
    """What a person knows of an article. A text or a file is needed where the address cannot
    be fetched; the address alone is enough where it can."""

    url = forms.CharField(
        label="Address",
        required=False,
        max_length=2000,
        help_text="Where the article is printed. Alone, it is fetched from there.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    text = forms.CharField(
        required=False,
        help_text="Paste the article's text here when its address cannot be fetched.",
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )
    file = forms.FileField(
        required=False,
        help_text="Or a .txt, .md or .html file of at most 10 MiB.",
        widget=forms.FileInput(attrs={"accept": ",".join(_TYPES)}),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        required=False,
        empty_label="found by the address",
        help_text="Who published it.",
    )
    outlet = forms.CharField(
        label="Or who published it, if not listed",
        required=False,
        max_length=200,
        help_text="For a text without an address; then its title and day are needed too.",
    )
    title = forms.CharField(required=False, max_length=1000)
    published_on = forms.DateField(
        label="Published on",
        required=False,
        help_text="The day on the page. Left empty, it is looked for on the page and not guessed.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as year-month-day, such as 2024-06-19."},
    )
    language = forms.ChoiceField(required=False, choices=LANGUAGES)

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        if url:
            try:
                canonical_url(url)
            except BadUrl as error:
                reason = REASONS["bad-url"]
                raise forms.ValidationError(
                    f"{reason.sentence} ({error}) {reason.next_step}"
                ) from error
        return url

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        if len(text.encode()) > LARGEST:
            raise forms.ValidationError(
                "The text is larger than 10 MiB. Paste the part that matters."
            )
        return text

    def clean_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return None
        if PurePath(file.name or "").suffix.lower() not in _TYPES:
            raise forms.ValidationError(
                "Only .txt, .md and .html files are read. Convert the file to text, or paste its text."
            )
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                "The file is larger than 10 MiB. Upload the part that matters."
            )
        start = file.read(1024)
        file.seek(0)
        wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
        if start.startswith(_NOT_TEXT) or (b"\x00" in start and not wide):
            raise forms.ValidationError(
                "Whatever its name says, the file is not a text. Convert it to text, or paste its text."
            )
        return file

    def clean_published_on(self) -> Any:
        day = self.cleaned_data["published_on"]
        if day and (day.year < 1990 or day > timezone.localdate()):
            raise forms.ValidationError(
                "The day lies before 1990 or in the future. Check the year."
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        texts = bool(given.get("text")) + bool(given.get("file"))
        if texts > 1:
            self.add_error("file", "Give the text or the file, not both.")
        if not texts and not given.get("url") and not self.errors:
            raise forms.ValidationError("Give an address, a text or a file.")
        if texts and not given.get("url") and "source" not in self.errors:
            self._need_a_reference(given)
        elif given.get("outlet"):
            self.add_error(
                "outlet", "With an address it is found by that, or chosen: leave this empty."
            )
        return given

    def _need_a_reference(self, given: dict[str, Any]) -> None:
        """A text without an address is known by its outlet; by title and day where that is new."""
        outlet = (given.get("outlet") or "").strip()
        if given.get("source"):
            if outlet:
                self.add_error("outlet", "Choose it from the list or name it, not both.")
        elif not outlet:
            self.add_error(
                "source",
                "Choose who published the text. If it is not listed, name it below with title "
                "and day, or give the address.",
            )
        else:
            for name, what in (("title", "what it is called"), ("published_on", "its day")):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, f"Say {what}: without an address it is known by that.")


@audience(Audience.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def add_article(request: HttpRequest) -> HttpResponse:
    """Accept an article and lead to its page; the same one twice leads to the first."""
    asked_for = {"url": request.GET.get("url", "")[:LONGEST]}
    form = ArticleForm(request.POST or None, request.FILES or None, initial=asked_for)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        try:
            accepted = _accept(form.cleaned_data, request.user)
        except NotAllowed as error:
            form.add_error("url", f"{error} {REASONS[error.code].next_step}")
        except OSError:
            form.add_error(None, f"{REASONS['disk'].sentence} Try again in a while.")
        else:
            _tell(request, accepted)
            return redirect("article", accepted.article.pk)
    status = 200 if request.method != "POST" else 422
    return render(request, "statements/add_article.html", {"form": form}, status=status)


def _accept(given: dict[str, Any], by: User) -> Accepted:
    stated = Stated(given["title"], given["published_on"], given["language"])
    source: Source | None = given["source"]
    if given["outlet"]:
        source = source_named(given["outlet"])
    file: UploadedFile[bytes] | None = given["file"]
    if file is None and not given["text"]:
        return accept_url(given["url"], source=source, by=by, stated=stated)
    if file is not None:
        body, content_type = file.read(), _TYPES[PurePath(file.name or "").suffix.lower()]
    else:
        body, content_type = f"{given['text']}\n".encode(), "text/plain; charset=utf-8"
    return accept_text(
        body, content_type, source=source, by=by, url=given["url"], stated=stated
    )


def _tell(request: HttpRequest, accepted: Accepted) -> None:
    if accepted.created:
        messages.success(
            request, "Accepted. It is read in a moment; this page then shows its text."
        )
    elif accepted.job is not None:
        messages.success(
            request, "Accepted as one more version of an article that is here already."
        )
    else:
        messages.info(
            request,
            "Already here: this is the article, as it was added before. Nothing was changed.",
        )
