"""Vectors as PostgreSQL prints them -> numbers of lexemes, and where they stand."""

from collections.abc import Sequence

import numpy as np

from statements.search.side.bits import Integers

# Stands for an apostrophe within a lexeme, which no text in PostgreSQL holds in its place.
_APOSTROPHE = b"\x01"
_QUOTE = ord("'")
_NINE = ord("9")
_ZERO = ord("0")


# Words further apart than this may move together: no phrase with fewer words left out is of them.
# So the jumps from one piece of an entry to the next take little room.
APART = 4


class Lexicon(dict[bytes, int]):
    """Lexemes, as they are printed within quotes, by a number from 0 in order of appearance."""

    def __missing__(self, printed: bytes) -> int:
        number = self[printed] = len(self)
        return number

    def lexemes(self) -> list[str]:
        """All lexemes by their number."""
        return [lexeme_of(printed) for printed in self]


def lexeme_of(printed: bytes) -> str:
    """The lexeme that is printed so."""
    return printed.replace(_APOSTROPHE, b"'").replace(b"\\\\", b"\\").decode()


def read_vectors(
    vectors: Sequence[bytes], lexicon: Lexicon
) -> tuple[Integers, Integers, Integers]:
    """Return three arrays of equal length: which vector, which lexeme and which position.

    New lexemes are put into the lexicon. One without positions stands at 0 once.

    >>> lexicon = Lexicon()
    >>> where, which, at = read_vectors([b"'grain':2,7A 'rose':3", b"", b"'rose'"], lexicon)
    >>> where.tolist(), which.tolist(), at.tolist(), lexicon.lexemes()
    ([0, 0, 0, 2], [0, 0, 1, 1], [2, 7, 3, 0], ['grain', 'rose'])
    """
    # Between two quotes stands by turns what is printed of positions, and a lexeme.
    pieces = b"\n".join(vectors).replace(b"''", _APOSTROPHE).split(b"'")
    lexemes = np.fromiter(map(lexicon.__getitem__, pieces[1::2]), np.int64)
    told = b"'".join(pieces[::2]).translate(None, b"ABCD")
    characters = np.frombuffer(told, dtype=np.uint8)
    quotes = characters == _QUOTE
    vector = np.cumsum(characters == ord("\n"))[quotes]
    digits = (characters >= _ZERO) & (characters <= _NINE)
    begins = digits.copy()
    begins[1:] &= ~digits[:-1]
    entry = np.cumsum(quotes)[begins] - 1
    numbers = told.translate(bytes.maketrans(b":,'\n", b"    "))
    positions = np.fromstring(numbers, dtype=np.int64, sep=" ") if len(entry) else entry
    bare = np.flatnonzero(np.bincount(entry, minlength=len(lexemes)) == 0)
    if len(bare):
        entry = np.concatenate([entry, bare])
        positions = np.concatenate([positions, np.zeros(len(bare), np.int64)])
        order = np.argsort(entry, kind="stable")
        entry, positions = entry[order], positions[order]
    return vector[entry], lexemes[entry], positions


def closer(vector: Integers, position: Integers) -> Integers:
    """Positions from 1 in which each stands as far behind the one before it in its vector as it
    did, but at most `APART + 1`. What stands at 0 stays there.

    Any number of words that follow each other at up to `APART` still do, and no others.

    >>> closer(np.array([0, 0, 0, 1]), np.array([40, 2, 5, 0])).tolist()
    [9, 1, 4, 0]
    """
    keys = vector.astype(np.int64) << 15 | position
    standing, where = np.unique(keys, return_inverse=True)
    steps = np.minimum(np.diff(standing, prepend=0), APART + 1)
    owner = standing >> 15
    begins = np.ones(len(standing), bool)
    begins[1:] = owner[1:] != owner[:-1]
    steps[begins] = 1
    moved = np.cumsum(steps)
    before = (moved - steps)[begins]
    moved -= np.repeat(before, np.diff(np.append(np.flatnonzero(begins), len(standing))))
    closest = moved[where]
    closest[position == 0] = 0
    return closest
