"""Listed entries in the order of the timeline -> the pieces of a base."""

from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

from statements.search.kinds import Kind
from statements.search.places import places_at
from statements.search.side.bits import Integers, bitmap
from statements.search.side.lexemes import Lexemes
from statements.search.side.rows import Measure, Part, Piece, Rows
from statements.search.side.sets import Numbering
from statements.search.side.vectors import Lexicon, closer, read_vectors

# A lexeme that one of so many documents holds is kept in memory: 980 of a million statements,
# and nearly all of a few hundred. The others are read when they are asked for, in 0.1 ms.
ONE_OF = 256
# Phrases are looked for in memory up to a position that fits into so many bits; the fewer, the
# faster. So many documents may have words behind it: their phrases are left to the database,
# which takes some microseconds for each that holds all words of one.
MOST_BITS = 12
LONG = 1_000
# Numbers of positions must stay below 32 bits until the index has grown by so much.
GROWTH = 2

# A word of a document is sorted as one number: the bucket, the lexeme, the document, the
# position. PostgreSQL has no position above 16,383.
_POSITION_BITS = 14
_DOCUMENT_BITS = 26
_BUCKET_BITS = 6
_LEXEME_BITS = 64 - _POSITION_BITS - _DOCUMENT_BITS - _BUCKET_BITS


class TooMany(ValueError):
    """More statements or words than a base can number."""


