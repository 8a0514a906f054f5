"""The timeline's whole result set as lines of JSON."""

import json
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.last_seen import last_pages_of
from statements.models import Statement
from statements.records import statement_record
from statements.streaming import streaming
from statements.timeline.about import about
from statements.timeline.form import TimelineForm
from statements.views.latest import with_record


@audience(Audience.PUBLIC)
@require_safe
def timeline_ndjson(request: HttpRequest) -> HttpResponseBase:
    """All statements that fit, newest first, one record a line. The first line is about the
    list: what was asked, when, of which version, on what terms."""
    form = TimelineForm(request.GET)

    def lines(chunks: Iterable[list[Statement]]) -> Iterator[str]:
        yield _line({"about": about(form)})
        for statements in chunks:
            pages = last_pages_of(statements)
            for statement in statements:
                yield _line(statement_record(statement, pages))

    return streaming(request, form, with_record, lines, "application/x-ndjson", "ndjson")


def _line(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
