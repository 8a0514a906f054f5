"""The timeline: statements newest first, narrowed by what the address says."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sources.models import Source
from statements.access import Audience, audience
from statements.models import Actor, Provision, Speaker, Statement, Treaty
from statements.views.latest import with_rows

_PER_PAGE = 25


@audience(Audience.PUBLIC)
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """One page of the timeline."""
    page = Paginator(with_rows(_narrowed(request)), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "statements/timeline.html", {"page": page})


def _narrowed(request: HttpRequest) -> QuerySet[Statement]:
    """The statements that the parameters ask for: repeated keys widen, different keys narrow."""
    rows = Statement.objects.on_timeline()
    asked = {key: request.GET.getlist(key) for key in request.GET}
    if codes := asked.get("actor"):
        rows = rows.spoken_for(list(Actor.objects.filter(code__in=codes)))
    if slugs := asked.get("speaker"):
        rows = rows.said_by(list(Speaker.objects.filter(slug__in=slugs)))
    if slugs := asked.get("source"):
        rows = rows.reported_by(list(Source.objects.filter(slug__in=slugs)))
    treaties = Treaty.objects.filter(slug__in=asked.get("treaty", []))
    if asked.get("treaty"):
        rows = rows.about(list(treaties))
    if numbers := asked.get("article"):
        provisions = Provision.objects.filter(number__in=numbers)
        if asked.get("treaty"):
            provisions = provisions.filter(treaty__in=treaties)
        rows = rows.about_provisions(list(provisions))
    if stances := asked.get("stance"):
        rows = rows.filter(positions__stance__in=stances).distinct()
    return rows
