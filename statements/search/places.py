"""Places on the timeline as numbers, the newest being the largest, and the part that is shown."""

from datetime import date

import numpy as np
import numpy.typing as npt

from statements.search.asking import Part, Place

Places = npt.NDArray[np.int64]

# A statement's key takes so many bits, a million million; above them stands the day, from 1,
# or 0 for none.
_BITS = 40
# The same for an entry, eight bytes, the highest first.
SENT = f"int8send((coalesce(day - DATE '0001-01-01' + 1, 0)::bigint << {_BITS}) + statement_id)"


def received(sent: bytes | memoryview) -> Places:
    """The places of all entries of which `SENT` was put one after the other."""
    return np.frombuffer(sent, dtype=">i8").astype(np.int64)


def statements_of(places: Places) -> list[int]:
    """The statements that stand there."""
    keys: list[int] = keys_of(places).tolist()
    return keys


def newest_first(places: Places) -> Places:
    """All places in the order of the timeline."""
    return np.sort(places)[::-1]


def shown(places: Places, part: Part) -> tuple[Places, int]:
    """The part that is asked for in the order of the timeline, and how many stand before it."""
    if part.before is not None:
        end = int(np.count_nonzero(places > number_of(part.before)))
        start = max(end - part.size, 0)
    else:
        start = int(np.count_nonzero(places >= number_of(part.after))) if part.after else 0
        end = min(start + part.size, len(places))
    if start >= end:
        return places[:0], start
    # Only the page is sorted, not all that is newer or older than it.
    low, high = len(places) - end, len(places) - start
    return newest_first(np.partition(places, [low, high - 1])[low:high]), start


def number_of(place: Place) -> int:
    """One place."""
    return place_at((place.day - date.min).days + 1 if place.day else 0, place.statement)


def place_at(day: int, statement: int) -> int:
    """The place of a statement that was said on this day, from 1, or 0 for none."""
    return day << _BITS | statement


def places_at(days: npt.NDArray[np.int32], statements: Places) -> Places:
    """The same for several."""
    return days.astype(np.int64) << _BITS | statements


def days_of(places: Places) -> Places:
    """The days on which was said what stands there."""
    return places >> _BITS


def undated_of(places: Places) -> int:
    """How many of them are of no day."""
    return int(np.count_nonzero(days_of(places) == 0))


def keys_of(places: Places) -> Places:
    """The statements that stand there."""
    return places & ((1 << _BITS) - 1)
