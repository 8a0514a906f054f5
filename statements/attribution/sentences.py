"""Paragraphs and sentences; a sentence is a list of tokens that quotes are part of."""

from dataclasses import dataclass

import regex

from statements.attribution.marks import Quote, find_quotes, has_double_marks
from statements.attribution.tags import tagged
from statements.attribution.tokens import Token, tokenise
from statements.attribution.words import (
    CONJUNCTIONS,
    CUE_FORMS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE_ONLY,
    RELATIVES,
)

_INSIDE = {"word", "number"}  # kinds of tokens that end no sentence unless they are shortened
_STOPS = {".", "!", "?", "…", "。", "！", "？"}
_CUE_WORDS = CUE_FORMS.keys() | QUOTE_ONLY
_STARTERS = DETERMINERS | PRONOUNS | CONJUNCTIONS | PREPOSITIONS | RELATIVES
_CLAUSE_WORDS = {"on", "in", "at", "but", "and", "after"}
_DATELINE = regex.compile(
    r"\p{Lu}{2}[\p{Lu}.'’-]+(?:[ ,]+\p{Lu}[\p{L}.'’-]*){0,6}(?:,? \d{1,2})?(?: \(\p{Lu}[\p{L} /]+\))?"
    r" ?(?:—|–|--?) (?=[\p{Lu}“\"‘«])"
)
_LONGEST_HEADLINE = 200  # characters
_LONG, _LONGEST = 250, 400  # tokens of a sentence
_LONGEST_ASIDE = 30  # tokens in which the cue of «Kanda, who …, asked» is looked for


@dataclass(frozen=True)
class Sentence:
    """The tokens of one sentence, each with its word class, and the number of its paragraph."""

    tokens: list[Token]
    paragraph: int

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


@dataclass(frozen=True)
class Paragraph:
    """One line of text: its place, its quotes, its sentences."""

    number: int
    start: int
    end: int
    quotes: list[Quote]
    sentences: list[Sentence]

    @property
    def left_open(self) -> bool:
        """Whether its last quotation does not close."""
        return bool(self.quotes) and self.quotes[-1].open_ended


def find_paragraphs(text: str, *, single: bool = False) -> list[Paragraph]:
    """Cut a text at its line feeds and each paragraph into sentences. Empty lines are left out."""
    paragraphs: list[Paragraph] = []
    position = 0
    for line in text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if not line.strip():
            continue
        start += len(line) - len(line.lstrip())
        end = start + len(line.strip())
        begun = bool(paragraphs and paragraphs[-1].left_open)
        alone = single or _is_headline(text, start, end)
        quotes = find_quotes(text, start, end, single=alone, begun=begun)
        number = len(paragraphs)
        sentences = [
            Sentence(tagged(part), number)
            for first, last in _dateline(text, start, end)
            for part in _split(_tokens(text, first, last, quotes))
        ]
        paragraphs.append(Paragraph(number, start, end, quotes, sentences))
    return paragraphs


def _is_headline(text: str, start: int, end: int) -> bool:
    """Whether a line is short and ends without a stop: headlines quote with single marks."""
    if end - start > _LONGEST_HEADLINE or has_double_marks(text, start, end):
        return False
    return text[start:end].rstrip("’'")[-1:] not in _STOPS | {":"}


