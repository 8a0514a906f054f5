"""The editors' desk: what waits, one statement with its source, and the log of decisions."""

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.access import Audience, audience, reader_of
from statements.claims import claimed_by_others
from statements.deeds import last_deeds
from statements.models import Event, Review
from statements.suggesting import actor_names, speaker_names
from statements.views.candidate import find, render_candidate
from statements.views.latest import with_rows
from statements.views.review_forms import LogForm, QueueForm

_PER_PAGE = 25
_SUGGESTED = 8


@audience(Audience.VIEWER)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an editor, and what this reader decided lately."""
    by = request.user
    assert isinstance(by, User)
    form = QueueForm(request.GET)
    waiting = form.queue(by)
    rows = waiting.rows.select_related("flag__by").annotate(held=claimed_by_others(by))
    paginator = Paginator(with_rows(rows), _PER_PAGE)
    counts = waiting.counts(by)
    paginator.count = counts.waiting  # asked already
    context = {
        "form": form,
        "page": paginator.get_page(request.GET.get("page")),
        "counts": counts,
        "filtered": bool(form.query()),
        "deeds": last_deeds(by) if reader_of(request).publishes else [],
    }
    return render(request, "statements/review.html", context)


@audience(Audience.VIEWER)
@require_safe
def review_statement(request: HttpRequest, public_id: str) -> HttpResponse:
    """One statement with its sources and, for editors, the decision."""
    return render_candidate(request, find(public_id))


@audience(Audience.EDITOR)
@require_safe
def review_log(request: HttpRequest) -> HttpResponse:
    """Every decision, newest first; those that can be taken back say so."""
    form = LogForm(request.GET)
    rows = form.reviews().defer("before", "after")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    shown = [review.pk for review in page]
    undoable = set(Review.objects.filter(pk__in=shown).standing().values_list("pk", flat=True))
    context = {"form": form, "page": page, "undoable": undoable}
    return render(request, "statements/review_log.html", context)


@audience(Audience.EDITOR)
@require_safe
def review_known(request: HttpRequest, kind: str) -> JsonResponse:
    """Whom the words typed so far may mean, for a field that suggests: speakers, actors or
    events of the register."""
    typed = request.GET.get("q", "").strip()[:200]
    if kind == "event":
        events = Event.objects.filter(Q(title__icontains=typed) | Q(slug__icontains=typed))
        rows = [
            {"typed": one.title, "about": one.start.isoformat()}
            for one in events[:_SUGGESTED]
        ] if typed else []  # fmt: skip
    else:
        names = speaker_names() if kind == "speaker" else actor_names()
        rows = [{"typed": one.typed, "about": one.about} for one in names.suggested(typed)]
    return JsonResponse({"names": rows})
