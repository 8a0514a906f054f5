"""The timeline: statements newest first, narrowed by what the address says."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.cards.card import Card
from statements.cards.reading import cards
from statements.search.kinds import Kind
from statements.search.limits import TooBroad, together
from statements.search.shown import marked
from statements.timeline.chips import chips, title_of, ways_on
from statements.timeline.days import Day, days_of
from statements.timeline.facets import FACETS, MONTHS
from statements.timeline.form import BEST, EXACTLY, TimelineForm
from statements.timeline.histogram import histogram
from statements.timeline.numbering import values_of
from statements.timeline.offers import offers
from statements.timeline.options import looked_at, offered
from statements.timeline.paging import Page, page_of
from statements.timeline.registered import registered
from statements.timeline.scope import scope_of
from statements.timeline.spelling import put_right
from statements.views.finding import statement_asked_for

# What the export menu offers: name, media type, the address's name and what it adds to it.
# They are asked for in no order and by no page: most have one of each.
FORMATS = (
    ("JSON", "application/json", "statements-json", ""),
    ("Lines of JSON (all)", "application/x-ndjson", "statements-ndjson", ""),
    ("CSV (all)", "text/csv", "statements-csv", ""),
    ("CSV for spreadsheets", "text/csv", "statements-csv", "bom=1"),
    ("Atom feed", "application/atom+xml", "statements-atom", ""),
)
# Keys that the form of the page has no field of its own for, and takes along.
_TAKEN_ALONG = ("sort", "size")
_COUNTED = [*(facet.kind for facet in FACETS), Kind.MONTH]


@audience(Audience.PUBLIC)
@require_safe
@together()
def timeline(request: HttpRequest) -> HttpResponse:
    """One page of the timeline. An address that is not in its one form is led there once, and a
    line that is the id or the address of a statement to that."""
    if meant := statement_asked_for(request, request.GET.get("q", "")):
        return redirect(meant)
    form = TimelineForm(request.GET)
    if (canonical := form.canonical()) != request.GET.urlencode():
        return HttpResponseRedirect(
            f"{request.path}?{canonical}" if canonical else request.path
        )
    context: dict[str, Any] = {}
    try:
        if form.unanswered:
            context["unanswered"] = form.unanswered
        else:
            context, form = _answered(form)
    except TooBroad as error:
        context["unanswered"] = error
    context |= {
        "form": form,
        "has_sample": form.known.has_sample,
        "formats": FORMATS,
        "title": title_of(form),
        "query": form.address(),
        "chips": chips(form),
        "scope": scope_of(form),
        "along": _along(form, unanswered="unanswered" in context),
        "whole": form.address(sort=[], size=[]),
        "orders": {"newest": form.address(sort=[]), "best": form.address(sort=[BEST])},
    }
    return render(request, "statements/timeline.html", context)


def _answered(form: TimelineForm) -> tuple[dict[str, Any], TimelineForm]:
    """Template context of the page that the form asks for, and the form that it answers, which
    has names put right. Raises `TooBroad`."""
    context: dict[str, Any] = {}
    page = page_of(form, cards, _COUNTED)
    if meant := put_right(form, page.total):
        page_meant = page_of(meant, cards, _COUNTED)
        if page_meant.total:
            context |= {"typed": form, "exactly": form.address(spell=[EXACTLY])}
            form, page = meant, page_meant
    marker, shown = marked(form.understood.words, page.statements, form.moment)
    page = replace(page, statements=shown)
    context |= {
        "page": page,
        "marker": marker,
        "days": [] if form.best else _days(form, page),
        "offers": offers(form),
        **_facets(form, page),
    }
    if not page.total:
        context |= {"ways_on": ways_on(form), "registered": registered(form)}
    return context, form


def _days(form: TimelineForm, page: Page[Card]) -> list[Day]:
    narrowed = form.narrowing.of_some_of_its_days
    return days_of(page.statements, page.above, narrowed=narrowed)


def _along(form: TimelineForm, *, unanswered: bool) -> list[tuple[str, str]]:
    """What the form of the page hands on unseen: also the filters where none are offered."""
    along = [(key, one) for key in _TAKEN_ALONG for one in form.said.get(key, [])]
    if unanswered:
        choices = (one for one in form.choices if one.facet.kind != Kind.MONTH)
        along += [(one.key, one.value.address) for one in choices]
    return along


def _facets(form: TimelineForm, page: Page[Card]) -> dict[str, Any]:
    """Template context: what the page offers of each facet, and the histogram."""
    counts = page.answer.counts
    months = counts[MONTHS.kind]
    meanings = values_of(looked_at(FACETS, counts) | months.keys(), form.known)
    facets = [offered(form, one, counts[one.kind], meanings) for one in FACETS]
    return {
        "facets": [one for one in facets if one.first or one.rest or one.groups],
        "histogram": histogram(form, page.answer, meanings),
    }
