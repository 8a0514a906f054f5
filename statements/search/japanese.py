"""A Japanese name in Latin letters -> how each syllable is written in other systems. Pure.

The register has these names in Chinese characters, which do not say how they are read, and as
Hepburn writes them, which does. From that every other way of writing follows: for Russian the
system of Polivanov (1917: «си», «ти», «дзи» for shi, chi, ji) and what papers write («ши», «чи»,
«джи»), for Ukrainian the same with «і» and «йо», in Latin letters Kunrei («si», «ti», «zi»).
"""

from functools import lru_cache
from itertools import product

import regex

from statements.search.sounding import bare
from statements.search.transcribed import Unit, letters_of

_SYLLABLE = regex.compile(
    r"(?P<before>[kgnhbpmr]y|sh|ch|ts|[kgsztdnhbpmyrwfj]?)(?P<vowel>[aiueo])"
    r"|(?P<closing>n(?![aiueoy])|m(?=[bmp])|k(?=k)|s(?=s)|t(?=t|ch)|p(?=p))"
)
_ALONE = 2  # syllables of a word that is told from others by itself

# Before the vowel: letters with which the plain vowel goes (а у э о), and those with which the
# soft one does (я и ю ё), by Hepburn's.
_PLAIN = {
    "": "-", "k": "k к", "g": "g г ґ", "s": "s с", "z": "z дз з", "t": "t т", "d": "d д",
    "n": "n н", "h": "h х г", "b": "b б", "p": "p п", "m": "m м", "r": "r l р", "w": "w в",
    "f": "f h ф х", "sh": "sh ш", "ch": "ch ч", "ts": "ts tz t ц", "j": "j дж ж", "y": "y й",
    "ky": "ky", "gy": "gy", "ny": "ny", "hy": "hy", "by": "by", "py": "py", "my": "my", "ry": "ry",
}  # fmt: skip
_SOFT = {
    "sh": "с ш щ", "ch": "т ч", "j": "дз дж", "y": "-", "ky": "к", "gy": "г ґ", "ny": "н",
    "hy": "х", "by": "б", "py": "п", "my": "м", "ry": "р",
}  # fmt: skip
# What stands for these before i alone.
_BEFORE_I = {"sh": "s", "ch": "t", "j": "z dj"}
# And before other vowels.
_BEFORE_OTHERS = {"sh": "sy", "ch": "ty", "j": "zy"}
_VOWELS = {
    "a": "a а", "i": "i и і", "u": "u uu у", "e": "e э е", "o": "o oh ou oo о",
}  # fmt: skip
_SOFT_VOWELS = {"a": "я", "i": "и і", "u": "ю", "e": "е є", "o": "ё йо ьо"}
_CLOSING = {
    "n": "n m н нъ нь м",
    "m": "m n м н",
    "k": "k к",
    "s": "s с",
    "t": "t т",
    "p": "p п",
}


def readings(name: str) -> list[tuple[list[Unit], str]]:
    """The ways in which a name is said, each with how the register writes that: whole, its last
    word first, and each word alone that has two syllables. None of what Hepburn does not write.

    >>> [(len(units), shown) for units, shown in readings("Ada Kobo")]
    [(4, 'Ada Kobo'), (4, 'Ada Kobo'), (2, 'Ada'), (2, 'Kobo')]
    """
    words = name.split()
    units = [_units(bare(word)) for word in words]
    if not units or not all(units):
        return []
    whole = [unit for one in units for unit in one]
    turned = [*units[-1], *(unit for one in units[:-1] for unit in one)]
    both = [(whole, name), (turned, name)] if len(words) > 1 else []
    alone = [(one, word) for one, word in zip(units, words, strict=True) if len(one) >= _ALONE]
    return both + alone


def _units(word: str) -> list[Unit]:
    """The syllables of a word; none where any part of it is none."""
    units, end = list[Unit](), 0
    for match in _SYLLABLE.finditer(word):
        if match.start() != end:
            return []
        units.append(_spellings(match["before"] or "", match["vowel"] or match["closing"]))
        end = match.end()
    return units if end == len(word) else []


@lru_cache(maxsize=512)
def _spellings(before: str, sound: str) -> Unit:
    if sound in _CLOSING:
        return frozenset(letters_of(_CLOSING[sound]))
    more = _BEFORE_I if sound == "i" else _BEFORE_OTHERS
    pairs = [
        (_PLAIN[before] + " " + more.get(before, ""), _VOWELS[sound]),
        (_SOFT.get(before, ""), _SOFT_VOWELS[sound]),
    ]
    return frozenset(
        begun + vowel
        for befores, vowels in pairs
        for begun, vowel in product(letters_of(befores), letters_of(vowels))
    )
