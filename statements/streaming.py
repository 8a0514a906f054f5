"""A whole list of the timeline as a file that is made while it is sent."""

from collections.abc import Callable, Iterable, Iterator

from django.http import (
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils import timezone

from statements.models import Statement
from statements.search.limits import TooBroad
from statements.timeline.about import LICENCE_URL, page_address
from statements.timeline.chunks import in_chunks
from statements.timeline.form import TimelineForm
from statements.timeline.paging import Rows
from statements.timeline.spelling import as_meant

PLAIN = "text/plain; charset=utf-8"


def streaming(
    form: TimelineForm,
    rows: Rows,
    lines: Callable[[Iterable[list[Statement]]], Iterator[str]],
    media: str,
    suffix: str,
) -> HttpResponseBase:
    """The file of all that the form asks for; `lines` writes it.

    400 with sentences for what is not understood, 503 when the search takes too long.
    """
    if form.problems:
        return refused(form)
    try:
        chunks = in_chunks(as_meant(form) or form, rows)
    except TooBroad as error:
        return HttpResponse(f"{error}\n", status=503, content_type=PLAIN)
    response = StreamingHttpResponse(lines(chunks), content_type=f"{media}; charset=utf-8")
    name = f"statements-{timezone.now():%Y%m%dT%H%M%SZ}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = (
        f'<{page_address(form)}>; rel="canonical", <{LICENCE_URL}>; rel="license"'
    )
    return response


def refused(form: TimelineForm) -> HttpResponse:
    """What in the address is not understood, a line each."""
    sentences = [
        f"{key}: {sentence}\n" for key, found in form.problems.items() for sentence in found
    ]
    return HttpResponseBadRequest("".join(sentences), content_type=PLAIN)
