"""Names of things as texts inflect and space them. Pure.

Russian and Ukrainian nouns and adjectives change their endings with the case, Korean leaves out
spaces and middle dots, and the Latin script writes «mutual-defence» and «mutual defence».
"""

from collections import defaultdict
from collections.abc import Iterable

import regex

# Endings of Russian and Ukrainian nouns and adjectives, longest first.
_ENDING = regex.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ием|иях|ией|ое|ее|ая|яя|ую|юю|ые|ие|ый|ий|ой|ей|ым|им|ом|"
    r"ем|ых|их|ах|ях|ам|ям|ов|ев|ью|ия|ию|ии|а|я|о|е|ё|и|ы|у|ю|ь|й|і|ї)$"
)
_CYRILLIC = regex.compile(r"^\p{Cyrillic}+$")
_CJK = regex.compile(r"[\p{Hangul}\p{Han}\p{Hiragana}\p{Katakana}]")
_APART = regex.compile(r"[\s\u00a0–-]+")
_GAP = regex.compile(r"[\s·・‧ㆍ-]")
_LATIN_OR_CYRILLIC = r"\p{Latin}\p{Cyrillic}\d"
_SHORTEST_STEM = 3


def fold(name: str) -> str:
    """Lower case, one space, one apostrophe, and «е» for «ё»."""
    spaced: str = regex.sub(r"\s+", " ", name).replace("’", "'")
    return spaced.casefold().replace("ё", "е")


class NameForms:
    """Finds names, each in all the forms that texts print it in.

    >>> forms = NameForms(["договор о стратегическом партнерстве", "북러 조약"])
    >>> [name for *_, name in forms.find("Статья 4 Договора о стратегическом партнёрстве")]
    ['договор о стратегическом партнерстве']
    >>> [name for *_, name in forms.find("새 북-러조약에 대해")]
    ['북러 조약']
    """

    def __init__(self, names: Iterable[str]) -> None:
        """`names` are kept as they are given, so that `find` can answer with them."""
        self._patterns: dict[str, list[tuple[regex.Pattern[str], str]]] = defaultdict(list)
        for name in dict.fromkeys(names):
            pattern = regex.compile(_form(name), regex.IGNORECASE)
            self._patterns[_anchor(name)].append((pattern, name))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return where names stand in a text: start, end, name; of those that overlap the
        first, and the longest of those that begin together."""
        # Most texts hold none of the names: looking for a piece of each is fast.
        folded = fold(text)
        found = [
            (*match.span(), name)
            for anchor, patterns in self._patterns.items()
            if anchor in folded
            for pattern, name in patterns
            for match in pattern.finditer(text)
        ]
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        apart: list[tuple[int, int, str]] = []
        for hit in found:
            if not apart or hit[0] >= apart[-1][1]:
                apart.append(hit)
        return apart


def _anchor(name: str) -> str:
    """A piece of a name that every form of it holds, folded."""
    if _CJK.search(name):
        bare: str = _GAP.sub("", fold(name))
        return bare[-2:]
    words = [_stem(word) for word in _APART.split(fold(name)) if word]
    return max(words, key=len, default="")


def _form(name: str) -> str:
    if _CJK.search(name):
        return _spaced_anyhow(name)
    words = [_word(word) for word in _APART.split(name) if word]
    body = r"[\s\u00a0–-]+".join(words)
    return rf"(?<![{_LATIN_OR_CYRILLIC}]){body}(?![{_LATIN_OR_CYRILLIC}])"


def _word(word: str) -> str:
    """One word with any ending of its case, or as it stands."""
    if _inflects(word):
        return rf"{_either_e(_stem(word))}\p{{Cyrillic}}{{0,4}}"
    return _either_e(regex.escape(word).replace("'", "['’]"))


def _inflects(word: str) -> bool:
    return len(word) > _SHORTEST_STEM and _CYRILLIC.match(word) is not None


def _stem(word: str) -> str:
    """A Cyrillic word without the ending of its case; others as they are."""
    stem: str = _ENDING.sub("", word) if _inflects(word) else word
    return stem if len(stem) >= _SHORTEST_STEM else word


def _either_e(word: str) -> str:
    return word.replace("ё", "е").replace("е", "[её]")


def _spaced_anyhow(name: str) -> str:
    """Characters of Korean, Chinese and Japanese with or without spaces and dots between."""
    return r"[\s·・‧ㆍ-]?".join(map(regex.escape, _GAP.sub("", name)))
