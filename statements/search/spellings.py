"""All words of the register's names, and which of them a misspelt one is near to. Pure.

How near is counted in slips: a letter too many, too few or another, or two that changed places
(`OSA`). Trigrams, as an index of the database has them, lose short names in which two letters
changed places: see docs/decisions/0033.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from statements.search.sounding import bare, heard, sounded

# Words between blanks and hyphens; a Latin or Cyrillic name may hold an apostrophe.
WORD = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’ʼ](?=\p{L}))*")
# Characters that are words by themselves are no letters of which one may be wrong.
_HAN = regex.compile(r"\p{Han}")
_DIGIT = regex.compile(r"\d")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")
_BY_SOUND = regex.compile(r"[\p{Latin}\p{Cyrillic}]+")

_SHORTEST = 4  # letters of a word that is told from others by itself
_SHORT = 5  # letters from which on any slip is told from another word
_LONG = 9  # letters from which on two are
_MOST = 20  # candidates that are weighed
# What one slip weighs. A letter doubled or not is hardly one; a spelling that sounds the same is
# less than one, and the less when it looks nearly the same.
_ACCENTS, _DOUBLED, _SEEN, _HEARD, _SWAPPED, _NEIGHBOUR = 0.1, 0.3, 0.4, 0.6, 0.7, 0.8
# Readers are shown names in their own script, unless a slip more is needed for it.
_OTHER_SCRIPT = 0.5
_DOUBLE = regex.compile(r"(.)\1+")
_ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "йцукенгшщзх", "фывапролджэ", "ячсмитьбю",
)  # fmt: skip
_NEIGHBOURS = {frozenset(pair) for row in _ROWS for pair in pairwise(row)}


@dataclass(frozen=True)
class Near:
    """A word of names as it is printed; `slips` tell how far it is from what was typed.

    `beside` is how many of the other words that were typed belong to one of the same names.
    """

    word: str
    slips: float
    beside: int


@dataclass
class _Entry:
    printed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    owners: set[Hashable] = field(default_factory=set)
    proper: bool = False

    @property
    def word(self) -> str:
        """As it is printed most often."""
        return min(self.printed, key=lambda word: (-self.printed[word], word))


class Spellings:
    """Words of names by their letters and by their sound."""

    def __init__(
        self,
        names: Iterable[tuple[Hashable, str, bool]],
        registered: Iterable[tuple[Hashable, str]] = (),
    ) -> None:
        """`names` are names with whose they are; one owner may have many. Each says whether it
        is proper: of a person or a state, and not made of ordinary words as a title is.
        `registered` are those of them under which the owners stand in the register."""
        self._entries: dict[str, _Entry] = defaultdict(_Entry)
        for owner, name, proper in names:
            for word in WORD.findall(name):
                entry = self._entries[bare(word)]
                entry.printed[word] += 1
                entry.owners.add(owner)
                entry.proper |= proper
        self._registered: dict[Hashable, dict[str, str]] = defaultdict(dict)
        for owner, name in registered:
            self._registered[owner] |= {bare(word): word for word in WORD.findall(name)}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._sounds: dict[int, list[str]] = defaultdict(list)
        for letters in self._entries:
            if _HAN.search(letters) or _DIGIT.search(letters):
                continue
            self._by_length[len(letters)].append(letters)
            if _BY_SOUND.fullmatch(letters):
                self._by_sound[sounded(letters)].append(letters)
        for sound in self._by_sound:
            self._sounds[len(sound)].append(sound)

    def __contains__(self, word: str) -> bool:
        """Whether names hold the word in this very script, whatever its accents."""
        return bare(word) in self._entries

    def owners_of(self, word: str) -> set[Hashable]:
        """Whose names hold the word in this very script, whatever its accents."""
        return set(self._entries[bare(word)].owners) if word in self else set()

    def near(self, word: str, others: Collection[str] = ()) -> list[Near]:
        """The words of names that a typed word may be, the nearest first; none for most words.

        `others` are those typed beside it: a name that holds them too is preferred, and its
        words may be shorter.
        """
        letters = bare(word)
        if not letters or _HAN.search(letters) or _DIGIT.search(letters):
            return []
        owners = [
            self._entries[one].owners for one in map(bare, others) if one in self._entries
        ]
        found = []
        for candidate, slips in self._weighed(letters).items():
            entry = self._entries[candidate]
            beside = _beside(entry.owners, owners)
            if _is_near(letters, candidate, slips, beside, entry.proper):
                farther = (
                    _OTHER_SCRIPT if _is_cyrillic(candidate) != _is_cyrillic(letters) else 0
                )
                found.append(Near(entry.word, slips + farther, beside))
        return sorted(found, key=lambda one: (one.slips - one.beside, one.slips, one.word))

    def as_registered(self, word: str) -> list[str]:
        """How those stand in the register who are also written with this word: the word that
        sounds like it, or nearly, in the same script. None where one of them stands so."""
        letters = bare(word)
        if letters not in self._entries or not _BY_SOUND.fullmatch(letters):
            return []
        owners = self._entries[letters].owners
        if any(letters in self._registered[owner] for owner in owners):
            return []
        found = {self._registered_as(owner, letters) for owner in owners}
        return sorted(filter(None, found))

    def _registered_as(self, owner: Hashable, letters: str) -> str:
        sound = sounded(letters)
        near = {
            word: slips
            for own, word in self._registered[owner].items()
            if _BY_SOUND.fullmatch(own)
            and _is_cyrillic(own) == _is_cyrillic(letters)
            and (slips := OSA.distance(sounded(own), sound)) <= 1
        }
        return min(near, key=near.__getitem__, default="")

    def _weighed(self, letters: str) -> dict[str, float]:
        most = 2 if len(letters) >= _LONG else 1
        weighed = {
            candidate: slips if slips > 1 else _weight(letters, candidate)
            for candidate, slips in _alike(letters, self._by_length, most)
        }
        if _BY_SOUND.fullmatch(letters):
            for number, typed in enumerate(heard(letters)):
                # In the spelling of another language it must sound the very same.
                for sound, slips in _alike(typed, self._sounds, 0 if number else most - 1):
                    for candidate in self._by_sound[sound]:
                        weight = slips + (_SEEN if candidate in weighed else _HEARD)
                        weighed[candidate] = min(weighed.get(candidate, weight), weight)
        return weighed


def _alike(letters: str, known: dict[int, list[str]], most: int) -> Iterator[tuple[str, float]]:
    """Of words by their length those within so many slips."""
    for length in range(len(letters) - most, len(letters) + most + 1):
        for candidate, slips, _ in process.extract(
            letters, known.get(length, []), scorer=OSA.distance, score_cutoff=most, limit=_MOST
        ):
            yield candidate, slips


def _weight(typed: str, meant: str) -> float:
    """How much one slip weighs, or none but accents."""
    if typed == meant:
        return _ACCENTS
    if _DOUBLE.sub(r"\1", typed) == _DOUBLE.sub(r"\1", meant):
        return _DOUBLED
    if len(typed) != len(meant):
        return 1
    wrong = [pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]]
    if len(wrong) > 1:
        return _SWAPPED
    return _NEIGHBOUR if frozenset(wrong[0]) in _NEIGHBOURS else 1


def _is_cyrillic(letters: str) -> bool:
    return _CYRILLIC.match(letters) is not None


def _beside(owners: set[Hashable], others: list[set[Hashable]]) -> int:
    """How many of the other words one of the owners has in its names."""
    return max((sum(owner in of for of in others) for owner in owners), default=0)


def _is_near(typed: str, meant: str, slips: float, beside: int, proper: bool) -> bool:
    """Whether the one may be meant by the other. The shorter a word, the more other words are
    near to it; those of titles are near to words that have nothing to do with them."""
    length = min(len(typed), len(meant))
    if beside:
        return slips < 1 or length > 1
    if length < _SHORTEST or (slips > 1 and typed[0] != meant[0]):
        return False
    if not proper:
        return length > _SHORT and slips < 1 and typed[0] == meant[0]
    dropped = len(meant) >= _SHORT and typed[0] == meant[0]
    return length >= _SHORT or slips < 1 or dropped
