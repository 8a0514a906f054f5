"""Paragraphs and sentences; a sentence is a list of tokens that quotes are part of."""

from dataclasses import dataclass

from statements.attribution.marks import Quote, find_quotes
from statements.attribution.tokens import Token, tokenise
from statements.attribution.words import CUE_FORMS


@dataclass(frozen=True)
class Sentence:
    """The tokens of one sentence and the number of its paragraph."""

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
        quotes = find_quotes(text, start, end, single=single, begun=begun)
        number = len(paragraphs)
        tokens = tokenise(text, start, end, quotes)
        sentences = [Sentence(part, number) for part in _split(tokens)]
        paragraphs.append(Paragraph(number, start, end, quotes, sentences))
    return paragraphs


def _split(tokens: list[Token]) -> list[list[Token]]:
    sentences: list[list[Token]] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        current.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None:
            break
        if _ends(current, token, following, tokens, index):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return sentences


def _ends(
    current: list[Token], token: Token, following: Token, tokens: list[Token], index: int
) -> bool:
    if token.kind == "quote":
        return _quote_ends(current, token, following, tokens, index)
    if token.text not in {".", "!", "?", "…", "。", "！", "？"}:
        return False
    if following.kind == "mark":
        return following.text in "([—•" or following.text in {"–"}
    return (
        following.kind != "word"
        or following.capital
        or following.text[:1].isalpha() is False
        or not following.text[:1].islower()
    )


def _quote_ends(
    current: list[Token], token: Token, following: Token, tokens: list[Token], index: int
) -> bool:
    """Whether a sentence ends with this quote: it holds the stop, and no attribution follows."""
    quote = token.quote
    assert quote is not None
    inside = token.text.rstrip("”\"’'»」』“ ]")[-1:]
    if inside not in {".", "!", "?", "…", "。"}:
        return False
    if following.kind == "quote":
        return True
    if following.kind != "word" or not (following.capital or following.kind == "number"):
        return False
    begins = all(t.kind == "quote" or t.kind == "mark" for t in current[:-1])
    if not begins:
        return True
    # “…?” Kanda asked. Only names stand between the quote and the cue.
    for later in tokens[index + 1 : index + 8]:
        if later.low in CUE_FORMS:
            rest = [t.low for t in tokens[tokens.index(later) + 1 : tokens.index(later) + 3]]
            return inside == "." and rest[:1] != ["."]
        if later.kind != "word" or (later.low in {"on", "in", "at", "but", "and", "after"}):
            return True
    return True
