"""What the readers of all languages share: pieces without edges, and quotations that go on."""

from abc import ABC, abstractmethod
from dataclasses import replace

import regex

from statements.attribution.foreign.findings import Finding, Span
from statements.attribution.foreign.passages import Passage, Sentence, stripped
from statements.attribution.foreign.people import Cast

_EDGES = ".,;:!—–-。、"


class Reader(ABC):
    """Reads the passages of one article in reading order; each language has its own `read`."""

    def __init__(self, text: str, language: str, passages: list[Passage], cast: Cast) -> None:
        self.text = text
        self.language = language
        self.cast = cast

    @abstractmethod
    def read(self, passage: Passage) -> list[Finding]:
        """The findings of one passage."""

    def whole_quote(self, sentence: Sentence) -> bool:
        """Whether a sentence is nothing but quotations."""
        return bool(sentence.quotes) and not regex.search(r"\w", sentence.view)

    def goes_on(self, sentence: Sentence, found: list[Finding]) -> list[Finding]:
        """A sentence that is one quotation continues the direct speech before it in `found`.

        At the beginning of a passage it is the last speaker's, and a finding of its own.
        """
        pieces = [quote.span for quote in sentence.quotes]
        if found and found[-1].kind == "direct" and not found[-1].modality:
            last = found[-1]
            found[-1] = replace(last, pieces=(*last.pieces, *pieces))
            return []
        if sentence.end - sentence.start < 25:
            return []
        heard = self.cast.last(None, sentence.paragraph, reach=1)
        if heard is None:
            return []
        return [Finding(tuple(pieces), "direct", "whole quoted paragraph", heard, sure=False)]

    def kind(self, sentence: Sentence, *pieces: Span) -> str:
        """Direct when the pieces are quotations only, mixed when they hold some, else indirect."""
        inside = [q for q in sentence.quotes for a, b in pieces if a <= q.start and q.end <= b]
        if not inside:
            return "indirect"
        words = "".join(
            sentence.view[a - sentence.start : b - sentence.start] for a, b in pieces
        )
        return "mixed" if regex.search(r"\w", words) else "direct"

    def trimmed(self, start: int, end: int) -> Span:
        """A span without white space and punctuation at its edges, but with its ellipses."""
        start, end = stripped(self.text, start, end)
        while (
            end > start and self.text[end - 1] in _EDGES and self.text[end - 3 : end] != "..."
        ):
            end -= 1
        while start < end and (
            self.text[start] in ",;:—–-、 " or self.text[start : start + 2] == ". "
        ):
            start += 1
        return stripped(self.text, start, end)
