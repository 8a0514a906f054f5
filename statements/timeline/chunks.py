"""A whole list, some statements at a time, however long it is."""

from array import array
from collections.abc import Iterator

from statements.models import Statement
from statements.search.finding import all_statements
from statements.timeline.form import TimelineForm
from statements.timeline.paging import Rows, in_order

_AT_ONCE = 500


def in_chunks(form: TimelineForm, rows: Rows) -> Iterator[list[Statement]]:
    """Return all statements that the form asks for, newest first, in lists of at most 500.

    Which they are is asked before this returns, so that `TooBroad` is raised in time to say so;
    only their keys are held meanwhile, of eight bytes each. One that goes away before its turn is
    left out.
    """
    keys = array("q", all_statements(form.query))
    return (
        in_order(keys[start : start + _AT_ONCE].tolist(), rows)
        for start in range(0, len(keys), _AT_ONCE)
    )