class Building:
    """A base in the making. First all rows are added, in the order of the timeline with the
    oldest first and undated ones before them; then the pieces are asked for.

    Words wait in a temporary file, so memory holds one word list, not one word after the other.
    """

    def __init__(self, kinds: Mapping[int, Kind]) -> None:
        self._numberings = {kind: Numbering() for kind in Kind}
        order = {kind: index for index, kind in enumerate(Kind)}
        self._kind_of = np.zeros(max(kinds, default=0) + 1, np.int8)
        for number, kind in kinds.items():
            self._kind_of[number] = order[kind]
        self._columns: dict[str, list[Integers]] = {}
        self._lexicon = Lexicon()
        self._spilled = TemporaryFile()  # noqa: SIM115 closed in `close`
        self._runs: list[Integers] = []
        self._longest: list[Integers] = []
        self._documents = 0

    def close(self) -> None:
        """Give the temporary file back."""
        self._spilled.close()

    def add(self, rows: Rows) -> None:
        """Take the next rows, some ten thousand at once. Raises `TooMany`."""
        self._put("places", places_at(rows.days, rows.statements))
        self._put("lasts", rows.lasts)
        counts = np.fromiter((len(packed) // 4 for packed in rows.facets), np.int64)
        values = np.frombuffer(b"".join(rows.facets), dtype=">i4").astype(np.int64)
        document = np.repeat(np.arange(len(counts)), counts)
        which = self._kind_of[values]
        for index, (kind, numbering) in enumerate(self._numberings.items()):
            of_kind = which == index
            numbers = numbering.numbers(document[of_kind], values[of_kind], len(counts))
            self._put(f"set {kind}", numbers)
        self._add_words(rows.words)
        self._documents += len(counts)

    def _put(self, name: str, numbers: Integers) -> None:
        self._columns.setdefault(name, []).append(numbers)

    def _add_words(self, words: list[bytes]) -> None:
        vector, lexeme, position = read_vectors(words, self._lexicon)
        position = closer(vector, position)
        longest = np.zeros(len(words), np.int32)
        np.maximum.at(longest, vector, np.where(position == 0, 1 << _POSITION_BITS, position))
        self._longest.append(longest)
        document = vector + self._documents
        if (
            len(self._lexicon) >= 1 << (_LEXEME_BITS + _BUCKET_BITS)
            or self._documents + len(words) >= 1 << _DOCUMENT_BITS
        ):
            raise TooMany(f"{self._documents} statements, {len(self._lexicon)} lexemes")
        bucket = lexeme & ((1 << _BUCKET_BITS) - 1)
        keys = (bucket << _LEXEME_BITS | lexeme >> _BUCKET_BITS).astype(np.uint64)
        keys = keys << np.uint64(_DOCUMENT_BITS) | document.astype(np.uint64)
        keys = keys << np.uint64(_POSITION_BITS) | position.astype(np.uint64)
        keys.sort()
        edges = np.arange(1 << _BUCKET_BITS, dtype=np.uint64) << np.uint64(64 - _BUCKET_BITS)
        start = self._spilled.tell() // 8
        begins = np.searchsorted(keys, edges)
        self._runs.append(start + np.append(begins, len(keys)))
        keys.tofile(self._spilled)

    def measure(self) -> Measure:
        """How large the base is. Raises `TooMany`."""
        longest = self._reaching()
        for bits in range(8, MOST_BITS + 1):
            if np.count_nonzero(longest >= 1 << bits) <= LONG:
                break
        while bits > 8 and self._documents * GROWTH >= 1 << (32 - bits):
            bits -= 1
        if self._documents * GROWTH >= 1 << (32 - bits):
            raise TooMany(f"{self._documents} statements")
        return Measure(self._documents, bits)

    def pieces(self) -> Iterator[Piece]:
        """All pieces but those of words."""
        yield _column("places", self._joined("places", np.int64))
        yield _column("lasts", self._joined("lasts", np.int32))
        for kind, numbering in self._numberings.items():
            sets = numbering.sets()
            column = self._joined(f"set {kind}", np.int32)
            narrow = np.min_scalar_type(int(column.max(initial=0)))
            lengths, values = sets.as_arrays()
            yield _column(f"set {kind}", column.astype(narrow))
            yield _column(f"lengths {kind}", lengths)
            yield _column(f"values {kind}", values)
            for value, documents in sets.documents(column):
                yield Piece(Part.VALUE, str(value), bitmap(documents).serialize())
        yield Piece(Part.LONG, "", bitmap(np.flatnonzero(self._long())).serialize())

    def _joined(self, name: str, number: type[np.integer[Any]]) -> Integers:
        parts = self._columns.get(name, [])
        return np.concatenate([np.zeros(0, number), *parts]).astype(number, copy=False)

    def _long(self) -> npt.NDArray[np.bool_]:
        return self._reaching() >= 1 << self.measure().position_bits

    def _reaching(self) -> Integers:
        """The last position of each document."""
        return np.concatenate([np.zeros(0, np.int32), *self._longest])

    def words(self) -> Iterator[Piece]:
        """The pieces of all lexemes. Of long documents it is not told where."""
        bits = self.measure().position_bits
        long = self._long()
        enough = max(self._documents // ONE_OF, 1)
        lexemes = Lexemes(self._lexicon.lexemes(), enough, bits)
        for bucket in range(1 << _BUCKET_BITS):
            keys = self._bucket(bucket)
            if not len(keys):
                continue
            within = keys >> np.uint64(_POSITION_BITS + _DOCUMENT_BITS)
            within = (within & np.uint64((1 << _LEXEME_BITS) - 1)) << np.uint64(_BUCKET_BITS)
            lexeme = within.astype(np.int64) | bucket
            document = (keys >> np.uint64(_POSITION_BITS)) & np.uint64(
                (1 << _DOCUMENT_BITS) - 1
            )
            position = keys & np.uint64((1 << _POSITION_BITS) - 1)
            position[long[document.astype(np.int64)]] = 0
            stands = (document << np.uint64(bits) | position).astype(np.uint32)
            # One position 0 of a long document is enough.
            kept = np.ones(len(keys), bool)
            kept[1:] = (stands[1:] != stands[:-1]) | (lexeme[1:] != lexeme[:-1])
            yield from lexemes.put(lexeme[kept], stands[kept])
        yield from lexemes.others()

    def _bucket(self, bucket: int) -> npt.NDArray[np.uint64]:
        runs = []
        for edges in self._runs:
            self._spilled.seek(int(edges[bucket]) * 8)
            length = int(edges[bucket + 1] - edges[bucket])
            runs.append(np.fromfile(self._spilled, np.uint64, length))
        keys = np.concatenate(runs) if runs else np.zeros(0, np.uint64)
        keys.sort()
        return keys


def _column(name: str, numbers: Integers) -> Piece:
    return Piece(Part.COLUMN, name, numbers.tobytes(), str(numbers.dtype).encode())
