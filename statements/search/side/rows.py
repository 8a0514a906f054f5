"""Entries as the index takes them, and the parts of a base as it keeps them: values only."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

# A day as a number: `date.toordinal`. An entry without one has this, and stands before all.
UNDATED = 0
# How the parts of a base are laid out: one that was built by another layout is not read.
LAYOUT = 3
# What a base is said to be laid out by when its pieces are not what they should be.
UNREADABLE = 0


def ordinal(day: date | None) -> int:
    """The number of a day."""
    return day.toordinal() if day else UNDATED


@dataclass(frozen=True)
class Rows:
    """Some listed entries, all fields of equal length.

    `facets` are numbers of values, `int4send` one after the other; `words` are vectors as
    PostgreSQL prints them.
    """

    statements: npt.NDArray[np.int64]
    days: npt.NDArray[np.int32]
    lasts: npt.NDArray[np.int32]
    facets: list[bytes]
    words: list[bytes]


@dataclass(frozen=True)
class Change:
    """One entry as it is now; one that is not listed any more counts no longer."""

    statement: int
    listed: bool
    day: int
    last: int
    facets: tuple[int, ...]
    words: bytes


@dataclass(frozen=True)
class Measure:
    """How many documents a base holds, and with how many bits the positions of its words stand
    behind the document's number."""

    documents: int
    position_bits: int


class Part:
    """What a piece of a base holds, and what its key is."""

    COLUMN = "column"  # by name: the bytes of an array, and the kind of its numbers
    LONG = "long"  # which documents have words behind the last position that is kept
    VALUE = "value"  # by the value's number: which documents have it
    WORD = "word"  # by lexeme: which documents hold it, and at which positions
    # Read when they are asked for:
    RARE = "rare"  # by lexeme: the positions as plain numbers
    BEGINNING = "beginning"  # by what many rare ones begin with: which documents hold any such


@dataclass(frozen=True)
class Piece:
    """One piece of a base: serialised bitmaps, or the bytes of an array."""

    part: str
    key: str
    documents: bytes
    positions: bytes = b""
