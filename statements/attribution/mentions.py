"""Where a noun phrase ends that may name a speaker, found by word lists.

Speakers behind a cue («said Bo Sample, the TITLE of …») and credits are read so, with their
appositions; subjects before a verb are found by word classes in `noun_phrases`.
"""

from collections.abc import Sequence

from statements.attribution.tokens import Token
from statements.attribution.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    CUE_FORMS,
    DETERMINERS,
    FINITE,
    INSTITUTION_WORDS,
    MONTHS,
    NEGATIONS,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TITLE_HEADS,
    WEEKDAYS,
)

_NOT_NOMINAL = (
    PRONOUNS | AUXILIARIES | ADVERBS | CONJUNCTIONS | PREPOSITIONS | RELATIVES | NEGATIONS
)
NOT_NAMES = INSTITUTION_WORDS | PLACES
_PARTICIPLES = {form for form, cue in CUE_FORMS.items() if cue.form == "ing"} | {"quoting"}
_DAYS_AND_MONTHS = WEEKDAYS | MONTHS
CAPITAL_NON_NAMES = _PARTICIPLES | _DAYS_AND_MONTHS | _NOT_NOMINAL | DETERMINERS


# Nouns, and adjectives of nouns, that end like an adverb.
_LY_NOUNS = {
    "daily", "weekly", "monthly", "family", "assembly", "supply", "anomaly", "monopoly", "early",
}  # fmt: skip


def is_nominal(token: Token) -> bool:
    """Whether the token may stand inside a noun phrase."""
    if token.kind == "number":
        return True
    if token.kind != "word":
        return token.text in {"&", "-", "/"}
    if token.low in _NOT_NOMINAL or token.low in DETERMINERS:
        return False
    if token.capital:
        return token.low not in WEEKDAYS
    if token.low == "'s":
        return True
    if token.low in FINITE:
        return False
    return not (token.low.endswith("ly") and len(token.low) > 4) or token.low in _LY_NOUNS


def phrase_after(tokens: Sequence[Token], start: int) -> int | None:
    """The token after the noun phrase that begins at `start`; None when there is none.

    Appositions and relative clauses after an inverted attribution belong to it.
    """
    if start >= len(tokens):
        return None
    if tokens[start].low in PRONOUNS:
        return start + 1
    index = start
    while index < len(tokens) and tokens[index].low in DETERMINERS:
        index += 1
    first = index
    while index < len(tokens):
        token = tokens[index]
        if is_nominal(token) and not (
            token.low in CUE_FORMS
            and not token.capital
            and index > first
            and CUE_FORMS[token.low].form in {"ing"}
        ):
            index += 1
            continue
        if (
            token.low in {"of", "for", "to", "at", "in", "from", "de"}
            and index > first
            and index + 1 < len(tokens)
            and (
                is_nominal(tokens[index + 1])
                or tokens[index + 1].low in {"the", "a", "an", "its", "his", "her", "their"}
            )
            and tokens[index + 1].low not in WEEKDAYS
            and (token.low in {"of", "for", "de"} or _title_in(tokens[start:index]))
        ):
            index += 1
            while index < len(tokens) and tokens[index].low in DETERMINERS:
                index += 1
            continue
        if token.low == "and" and _joins_names_after(tokens, index):
            index += 1
            while index < len(tokens) and tokens[index].low in DETERMINERS:
                index += 1
            continue
        if (
            token.low == ","
            and index > first
            and (
                _apposition_after(tokens, index)
                or (_title_in(tokens[start:index]) and _name_after(tokens, index))
            )
        ):
            index += 1
            while index < len(tokens) and tokens[index].low in DETERMINERS | {"former"}:
                index += 1
            continue
        break
    return index if index > first else None


def _name_after(tokens: Sequence[Token], comma: int) -> bool:
    """Whether a name of two capitals or more follows, as in «the minister, Ada Example»."""
    following = tokens[comma + 1 : comma + 3]
    return len(following) == 2 and all(
        t.capital and t.low not in CAPITAL_NON_NAMES and t.low not in NOT_NAMES
        for t in following
    )


def _apposition_after(tokens: Sequence[Token], comma: int) -> bool:
    """Whether «, the TITLE …» follows, which belongs to the name before it."""
    following = tokens[comma + 1 : comma + 6]
    if not following:
        return False
    words = [t.low for t in following]
    starts = (
        following[0].low in DETERMINERS
        or following[0].low in {"former"}
        or following[0].low in TITLE_HEADS
    )
    following_title = any(word in TITLE_HEADS for word in words)
    return (starts or following[0].capital) and following_title


def _title_in(tokens: Sequence[Token]) -> bool:
    return any(token.low in TITLE_HEADS for token in tokens)


def _joins_names_after(tokens: Sequence[Token], index: int) -> bool:
    following = [t for t in tokens[index + 1 : index + 3] if t.low not in DETERMINERS]
    before = tokens[index - 1]
    return bool(following) and before.capital and following[0].capital
