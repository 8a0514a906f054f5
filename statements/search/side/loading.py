"""The pieces of a base -> an index."""

from collections.abc import Iterable, Mapping

import numpy as np
from pyroaring import BitMap

from statements.search.kinds import Kind
from statements.search.side.bits import Integers
from statements.search.side.columns import Columns
from statements.search.side.counting import Values
from statements.search.side.index import Index
from statements.search.side.postings import Postings, Word
from statements.search.side.rows import Measure, Part, Piece
from statements.search.side.sets import Sets


def load(measure: Measure, pieces: Iterable[Piece], kinds: Mapping[int, Kind]) -> Index:
    """Put a base together; of its pieces the rare words are not needed.

    `kinds` are those of all values. Raises `LookupError`, `TypeError` or `ValueError`
    when a piece is missing or not what it should be.
    """
    columns: dict[str, Integers] = {}
    bitmaps: dict[int, BitMap] = {}
    words: dict[str, Word] = {}
    long = BitMap()
    for piece in pieces:
        if piece.part == Part.WORD:
            words[piece.key] = Word(BitMap.deserialize(piece.documents), piece.positions)
        elif piece.part == Part.VALUE:
            bitmaps[int(piece.key)] = BitMap.deserialize(piece.documents)
        elif piece.part == Part.LONG:
            long = BitMap.deserialize(piece.documents)
        elif piece.part == Part.COLUMN:
            columns[piece.key] = np.frombuffer(piece.documents, piece.positions.decode())
    sets = {
        kind: (
            columns[f"set {kind}"],
            Sets(columns[f"lengths {kind}"], columns[f"values {kind}"]),
        )
        for kind in Kind
    }
    return Index(
        Columns(columns["places"].astype(np.int64, copy=False), columns["lasts"]),
        Values(kinds, bitmaps, sets),
        Postings(words, long, measure.position_bits),
    )
