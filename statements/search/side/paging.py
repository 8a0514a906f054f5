"""Found documents -> those of one page, and where they stand among all."""

from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from statements.search.asking import Part
from statements.search.places import Places, newest_first, number_of
from statements.search.side.bits import numbers_of
from statements.search.side.columns import Columns


@dataclass(frozen=True)
class Page:
    """Places in the order of showing, the newest first; the first of them is the `first`th of
    all that were found."""

    places: Places
    first: int


def page(found: BitMap, columns: Columns, part: Part) -> Page:
    """The part that is asked for, by places. Those of the base stand in order; the few others
    are sorted here, and merged into them."""
    in_base = found.rank(columns.base - 1) if columns.base else 0
    later = np.sort(columns.places(numbers_of(found[in_base:])))
    size = part.size
    if part.before is not None:
        place = number_of(part.before)
        start = _rank(found, columns.up_to(place, with_it=True))
        skipped = int(np.searchsorted(later, place, side="right"))
        newer = columns.places(numbers_of(found[start : min(start + size, in_base)]))
        merged = np.sort(np.concatenate([newer, later[skipped : skipped + size]]))
        shown = merged[:size][::-1]
        return Page(shown, len(found) - start - skipped - len(shown) + 1)
    end, ended = in_base, len(later)
    if part.after is not None:
        place = number_of(part.after)
        end = _rank(found, columns.up_to(place, with_it=False))
        ended = int(np.searchsorted(later, place))
    older = columns.places(numbers_of(found[max(end - size, 0) : end]))
    merged = np.concatenate([older, later[max(ended - size, 0) : ended]])
    return Page(newest_first(merged)[:size], len(found) - end - ended + 1)


def _rank(found: BitMap, documents: int) -> int:
    """How many of the first so many documents are found."""
    return found.rank(documents - 1) if documents else 0
