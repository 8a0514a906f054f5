"""Quotations beside which their speaker stands without any verb: «“…” — Kanda», «Kanda: “…”»."""

from collections.abc import Sequence

from statements.attribution.found import Found
from statements.attribution.noun_phrases import noun_phrase_after
from statements.attribution.sentences import Paragraph, Sentence
from statements.attribution.tags import FINITE_CLASSES
from statements.attribution.tokens import Token
from statements.attribution.words import MONTHS, WEEKDAYS

_DASHES = {"—", "–", "-", "―"}
# What stands before a colon or behind a dash and is nobody: provisions, headings, notes.
_NOBODY = {
    "article", "articles", "clause", "chapter", "paragraph", "section", "resolution", "treaty", "pact",
    "charter", "annex", "note", "update", "correction", "photo", "video", "picture", "image", "watch",
    "read", "related", "source", "sources", "headline", "title", "text", "quote",
} | WEEKDAYS | MONTHS  # fmt: skip
_LONGEST = 16  # tokens of a signature or a label
_FEWEST_WORDS = 2


def beside(sentence: Sentence) -> Found | None:
    """The report of a sentence that is a quotation and a signature, or a label and a quotation."""
    tokens = sentence.tokens
    quotes = [number for number, token in enumerate(tokens) if token.kind == "quote"]
    if not quotes or len(tokens[quotes[0]].text.split()) < _FEWEST_WORDS:
        return None
    first = quotes[0]
    if first == 0 and len(tokens) > 2 and tokens[1].text in _DASHES:
        end = _signature(tokens, 2)
        return Found("Q — S", ((0, 1),), (2, end), (1, 2)) if end else None
    if first > 1 and tokens[first - 1].text == ":" and _only_quotes(tokens[first:]):
        end = noun_phrase_after(tokens, 0)
        if end == first - 1 and _names(tokens[:end]):
            return Found("S: Q", ((first, quotes[-1] + 1),), (0, end), (first - 1, first))
    return None


def signed_below(paragraph: Paragraph) -> list[Token]:
    """The words of a line that only signs the quotation above it: «— Ada Example, envoy»."""
    tokens = paragraph.sentences[0].tokens
    if len(paragraph.sentences) > 1 or len(tokens) < 2 or tokens[0].text not in _DASHES:
        return []
    end = _signature(tokens, 1)
    phrase = list(tokens[1:end]) if end else []
    return phrase if sum(token.capital for token in phrase) > 1 else []


def _signature(tokens: Sequence[Token], start: int) -> int | None:
    """Where the phrase that signs ends; None when more than a name and a title stands there."""
    rest = tokens[start:]
    end = noun_phrase_after(tokens, start)
    clause = any(t.tag in FINITE_CLASSES or t.kind == "quote" for t in rest)
    if end is None or clause or len(rest) > _LONGEST or not _names(tokens[start:end]):
        return None
    return end


def _only_quotes(tokens: Sequence[Token]) -> bool:
    return all(token.kind in {"quote", "mark"} for token in tokens)


def _names(phrase: Sequence[Token]) -> bool:
    """Whether a phrase is somebody's name: in capitals where it begins, and no heading."""
    return phrase[0].capital and not any(token.low in _NOBODY for token in phrase)
