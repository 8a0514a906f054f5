"""Words, numbers and punctuation with their offsets; a quoted passage is one token."""

from dataclasses import dataclass

import regex

from statements.attribution.marks import Quote

_TOKEN = regex.compile(
    r"(?P<abbreviation>(?:\p{Lu}\.){2,}|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Amb|Sen|"
    r"Rep|Gov|Rev|Hon|Sr|Jr|St|No|Art|Sec|Pres|vs|Cmdr|Brig|Msgr|Supt)\.)"
    r"|(?P<initial>\p{Lu}\.)(?=\s+\p{Lu})"
    r"|(?P<number>\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?%?)"
    r"|(?P<word>[\p{L}\p{M}]+(?:(?:[-‐]|[’'](?!\d))[\p{L}\p{M}\d]+|\d+)*)"
    r"|(?P<dots>\.{2,}|…)"
    r"|(?P<other>\S)"
)


@dataclass(frozen=True)
class Token:
    """A piece of text: `kind` is word, number, mark or quote."""

    start: int
    end: int
    text: str
    low: str
    kind: str
    quote: Quote | None = None

    @property
    def capital(self) -> bool:
        return self.kind == "word" and self.text[:1].isupper()


def tokenise(text: str, start: int, end: int, quotes: list[Quote]) -> list[Token]:
    """Return the tokens of `text[start:end]`; each quote is one token of kind «quote».

    A possessive ending is a token of its own: «Japan's» gives «Japan» and «'s».
    """
    tokens: list[Token] = []
    position = start
    for quote in quotes:
        tokens += _plain(text, position, quote.start)
        tokens.append(
            Token(quote.start, quote.end, text[quote.start : quote.end], "“”", "quote", quote)
        )
        position = quote.end
    return tokens + _plain(text, position, end)


def _plain(text: str, start: int, end: int) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        piece = match.group()
        first, last = match.span()
        kind = "mark"
        if match["word"] or match["abbreviation"] or match["initial"]:
            kind = "word"
        elif match["number"]:
            kind = "number"
        if match["word"] and piece[-2:].lower() in {"'s", "’s"} and len(piece) > 2:
            tokens.append(Token(first, last - 2, piece[:-2], piece[:-2].lower(), "word"))
            first, piece = last - 2, piece[-2:]
        elif (
            piece in {"'", "’"}
            and tokens
            and tokens[-1].end == first
            and tokens[-1].low[-1:] == "s"
        ):
            kind, piece = "word", "’s"  # the plural's possessive
        tokens.append(Token(first, last, piece, piece.lower().replace("’", "'"), kind))
    return tokens
