"""When two reports print the same words. Pure."""

import hashlib
import unicodedata

import regex
from rapidfuzz import fuzz

_INSERTION = regex.compile(r"\[[^\[\]]{0,200}\]")
_NOT_WORD = regex.compile(r"[^\p{L}\p{N}]+")

# Fewer words than these are too common to be told apart by likeness alone.
_ENOUGH_WORDS = 6
_ALIKE = 92  # per cent, rapidfuzz's normalised edit similarity over the folded words


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

    One of them stands in the other word for word, or they differ by a few letters; both only
    from six words on (or twelve characters where words are not spaced).
    """
    one, other = folded(first), folded(second)
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter.split()) < _ENOUGH_WORDS and not _unspaced(shorter):
        return False
    return f" {shorter} " in f" {longer} " or fuzz.ratio(one, other) >= _ALIKE


def likeness(first: str, second: str) -> int:
    """How alike two wordings are, in per cent; one within the other counts as alike.

    >>> likeness("We watch with concern.", "with concern") > 90
    True
    """
    return round(fuzz.token_set_ratio(folded(first), folded(second)))


def _unspaced(text: str) -> bool:
    """Whether this is a long enough wording in a script that puts no spaces between words."""
    return len(text) >= 12 and bool(regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}]{6}", text))
