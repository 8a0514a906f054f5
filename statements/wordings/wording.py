"""A wording taken apart: its bare words and sentences, what they are about, what is quoted."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from statements.sameness import folded
from statements.wordings.concepts import concepts
from statements.wordings.lexicon import lexicon
from statements.wordings.negations import negations
from statements.wordings.numbers import numbers
from statements.wordings.sentences import split_sentences

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_QUOTED = regex.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|「([^「」]+)」|『([^『』]+)』|《([^《》]+)》"
    r"|‘([^‘’]+(?:’\p{L}[^‘’]*)*)’(?!\p{L})"
)
_STEM = 5
# Two characters of a bare wording, the first of which belongs to a part and the second no more.
Place = tuple[int, int]


@dataclass(frozen=True)
class Sentence:
    """A sentence as printed and where it stands in the bare words of its wording."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Wording:
    """The words of one report in one language."""

    words: str
    language: str

    @cached_property
    def bare(self) -> str:
        return folded(self.words)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tuple(self.bare.split())

    @cached_property
    def unspaced(self) -> bool:
        """Whether most of it is in a script without spaces or with endings on every word."""
        return 2 * len(_UNSPACED.findall(self.words)) > len(self.bare.replace(" ", ""))

    @cached_property
    def content(self) -> frozenset[str]:
        """The beginnings of the words that say something; pairs of characters in East Asian scripts."""
        return frozenset(self.stems)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        if self.unspaced:
            runs = self.bare.split()
            return tuple(run[i : i + 2] for run in runs for i in range(len(run) - 1))
        function = lexicon(self.language).function
        return tuple(
            stem(word)
            for word in self.tokens
            if word not in function and (len(word) > 2 or word.isdigit())
        )

    @cached_property
    def sentences(self) -> tuple["Sentence", ...]:
        """The sentences, each with its place in the bare words."""
        found, at = list[Sentence](), 0
        for words in split_sentences(self.words):
            size = len(folded(words))
            if size:
                found.append(Sentence(words, at, at + size))
                at += size + 1
        whole = bool(found) and found[-1].end == len(self.bare)
        # A bracketed insertion may reach over the end of a sentence.
        return tuple(found) if whole else (Sentence(self.words, 0, len(self.bare)),)

    @property
    def whole(self) -> Place:
        return 0, len(self.bare)

    def place_of(self, first: int, last: int) -> Place:
        """Where the words from one to before another stand in the bare words."""
        start = sum(len(word) + 1 for word in self.tokens[:first])
        return start, start + sum(len(word) + 1 for word in self.tokens[first:last]) - 1

    @cached_property
    def grams(self) -> frozenset[str]:
        """All runs of three characters."""
        return frozenset(self.bare[i : i + 3] for i in range(len(self.bare) - 2))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return numbers(self.words, self.language)

    @cached_property
    def negations(self) -> tuple[str, ...]:
        return negations(self.words, self.language)

    @cached_property
    def modals(self) -> frozenset[str]:
        known = lexicon(self.language).modals
        return frozenset(known[word] for word in self.tokens if word in known)

    @cached_property
    def matters(self) -> frozenset[str]:
        """Of which matters it speaks, told alike in each language."""
        return concepts(self.words, self.language)

    @cached_property
    def pieces(self) -> tuple["Wording", ...]:
        """What stands in quotation marks, or all of it where it has none."""
        found = [next(filter(None, match.groups())) for match in _QUOTED.finditer(self.words)]
        return tuple(wording(piece, self.language) for piece in found)

    @cached_property
    def is_quotation(self) -> bool:
        """Whether nearly all of it stands in quotation marks."""
        within = sum(len(piece.bare) for piece in self.pieces)
        return within >= 0.9 * len(self.bare)


@lru_cache(maxsize=8192)
def wording(words: str, language: str = "") -> Wording:
    """Return the wording of these words, taken apart once."""
    return Wording(words, language)


def stem(word: str) -> str:
    """The beginning of a word, which its endings share."""
    if word.isdigit():
        return word
    return word[:_STEM]
