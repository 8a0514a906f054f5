"""Where the words of a text stand, cut as the index cuts them. Pure.

The same rules as in the database's `search_text`, which keeps no places; a test holds the two
against each other. Whatever is neither letter, digit nor mark parts words, and runs of Chinese,
Japanese and Korean are cut into overlapping pairs and their last character.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import regex

# As in `search_text`, word for word.
CJK = (
    r"\u3005-\u3007\u3041-\u3096\u309D-\u309F\u30A1-\u30FA\u30FC-\u30FF\u31F0-\u31FF"
    r"\u3400-\u4DBF\u4E00-\u9FFF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\U00020000-\U0003FFFF"
)
_UNSEEN = (
    r"\u00AD\u034F\u061C\u115F\u1160\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F"
    r"\u3164\uFE00-\uFE0F\uFEFF"
)
_APOSTROPHE = r"(?<=[\u0400-\u04FF])['’ʼ`´](?=[\u0400-\u04FF])"
_LETTER = rf"[\p{{L}}\p{{N}}--[{CJK}ʼ`´{_UNSEEN}]]"
_WORD = regex.compile(
    rf"(?V1)[{CJK}](?:[{_UNSEEN}]*[{CJK}])*"
    rf"|(?:{_LETTER}|[\p{{M}}--[\u0300-\u036F]])(?:{_LETTER}|\p{{M}}|[{_UNSEEN}]|{_APOSTROPHE})*"
)
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_IS_CJK = regex.compile(rf"[{CJK}]")
_UNSEEN_ONES = regex.compile(rf"[{_UNSEEN}]")
_CLUSTER = regex.compile(r"\X")


class Word(NamedTuple):
    """One word of a text and its half-open place; a `pair` is two characters, or the last one."""

    start: int
    end: int
    text: str
    pair: bool = False


def words_of(text: str) -> list[Word]:
    """The words of a text in the order in which the index numbers their places.

    >>> [word.text for word in words_of("Kim Jong-un’s 首脳会談")]
    ['Kim', 'Jong', 'un', 's', '首脳', '脳会', '会談', '談']
    """
    if text.isascii():
        return [Word(*match.span(), match.group()) for match in _ASCII_WORD.finditer(text)]
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    spans: list[tuple[int, int]] | None = None
    if not unicodedata.is_normalized("NFKC", text):
        text, spans = _normalised(text)
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not _IS_CJK.match(text, start):
            yield _at(spans, start, end, match.group())
            continue
        signs = [i for i in range(start, end) if not _UNSEEN_ONES.match(text[i])]
        for place, sign in enumerate(signs):
            last = signs[min(place + 1, len(signs) - 1)]
            pair = text[sign] + (text[last] if last != sign else "")
            yield _at(spans, sign, last + 1, pair, pair=True)


def _at(
    spans: list[tuple[int, int]] | None, start: int, end: int, text: str, *, pair: bool = False
) -> Word:
    if spans is None:
        return Word(start, end, text, pair)
    return Word(spans[start][0], spans[end - 1][1], text, pair)


def _normalised(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in NFKC, and where what became each of its characters stood."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        normal = unicodedata.normalize("NFKC", match.group())
        letters.append(normal)
        spans += [match.span()] * len(normal)
    return "".join(letters), spans
