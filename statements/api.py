"""The timeline's result set as JSON."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.last_seen import last_pages_of
from statements.records import statement_record
from statements.search.limits import TooBroad, limited
from statements.timeline import TimelineForm, page_of
from statements.views.latest import with_record


@audience(Audience.PUBLIC)
@require_safe
def timeline(request: HttpRequest) -> JsonResponse:
    """A page of the timeline; `next` is the address of the following one, or null.

    400 with the errors when the address says something that cannot be understood, and 503 with
    them when the search takes too long.
    """
    form = TimelineForm(request.GET)
    if form.errors or form.unknown:
        unknown = {key: [f"«{value}» is not known."] for key, value in form.unknown}
        return JsonResponse({"errors": {**form.errors, **unknown}}, status=400)
    try:
        with limited():
            page = page_of(form, with_record(form.statements()))
    except TooBroad as error:
        return JsonResponse({"errors": {"q": [str(error)]}}, status=503)
    pages = last_pages_of(page.statements)
    address = f"{settings.SITE_URL}{request.path}"
    return JsonResponse(
        {
            "count": page.total,
            "next": f"{address}?{page.older}" if page.older else None,
            "statements": [statement_record(statement, pages) for statement in page.statements],
        },
        json_dumps_params={"ensure_ascii": False},
    )
