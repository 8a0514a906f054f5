"""Pages of plain words, and what is answered when there is no page."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from sources.away import is_away, is_in_the_way
from statements.access import Audience, audience
from statements.agreement import LEAST, agreement
from statements.authority import Authority
from statements.evaluation import evaluation
from statements.search.limits import TooBroad
from statements.search.qualifiers import keys_of
from statements.timeline.facets import BY_KEY


@audience(Audience.PUBLIC)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to search, cite, add and run."""
    keys = {facet.label: keys_of(facet.key) for facet in BY_KEY.values()}
    return render(request, "statements/help.html", {"keys": keys.items()})


@audience(Audience.PUBLIC)
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How statements are found, how well, and what the machine may not claim."""
    context = {
        "evaluated": evaluation(),
        "compared": agreement(),
        "least": LEAST,
        "authorities": list(Authority),
    }
    return render(request, "statements/method.html", context)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault with a static page; 503 when it is only the database that is away, or that
    had too much to count for the page, or somebody else who was in the way."""
    fault = sys.exc_info()[1]
    reasons = {
        "too_much": isinstance(fault, TooBroad),
        "in_the_way": is_in_the_way(fault),
        "away": is_away(fault),
    }
    if not any(reasons.values()):
        return HttpResponse(render_to_string("500.html"), status=500)
    page = render_to_string("503.html", reasons)
    return HttpResponse(page, status=503, headers={"Retry-After": "30"})
