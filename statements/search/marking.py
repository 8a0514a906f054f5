"""Where the words that a reader looks for stand in the texts that are shown: exactly the words
by which the index found them, whatever their endings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from statements.search.cutting import IS_CJK, Word, Words, beginnings_of
from statements.search.known_words import NOTHING, Key, Lexemes, key_of, lexemes_of
from statements.search.lexed import Group, Leaf, Lexed, Step
from statements.search.snippets import Place

Text = tuple[str, str]  # the words and the code of their language


class Marker:
    """Marks the words of one search in any number of texts.

    `learn` asks the database for the lexemes of all texts of a page at once; a text that was not
    learnt is asked for when it is marked. Of a text only those words are looked at that begin
    like one that is looked for, and behind them what follows in a phrase.
    """

    def __init__(self, words: Lexed | None) -> None:
        leaves = {leaf for group in (words.groups if words else ()) for leaf in group.wanted}
        steps = [step for leaf in leaves if not leaf.phrase for step in leaf.steps]
        parts = [part for step in steps for part in step.parts]
        self._whole = frozenset(
            one for part in parts if not part.prefix for one in part.lexemes
        )
        self._begun = tuple({one for part in parts if part.prefix for one in part.lexemes})
        self._phrases = [leaf.steps for leaf in leaves if leaf.phrase]
        self._alternatives = [group.wanted for group in (words.groups if words else ())]
        lexemes = {
            one
            for leaf in leaves
            for step in leaf.steps
            for part in step.parts
            for one in part.lexemes
        }
        self._pairs = frozenset(one for one in lexemes if IS_CJK.match(one))
        words_of = {begin for one in lexemes - self._pairs for begin in beginnings_of(one)}
        self._beginnings = frozenset(words_of | {""} if words_of else ())
        self._words: dict[str, tuple[Words, list[Word]]] = {}
        self._meant: set[str] = set()
        # By language, what the words of texts are in the index.
        self._known: dict[str, dict[str, Lexemes]] = defaultdict(dict)

    def __bool__(self) -> bool:
        return bool(self._pairs or self._beginnings)

    def learn(self, texts: Iterable[Text]) -> None:
        """Have the lexemes of these texts at hand, with at most one query."""
        if not self:
            return
        asked: dict[Key, list[tuple[str, str]]] = defaultdict(list)
        for text, language in texts:
            known = self._known[language]
            for word in {word.text for word in self._cut(text)[1]} - known.keys():
                asked[key_of(word, language)].append((word, language))
        if not asked:
            return
        for key, lexemes in lexemes_of(asked).items():
            for word, language in asked[key]:
                self._known[language][word] = lexemes

    def take_for(self, name: str) -> None:
        """Mark this name as a whole: it is shown in the place of one in which the words stand."""
        self._meant.add(name)

    def places(self, text: str, language: str = "") -> list[Place]:
        """Where the words stand, in order and apart: start and end in characters.

        A phrase is one place from its first word to its last, and stands only where it is whole.
        """
        if not self or not text:
            return []
        if text in self._meant:
            return [(0, len(text))]
        words, begun = self._cut(text)
        known = self._known[language]
        if not all(word.text in known for word in begun):
            self.learn([(text, language)])
        found: list[Place] = []
        for word in begun:
            if (lexemes := known[word.text]) is not NOTHING:
                found += self._alone(word, lexemes)
                found += self._phrases_from(word, lexemes, words, known)
        if self._pairs:
            for word in words.pairs_begun_by(self._pairs):
                found += self._alone(word, _of_pair(word))
                found += self._phrases_from(word, _of_pair(word), words, known)
        return _joined(sorted(words.place(start, end) for start, end in found))

    def all_stand_in(self, texts: Iterable[Text]) -> bool:
        """Whether everything that one alternative looks for stands in these texts together."""
        shown = [(text, language) for text, language in texts if text]
        held = frozenset(one for each in shown for one in self._lexemes_in(*each))
        return any(
            all(_stands(leaf, held, shown) for leaf in wanted) for wanted in self._alternatives
        )

    def _lexemes_in(self, text: str, language: str) -> Iterator[str]:
        """Those lexemes of a text that can be what is looked for."""
        words, begun = self._cut(text)
        self.learn([(text, language)])
        for word in begun:
            yield from frozenset().union(*self._known[language][word.text])
        for word in words.pairs_begun_by(self._pairs) if self._pairs else ():
            yield word.text

    def _cut(self, text: str) -> tuple[Words, list[Word]]:
        """The words of a text, and those of them that can be what is looked for."""
        if text not in self._words:
            words = Words(text)
            begun = list(words.begun_by(self._beginnings)) if self._beginnings else []
            self._words[text] = words, begun
        return self._words[text]

    def _alone(self, word: Word, lexemes: Lexemes) -> Iterator[Place]:
        every = lexemes[0].union(*lexemes[1:])
        if not self._whole.isdisjoint(every):
            yield word.start, word.end
        elif self._begun and any(one.startswith(self._begun) for one in every):
            yield _begun_by(word, self._begun)

    def _phrases_from(
        self, word: Word, lexemes: Lexemes, words: Words, known: dict[str, Lexemes]
    ) -> Iterator[Place]:
        """The phrases that begin with that word, at any of the places that it takes."""
        for first, *others in self._phrases:
            for number, one in enumerate(lexemes):
                if not _fits(first, one):
                    continue
                end = word.end
                places = islice(_places_from(word, words, known), number + 1, None)
                for step in others:
                    end, other = next(places, _OVER)
                    if other is None or not _fits(step, other):
                        break
                else:
                    yield word.start, end


def _stands(leaf: Leaf, held: frozenset[str], texts: Sequence[Text]) -> bool:
    """Whether a leaf stands in texts that hold these lexemes; a phrase must be whole in one."""
    if not all(_fits(step, held) for step in leaf.steps):
        return False
    alone = Marker(Lexed((Group((leaf,)),))) if leaf.phrase else None
    return alone is None or any(alone.places(*text) for text in texts)


# Behind the last word of a text there is no place.
_OVER: tuple[int, None] = (0, None)


def _places_from(
    word: Word, words: Words, known: dict[str, Lexemes]
) -> Iterator[tuple[int, frozenset[str] | None]]:
    """The end and the lexemes of each place from those of a word on."""
    for one in words.following(word.start):
        for lexemes in _of_pair(one) if one.pair else known.get(one.text, NOTHING):
            yield one.end, lexemes


def _of_pair(word: Word) -> Lexemes:
    """A pair is its own lexeme."""
    return (frozenset({word.text}),)


def _begun_by(word: Word, beginnings: Sequence[str]) -> Place:
    """Of a pair of which one character was asked for, that one."""
    single = word.pair and len(word.text) > 1 and word.text not in beginnings
    return (word.start, word.start + 1) if single else (word.start, word.end)


def _fits(step: Step, lexemes: frozenset[str]) -> bool:
    if not step.lexemes:
        return True
    if step.prefix and any(one.startswith(step.lexemes) for one in lexemes):
        return True
    return not lexemes.isdisjoint(step.besides if step.prefix else step.lexemes)


def _joined(found: list[Place]) -> list[Place]:
    """Places that overlap or touch as one."""
    joined: list[Place] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
