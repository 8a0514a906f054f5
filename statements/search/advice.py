"""What of a typed line means less than it seems to -> what was made of it, what to write instead.

Only what readers of other searches use and what has no meaning here; everything else is silent.
"""

from collections.abc import Iterator, Sequence

import regex

from statements.search.chunks import parts, terms
from statements.search.words import NOT, Branch, Token, is_operator, is_or

_BRACKET = regex.compile(r"[()（）]")
_STAR = regex.compile(r"[*＊]")
# A star with more of a word behind it.
_STAR_WITHIN = regex.compile(r"[*＊]+(?=.*[\p{L}\p{N}])", regex.DOTALL)


def advice(line: str, branches: Sequence[Branch]) -> tuple[str, ...]:
    """A sentence or two for each thing in a line; `branches` are what was made of the line.

    >>> from statements.search.words import parse
    >>> advice("*orn", parse("*orn"))
    ('A star stands for any ending alone: «*orn» was searched as «orn». Write the beginning of the word and a star, such as «prosper*».',)
    """
    typed = list(terms(line))
    return (
        *_of_nothing(typed, branches),
        *_of_brackets(typed, branches),
        *_of_or(typed),
        *_of_stars(branches),
    )


def _of_nothing(typed: Sequence[str], branches: Sequence[Branch]) -> Iterator[str]:
    """Signs alone."""
    looked_for = any(branch.wanted or branch.unwanted for branch in branches)
    if typed and not looked_for and not any(map(is_or, typed)):
        yield "There is no word in what was typed, so it narrows nothing."


def _of_brackets(typed: Sequence[str], branches: Sequence[Branch]) -> Iterator[str]:
    """Brackets that seem to group alternatives, or words to be left out."""
    negated = any(
        _has_bracket(one) and (one.startswith("-") or NOT in typed[max(place - 1, 0) : place])
        for place, one in enumerate(typed)
    )
    if negated or (any(map(_has_bracket, typed)) and any(map(is_or, typed))):
        yield (
            f"Brackets group nothing: this was read as {_told(branches)}. "
            "Write what alternatives share beside each of them, such as «treaty grain OR pact "
            "grain», and a minus before each word to be left out."
        )


def _has_bracket(chunk: str) -> bool:
    return any(not in_quotes and _BRACKET.search(text) for text, in_quotes in parts(chunk))


def _of_or(typed: Sequence[str]) -> Iterator[str]:
    """An OR without words on both sides; in small letters it is a word there."""
    if any(is_or(one) and is_operator(one) for one in (*typed[:1], *typed[-1:])):
        yield (
            "OR stands between words, and here it was left out: filters always narrow. Values of "
            "one filter widen it, such as «lang:ko lang:ja»."
        )


def _of_stars(branches: Sequence[Branch]) -> Iterator[str]:
    tokens = [token for one in branches for token in (*one.wanted, *one.unwanted)]
    for text in dict.fromkeys(token.text for token in tokens):
        if _STAR_WITHIN.search(text):
            words = " ".join(_STAR.sub(" ", text).split())
            yield (
                f"A star stands for any ending alone: «{text}» was searched as «{words}». "
                "Write the beginning of the word and a star, such as «prosper*»."
            )


def _told(branches: Sequence[Branch]) -> str:
    """What was made of a line, in words: «grain» and not «pact», or «treaty»."""
    return ", or ".join(
        " and ".join(
            [f"«{_bare(one)}»" for one in branch.wanted]
            + [f"not «{_bare(one)}»" for one in branch.unwanted]
        )
        for branch in branches
    )


def _bare(token: Token) -> str:
    bare = _BRACKET.sub(" ", token.text).strip()
    return f"{bare}*" if token.prefix else bare
