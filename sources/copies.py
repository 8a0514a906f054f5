"""Copies and near-copies of a text are told by sketches of it. Pure.

A sketch is the smallest hashes of the text's shingles, which are short runs of its words. Two
sketches are compared below the point up to which both are complete; there they are a fair
sample of the two texts, however different in length: Cohen and Kaplan's bottom-k sketches
(2007), read like the FracMinHash of Irber et al. (2022).
"""

import hashlib
import unicodedata
from dataclasses import dataclass

import regex

MOST_HASHES = 256  # a text of up to some 260 words is sketched whole
_WORDS = 4  # in a shingle
_CHARACTERS = 8  # in a shingle of a script without spaces, or whose spaces nobody agrees about
# What is shared must be at least this much of the shorter text and of the longer one: an article
# that quotes a statement, or collects dispatches, is no copy of it. All measured by
# `tests.evaluation.copies`; docs/decisions/0011-copies-by-sketch.md has the figures.
_OF_SHORTER = 0.5
_OF_LONGER = 0.2
_FEWEST_SHARED = 8  # hashes; fewer are chance or a common phrase
_UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
)
_TOKEN = regex.compile(
    rf"(?P<character>[[{_UNSPACED}]&&[\p{{L}}]]\p{{M}}*)|[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]+",
    regex.VERSION1,
)


@dataclass(frozen=True)
class Overlap:
    """What two texts have in common, as their sketches tell.

    `shared` counts hashes that both have; `of_shorter` and `of_longer` are the shares of the
    two texts that stand in the other as well, from 0 to 1.
    """

    shared: int
    of_shorter: float
    of_longer: float

    @property
    def copies(self) -> bool:
        """Whether one text is likely a copy of the other, cut or edited. Only a candidate."""
        return (
            self.shared >= _FEWEST_SHARED
            and self.of_shorter >= _OF_SHORTER
            and self.of_longer >= _OF_LONGER
        )


def sketch(text: str) -> list[int]:
    """Return the smallest shingle hashes of a text, at most `MOST_HASHES`, in rising order.

    They are signed 64-bit numbers, the same ones in every process and version of Python. Case,
    punctuation and the forms of a character do not count. A text shorter than one shingle has
    an empty sketch.

    >>> sketch("“We keep to the text alone”") == sketch("WE KEEP TO THE TEXT, ALONE.")
    True
    """
    return sorted({_hash(shingle) for shingle in _shingles(text)})[:MOST_HASHES]


def overlap(one: list[int], other: list[int], besides: frozenset[int] = frozenset()) -> Overlap:
    """Compare two sketches, leaving out the hashes `besides`.

    Nothing is known of an empty one: nothing is shared.

    >>> overlap([1, 2, 3, 4], [3, 4])
    Overlap(shared=2, of_shorter=1.0, of_longer=0.5)
    """
    end = min(_complete_to(one), _complete_to(other))
    first = {number for number in one if number <= end} - besides
    second = {number for number in other if number <= end} - besides
    shared = len(first & second)
    shorter, longer = sorted((len(first), len(second)))
    return Overlap(shared, shared / max(shorter, 1), shared / max(longer, 1))


def _complete_to(hashes: list[int]) -> int:
    """The greatest number up to which no hash of the text is missing from its sketch."""
    return hashes[-1] if len(hashes) == MOST_HASHES else 2**63


def _shingles(text: str) -> set[str]:
    found = list(_TOKEN.finditer(unicodedata.normalize("NFKC", text).casefold()))
    tokens = [match.group() for match in found]
    shingles: set[str] = set()
    for start, match in enumerate(found):
        size = _CHARACTERS if match.lastgroup else _WORDS
        if start + size <= len(tokens):
            shingles.add(" ".join(tokens[start : start + size]))
    return shingles


def _hash(shingle: str) -> int:
    digest = hashlib.blake2b(shingle.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
