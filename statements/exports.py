"""The timeline's whole result set as CSV."""

import csv
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.models import Party, Statement
from statements.printings import independence_of
from statements.spreadsheets import inactive
from statements.streaming import streaming
from statements.tellings import fields_at_hand
from statements.timeline.form import TimelineForm
from statements.views.latest import with_rows

COLUMNS = [
    "id", "url", "said_on", "precision", "basis", "speakers", "offices", "countries", "words",
    "language", "stance", "treaties", "status", "sources", "addresses", "reports", "form", "place",
    "event", "summary", "said_on_to", "differs", "first_seen", "independent_lines", "ties",
    "merged_from", "printed_offices",
]  # fmt: skip
# Stands for a speaker of whom something is not known, where it is known of another.
UNKNOWN = "not known"
# Asks for the mark by which spreadsheets know UTF-8.
_BOM = "bom"
_MARK = "\ufeff"


@audience(Audience.PUBLIC)
@require_safe
def timeline_csv(request: HttpRequest) -> HttpResponseBase:
    """All statements that fit, newest first, as UTF-8 CSV; `bom=1` puts the byte order mark
    first. What other formats say of the list stands in headers: CSV has no room for it. The
    columns are explained in docs/exports.md."""
    form = TimelineForm(request.GET, beside=(_BOM,))
    mark = _MARK if request.GET.get(_BOM) == "1" else ""

    def lines(chunks: Iterable[list[Statement]]) -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield mark + writer.writerow(COLUMNS)
        for statements in chunks:
            for statement in statements:
                yield writer.writerow([inactive(cell) for cell in _cells(statement)])

    return streaming(request, form, _with_merged, lines, "text/csv", "csv")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def _with_merged(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    return with_rows(statements).prefetch_related("merged")


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
        _of_each(party.office.title if party.office else "" for party in voices),
        _of_each(party.actor.code if party.actor else "" for party in voices),
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
        _of_each(party.printed_office for party in voices),
    ]


def _of_each(known: Iterable[str]) -> str:
    """What is known of each speaker, in the order of the speakers; '' when of none.

    >>> _of_each(["Minister", ""]), _of_each(["", ""])
    ('Minister; not known', '')
    """
    each = list(known)
    return "; ".join(one or UNKNOWN for one in each) if any(each) else ""


def _words(statement: Statement) -> str:
    """What is printed of it; an editor's summary is not, and has a column of its own."""
    if not statement.summarised:
        return statement.text
    return " […] ".join(fragment.words for fragment in statement.fragments)
