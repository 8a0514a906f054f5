"""Where the words that a reader looks for stand in the texts that are shown: exactly the words
by which the index found them, whatever their endings."""

import unicodedata
from collections.abc import Iterable, Sequence

import regex

from statements.search.cutting import CJK, Word, words_of
from statements.search.known_words import Key, Lexemes, key_of, lexemes_of
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
        self._first = {_first(one) for one in lexemes if not _IS_CJK.match(one)}
        self._known: dict[Key, Lexemes] = {}

    def __bool__(self) -> bool:
        return self._paired or bool(self._first)

    def learn(self, texts: Iterable[Text]) -> None:
        """Have the lexemes of these texts at hand, with at most one query."""
        if self:
            self._ask((word, language) for text, language in texts for word in words_of(text))

    def places(self, text: str, language: str = "") -> list[Place]:
        """Where the words stand, in order and apart: start and end in characters.

        A phrase is one place from its first word to its last, and stands only where it is whole.
        """
        if not self or not text:
            return []
        words = list(words_of(text))
        self._ask((word, language) for word in words)
        lexemes = [self._lexemes(word, language) for word in words]
        found = [
            place
            for word, taken in zip(words, lexemes, strict=True)
            for place in self._alone(word, taken)
        ]
        for phrase in self._phrases:
            found += _whole(phrase.steps, words, lexemes)
        return _joined(sorted(found))

    # ------------------------------------------------------------------ lexemes

    def _ask(self, words: Iterable[tuple[Word, str]]) -> None:
        keys = {
            key_of(word.text, language)
            for word, language in words
            if not word.pair and _may_be(word.text, self._first)
        }
        if unknown := keys - self._known.keys():
            self._known |= lexemes_of(unknown)

    def _lexemes(self, word: Word, language: str) -> Lexemes:
        """Those of a word; of one that begins otherwise than all that is wanted, none."""
        if word.pair:
            return (frozenset({word.text}) if self._paired else _NONE,)
        return self._known.get(key_of(word.text, language), (_NONE,))

    def _alone(self, word: Word, lexemes: Lexemes) -> Iterable[Place]:
        every = _NONE.union(*lexemes) if len(lexemes) > 1 else lexemes[0]
        if not every:
            return
        if not self._whole.isdisjoint(every):
            yield word.start, word.end
        elif self._begun and any(one.startswith(self._begun) for one in every):
            yield _begun_by(word, self._begun)


_NONE: frozenset[str] = frozenset()


def _begun_by(word: Word, beginnings: Sequence[str]) -> Place:
    """Of a pair of which one character was asked for, that one."""
    single = word.pair and len(word.text) > 1 and word.text not in beginnings
    return (word.start, word.start + 1) if single else (word.start, word.end)


def _whole(steps: Sequence[Step], words: list[Word], lexemes: list[Lexemes]) -> list[Place]:
    """Where all steps of a phrase follow each other."""
    places = [(number, one) for number, taken in enumerate(lexemes) for one in taken]
    found = []
    for at in range(len(places) - len(steps) + 1):
        stretch = places[at : at + len(steps)]
        if all(_fits(step, one) for step, (_, one) in zip(steps, stretch, strict=True)):
            found.append((words[stretch[0][0]].start, words[stretch[-1][0]].end))
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


def _first(text: str) -> str:
    """The letter with which words begin that may have this lexeme; '' when that is not known."""
    plain = unicodedata.normalize("NFKD", text[0].lower())[:1]
    return plain.translate(_SAME) if _PLAIN.match(plain) else ""


def _may_be(word: str, firsts: set[str]) -> bool:
    """Whether a word may have one of the lexemes that begin so. Words keep their first letter
    when they are stemmed, so that of most the database need not be asked."""
    first = _first(word)
    return not first or first in firsts or "" in firsts
