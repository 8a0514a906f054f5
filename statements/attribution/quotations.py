"""Quotations as what was said, told from names of works and from words in passing."""

from collections.abc import Sequence

from statements.attribution.finite import content_end
from statements.attribution.tags import Tag
from statements.attribution.tokens import Token

_SMALL = {"the", "a", "an", "of", "with", "and", "in", "for", "to", "on"}


_WORKS = {
    "show",
    "programme",
    "program",
    "podcast",
    "series",
    "book",
    "film",
    "column",
    "op-ed",
}


_SHORT_QUOTATION = 3  # words


def quotation_end(tokens: Sequence[Token], index: int, limit: int) -> int | None:
    """The token behind a quotation that is all that was said, from `index` on; None if it is not.

    «said “…” and “…”», «said “…,” while speaking in Tokyo».
    """
    k = index
    while k < limit and tokens[k].kind == "quote":
        after = k + 1
        if after >= content_end(tokens, limit):
            return after
        following = tokens[after + 1] if after + 1 < limit else None
        if (
            (tokens[after].text == "," or tokens[after].low in {"and", "but"})
            and following is not None
            and following.kind == "quote"
        ):
            k = after + 1
            continue
        if len(tokens[k].text.split()) <= _SHORT_QUOTATION:
            return None
        closed = tokens[k].text[:-1].rstrip()[-1:] in {",", ".", "!", "?"}
        adjunct = tokens[after].text == "," or tokens[after].low in {
            "while", "during", "in", "at", "on", "when", "after", "before", "as", "to",
        }  # fmt: skip
        return after if closed or (adjunct and tokens[after].text == ",") else None
    return None


def is_title(tokens: Sequence[Token], index: int) -> bool:
    """Whether the quotation is the name of a programme or a work: «on Example's “Today Live”»."""
    words = tokens[index].text.strip("“”\"'‘’ ").split()
    names = all(word[:1].isupper() or word.lower() in _SMALL for word in words)
    before = tokens[index - 1] if index else None
    return (
        before is not None
        and 0 < len(words) <= 6
        and names
        and (before.tag in {Tag.POSSESSIVE, Tag.PREPOSITION} or before.low in _WORKS)
    )
