"""Found documents -> those of one page, and where they stand among all."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from statements.search.asking import Part, Place
from statements.search.side.bits import numbers_of
from statements.search.side.columns import Columns
from statements.search.side.rows import ordinal

# Day and statement: the timeline ascends by it.
Key = tuple[int, int]


@dataclass(frozen=True)
class Page:
    """Statements in the order of showing, the newest first; the first of them is the `first`th
    of all."""

    statements: list[int]
    first: int


def page(found: BitMap, columns: Columns, part: Part) -> Page:
    """The part that is asked for, by places. Those of the base stand in order; the few others
    are sorted here and merged into them."""
    in_base = found.rank(columns.base - 1) if columns.base else 0
    later = _sorted_keys(found[in_base:], columns) if len(found) > in_base else []
    if (place := part.before) is not None:
        start = _rank(found, columns.before(Place(place.day, place.statement + 1)))
        skipped = bisect_right(later, (ordinal(place.day), place.statement))
        keys = [
            *_keys(found[start : min(start + part.size, in_base)], columns),
            *later[skipped : skipped + part.size],
        ]
        shown = sorted(keys)[: part.size]
        first = len(found) - start - skipped - len(shown) + 1
        return Page([statement for _, statement in reversed(shown)], first)
    end, ended = in_base, len(later)
    if (place := part.after) is not None:
        end = _rank(found, columns.before(place))
        ended = bisect_left(later, (ordinal(place.day), place.statement))
    keys = [
        *_keys(found[max(end - part.size, 0) : end], columns),
        *later[max(ended - part.size, 0) : ended],
    ]
    shown = sorted(keys, reverse=True)[: part.size]
    return Page([statement for _, statement in shown], len(found) - end - ended + 1)


def in_order(found: BitMap, columns: Columns) -> list[int]:
    """All found statements in the order of showing."""
    documents = numbers_of(found)
    if not len(documents) or documents[-1] < columns.base:
        return [int(s) for s in columns.statements_of(documents)[::-1]]
    days, statements = columns.places_of(documents)
    return [int(s) for s in statements[np.lexsort((statements, days))[::-1]]]


def _rank(found: BitMap, documents: int) -> int:
    """How many of the first so many documents are found."""
    return found.rank(documents - 1) if documents else 0


def _keys(documents: BitMap, columns: Columns) -> list[Key]:
    days, statements = columns.places_of(numbers_of(documents))
    return list(zip(days.tolist(), statements.tolist(), strict=True))


def _sorted_keys(documents: BitMap, columns: Columns) -> list[Key]:
    return sorted(_keys(documents, columns))
