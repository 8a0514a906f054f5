"""When two reports print the same words. Pure."""

import hashlib
import unicodedata
from functools import lru_cache

import regex
from rapidfuzz import fuzz

_INSERTION = regex.compile(r"\[[^\[\]]{0,200}\]")
_NOT_WORD = regex.compile(r"[^\p{L}\p{N}]+")

# Fewer words than these are too common to be told apart by likeness alone.
_ENOUGH_WORDS = 6
_ALIKE = 75  # per cent, rapidfuzz's normalised edit similarity of two spellings of a word


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


def same_words(first: str, second: str) -> bool:
    """Whether two wordings are one, in whole or in part.

    One of them stands in the other word for word, or they differ only in how words are
    spelled; both only from six words on (or twelve characters where words are not spaced).
    A number, a «not» or any other word more or less makes two statements.

    >>> same_words("the pact would not harm anybody at all", "the pact would harm anybody at all")
    False
    """
    one, other = folded(first), folded(second)
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter.split()) < _ENOUGH_WORDS and not _unspaced(shorter):
        return False
    return f" {shorter} " in f" {longer} " or _spelled_alike(one.split(), other.split())


def _spelled_alike(one: list[str], other: list[str]) -> bool:
    """Whether the words are the same in order, but for spelling."""
    return len(one) == len(other) and all(
        a == b
        or (
            a.isalpha()
            and b.isalpha()
            and min(len(a), len(b)) > 3
            and fuzz.ratio(a, b) >= _ALIKE
        )
        for a, b in zip(one, other, strict=True)
    )


def _unspaced(text: str) -> bool:
    """Whether this is a long enough wording in a script that puts no spaces between words."""
    return len(text) >= 12 and bool(regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}]{6}", text))
