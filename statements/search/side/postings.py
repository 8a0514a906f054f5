"""Which documents hold words, and where."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

import numpy as np
from pyroaring import BitMap

from statements.search.lexed import Leaf, Lexed, Step
from statements.search.side.beginnings import begun_by
from statements.search.side.bits import (
    Numbers,
    bitmap,
    distinct,
    in_both,
    intersection,
    merged,
    numbers_in,
    union,
)
from statements.search.side.vectors import APART, Lexicon, closer, read_vectors


@dataclass(frozen=True)
class Stored:
    """What a base holds of words that are not in memory: the positions of rare `lexemes`, and of
    all rare ones that begin with one of the `prefixes`; and, serialised, in which documents any
    word begins with one of the `beginnings`. What is not there may be left out."""

    lexemes: Mapping[str, bytes] = field(default_factory=dict)
    prefixes: Mapping[str, bytes] = field(default_factory=dict)
    beginnings: Mapping[str, bytes] = field(default_factory=dict)


class Rare(Protocol):
    """Where the words that are not in memory come from."""

    def stand(
        self, lexemes: Sequence[str], prefixes: Sequence[str], beginnings: Sequence[str]
    ) -> Stored:
        """What is asked of each. What few rare words begin with is among the prefixes when it is
        asked for among the beginnings."""


class Word:
    """A frequent lexeme: the documents that hold it, and where it stands in those of the base.

    The positions stay as they are stored: as a bitmap, of which a million documents make
    thousands of pieces, they would take four times the room, and reading one takes 1 ms.
    """

    __slots__ = ("documents", "positions")

    def __init__(self, documents: BitMap, positions: bytes) -> None:
        self.documents = documents
        self.positions = positions


class Postings:
    """All words. A position is one number: the document's, and behind it as many bits as that
    of the word needs. What stands at 0 stands somewhere in a long document, whose phrases only
    the database can tell."""

    def __init__(self, words: dict[str, Word], long: BitMap, position_bits: int) -> None:
        self._words = words
        self._sorted = sorted(words)
        self.long = long
        self._bits = position_bits
        # Where words stand in later documents; these words, and how many of them are in order.
        self._later: dict[str, array[int]] = {}
        self._later_sorted: list[str] = []
        self._in_order = 0

    def room(self, documents: int) -> bool:
        """Whether so many documents can be numbered."""
        return documents < 1 << (32 - self._bits)

    def put(self, documents: Sequence[int], words: Sequence[bytes]) -> None:
        """Add documents at the end, each with its words as PostgreSQL prints them."""
        lexicon = Lexicon()
        vector, lexeme, position = read_vectors(words, lexicon)
        if not len(vector):
            return
        position = closer(vector, position)
        reaching = np.zeros(len(words), np.int64)
        np.maximum.at(reaching, vector, np.where(position == 0, 1 << self._bits, position))
        long = reaching[vector] >= 1 << self._bits
        document = np.array(documents, np.int64)[vector]
        self.long.update(np.unique(document[long]).tolist())
        stands = document << self._bits | np.where(long, 0, position)
        order = np.lexsort((stands, lexeme))
        lexeme, document, stands = (
            lexeme[order],
            document[order].tolist(),
            stands[order].tolist(),
        )
        begins = np.flatnonzero(np.diff(lexeme, prepend=-1))
        ends = np.append(begins[1:], len(lexeme))
        names = lexicon.lexemes()
        for number, start, end in zip(
            lexeme[begins].tolist(), begins.tolist(), ends.tolist(), strict=True
        ):
            name = names[number]
            if (word := self._words.get(name)) is not None:
                word.documents.update(document[start:end])
            if name not in self._later:
                self._later[name] = array("I")
                self._later_sorted.append(name)
            self._later[name].extend(stands[start:end])

    def of(self, words: Lexed, rare: Rare) -> "Found":
        """Where the words of a query stand; what is not in memory is asked for at once."""
        leaves = list(leaves_of(words))
        steps = {part for leaf in leaves for step in leaf.steps for part in step.parts}
        missing = {
            lexeme
            for step in steps
            if not step.prefix
            for lexeme in step.lexemes
            if lexeme not in self._words
        }
        following = {
            part
            for leaf in leaves
            if leaf.is_sequence
            for step in leaf.steps
            for part in step.parts
        }
        prefixes = {begin for step in following if step.prefix for begin in step.lexemes}
        begun = {begin for step in steps if step.prefix for begin in step.lexemes} - prefixes
        if not missing and not prefixes and not begun:
            return Found(self, Stored())
        return Found(self, rare.stand(sorted(missing), sorted(prefixes), sorted(begun)))

    def frequent(self, step: Step) -> Iterator[Word]:
        """The words of a step that are in memory."""
        for lexeme in _of_step(step, self._sorted):
            if lexeme in self._words:
                yield self._words[lexeme]

    def later(self, step: Step, *, frequent: bool) -> Iterator["array[int]"]:
        """Where the words of a step stand in later documents; of `frequent` ones if asked."""
        if step.prefix and self._in_order < len(self._later_sorted):
            self._later_sorted.sort()
            self._in_order = len(self._later_sorted)
        for lexeme in _of_step(step, self._later_sorted):
            if lexeme in self._later and (frequent or lexeme not in self._words):
                yield self._later[lexeme]

    def documents_at(self, stands: Numbers) -> Numbers:
        """In which documents these positions are."""
        return stands >> np.uint32(self._bits)

    def within(self, stands: Numbers, before: int, behind: int) -> Numbers:
        """Those of the positions that have so many others of their document on either side."""
        position = stands & np.uint32((1 << self._bits) - 1)
        return stands[(position > before) & (position < (1 << self._bits) - behind)]


def _of_step(step: Step, lexemes: Sequence[str]) -> Iterable[str]:
    """The lexemes of a step, which of a prefix are all of the sorted ones that begin so."""
    if not step.prefix:
        return step.lexemes
    return chain.from_iterable(begun_by(lexemes, begin) for begin in step.lexemes)


class Found:
    """The words of one query."""

    def __init__(self, postings: Postings, stored: Stored) -> None:
        self._postings = postings
        self._stored = stored

    def documents(self, leaf: Leaf, among: BitMap | None = None) -> BitMap | None:
        """The documents with all steps, wherever they stand, of all or of some; None when there
        are no steps."""
        steps = [
            union([self._part(part) for part in step.parts])
            for step in leaf.steps
            if step.lexemes
        ]
        if steps and among is not None:
            steps.append(among)
        return intersection(steps) if steps else None

    def _part(self, step: Step) -> BitMap:
        """The documents with a step that is of beginnings alone or of whole lexemes alone. Of
        what many words begin with those of the base are known as a whole."""
        begun = self._stored.beginnings if step.prefix else {}
        whole = [begin for begin in step.lexemes if begin in begun]
        others = Step(tuple(one for one in step.lexemes if one not in begun), step.prefix)
        holding = [BitMap.deserialize(begun[begin]) for begin in whole]
        holding += [word.documents for word in self._postings.frequent(others)]
        if len(rare := self._rare(step, frequent=bool(whole))):
            holding.append(bitmap(distinct(self._postings.documents_at(rare))))
        return union(holding)

    def _rare(self, step: Step, *, frequent: bool) -> Numbers:
        """Where the words of such a step stand that are not in memory, and those of later
        documents."""
        stored = self._stored.prefixes if step.prefix else self._stored.lexemes
        stands: list[bytes | array[int]] = [
            stored[lexeme] for lexeme in step.lexemes if lexeme in stored
        ]
        stands += self._postings.later(step, frequent=frequent)
        return np.frombuffer(b"".join(stands), dtype=np.uint32)

    def phrase(self, leaf: Leaf) -> tuple[BitMap, bool]:
        """The documents in which the steps follow each other, and whether that is sure.

        Of long ones it is not known, and when so many words are left out in between that the
        positions do not tell how many, it is sure of no document.
        """
        runs: list[list[tuple[int, Step]]] = []
        for index, step in enumerate(leaf.steps):
            if step.lexemes:
                if not runs or index - runs[-1][-1][0] > APART:
                    runs.append([])
                runs[-1].append((index, step))
        return intersection([self._run(run) for run in runs]), len(runs) == 1

    def _run(self, steps: Sequence[tuple[int, Step]]) -> BitMap:
        """Positions of the rarest step are moved to where the next stands, and met with it."""
        first, last = steps[0][0], steps[-1][0]
        parts = sorted(
            ((index, self._positions(step)) for index, step in steps),
            key=lambda part: len(part[1]),
        )
        at, standing = parts[0]
        for index, others in parts[1:]:
            # What leaves the first document comes out behind the last one that there can be.
            standing = in_both(standing + np.uint32((index - at) % (1 << 32)), others)
            at = index
        kept = self._postings.within(standing, at - first, last - at)
        return bitmap(self._postings.documents_at(kept))

    def _positions(self, step: Step) -> Numbers:
        """Ascending, each once."""
        standing, rare = list[Numbers](), list[Numbers]()
        for part in step.parts:
            standing += [numbers_in(word.positions) for word in self._postings.frequent(part)]
            rare.append(self._rare(part, frequent=True))
        if len(standing) == 1 and not any(map(len, rare)):
            return standing[0]
        return merged([*standing, *rare])


def leaves_of(words: Lexed) -> Iterable[Leaf]:
    """All leaves of a query."""
    return (leaf for group in words.groups for leaf in (*group.wanted, *group.unwanted))
