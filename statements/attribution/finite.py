"""Whether a stretch of words is a clause, and where it ends."""

from collections.abc import Sequence

import regex

from statements.attribution.noun_phrases import subject_before
from statements.attribution.tags import FINITE_CLASSES, Tag
from statements.attribution.tokens import Token

_LENGTH = regex.compile(r"\d{1,2}(?::\d{2}){1,2}")


def main_clause_at(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a subject and its finite verb begin at `index`."""
    start = index
    while start < limit and tokens[start].tag == Tag.ADVERB:
        start += 1
    relative = False
    for k in range(start, min(limit, start + 30)):
        token = tokens[k]
        if token.tag in {Tag.RELATIVE, Tag.THAT} and k > start:
            relative = True
        elif token.tag in FINITE_CLASSES and k > start:
            subject_end = k
            while subject_end > start and tokens[subject_end - 1].tag == Tag.ADVERB:
                subject_end -= 1
            if relative and tokens[subject_end - 1].tag in {Tag.RELATIVE, Tag.THAT}:
                continue
            first = subject_before(tokens, subject_end, start)
            if first is not None and first <= start:
                return True
            if not relative:
                return False
        elif token.text in {";", ":"}:
            return False
    return False


def has_verb(tokens: Sequence[Token], start: int, limit: int) -> bool:
    """Whether a finite verb stands in the stretch, so that it is a clause."""
    return any(
        token.tag in FINITE_CLASSES or (token.kind == "quote" and len(token.text.split()) > 1)
        for token in tokens[start:limit]
    )


def content_end(tokens: Sequence[Token], limit: int) -> int:
    """The end of the content: without the sentence's last stop.

    The length of a video, which pages print right behind a title («…'01:25»), is no part either.
    """
    end = limit
    if end > 1 and tokens[end - 1].start == tokens[end - 2].end:
        end -= _LENGTH.fullmatch(tokens[end - 1].text) is not None
    while (
        end > 0
        and tokens[end - 1].kind == "mark"
        and tokens[end - 1].text in {".", ",", ";", "!", "?", "—", "–", ":"}
    ):
        end -= 1
    return end
