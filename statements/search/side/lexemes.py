"""Words of documents by lexeme -> the pieces of a base that hold them."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from statements.search.side.beginnings import beginnings, begun_by
from statements.search.side.bits import Integers, Numbers, bitmap, distinct, union
from statements.search.side.rows import Part, Piece

# What more than so many rare words begin with is ready as one bitmap; so many, which lie beside
# each other, are read in half a millisecond.
MANY = 100


class Lexemes:
    """The pieces of all lexemes in the making. Parts are put, then the rest is asked for.

    A lexeme that `enough` documents hold is frequent. `bits` is how many of a position are that
    in the document.
    """

    def __init__(self, lexemes: list[str], enough: int, bits: int) -> None:
        self._sorted = sorted(lexemes)
        rank = {lexeme: number for number, lexeme in enumerate(self._sorted)}
        self._rank = np.fromiter(map(rank.__getitem__, lexemes), np.int64, len(lexemes))
        self._enough = enough
        self._bits = np.uint32(bits)
        self._rare: list[npt.NDArray[np.uint64]] = []
        self._frequent: dict[str, BitMap] = {}

    def put(self, lexeme: Integers, stands: Numbers) -> Iterator[Piece]:
        """Take all places of some lexemes, which are given by their number, sorted by both;
        return the pieces of the frequent ones."""
        document = stands >> self._bits
        begins = np.flatnonzero(np.diff(lexeme, prepend=-1))
        ends = np.append(begins[1:], len(lexeme))
        first = np.ones(len(lexeme), bool)
        first[1:] = (document[1:] != document[:-1]) | (lexeme[1:] != lexeme[:-1])
        frequent = np.add.reduceat(first.astype(np.int64), begins) >= self._enough
        rare = np.repeat(~frequent, ends - begins)
        ranks = self._rank[lexeme[rare]].astype(np.uint64)
        self._rare.append(ranks << np.uint64(32) | stands[rare].astype(np.uint64))
        for start, end in zip(begins[frequent].tolist(), ends[frequent].tolist(), strict=True):
            held = bitmap(document[start:end][first[start:end]])
            name = self._sorted[int(self._rank[lexeme[start]])]
            self._frequent[name] = held
            yield Piece(
                Part.WORD, name, held.serialize(), bitmap(stands[start:end]).serialize()
            )

    def others(self) -> Iterator[Piece]:
        """The pieces of the rare ones in order, and of what many of these begin with."""
        keys = np.concatenate([np.zeros(0, np.uint64), *self._rare])
        self._rare = []
        keys.sort()
        rank = (keys >> np.uint64(32)).astype(np.int32)
        stands = keys.astype(np.uint32)
        del keys
        begins = np.flatnonzero(np.diff(rank, prepend=-1))
        edges = np.append(begins, len(rank))
        rare = [self._sorted[one] for one in rank[begins].tolist()]
        ends = edges.tolist()
        for lexeme, start, end in zip(rare, ends, ends[1:], strict=False):
            yield Piece(Part.RARE, lexeme, stands[start:end].tobytes())
        names = sorted(self._frequent)
        for begin, first, last in beginnings(rare, MANY):
            held = bitmap(distinct(stands[edges[first] : edges[last]] >> self._bits))
            frequent = (self._frequent[name] for name in begun_by(names, begin))
            yield Piece(Part.BEGINNING, begin, union([held, *frequent]).serialize())
