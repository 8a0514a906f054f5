"""What changed between two texts, word by word within their paragraphs. Pure.

Paragraphs are compared first, then the words of those that answer each other, both by
rapidfuzz's longest common subsequence. Where that would take too long, whole paragraphs count
as removed and added, so that any two texts are compared in a second or two.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, takewhile
from typing import NamedTuple

import regex
from rapidfuzz.distance import Indel

# Korean stands between spaces as other scripts do. Chinese and Japanese have none, so each of
# their characters counts as a word.
_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\w--\p{Han}--\p{Hiragana}--\p{Katakana}]+|\s+|.",
    regex.V1,
)
_WORD = regex.compile(r"\w")
# Paragraphs that share less than this part of their words are two, and not one that changed.
_ALIKE = 0.5
# What one comparison may cost, in pairs of compared elements. Two paragraphs cost at least
# `_PAIR`, however short they are.
_MOST_WORK = 500_000_000
_PAIR = 4_000
# How far apart two paragraphs may stand in a changed block to be compared: so many places, or
# more where the block is so short that no more than about twice `_NEAR` pairs come of it.
_REACH = 10
_NEAR = 20_000
# Unchanged paragraphs that are shown beside a change, and how many more are worth folding.
_BESIDE = 1
_FOLDED_FROM = 3


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some characters of a paragraph, and what became of them."""

    text: str
    kind: Kind = Kind.SAME


Paragraph = tuple[Piece, ...]


@dataclass(frozen=True)
class Stretch:
    """Paragraphs that follow each other; `folded` ones are unchanged and far from a change."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool


@dataclass(frozen=True)
class WordDiff:
    """The paragraphs of both texts in their order, and how many words were added and removed.

    `coarse`: there was too much to compare, and some paragraphs count as changed as a whole.
    """

    paragraphs: tuple[Paragraph, ...]
    added: int
    removed: int
    coarse: bool

    @property
    def stretches(self) -> list[Stretch]:
        """The paragraphs, with long unchanged runs set apart so that they can be folded."""
        shown: set[int] = set()
        for index, pieces in enumerate(self.paragraphs):
            if any(piece.kind != Kind.SAME for piece in pieces):
                shown.update(range(index - _BESIDE, index + _BESIDE + 1))
        found = []
        for near, run in groupby(enumerate(self.paragraphs), lambda one: one[0] in shown):
            paragraphs = tuple(pieces for _, pieces in run)
            found.append(Stretch(paragraphs, not near and len(paragraphs) >= _FOLDED_FROM))
        return found


def word_diff(old: str, new: str) -> WordDiff:
    """Return what has to be removed from `old` and added to it to get `new`.

    Paragraphs are lines; blank lines and white space around lines do not count. A word is a
    run of letters and digits or, in Chinese and Japanese, one character.

    >>> diff = word_diff("Ada said:\\nWe stay.", "Ada said:\\nWe may stay.")
    >>> [[(piece.kind.value, piece.text) for piece in line] for line in diff.paragraphs]
    [[('same', 'Ada said:')], [('same', 'We '), ('added', 'may '), ('same', 'stay.')]]
    """
    budget = _Budget(_MOST_WORK)
    paragraphs: list[Paragraph] = []
    for same, before, after in _runs(_lines(old), _lines(new), budget):
        if same:
            paragraphs += [(Piece(line),) for line in after]
        else:
            paragraphs += _changed(before, after, budget)
    pieces = [piece for line in paragraphs for piece in line]
    return WordDiff(
        tuple(paragraphs),
        added=sum(len(words_of(piece.text)) for piece in pieces if piece.kind == Kind.ADDED),
        removed=sum(
            len(words_of(piece.text)) for piece in pieces if piece.kind == Kind.REMOVED
        ),
        coarse=budget.exceeded,
    )


@dataclass
class _Budget:
    """How much work may still be done, in pairs of compared elements."""

    left: int
    exceeded: bool = False

    def allows(self, work: int) -> bool:
        """Whether this much is left; if it is, it is spent."""
        if work > self.left:
            self.exceeded = True
            return False
        self.left -= work
        return True


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def words_of(text: str) -> list[str]:
    """The words of a text or, in Chinese and Japanese, its characters; no marks and spaces."""
    return [token for token in _TOKEN.findall(text) if _WORD.match(token)]


class _Run(NamedTuple):
    """What stands at one place in the old and in the new: the same, or something else."""

    same: bool
    old: list[str]
    new: list[str]


def _runs(old: list[str], new: list[str], budget: _Budget) -> Iterator[_Run]:
    """Runs of equal elements and those between them, in order."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    if start:
        yield _Run(True, old[:start], new[:start])
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if budget.allows(len(before) * len(after)):
        yield from _middle_runs(before, after)
    else:
        yield _Run(False, before, after)
    if end:
        yield _Run(True, old[len(old) - end :], new[len(new) - end :])


