"""Which statement an address means, and what of it this reader may see."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from statements.access import Reader, reader_of
from statements.models import Statement
from statements.public_ids import ALPHABET, LENGTH

Status = Statement.Status
_ID = f"[{ALPHABET}]{{{LENGTH}}}"
# The address may have been copied with a place in the page, or as that of the record.
_ID_OR_ADDRESS = re.compile(
    rf"(?:(?P<site>https?://[^/\s]+)?/s/)?(?P<id>{_ID})(?:(?<=/s/.{{{LENGTH}}})(?:\.json|/?)(?:[?#]\S*)?)?",
    re.IGNORECASE,
)
# Why it was rejected is a note among editors; that it was is told to everybody.
_REJECTED = "The machine or an analyst proposed it, and an editor who read the source did not accept it."


def find_statement(public_id: str) -> Statement:
    """The statement with this public id in any case, else a 404; its address never dies."""
    rows = Statement.objects.select_related("merged_into", "event")
    return get_object_or_404(rows, public_id=public_id.upper())


def statement_asked_for(request: HttpRequest, line: str) -> Statement | None:
    """The statement whose id or address, on this site, a typed line is and nothing else; None
    for other lines and for one that is not there or that this reader sees as rejected alone."""
    match = _ID_OR_ADDRESS.fullmatch(line.strip())
    if match is None or match["site"] not in {
        None,
        settings.SITE_URL,
        f"{request.scheme}://{request.get_host()}",
    }:
        return None
    row = Statement.objects.filter(public_id=match["id"].upper()).first()
    return None if row is None or is_rejected_for(row, reader_of(request)) else row


def is_hidden(row: Statement, reader: Reader) -> bool:
    """Whether readers see that nobody stands behind it and not its words; merged ones live on as
    long as the other does."""
    return row.is_gone and not reader.sees_drafts


def is_rejected_for(row: Statement, reader: Reader) -> bool:
    """Whether all that this reader sees of it is that it was rejected."""
    return row.status == Status.REJECTED and not reader.sees_drafts


def gone_page(request: HttpRequest, row: Statement, **more: object) -> HttpResponse:
    """What stays of a statement that was taken back or rejected, for readers."""
    context = {"statement": row, "reason": told_reason(row), **more}
    return render(request, "statements/withdrawn.html", context)


def gone_record(row: Statement) -> dict[str, object]:
    """The same as a record."""
    return {"id": row.public_id, "status": row.status, "reason": told_reason(row)}


def told_reason(row: Statement) -> str:
    """Why readers see no words of it."""
    return _REJECTED if row.status == Status.REJECTED else row.status_reason
