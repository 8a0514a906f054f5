"""Where a noun phrase begins and ends that may name a speaker, found by word lists.

Speakers behind a cue («said Bo Sample, the TITLE of …»), credits and issuers of papers are read
so, with their appositions; subjects before a verb are found by word classes in `noun_phrases`.
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

_ATTACHING = {
    "of",
    "for",
    "in",
    "at",
    "from",
    "to",
    "with",
    "on",
    "near",
    "against",
    "under",
    "within",
    "by",
}
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


def phrase_before(tokens: Sequence[Token], end: int) -> int | None:
    """The first token of the noun phrase that ends just before `end`; None when there is none.

    A pronoun is a phrase of its own. Phrases with «of», «for» … before them belong to it, and
    so do the earlier parts of a list of names.
    """
    first = _one_phrase_before(tokens, end)
    joined = first is not None and any(t.low == "and" for t in tokens[first:end])
    while first is not None and first >= 2:
        gap = first - 1
        if tokens[gap].low == "and":
            joined = True
            gap -= 1 if gap > 0 and tokens[gap - 1].text == "," else 0
        elif tokens[gap].text != "," or not joined:
            break
        before = _one_phrase_before(tokens, gap)
        if before is None or not (_named(tokens[before:gap]) and _named(tokens[first:end])):
            break
        first = before
    return first


def _named(tokens: Sequence[Token]) -> bool:
    """Whether a part of a list names somebody: it holds a capital besides its first word."""
    return any(t.capital and t.low not in _DAYS_AND_MONTHS for t in tokens) and not any(
        t.kind == "quote" for t in tokens
    )


def _one_phrase_before(tokens: Sequence[Token], end: int) -> int | None:
    if end <= 0:
        return None
    if tokens[end - 1].low in PRONOUNS and tokens[end - 1].kind == "word":
        return end - 1
    index = end
    while index > 0:
        token, right = tokens[index - 1], tokens[index] if index < end else None
        if is_nominal(token) and not _is_verb(tokens, index - 1, end):
            index -= 1
            continue
        if token.low in DETERMINERS and token.kind == "word" and right is not None:
            index -= 1
            if (
                index > 0
                and tokens[index - 1].low in _ATTACHING
                and _nominal_before(tokens, index - 1)
            ):
                index -= 1
                continue
            if (
                index > 1
                and tokens[index - 1].low == "and"
                and _joins_names(tokens, index - 1, end)
            ):
                index -= 1
                continue
            # «all the», «both the», «his own»
            if index > 0 and tokens[index - 1].low in DETERMINERS:
                index -= 1
            break
        if token.low in _ATTACHING and right is not None and _nominal_before(tokens, index - 1):
            index -= 1
            continue
        if (
            token.low in {"and", ","}
            and right is not None
            and _joins_names(tokens, index - 1, end)
        ):
            index -= 1
            continue
        break
    return index if index < end else None


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


def _nominal_before(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun stands before the preposition at `index`, so that it attaches to it."""
    if index == 0:
        return False
    before = tokens[index - 1]
    return (
        before.kind == "word" and is_nominal(before) and not _is_verb(tokens, index - 1, index)
    )


def _is_verb(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether a lower-case word inside a would-be phrase is a verb rather than a noun."""
    token = tokens[index]
    if token.capital or token.kind != "word" or token.low == "'s":
        return False
    cue = CUE_FORMS.get(token.low)
    if cue is not None:
        if cue.form in {"past", "ing"}:
            return token.low not in TITLE_HEADS
        # «claims», «report»: a noun after a determiner, an adjective or a possessive
        before = tokens[index - 1] if index else None
        return before is None or not (
            before.low in DETERMINERS
            or before.low == "'s"
            or (is_nominal(before) and not before.capital)
        )
    if token.low.endswith("ed") and len(token.low) > 4 and index + 1 < end:
        following = tokens[index + 1]
        # «the deceased seaman» but «met envoys»
        return following.low in DETERMINERS or following.low in PREPOSITIONS
    return False


def _joins_names(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether «and» (or a comma of a list) joins two names: capitals on both sides."""
    if index == 0 or index + 1 >= end:
        return False
    left, right = tokens[index - 1], tokens[index + 1]
    if tokens[index].low == ",":
        rest = [token.low for token in tokens[index + 1 : end]]
        return left.capital and right.capital and "and" in rest and rest[0] not in TITLE_HEADS
    if right.low in DETERMINERS and index + 2 < end:
        right = tokens[index + 2]
        return left.capital and right.capital
    titled = right.low in TITLE_HEADS or right.low in {"incoming", "former", "acting"}
    return left.capital and (right.capital or titled)


def _joins_names_after(tokens: Sequence[Token], index: int) -> bool:
    following = [t for t in tokens[index + 1 : index + 3] if t.low not in DETERMINERS]
    before = tokens[index - 1]
    return bool(following) and before.capital and following[0].capital
