"""The rules of the attribution in words, for people who ask why something was found."""

import regex

from statements.attribution.words import read_table

RULES = {row["rule"]: row["words"] for row in read_table("rules.csv")}
_OF_A_LANGUAGE = regex.compile(r"^[a-z]{2,3}: ")


def rule_in_words(rule: str) -> str:
    """Return what a rule looks for, as one sentence; '' for one that is not known (any more).

    Rules of one language are named with its code in front and share their sentence. The
    sentences are our own (`lexicon/rules.csv`).

    >>> rule_in_words("transcript turn")
    'A turn of a transcript stands behind a label that names its speaker.'
    >>> rule_in_words("ko: S Q C") == rule_in_words("ja: S Q C")
    True
    >>> rule_in_words("frames of long ago")
    ''
    """
    return RULES.get(rule) or RULES.get(_OF_A_LANGUAGE.sub("", rule), "")
