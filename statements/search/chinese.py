"""A Chinese name in Pinyin -> how each syllable is written in Cyrillic letters. Pure.

The system is that of Palladius (1888), which Russian and Ukrainian keep to; for Ukrainian with «і»
and «е».
"""

from functools import lru_cache
from itertools import product

import regex

from statements.search.sounding import bare
from statements.search.transcribed import Unit, letters_of

_SYLLABLE = regex.compile(
    r"(?P<before>zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)"
    r"(?P<behind>i?ang|i?ong|uang|eng|ing|i?an|uan|uen|en|in|un|iao|uai|ao|ai|ei|ou|ia|ie|iu"
    r"|ua|uo|ue|ui|er|[aeiou])"
    # A consonant behind it begins the next one where a vowel follows.
    r"(?![aeiou])"
)
_BEFORE = {
    "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г ґ",
    "k": "к", "h": "х", "j": "цз", "q": "ц", "x": "с", "zh": "чж", "ch": "ч", "sh": "ш", "r": "ж",
    "z": "цз", "c": "ц", "s": "с", "": "-",
}  # fmt: skip
_BEHIND = {
    "a": "а", "ai": "ай", "an": "ань", "ang": "ан", "ao": "ао", "e": "э е", "ei": "эй ей",
    "en": "энь ень", "eng": "эн ен", "er": "эр ер", "i": "и і", "ia": "я", "ian": "янь",
    "iang": "ян", "iao": "яо", "ie": "е є", "in": "инь інь", "ing": "ин ін", "iong": "юн",
    "iu": "ю", "o": "о", "ong": "ун", "ou": "оу", "u": "у", "ua": "уа", "uai": "уай",
    "uan": "уань", "uang": "уан", "ue": "юэ юе", "uen": "унь", "ui": "уй уэй", "un": "унь",
    "uo": "о",
}  # fmt: skip
# Behind j, q, x and y the u is another vowel, behind sibilants the i; y and w melt into theirs.
_FRONT = {"u": "юй", "uan": "юань", "ue": "юэ юе", "un": "юнь"}
_HISSED = {
    "zh": "и і",
    "ch": "и і",
    "sh": "и і",
    "r": "и і",
    "z": "ы и",
    "c": "ы и",
    "s": "ы и",
}
_Y = {
    "a": "я", "an": "янь", "ang": "ян", "ao": "яо", "e": "е є", "i": "и і ї", "in": "инь інь",
    "ing": "ин ін", "ong": "юн", "ou": "ю", **_FRONT,
}  # fmt: skip
_W = {
    "a": "ва", "ai": "вай", "an": "вань", "ang": "ван", "ei": "вэй вей", "en": "вэнь вень",
    "eng": "вэн вен", "o": "во", "u": "у",
}  # fmt: skip


def readings(name: str) -> list[list[Unit]]:
    """The one way in which a name of two words is said. None of what Pinyin does not write.

    >>> [len(units) for units in readings("Dao Mingwen")], readings("Ada Lovely")
    ([3], [])
    """
    words = [_units(bare(word)) for word in name.split()]
    if len(words) < 2 or not all(words):
        return []
    return [[unit for word in words for unit in word]]


def _units(word: str) -> list[Unit]:
    """The syllables of a word; none where any part of it is none."""
    units, end = list[Unit](), 0
    for match in _SYLLABLE.finditer(word):
        spellings = _spellings(match["before"], match["behind"])
        if match.start() != end or not spellings:
            return []
        units.append(spellings | {match.group()})
        end = match.end()
    return units if end == len(word) else []


@lru_cache(maxsize=512)
def _spellings(before: str, behind: str) -> Unit:
    if before in {"y", "w"}:
        return frozenset(letters_of((_Y if before == "y" else _W).get(behind, "")))
    table = _BEHIND | (_FRONT if before in {"j", "q", "x"} else {})
    ends = _HISSED[before] if behind == "i" and before in _HISSED else table[behind]
    return frozenset(
        "".join(parts) for parts in product(letters_of(_BEFORE[before]), letters_of(ends))
    )
