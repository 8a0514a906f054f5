"""All values of one facet, for one that is not among those that the timeline offers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.search.asking import Part
from statements.search.finding import find
from statements.search.limits import TooBroad
from statements.timeline.chips import chips
from statements.timeline.facets import BY_KEY
from statements.timeline.form import TimelineForm
from statements.timeline.named import named
from statements.timeline.options import every_option

# The page's own keys.
_FIND, _PAGE = "find", "page"
_LONGEST = 100
_AT_ONCE = 100


@audience(Audience.PUBLIC)
@require_safe
def timeline_values(request: HttpRequest, key: str) -> HttpResponse:
    """The values of a facet with how many statements each yields if the facet were unset.

    `find` narrows them by what they are called. Each leads to the timeline with it or without.
    """
    facet = BY_KEY.get(key)
    if facet is None:
        raise Http404
    form = TimelineForm(request.GET, beside=(_FIND, _PAGE))
    words = " ".join(request.GET.get(_FIND, "").replace("\x00", "").split())[:_LONGEST]
    context = {
        "form": form,
        "facet": facet,
        "words": words,
        "chips": chips(form),
        "query": form.address(),
    }
    if form.unanswered:
        context["unanswered"] = form.unanswered
        return render(request, "statements/timeline_values.html", context)
    try:
        answer = find(form.query, Part(1), [facet.kind])
        options = every_option(form, facet, answer.counts[facet.kind])
    except TooBroad as error:
        context["unanswered"] = error
        return render(request, "statements/timeline_values.html", context)
    if words:
        options = named(facet.kind, options, words, form.moment)
    pages = Paginator(options, _AT_ONCE)
    context["page"] = pages.get_page(request.GET.get(_PAGE))
    return render(request, "statements/timeline_values.html", context)
