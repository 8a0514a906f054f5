"""The timeline: statements newest first, narrowed by what the address says."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.search.lexing import understand
from statements.search.limits import TooBroad, limited
from statements.search.shown import marker_of
from statements.timeline import TimelineForm, page_of
from statements.views.latest import with_rows

# What the export menu offers: name, media type and the address's name.
FORMATS = (
    ("JSON", "application/json", "statements-json"),
    ("CSV", "text/csv", "statements-csv"),
    ("Atom feed", "application/atom+xml", "statements-atom"),
)


@audience(Audience.PUBLIC)
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """One page of the timeline. An address that is not in its one form is led there once."""
    form = TimelineForm(request.GET)
    if (canonical := form.canonical()) != request.GET.urlencode():
        return HttpResponseRedirect(
            f"{request.path}?{canonical}" if canonical else request.path
        )
    context: dict[str, Any] = {"form": form, "formats": FORMATS, "query": form.address()}
    try:
        with limited():
            page = page_of(form, with_rows(form.statements()))
            words = understand(form.cleaned_data.get("q") or "").words
            context |= {
                "page": page,
                "facets": form.facets(),
                "marker": marker_of(words, page.statements),
            }
    except TooBroad as error:
        context["too_broad"] = error
    return render(request, "statements/timeline.html", context)
