"""Words, numbers and punctuation with their offsets; a quoted passage is one token."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from statements.attribution.marks import Quote
from statements.attribution.works import is_work

# Titles never end a sentence; other abbreviations may.
_TITLES = (
    "Mr|Mrs|Ms|Mx|Messrs|Drs?|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Amb|Sens?|Reps?|Govs?|Rev|Hon|St|Pres|"
    "Cmdr|Brig|Msgr|Supt|Sec|vs"
)
_SHORTENED = (
    "Sr|Jr|Inc|Corp|Co|Ltd|Bros|Mt|Ft|Ave|Blvd|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Ala|Ariz|Calif|Colo|Conn|"
    "Del|Fla|Ga|Ill|Ind|Mass|Md|Mich|Minn|Mo|Okla|Pa|Tenn|Tex|Va|Vt|Wash|Wis|e\\.g|i\\.e|[ap]\\.m"
)
# A word without a stop behind it comes first, as most are; one with a stop may be shortened.
_WORD = r"[\p{L}\p{M}]+(?:(?:[-‐]|[’'](?!\d))[\p{L}\p{M}\d]+|\d+)*"
_TOKEN = regex.compile(
    rf"(?P<word>(?>{_WORD}))(?!\.)"
    rf"|(?P<title>(?:{_TITLES})\.|(?:Nos?|Art)\.(?=\s*\d))"
    rf"|(?P<abbreviation>(?:\p{{Lu}}-)?(?:(?:\p{{Lu}}\.){{2,}}|(?:{_SHORTENED})\.))"
    r"|(?P<initial>\p{Lu}\.)(?=\s+\p{Lu})"
    r"|(?P<number>\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?%?)"
    rf"|(?P<word>{_WORD})"
    r"|(?P<dots>\.{2,}|…)"
    r"|(?P<other>\S)"
)

# «Japan's», «they're», «she'll»: two tokens.
_ENDING = regex.compile(r"[’'](?:s|re|ve|ll|d|m)$", regex.IGNORECASE)
_KINDS = dict.fromkeys(("word", "title", "abbreviation", "initial"), "word") | {
    "number": "number"
}


class Token(NamedTuple):
    """A piece of text: `kind` is word, number, mark or quote; `capital` words begin with one.

    `shortened` is a word whose stop may be the sentence's as well.
    """

    start: int
    end: int
    text: str
    low: str
    kind: str
    capital: bool = False
    quote: Quote | None = None
    tag: str = ""
    shortened: bool = False


def tokenise(text: str, start: int, end: int, quotes: list[Quote]) -> list[Token]:
    """Return the tokens of `text[start:end]`; each quote is one token of kind «quote».

    Whatever its marks are, a quote's text stands between “ and ”, and closes. The name of a work
    is a word. A possessive ending is a token of its own: «Japan's» gives «Japan» and «'s».
    """
    tokens: list[Token] = []
    position = start
    for quote in quotes:
        tokens += _plain(text, position, quote.start)
        words = f"“{text[quote.inner_start : quote.inner_end]}”"
        if is_work(words, [token.low for token in tokens[-2:]]):
            tokens += _work(text, quote)
        else:
            tokens.append(Token(quote.start, quote.end, words, "“”", "quote", quote=quote))
        position = quote.end
    return tokens + _plain(text, position, end)


def _work(text: str, quote: Quote) -> Iterator[Token]:
    """A work's name as one word; the stop or comma before its closing mark is the sentence's."""
    name = text[quote.inner_start : quote.inner_end].rstrip()
    stop = name[-1:] in ".,!?"
    name = name[:-1] if stop else name
    end = quote.inner_start + len(name)
    closes = quote.end if not stop else end
    yield Token(quote.start, closes, name, name.lower(), "word", capital=True)
    if stop:
        yield Token(end, quote.end, text[end], text[end], "mark")


def _plain(text: str, start: int, end: int) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        piece = match.group()
        first, last = match.span()
        group = match.lastgroup
        kind = _KINDS.get(group, "mark")
        apostrophe = group == "word" and ("'" in piece or "’" in piece)
        ending = _ENDING.search(piece) if apostrophe else None
        if ending is not None and ending.start():
            word, piece = piece[: ending.start()], ending.group()
            middle = last - len(piece)
            tokens.append(Token(first, middle, word, word.lower(), "word", word[0].isupper()))
            first = middle
        elif (
            piece in {"'", "’"}
            and tokens
            and tokens[-1].end == first
            and tokens[-1].low[-1:] == "s"
        ):
            kind, piece = "word", "’s"  # the plural's possessive
        low = piece.lower()
        low = low.replace("’", "'") if "’" in low else low
        capital = kind == "word" and piece[0].isupper()
        shortened = group == "abbreviation" or group == "initial"
        tokens.append(Token(first, last, piece, low, kind, capital, None, "", shortened))
    return tokens
