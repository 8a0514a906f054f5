"""The bare words of a report, by which the same words are found again. Pure."""

import hashlib
import unicodedata
from functools import lru_cache

import regex

_INSERTION = regex.compile(r"\[[^\[\]]{0,200}\]")
_NOT_WORD = regex.compile(r"[^\p{L}\p{N}]+")


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """Return the bare words: case, marks, accents and bracketed insertions do not count.

    >>> folded("We watch [the talks] with “concern”,")
    'we watch with concern'
    """
    text = unicodedata.normalize("NFKC", _INSERTION.sub(" ", words)).casefold()
    bare: str = _NOT_WORD.sub(" ", text)
    return bare.strip()


def fingerprint(words: str) -> str:
    """Return the sha256, in hex, of the folded words: equal for the same words.

    >>> fingerprint("“Yes.”") == fingerprint("yes")
    True
    """
    return hashlib.sha256(folded(words).encode()).hexdigest()
