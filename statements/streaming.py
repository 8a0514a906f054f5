"""A whole list of the timeline as a file that is made while it is sent."""

from collections.abc import Callable, Iterable, Iterator

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.utils import timezone

from statements.models import Statement
from statements.search.limits import TooBroad, together
from statements.timeline.about import LICENCE_URL, page_address
from statements.timeline.chunks import in_chunks
from statements.timeline.form import PAGED, TimelineForm
from statements.timeline.paging import Rows
from statements.timeline.spelling import as_meant

PLAIN = "text/plain; charset=utf-8"
_ONE_ORDER = "This file is newest first; only pages and JSON can have the best first."
_NO_PAGES = "This file has no pages; leave this out, or ask for a page as JSON."


@together()
def streaming(
    request: HttpRequest,
    form: TimelineForm,
    rows: Rows,
    lines: Callable[[Iterable[list[Statement]]], Iterator[str]],
    media: str,
    suffix: str,
) -> HttpResponseBase:
    """The file of all that the form asks for; `lines` writes it.

    400 with sentences for what is not understood, 503 when the search takes too long, and a
    redirect to the file of what is meant by a misspelt name.
    """
    if (otherwise := not_made(request, form)) is not None:
        return otherwise
    try:
        chunks = in_chunks(form, rows)
    except TooBroad as error:
        return too_broad(error)
    response = StreamingHttpResponse(lines(chunks), content_type=f"{media}; charset=utf-8")
    name = f"statements-{timezone.now():%Y%m%dT%H%M%SZ}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = (
        f'<{page_address(form)}>; rel="canonical", <{LICENCE_URL}>; rel="license"'
    )
    return response


def not_made(request: HttpRequest, form: TimelineForm) -> HttpResponse | None:
    """What is answered instead of a file that has one order and says in its address alone what
    is asked for; None when the file can be made of the form.

    That is a sentence for all that is not understood, also for another order or a page; a
    redirect to the file of the names that are meant by misspelt ones; and that the search takes
    too long.
    """
    of_a_page = {key: [_NO_PAGES] for key in PAGED if key in form.given}
    problems = of_a_page | form.problems | ({"sort": [_ONE_ORDER]} if form.best else {})
    if problems:
        sentences = [
            f"{key}: {sentence}\n" for key, found in problems.items() for sentence in found
        ]
        return HttpResponseBadRequest("".join(sentences), content_type=PLAIN)
    try:
        meant = as_meant(form)
    except TooBroad as error:
        return too_broad(error)
    if meant is None:
        return None
    query = QueryDict(meant.canonical(), mutable=True)
    for key in form.beside:
        query.setlist(key, request.GET.getlist(key))
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def too_broad(error: TooBroad) -> HttpResponse:
    """That the search takes too long, in words."""
    return HttpResponse(f"{error}\n", status=503, content_type=PLAIN)
