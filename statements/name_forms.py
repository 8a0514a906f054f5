"""Names of things as texts inflect and space them: one pattern for all names of a register. Pure.

Russian and Ukrainian nouns and adjectives change their endings with the case, Korean leaves out
spaces and middle dots, and the Latin script writes «mutual-defence» and «mutual defence».
"""

from collections.abc import Sequence

import regex

# Endings of Russian and Ukrainian nouns and adjectives, longest first.
_ENDING = regex.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ием|иях|ией|ое|ее|ая|яя|ую|юю|ые|ие|ый|ий|ой|ей|ым|им|ом|"
    r"ем|ых|их|ах|ях|ам|ям|ов|ев|ью|ия|ию|ии|а|я|о|е|ё|и|ы|у|ю|ь|й|і|ї)$"
)
_CYRILLIC = regex.compile(r"^\p{Cyrillic}+$")
_CJK = regex.compile(r"[\p{Hangul}\p{Han}\p{Hiragana}\p{Katakana}]")
_LATIN_OR_CYRILLIC = r"\p{Latin}\p{Cyrillic}\d"
_SHORTEST_STEM = 3


def fold(name: str) -> str:
    """Lower case, one space, one apostrophe, and «е» for «ё»."""
    spaced: str = regex.sub(r"\s+", " ", name).replace("’", "'")
    return spaced.casefold().replace("ё", "е")


def name_pattern(names: Sequence[str]) -> "regex.Pattern[str] | None":
    """Return a pattern whose group n matches name n as texts print it; None without names.

    Where names begin alike the first of them wins, so the longer ones should stand first.

    >>> pattern = name_pattern(["договор о всеобъемлющем стратегическом партнерстве"])
    >>> bool(pattern.search("Статья 4 Договора о всеобъемлющем стратегическом партнёрстве"))
    True
    >>> bool(name_pattern(["북러 조약"]).search("새 북-러조약에 대해"))
    True
    """
    if not names:
        return None
    return regex.compile("|".join(f"({_form(name)})" for name in names), regex.IGNORECASE)


def _form(name: str) -> str:
    if _CJK.search(name):
        return _spaced_anyhow(name)
    words = [_word(word) for word in regex.split(r"[\s\u00a0-]+", name) if word]
    body = r"[\s\u00a0–-]+".join(words)
    return rf"(?<![{_LATIN_OR_CYRILLIC}]){body}(?![{_LATIN_OR_CYRILLIC}])"


def _word(word: str) -> str:
    """One word with any ending of its case, or as it stands."""
    if _CYRILLIC.match(word) and len(word) > _SHORTEST_STEM:
        stem = _ENDING.sub("", word)
        if len(stem) >= _SHORTEST_STEM:
            return rf"{_either_e(stem)}\p{{Cyrillic}}{{0,4}}"
    return _either_e(regex.escape(word).replace("'", "['’]"))


def _either_e(word: str) -> str:
    return word.replace("ё", "е").replace("е", "[её]")


def _spaced_anyhow(name: str) -> str:
    """Characters of Korean, Chinese and Japanese with or without spaces and dots between."""
    gaps = {" ", "·", "・", "-", "‧", "ㆍ"}
    parts = []
    for char in name:
        if char in gaps:
            continue
        parts.append(regex.escape(char))
    gap = r"[\s·・‧ㆍ-]?"
    return gap.join(parts)
