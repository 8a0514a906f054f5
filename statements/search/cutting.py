"""Where the words of a text stand, cut as the index cuts them. Pure.

The same rules as in the database's `search_text`, which keeps no places; a test holds the two
against each other. Whatever is neither letter, digit nor mark parts words, but for the dots of
«U.S.», and runs of Chinese, Japanese and Korean are cut into overlapping pairs and their last
character.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from heapq import merge
from typing import NamedTuple

import regex

# As in `search_text`, but for signs that mean nothing, which it drops before. Chinese and Japanese
# set no blanks between words, and Korean writes endings onto them.
CJK = (
    r"\u3005-\u3007\u3041-\u3096\u309D-\u309F\u30A1-\u30FA\u30FC-\u30FF\u31F0-\u31FF"
    r"\u3400-\u4DBF\u4E00-\u9FFF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFA6D\uFA70-\uFAD9"
    r"\U00020000-\U0002A6DF\U0002A700-\U0002B739\U0002B740-\U0002B81D\U0002B820-\U0002CEA1"
    r"\U0002CEB0-\U0002EBE0\U0002EBF0-\U0002EE5D\U0002F800-\U0002FA1D\U00030000-\U0003134A"
    r"\U00031350-\U000323AF"
)
_UNSEEN = (
    r"\u00AD\u034F\u061C\u115F\u1160\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F"
    r"\u3164\uFE00-\uFE0F\uFEFF"
)
_APOSTROPHE = r"(?<=[\u0400-\u04FF])['’ʼ`´](?=[\u0400-\u04FF])"
_LETTER = rf"[\p{{L}}\p{{N}}--[{CJK}{_UNSEEN}]]"
_FIRST = rf"[{_LETTER}[\p{{M}}--[\u0300-\u036F]]]"
_NEXT = rf"[{_LETTER}\p{{M}}{_UNSEEN}]"
_BESIDE = rf"[\p{{L}}\p{{N}}\p{{M}}{_UNSEEN}]"


def _initials(letters: str) -> str:
    """Single letters with dots between them, where no such letter stands beside, and a last dot."""
    return rf"(?<!{letters})[A-Za-z](?:\.[A-Za-z](?!{letters}))+\.?"


_ASCII_INITIALS = re.compile(_initials("[A-Za-z0-9]"))
_ASCII_WORD = re.compile(rf"{_ASCII_INITIALS.pattern}|[A-Za-z0-9]+")
_CLUSTER = regex.compile(r"\X")
_UNSEEN_ONE = re.compile(rf"[{_UNSEEN}]")
_BEYOND = re.compile(r"[^\0-\uFFFF]")
IS_CJK = re.compile(rf"[{CJK}]")

# Letters with which a word may begin and its lexeme not; all are taken for one.
_SAME = str.maketrans(dict.fromkeys("аеёєиіїйоуыэюяъь", "а") | {"ґ": "г"})
# Of German words, in which ae stands for ä; and English stems of words with a y: dying, lying.
_ROUNDED = frozenset("aou")
_WITH_Y = ("die", "lie", "tie")
_PLAIN = re.compile(r"[a-z0-9а-яєіїґё]")


class Word(NamedTuple):
    """One word of a text and its half-open place; a `pair` is two characters, or the last one."""

    start: int
    end: int
    text: str
    pair: bool = False

    @property
    def begin(self) -> str:
        """Its first two letters."""
        return self.text[:3].replace(".", "")[:2]


class Words:
    """The words of a text, of which only those are cut that are asked for.

    Their places are those in the text in NFKC; `place` tells where that is in the text given.
    """

    def __init__(self, text: str) -> None:
        self._spans: list[tuple[int, int]] | None = None
        if not unicodedata.is_normalized("NFKC", text):
            text, self._spans = _normalised(text)
        self._text = text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as it was given."""
        if self._spans is None:
            return start, end
        return self._spans[start][0], self._spans[end - 1][1]

    def following(self, first: int = 0) -> Iterator[Word]:
        """All words in order, from one that starts there.

        >>> [word.text for word in Words("Kim Jong-un’s 首脳会談").following()]
        ['Kim', 'Jong', 'un', 's', '首脳', '脳会', '会談', '談']
        """
        for match in _form_of(self._text).finditer(self._text, first):
            start, end = match.span()
            if match.lastindex is None:
                yield Word(start, end, match.group())
            else:
                yield from self._cut(start, end)

    def begun_by(self, beginnings: frozenset[str]) -> Iterator[Word]:
        """The words, but no pairs, that begin `like` one of these.

        >>> [word.text for word in Words("Über allem, undenkbar").begun_by(frozenset({"un"}))]
        ['Über', 'undenkbar']
        """
        text = self._text
        if text.isascii():
            yield from _begun_in_ascii(text, beginnings)
        # Of a text in another script its letters tell sooner than its words.
        elif any(_may_begin(letter, beginnings) for letter in set(text)):
            for match in _form_of(text).finditer(text):
                if match.lastindex is None and _may_begin(text[match.start()], beginnings):
                    word = Word(*match.span(), match[0])
                    if begins_like(word.begin, beginnings):
                        yield word

    def pairs_begun_by(self, characters: Collection[str]) -> Iterator[Word]:
        """The pairs that begin with one of these characters or pairs, in any order.

        >>> [word.text for word in Words("首脳と会談、国").pairs_begun_by(["会談", "国"])]
        ['会談', '国']
        """
        text = self._text
        if _UNSEEN_ONE.search(text):
            begun = tuple(characters)
            yield from (
                word for word in self.following() if word.pair and word.text.startswith(begun)
            )
            return
        for looked_for in characters:
            at = text.find(looked_for)
            while at >= 0:
                yield next(self._cut(at, at + (2 if IS_CJK.match(text, at + 1) else 1)))
                at = text.find(looked_for, at + 1)

    def _cut(self, start: int, end: int) -> Iterator[Word]:
        text = self._text
        signs = [i for i in range(start, end) if not _UNSEEN_ONE.match(text, i)]
        for sign, last in zip(signs, [*signs[1:], signs[-1]], strict=True):
            pair = text[sign] + (text[last] if last != sign else "")
            yield Word(sign, last + 1, pair, pair=True)