def _dateline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraph, with «STRELSAU, Feb. 2 (RNA) —» at its front cut off."""
    match = _DATELINE.match(text, start, min(end, start + 100))
    cut = match.end() if match and match.end() < end else start
    return [(first, last) for first, last in ((start, cut), (cut, end)) if first < last]


def _tokens(text: str, start: int, end: int, quotes: list[Quote]) -> list[Token]:
    within = [quote for quote in quotes if start <= quote.start and quote.end <= end]
    return tokenise(text, start, end, within)


def _split(tokens: list[Token]) -> list[list[Token]]:
    sentences: list[list[Token]] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        current.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None:
            break
        plain = token.kind in _INSIDE and not token.shortened
        ended = not plain and _ends(current, token, following, tokens, index)
        if ended or _too_long(current):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return sentences


def _too_long(current: list[Token]) -> bool:
    """Whether what was gathered is no sentence of prose; lists of a treaty end at a semicolon.

    The frames look at all pairs of words of a sentence, so its length must have a limit.
    """
    return len(current) > _LONG and (current[-1].text == ";" or len(current) > _LONGEST)


def _ends(
    current: list[Token], token: Token, following: Token, tokens: list[Token], index: int
) -> bool:
    if token.kind == "quote":
        return _quote_ends(current, token, following, tokens, index)
    if token.shortened:
        return _begins(following)
    if token.text in {")", "]"} and len(current) > 1 and current[-2].text in _STOPS:
        return following.capital or following.kind == "quote"
    if token.text not in _STOPS:
        return False
    if following.kind == "mark":
        return following.text in "([—•–"
    return following.kind != "word" or not following.text[:1].islower()


def _begins(following: Token) -> bool:
    """Whether a sentence begins behind an abbreviation: «… at 3 p.m. The», «… in the U.S. “We”»."""
    if following.kind == "quote":
        words = following.text.split()
        return len(words) > 3 and following.text.lstrip("“'‘[. …")[:1].isupper()
    return following.capital and following.low in _STARTERS


def _quote_ends(
    current: list[Token], token: Token, following: Token, tokens: list[Token], index: int
) -> bool:
    """Whether a sentence ends with this quote: it holds the stop, and no attribution follows."""
    inside = token.text.rstrip("”\"’'»」』“ ]")[-1:]
    if inside not in _STOPS:
        return False
    if following.kind == "quote":
        return True
    if following.kind != "word" or not (following.capital or following.kind == "number"):
        return False
    begins = all(t.kind == "quote" or t.kind == "mark" for t in current[:-1])
    return not begins or not _attributed(tokens, index + 1, plain=inside == ".")


def _attributed(tokens: list[Token], index: int, *, plain: bool) -> bool:
    """Whether «Kanda asked» or «Kanda, the envoy, asked on Friday» begins at a token.

    Behind a `plain` stop it must be all of the sentence. Only names, titles and asides stand
    between quote and cue.
    """
    aside = False
    for later in range(index, min(len(tokens), index + _LONGEST_ASIDE)):
        token = tokens[later]
        if token.text in _STOPS or token.text in {":", ";"}:
            return False
        if token.low in _CUE_WORDS and not aside and later > index:
            return _nothing_more(tokens, later + 1, plain=plain)
        if not plain and not aside and later > index and _verb_at_the_end(tokens, later):
            return True
        if token.text in {",", "(", ")"}:
            aside = (not aside) if token.text == "," else token.text == "("
        elif not aside and (
            token.kind not in {"word", "number"}
            or token.low in _CLAUSE_WORDS
            or token.low in FINITE
            or later >= index + 8
        ):
            return False
    return False


def _verb_at_the_end(tokens: list[Token], index: int) -> bool:
    """«“Will they stay?” Kanda pressed.»"""
    following = tokens[index + 1].text if index + 1 < len(tokens) else "."
    token = tokens[index]
    return token.low.endswith("ed") and not token.capital and following in _STOPS | {","}


def _nothing_more(tokens: list[Token], index: int, *, plain: bool) -> bool:
    """Whether an attribution ends its sentence behind the cue, or only introduces words."""
    rest = tokens[index : index + 8]
    if not plain:
        return not rest or not (rest[0].low in {"that", ":"} or rest[0].kind == "quote")
    for token in rest:
        if token.text in _STOPS:
            return True
        if (
            token.kind == "quote"
            or token.text == ":"
            or token.low in FINITE
            or token.low == "that"
        ):
            return False
        if token.low in PRONOUNS or token.low in CUE_FORMS:
            return False
    return len(rest) < 8
