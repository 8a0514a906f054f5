"""Make a statement of words that a reader chooses in a kept text."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from history.acting import acting
from sources.models import Snapshot
from statements.access import Audience, audience, reader_of
from statements.additions import add_office, add_speaker, add_spelling
from statements.attribution.marks import has_double_marks
from statements.by_hand import NotEntered, enter, stretch_of
from statements.context_marks import in_context
from statements.models import Attestation, Speaker, Statement
from statements.selecting import (
    Stretch,
    find_words,
    moved_end,
    moved_start,
    sentences,
)
from statements.views.entry_forms import EntryForm, WordsForm
from statements.writing import write_alone


@audience(Audience.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose words of an article's text and say whose they are.

    `v` names the version; without `start` and `end`, words are looked for or a sentence chosen.
    """
    snapshot = _snapshot(request, pk)
    if request.method == "POST":
        return _enter(request, snapshot)
    chosen = _chosen(request, snapshot)
    if chosen is None:
        return _choose(request, snapshot)
    initial: dict[str, object] = {
        "start": chosen.start,
        "end": chosen.end,
        "mode": _likely_mode(snapshot.text, chosen),
    }
    form = EntryForm(initial=initial, grows=reader_of(request).publishes)
    return _form(request, snapshot, chosen, form)


def _snapshot(request: HttpRequest, pk: int) -> Snapshot:
    texts = (
        Snapshot.objects.read()
        .filter(article=pk)
        .select_related("article__source", "reference")
    )
    wanted = request.GET.get("v", "")
    if wanted:
        if not wanted.isdecimal() or len(wanted) > 18:
            raise Http404("The article has no such version.")
        return get_object_or_404(texts, pk=int(wanted))
    newest = texts.order_by("-fetched_at", "-pk").first()
    if newest is None:
        raise Http404("No text of this article has been read yet.")
    first = texts.filter(text_sha256=newest.text_sha256).order_by("fetched_at", "pk").first()
    return first or newest


def _chosen(request: HttpRequest, snapshot: Snapshot) -> Stretch | None:
    """The stretch that the address names; None when it names none of this text.

    Of a reference the whole is entered.
    """
    if snapshot.described:
        return _stretch(snapshot, 0, 0)
    given = [request.GET.get(name, "") for name in ("start", "end")]
    if not all(number.isdecimal() and len(number) < 10 for number in given):
        return None
    return _stretch(snapshot, int(given[0]), int(given[1]))


def _stretch(snapshot: Snapshot, start: int, end: int) -> Stretch | None:
    start, end = stretch_of(snapshot, start, end)
    return Stretch(start, end, snapshot.text[start:end]) if start < end else None


def _choose(request: HttpRequest, snapshot: Snapshot, status: int = 200) -> HttpResponse:
    asked = "words" in request.GET
    form = WordsForm(request.GET if asked else None)
    found: list[Stretch] = []
    if asked and form.is_valid():
        found = find_words(snapshot.text, form.cleaned_data["words"])
        if len(found) == 1:
            return redirect(_address(snapshot, found[0].start, found[0].end))
        if not found:
            form.add_error(
                "words", "The text does not print these words. Copy them from it as they stand."
            )
    context = {
        "article": snapshot.article,
        "snapshot": snapshot,
        "form": form,
        "found": [
            (_address(snapshot, one.start, one.end), _context(snapshot, one)) for one in found
        ],
        "paragraphs": [
            [(_address(snapshot, one.start, one.end), one.words) for one in line]
            for line in sentences(snapshot.text)
        ],
    }
    if asked and not found:
        status = 422
    return render(request, "statements/choose_words.html", context, status=status)


def _form(
    request: HttpRequest,
    snapshot: Snapshot,
    chosen: Stretch,
    form: EntryForm,
    known: Statement | None = None,
    status: int = 200,
) -> HttpResponse:
    text, start, end = snapshot.text, chosen.start, chosen.end
    moved = {
        "start_earlier": (moved_start(text, start, end, -1), end),
        "start_later": (moved_start(text, start, end, 1), end),
        "end_earlier": (start, moved_end(text, start, end, -1)),
        "end_later": (start, moved_end(text, start, end, 1)),
    }
    over = snapshot.attestations.filter(start__lt=end, end__gt=start)
    over = over.prefetch_related("statement__attestations")
    context = {
        "article": snapshot.article,
        "snapshot": snapshot,
        "context": _context(snapshot, chosen),
        "form": form,
        "known": known,
        "overlapping": list(over[:5]),
        "moved": {name: _address(snapshot, *span) for name, span in moved.items()},
        "again": f"{reverse('enter-statement', args=[snapshot.article_id])}?v={snapshot.pk}",
        "speakers": Speaker.objects.standing().values_list("name", flat=True),
    }
    return render(request, "statements/enter_statement.html", context, status=status)


def _enter(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    if not isinstance(request.user, User):
        raise PermissionDenied
    form = EntryForm(request.POST, grows=reader_of(request).publishes)
    known = None
    if form.is_valid():
        try:
            row = _entered(snapshot, form, request.user)
        except NotEntered as refusal:
            form.add_error(None, str(refusal))
            known = refusal.known
        else:
            messages.success(request, f"Entered as {row.public_id}. It waits for review.")
            to = "review-statement" if reader_of(request).sees_drafts else "statement"
            return redirect(to, row.public_id)
    chosen = _posted(snapshot, form)
    if chosen is None:
        messages.error(request, "No words of this text are chosen. Choose them here.")
        return _choose(request, snapshot, status=422)
    return _form(request, snapshot, chosen, form, known, status=422)


def _entered(snapshot: Snapshot, form: EntryForm, by: User) -> Statement:
    """Add to the register what the form adds, and enter the statement: all or nothing."""
    given = form.cleaned_data
    why = given["why"] or f"Entered with words of article {snapshot.article_id}."
    with transaction.atomic(), acting(by, why):
        # Before a name is added: who writes statements waits for who has added one.
        write_alone()
        speaker = form.speaker or form.chosen
        office = form.new_office()
        if form.chosen:
            add_spelling(form.chosen, given["who"].strip(), by, why, snapshot.language)
        if form.is_new:
            speaker = add_speaker(given["who"].strip(), by, why, office)
        elif speaker and office:
            add_office(speaker, office, by, why)
        return enter(snapshot, form.entry(speaker), by)


def _posted(snapshot: Snapshot, form: EntryForm) -> Stretch | None:
    """The words that a form that could not be written is about."""
    given = form.cleaned_data
    if "start" not in given or "end" not in given:
        return None
    return _stretch(snapshot, given["start"], given["end"])


def _likely_mode(text: str, chosen: Stretch) -> str:
    """Quoted where the marks stand around the words, mixed where within, else paraphrased."""
    around = text[max(0, chosen.start - 1) : chosen.start] + text[chosen.end : chosen.end + 1]
    if len(around) == 2 and has_double_marks(around, 0, 1) and has_double_marks(around, 1, 2):
        return Attestation.Mode.QUOTED
    if has_double_marks(text, chosen.start, chosen.end):
        return Attestation.Mode.MIXED
    return Attestation.Mode.PARAPHRASED


def _context(snapshot: Snapshot, one: Stretch) -> object:
    return in_context(snapshot.text, one.start, one.end)


def _address(snapshot: Snapshot, start: int, end: int) -> str:
    query = urlencode({"v": snapshot.pk, "start": start, "end": end})
    return f"{reverse('enter-statement', args=[snapshot.article_id])}?{query}"
