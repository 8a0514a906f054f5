"""Whether words deny: by a negation, by a word that refuses, or perhaps by a hidden one. Pure."""

from enum import StrEnum
from functools import lru_cache

from statements.wordings.lexicon import expressions

# Kinds of expressions that deny.
DENYING = ("negation", "refusal", "falsity")


class Polarity(StrEnum):
    """What can be told of words: they deny, they do not, or it cannot be told."""

    NEGATED = "negated"
    PLAIN = "not negated"
    OPEN = ""


def negations(words: str, language: str = "") -> tuple[str, ...]:
    """Return the expressions that deny, casefolded, in reading order.

    >>> negations("We cannot and won’t accept it, not only today", "en")
    ('cannot', "won't")
    >>> negations("받아들일 수 없다", "ko"), negations("That is a lie", "en")
    (('없',), ('lie',))
    """
    return found_of(DENYING, words, language)


def polarity(words: str, language: str) -> Polarity:
    """Return whether words hold a negation; open where another word may hide one.

    >>> polarity("It will not hold.", "en"), polarity("It will hold.", "en")
    (<Polarity.NEGATED: 'negated'>, <Polarity.PLAIN: 'not negated'>)
    >>> polarity("We reject it.", "en"), polarity("Not only we hold it.", "en")
    (<Polarity.OPEN: ''>, <Polarity.PLAIN: 'not negated'>)
    """
    if expressions("negation", language) is None:
        return Polarity.OPEN
    if found_of(("negation",), words, language):
        return Polarity.NEGATED
    known = expressions("hidden", language) is not None
    hidden = found_of(("refusal", "falsity", "hidden"), words, language)
    return Polarity.OPEN if hidden or not known else Polarity.PLAIN


@lru_cache(maxsize=32768)
def found_of(kinds: tuple[str, ...], words: str, language: str) -> tuple[str, ...]:
    """Return the expressions of these kinds in reading order; negations that deny nothing, such
    as «not only», are left out."""
    text = words.casefold().replace("’", "'")
    affirmed = expressions("affirmed", language)
    if affirmed is not None and set(kinds) & set(DENYING):
        text = affirmed.sub(lambda match: " " * len(match.group()), text)
    found = {
        (match.start(), match.group())
        for kind in kinds
        if (pattern := expressions(kind, language)) is not None
        for match in pattern.finditer(text)
    }
    return tuple(expression for _, expression in sorted(found))
