"""Pages of plain words, and what is answered when there is no page."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from sources.away import is_away
from statements.access import Audience, audience
from statements.agreement import LEAST, agreement
from statements.authority import Authority
from statements.evaluation import evaluation


@audience(Audience.PUBLIC)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to search, cite, add and run."""
    return render(request, "statements/help.html")


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
    """Answer a fault with a static page; 503 when it is only the database that is away."""
    database_away = is_away(sys.exc_info()[1])
    template, code = ("503.html", 503) if database_away else ("500.html", 500)
    response = HttpResponse(render_to_string(template), status=code)
    if database_away:
        response["Retry-After"] = "30"
    return response
