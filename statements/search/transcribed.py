"""Names as sequences of syllables that are written in several ways -> which of them some words
are. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from statements.search.sounding import bare

# All ways to write one syllable, in bare letters.
Unit = frozenset[str]

_SHORTEST = 4  # letters of words that are told from others by their syllables
_SHORTEST_ALONE = 5  # and of a single word


@dataclass(frozen=True)
class Meant:
    """Whose name some words are, by the owner's key, and how that stands in the register."""

    owner: int
    name: str


@dataclass
class _Node:
    names: dict[Meant, None] = field(default_factory=dict)
    following: dict[Unit, "_Node"] = field(default_factory=dict)


class Transcribed:
    """Names by their syllables, in a tree: names that begin alike are compared once."""

    def __init__(self) -> None:
        self._root = _Node()
        self._units: set[Unit] = set()
        self._written: dict[str, list[Unit]] = defaultdict(list)
        self._longest = 0

    def add(self, units: Iterable[Unit], meant: Meant) -> None:
        """Know these syllables for that name."""
        node = self._root
        for unit in units:
            node = node.following.setdefault(unit, _Node())
            if unit not in self._units:
                self._units.add(unit)
                self._longest = max(self._longest, *map(len, unit))
                for written in unit:
                    self._written[written].append(unit)
        node.names[meant] = None

    def find(self, words: Sequence[str]) -> list[Meant]:
        """Whose names these words are together, whether syllables are written apart or as one
        word; but none may be torn. None for what is too short to tell."""
        letters = [bare(word) for word in words]
        text = "".join(letters)
        if len(text) < (_SHORTEST if len(words) > 1 else _SHORTEST_ALONE):
            return []
        ends = [0, *accumulate(map(len, letters))]
        limits = dict(pairwise(ends))
        found: dict[Meant, None] = {}
        # How far the text is read, and what may follow; a place is come to in several ways.
        reached = [{id(self._root): self._root}] + [dict[int, _Node]() for _ in text]
        limit = 0
        for at, nodes in enumerate(reached[:-1]):
            limit = limits.get(at, limit)
            for end in range(at + 1, min(limit, at + self._longest) + 1) if nodes else ():
                for unit in self._written.get(text[at:end], ()):
                    for node in nodes.values():
                        if following := node.following.get(unit):
                            reached[end][id(following)] = following
        for node in reached[-1].values():
            found |= node.names
        return list(found)


def letters_of(written: str) -> list[str]:
    """The ways to write a sound, from a table in which blanks part them and «-» is no letter.

    >>> letters_of("yo йо -")
    ['yo', 'ио', '']
    """
    return ["" if one == "-" else bare(one) for one in written.split()]
