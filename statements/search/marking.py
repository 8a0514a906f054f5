"""Where the words that a reader looks for stand in the texts that are shown: exactly the words
by which the index found them, whatever their endings."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import regex

from statements.search.cutting import CJK, Word, words_of
from statements.search.known_words import NOTHING, Key, Lexemes, key_of, lexemes_of
from statements.search.lexed import Lexed, Step
from statements.search.snippets import Place

# Letters with which a word may begin and its lexeme not; all are taken for one.
_SAME = str.maketrans(dict.fromkeys("аеёєиіїйоуыэюяъь", "а") | {"ґ": "г"})
_PLAIN = regex.compile(r"[a-z0-9а-яєіїґё]")
_IS_CJK = regex.compile(rf"[{CJK}]")

Text = tuple[str, str]  # the words and the code of their language


class Marker:
    """Marks the words of one search in any number of texts.

    `learn` asks the database for the lexemes of all texts of a page at once; a text that was not
    learnt is asked for when it is marked.
    """

    def __init__(self, words: Lexed | None) -> None:
        leaves = {leaf for group in (words.groups if words else ()) for leaf in group.wanted}
        alone = [leaf for leaf in leaves if not leaf.phrase]
        self._phrases = sorted((leaf for leaf in leaves if leaf.phrase), key=repr)
        steps = [step for leaf in alone for step in leaf.steps]
        self._whole = frozenset(
            one for step in steps if not step.prefix for one in step.lexemes
        )
        self._begun = tuple({one for step in steps if step.prefix for one in step.lexemes})
        lexemes = {one for leaf in leaves for step in leaf.steps for one in step.lexemes}
        self._paired = any(_IS_CJK.match(one) for one in lexemes)
        self._first = {_first(one[0]) for one in lexemes if not _IS_CJK.match(one)}
        if self._first:
            self._first.add("")
        self._words: dict[str, list[Word]] = {}
        self._places: dict[Text, list[Place]] = {}
        # By language, what the words of texts are in the index.
        self._known: dict[str, dict[str, Lexemes]] = defaultdict(dict)

    def __bool__(self) -> bool:
        return self._paired or bool(self._first)

    def learn(self, texts: Iterable[Text]) -> None:
        """Have the lexemes of these texts at hand, with at most one query."""
        if not self:
            return
        asked: dict[Key, list[tuple[str, str]]] = defaultdict(list)
        for text, language in texts:
            known = self._known[language]
            for word in {word.text for word in self._cut(text) if not word.pair} - known.keys():
                if _first(word[0]) in self._first:
                    asked[key_of(word, language)].append((word, language))
                else:
                    # It begins otherwise than all that is looked for: nobody need be asked.
                    known[word] = NOTHING
        for key, lexemes in lexemes_of(asked).items():
            for word, language in asked[key]:
                self._known[language][word] = lexemes

    def places(self, text: str, language: str = "") -> list[Place]:
        """Where the words stand, in order and apart: start and end in characters.

        A phrase is one place from its first word to its last, and stands only where it is whole.
        """
        if not self or not text:
            return []
        if (text, language) not in self._places:
            self._places[text, language] = self._found(text, language)
        return self._places[text, language]

    def _found(self, text: str, language: str) -> list[Place]:
        self.learn([(text, language)])
        words = self._cut(text)
        known = self._known[language]
        lexemes = [self._pair(word) if word.pair else known[word.text] for word in words]
        found = [
            place
            for word, taken in zip(words, lexemes, strict=True)
            if taken is not NOTHING
            for place in self._alone(word, taken)
        ]
        for phrase in self._phrases:
            found += _whole(phrase.steps, words, lexemes)
        return _joined(sorted(found))

    def _cut(self, text: str) -> list[Word]:
        if text not in self._words:
            self._words[text] = words_of(text)
        return self._words[text]

    def _pair(self, word: Word) -> Lexemes:
        """A pair is its own lexeme."""
        return (frozenset({word.text}),) if self._paired else NOTHING

    def _alone(self, word: Word, lexemes: Lexemes) -> Iterator[Place]:
        every = lexemes[0].union(*lexemes[1:])
        if not self._whole.isdisjoint(every):
            yield word.start, word.end
        elif self._begun and any(one.startswith(self._begun) for one in every):
            yield _begun_by(word, self._begun)


def _begun_by(word: Word, beginnings: Sequence[str]) -> Place:
    """Of a pair of which one character was asked for, that one."""
    single = word.pair and len(word.text) > 1 and word.text not in beginnings
    return (word.start, word.start + 1) if single else (word.start, word.end)


def _whole(steps: Sequence[Step], words: list[Word], lexemes: list[Lexemes]) -> list[Place]:
    """Where all steps of a phrase follow each other."""
    places = [(number, one) for number, taken in enumerate(lexemes) for one in taken]
    first, *others = steps
    found = []
    for at, (number, one) in enumerate(places[: max(len(places) - len(others), 0)]):
        if not one or not _fits(first, one):
            continue
        rest = places[at + 1 : at + len(steps)]
        if all(_fits(step, other) for step, (_, other) in zip(others, rest, strict=True)):
            last, _ = rest[-1] if rest else (number, one)
            found.append((words[number].start, words[last].end))
    return found


def _fits(step: Step, lexemes: frozenset[str]) -> bool:
    if not step.lexemes:
        return True
    if step.prefix:
        return any(one.startswith(step.lexemes) for one in lexemes)
    return not lexemes.isdisjoint(step.lexemes)


def _joined(found: list[Place]) -> list[Place]:
    """Places that overlap or touch as one."""
    joined: list[Place] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=4096)
def _first(letter: str) -> str:
    """The first letter of a word as that of its lexeme, which stems keep; '' for one of which
    that is not known."""
    plain = unicodedata.normalize("NFKD", letter.lower())[:1]
    return plain.translate(_SAME) if _PLAIN.match(plain) else ""