def beginnings_of(lexeme: str) -> Iterator[str]:
    """What words begin with that have this lexeme, or one that goes on behind it: with its first
    two letters where both are in ASCII, and otherwise with the first one, as stems keep no more.

    >>> sorted(beginnings_of("die")), sorted(beginnings_of("uber")), sorted(beginnings_of("нот"))
    (['di', 'dy'], ['ub', 'ue'], ['н'])
    """
    if len(lexeme) < 2 or not lexeme[:2].isascii():
        yield first_letter(lexeme[0])
        return
    first = lexeme[0]
    yield lexeme[:2]
    if first in _ROUNDED:
        yield f"{first}e"
    if any(stem.startswith(lexeme) or lexeme == stem for stem in _WITH_Y):
        yield f"{first}y"


@lru_cache(maxsize=65_536)
def begins_like(two: str, beginnings: frozenset[str]) -> bool:
    """Whether a word whose first letters these are may have a lexeme that begins so."""
    first = first_letter(two[0])
    if two.isascii():
        return first in beginnings or two.lower() in beginnings
    return any(one[:1] == first for one in beginnings)


@lru_cache(maxsize=65_536)
def _may_begin(sign: str, beginnings: frozenset[str]) -> bool:
    """Whether a word that begins so may begin like one of these; what is in no word does not."""
    category = unicodedata.category(sign)
    # Signs that Python does not know yet are letters to newer tables.
    if category[0] in "PSZ" or category in {"Cc", "Cf"}:
        return False
    first = first_letter(sign)
    return any(one[:1] == first for one in beginnings)


@lru_cache(maxsize=4096)
def first_letter(letter: str) -> str:
    """The first letter of a word as that of its lexeme, which stems keep; '' for one of which
    that is not known."""
    plain = unicodedata.normalize("NFKD", letter.lower())[:1]
    return plain.translate(_SAME) if _PLAIN.match(plain) else ""


def _form_of(text: str) -> re.Pattern[str]:
    """How words of the text look. What matches the only group is a run to be cut into pairs."""
    if text.isascii():
        return _ASCII_WORD
    return _of_all_planes() if _BEYOND.search(text) else _of_the_basic_plane()


@cache
def _of_the_basic_plane() -> re.Pattern[str]:
    """The form of nearly all texts. `re` takes a tenth of the time of `regex`, but it knows no
    properties, so its sets are spelled out."""
    plane = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    spelled = (
        "".join(
            rf"\u{ord(run[0]):04X}-\u{ord(run[-1]):04X}"
            for run in regex.findall(rf"(?V1){properties}+", plane)
        )
        for properties in (_FIRST, _NEXT, _BESIDE)
    )
    return re.compile(_form(*(f"[{one}]" for one in spelled)))


@cache
def _of_all_planes() -> re.Pattern[str]:
    form: re.Pattern[str] = regex.compile("(?V1)" + _form(_FIRST, _NEXT, _BESIDE))
    return form


def _form(first: str, later: str, beside: str) -> str:
    run = rf"[{CJK}]+(?:[{_UNSEEN}]+[{CJK}]+)*"
    return rf"({run})|{_initials(beside)}|{first}{later}*(?:{_APOSTROPHE}{later}*)*"


def _begun_in_ascii(text: str, beginnings: frozenset[str]) -> Iterable[Word]:
    form = _ascii_begun_by(beginnings)
    initials = [Word(*match.span(), match[0]) for match in _ASCII_INITIALS.finditer(text)]
    if not initials:
        return (Word(*match.span(), match[0]) for match in form.finditer(text))
    text = _ASCII_INITIALS.sub(lambda match: " " * len(match[0]), text)
    words = (Word(*match.span(), match[0]) for match in form.finditer(text))
    return merge(words, (one for one in initials if begins_like(one.begin, beginnings)))


@lru_cache(maxsize=256)
def _ascii_begun_by(beginnings: frozenset[str]) -> re.Pattern[str]:
    """Words of a text in ASCII, of those that begin so; one that begins otherwise costs nothing."""
    begun = [one for one in sorted(beginnings) if one and one.isascii()]
    if not begun:
        return re.compile(r"(?!)")
    first = "".join({sign for one in begun for sign in (one[0], one[0].upper())})
    # The second letters, each where the first one of its beginning stands before it.
    second = "|".join(
        f"(?<=[{one[0]}{one[0].upper()}])" + "".join(f"[{two}{two.upper()}]" for two in one[1:])
        for one in begun
    )
    return re.compile(rf"[{first}](?<![A-Za-z0-9].)(?:{second})[A-Za-z0-9]*")


def _normalised(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in NFKC, and where what became each of its characters stood."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        normal = unicodedata.normalize("NFKC", match.group())
        letters.append(normal)
        spans += [match.span()] * len(normal)
    return "".join(letters), spans
