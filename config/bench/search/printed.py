"""Search entries as other engines take them: the same lexemes at the same places, and values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from statements.search.side.vectors import Lexicon, read_vectors

# Stands where an entry has no lexeme: for stop words, and between two pieces of a text.
NOTHING = "\ue000"
# So many of them hold two pieces apart; no phrase of the queries leaves out as many words.
APART = 6
_AT_ONCE = 20_000
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Printed:
    """Some listed statements, the oldest first and the undated before them.

    `days` and `lasts` are ordinals of `date`, and 0 where no day is known. `values` are the
    numbers of all facet values. `words` are lexemes with blanks between them, each at its place.
    """

    statements: list[int]
    days: list[int]
    lasts: list[int]
    values: list[Numbers]
    words: list[str]
    texts: list[str]


def printed() -> Iterator[Printed]:
    """All listed statements in the order of the timeline, the last one shown first."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT e.statement_id, e.day, e.last, e.packed, e.words::text, s.text"
            " FROM statements_searchentry e JOIN statements_statement s ON s.id = e.statement_id"
            " WHERE e.listed ORDER BY e.day NULLS FIRST, e.statement_id"
        )
        while rows := cursor.fetchmany(_AT_ONCE):
            statements, days, lasts, packed, words, texts = zip(*rows, strict=True)
            yield Printed(
                list(statements),
                [_ordinal(day) for day in days],
                [_ordinal(day) for day in lasts],
                [np.frombuffer(one, ">i4").astype(np.int64) for one in packed],
                _laid_out([one.encode() for one in words]),
                list(texts),
            )


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _laid_out(vectors: list[bytes]) -> list[str]:
    """Each vector as a text.

    >>> _laid_out([b"'grain':2,40 'rose':4"])[0].replace(NOTHING, "_")
    'grain _ rose _ _ _ _ _ _ grain'
    """
    lexicon = Lexicon()
    vector, lexeme, position = read_vectors(vectors, lexicon)
    order = np.lexsort((position, vector))
    vector, lexeme, position = vector[order], lexeme[order], position[order]
    gaps = np.clip(np.diff(position, prepend=0) - 1, 0, APART)
    gaps[np.diff(vector, prepend=-1) > 0] = 0
    places = np.cumsum(gaps + 1) - 1
    tokens = np.full(int(places[-1]) + 1 if len(places) else 0, NOTHING, dtype=object)
    tokens[places] = np.array(lexicon.lexemes(), dtype=object)[lexeme]
    firsts = np.searchsorted(vector, np.arange(len(vectors)))
    ends = np.searchsorted(vector, np.arange(len(vectors)), side="right")
    return [
        " ".join(tokens[places[first] : places[end - 1] + 1].tolist()) if first < end else ""
        for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)
    ]