def _shared(one: list[str], other: list[str]) -> int:
    """How many elements both begin with."""
    both = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], both))


def _middle_runs(before: list[str], after: list[str]) -> Iterator[_Run]:
    # Numbers instead of strings: rapidfuzz compares hashes, and a number's is its own.
    numbers: dict[str, int] = {}
    ids = [[numbers.setdefault(one, len(numbers)) for one in many] for many in (before, after)]
    for same, group in groupby(Indel.opcodes(*ids), lambda code: code.tag == "equal"):
        codes = list(group)
        yield _Run(
            same,
            before[codes[0].src_start : codes[-1].src_end],
            after[codes[0].dest_start : codes[-1].dest_end],
        )


def _changed(before: list[str], after: list[str], budget: _Budget) -> Iterator[Paragraph]:
    """Paragraphs of one place in both texts: those that answer each other word by word."""
    at = old_at = 0
    for i, j in [*_pairs(before, after, budget), (len(before), len(after))]:
        yield from ((Piece(line, Kind.REMOVED),) for line in before[old_at:i])
        yield from ((Piece(line, Kind.ADDED),) for line in after[at:j])
        if i < len(before) and j < len(after):
            yield _compared(before[i], after[j], budget)
        old_at, at = i + 1, j + 1


def _pairs(before: list[str], after: list[str], budget: _Budget) -> list[tuple[int, int]]:
    """Which old paragraph became which new one, in order: the pairs most alike in all.

    In a long row of changed paragraphs only those at about the same place are compared.
    """
    reach = max(_REACH, _NEAR // max(len(before), 1))
    if not budget.allows(len(before) * min(2 * reach + 1, len(after)) * _PAIR):
        return []
    near = [
        (i, j)
        for i in range(len(before))
        for middle in [i * len(after) // len(before)]
        for j in range(max(middle - reach, 0), min(middle + reach + 1, len(after)))
    ]
    old, new = [words_of(line) for line in before], [words_of(line) for line in after]
    if not budget.allows(sum(len(old[i]) * len(new[j]) for i, j in near)):
        return []
    alike = (
        (i, j, Indel.normalized_similarity(old[i], new[j], score_cutoff=_ALIKE))
        for i, j in near
    )
    return _best_chain((i, j, likeness) for i, j, likeness in alike if likeness)


class _Chain(NamedTuple):
    """Pairs that rise on both sides, by the last of them; `score` is how alike they are."""

    score: float
    last: tuple[int, int]
    before: "_Chain | None"


def _best_chain(pairs: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Of pairs and their likeness, the row of pairs that rises on both sides and is best."""
    # The best chain for each end on the new side; the later it ends, the better it is.
    ends: list[int] = []
    chains: list[_Chain] = []
    for i, j, likeness in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        at = bisect_left(ends, j)
        before = chains[at - 1] if at else None
        chain = _Chain(likeness + (before.score if before else 0.0), (i, j), before)
        if at < len(ends) and ends[at] == j and chains[at].score >= chain.score:
            continue
        worse = at
        while worse < len(ends) and chains[worse].score <= chain.score:
            worse += 1
        ends[at:worse], chains[at:worse] = [j], [chain]
    best = []
    one = chains[-1] if chains else None
    while one:
        best.append(one.last)
        one = one.before
    return best[::-1]


def _compared(before: str, after: str, budget: _Budget) -> Paragraph:
    """One paragraph, as it was and as it is, word by word."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for same, gone, come in _without_islands(list(_runs(old, new, budget))):
        if same:
            pieces.append(Piece(come))
        else:
            changed = (Piece(gone, Kind.REMOVED), Piece(come, Kind.ADDED))
            pieces += [piece for piece in changed if piece.text]
    return tuple(pieces)


def _without_islands(runs: list[_Run]) -> Iterator[tuple[bool, str, str]]:
    """The runs as text; a space or a comma alone does not keep two changes apart."""
    inner = range(1, len(runs) - 1)
    islands = {i for i in inner if not any(_WORD.match(token) for token in runs[i].new)}
    kept = [run.same and index not in islands for index, run in enumerate(runs)]
    at = 0
    for same, group in groupby(kept):
        many = runs[at : (at := at + len(list(group)))]
        yield (
            same,
            "".join(token for run in many for token in run.old),
            "".join(token for run in many for token in run.new),
        )
