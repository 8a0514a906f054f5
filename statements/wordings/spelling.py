"""British and American spellings of a word as one. Pure."""

from functools import lru_cache

import regex

_SPELLINGS = [
    (regex.compile(pattern), to)
    for pattern, to in (
        (r"(?<=\w{3})our(?=s|ed|ing|able|ite|$)", "or"),
        (r"(?<=\w{3})is(?=e[sdr]?$|ing$|ations?$)", "iz"),
        (r"(?<=\w{2})ence$", "ense"),
        (r"(?<=\w{4})mme(?=s?$)", "m"),
        (r"(?<=\w{3})ll(?=ed$|ing$|er$)", "l"),
        (r"(?<=\w{2})tre(?=s?$)", "ter"),
        (r"ё", "е"),
    )
]


@lru_cache(maxsize=32768)
def spelled(word: str) -> str:
    """Return a bare word in the one spelling by which two are compared; it need not be a right one.

    >>> spelled("harbour") == spelled("harbor"), spelled("organised") == spelled("organized")
    (True, True)
    """
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return word
