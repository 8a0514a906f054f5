"""The timeline's whole result set as CSV."""

import csv
from collections.abc import Iterator

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponseBadRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.models import Party, Statement
from statements.printings import independence_of
from statements.tellings import fields_at_hand
from statements.timeline import TimelineForm
from statements.views.latest import with_rows

COLUMNS = [
    "id", "url", "said_on", "precision", "basis", "speakers", "offices", "countries", "words",
    "language", "stance", "treaties", "status", "sources", "addresses", "reports", "form", "place",
    "event", "summary", "said_on_to", "differs", "first_seen", "independent_lines", "ties",
    "merged_from",
]  # fmt: skip
_AT_ONCE = 500
# A spreadsheet takes a cell that begins with one of these for a formula.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@audience(Audience.PUBLIC)
@require_safe
def timeline_csv(request: HttpRequest) -> HttpResponseBase:
    """All statements that fit, newest first, as UTF-8 CSV; it streams."""
    form = TimelineForm(request.GET)
    if form.errors or form.unknown:
        return HttpResponseBadRequest(
            "The address says something that is not understood; open the same address "
            "without .csv to see what.\n",
            content_type="text/plain; charset=utf-8",
        )
    response = StreamingHttpResponse(_lines(form), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="statements.csv"'
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def _lines(form: TimelineForm) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    rows = with_rows(form.statements()).prefetch_related("merged")
    for statement in rows.iterator(chunk_size=_AT_ONCE):
        yield writer.writerow([inactive(cell) for cell in _cells(statement)])


def _cells(statement: Statement) -> list[str]:
    voices = [party for party in statement.parties.all() if party.role in Party.VOICES]
    reports = list(statement.attestations.all())
    positions = list(statement.positions.all())
    lines = independence_of(reports)
    return [
        statement.public_id,
        f"{settings.SITE_URL}{statement.get_absolute_url()}",
        statement.said_on.isoformat() if statement.said_on else "",
        statement.said_on_precision,
        statement.said_on_basis,
        "; ".join(party.name for party in voices),
        "; ".join(party.printed_office for party in voices),
        "; ".join(party.actor.code if party.actor else "" for party in voices),
        _words(statement),
        statement.language,
        "; ".join(dict.fromkeys(position.stance for position in positions)),
        "; ".join(dict.fromkeys(one.treaty.slug for one in positions if one.treaty)),
        statement.status,
        "; ".join(dict.fromkeys(report.snapshot.article.source.name for report in reports)),
        "; ".join(dict.fromkeys(filter(None, (report.snapshot.address for report in reports)))),
        str(len(reports)),
        statement.form,
        statement.place,
        statement.event.slug if statement.event else "",
        statement.text if statement.summarised else "",
        statement.said_on_to.isoformat() if statement.said_on_to else "",
        "; ".join(fields_at_hand(statement)),
        lines.first.outlet if lines else "",
        str(len(lines.lines)) if lines else "",
        "; ".join(tie.why for tie in lines.ties) if lines else "",
        "; ".join(sorted(one.public_id for one in statement.merged.all())),
    ]


def _words(statement: Statement) -> str:
    """What is printed of it; an editor's summary is not, and has a column of its own."""
    if not statement.summarised:
        return statement.text
    return " […] ".join(fragment.words for fragment in statement.fragments)


def inactive(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula.

    >>> inactive('=1+1'), inactive('"=1"'), inactive("plain")
    ("'=1+1", '\\'"=1"', 'plain')
    """
    bare = cell.lstrip("\ufeff \"'")
    return f"'{cell}" if bare.startswith(_ACTIVE) or cell.startswith(_ACTIVE) else cell


def as_written(cell: str) -> str:
    """What `inactive` was given.

    >>> as_written(inactive("=1+1")), as_written("'tis plain")
    ('=1+1', "'tis plain")
    """
    return cell[1:] if cell.startswith("'") and inactive(cell[1:]) == cell else cell
