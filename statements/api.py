"""The timeline's result set as JSON."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.last_seen import last_pages_of
from statements.records import statement_record
from statements.search.limits import TooBroad, together
from statements.timeline.about import about
from statements.timeline.form import TimelineForm
from statements.timeline.paging import in_order, page_of
from statements.timeline.spelling import as_meant
from statements.views.latest import with_record

_records = partial(in_order, rows=with_record)


@audience(Audience.PUBLIC)
@require_safe
@together()
def timeline(request: HttpRequest) -> JsonResponse:
    """A page of the timeline; `next` and `previous` are the addresses of those around, or null.

    400 with the errors when the address says something that cannot be understood, and 503 with
    them when the search takes too long.
    """
    form = shown = TimelineForm(request.GET)
    if form.problems:
        return JsonResponse({"errors": form.problems}, status=400)
    try:
        page = page_of(form, _records)
        if meant := as_meant(form, page.total):
            shown, page = meant, page_of(meant, _records)
    except TooBroad as error:
        return JsonResponse({"errors": {"q": [str(error)]}}, status=503)
    pages = last_pages_of(page.statements)
    address = f"{settings.SITE_URL}{request.path}"
    return JsonResponse(
        {
            "about": about(form),
            "words": {"typed": form.words, "shown": shown.words},
            "advice": [
                *_respelt(form, shown),
                *shown.understood.sentences,
                *filter(None, [page.unranked]),
            ],
            "count": page.total,
            "first": page.first,
            "next": f"{address}?{page.older}" if page.older is not None else None,
            "previous": f"{address}?{page.newer}" if page.newer is not None else None,
            "statements": [statement_record(statement, pages) for statement in page.statements],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _respelt(typed: TimelineForm, shown: TimelineForm) -> list[str]:
    """That names were put right, where they were."""
    if shown is typed:
        return []
    return [
        f"Showing results for {shown.words}. With «spell=exact» the search is for {typed.words}."
    ]
