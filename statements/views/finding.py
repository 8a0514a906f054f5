"""Which statement an address means, and whether this reader may see it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from statements.access import Reader, reader_of
from statements.models import Statement

Status = Statement.Status


def find_statement(request: HttpRequest, public_id: str) -> Statement:
    """The statement, if this reader may see it. A rejected one is not there for the public."""
    rows = Statement.objects.select_related("merged_into", "event")
    row = get_object_or_404(rows, public_id=public_id.upper())
    if row.status == Status.REJECTED and not reader_of(request).sees_drafts:
        raise Http404
    return row


def is_hidden(row: Statement, reader: Reader) -> bool:
    """Whether readers see why it was withdrawn and not its words; merged ones live on as long as
    the other does."""
    return row.is_gone and not reader.sees_drafts
