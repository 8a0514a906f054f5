"""Where the words that a reader looks for stand in a text."""

from dataclasses import dataclass

import regex

_PAIRED = regex.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_TERM = regex.compile(r'-?"[^"]*"|\S+')


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it is one of the words looked for."""

    text: str
    found: bool


def pieces(text: str, words: str) -> list[Piece]:
    """Cut a text where the words looked for stand, by their stems, roughly as the index has them.

    >>> [p.text for p in pieces("The treaties of 1961", "treaty -war") if p.found]
    ['treaties']
    """
    terms = [t.strip('"') for t in _TERM.findall(words) if not t.startswith("-")]
    wanted = {w for t in terms for w in regex.findall(r"[\w']+", t.casefold()) if w != "or"}
    patterns = [
        regex.escape(word) if _PAIRED.fullmatch(word) else rf"\b{regex.escape(_stem(word))}\w*"
        for word in sorted(wanted, key=len, reverse=True)
    ]
    if not patterns:
        return [Piece(text, False)]
    cut: list[Piece] = []
    position = 0
    for match in regex.finditer("|".join(patterns), text, regex.IGNORECASE):
        if match.start() > position:
            cut.append(Piece(text[position : match.start()], False))
        if match.group():
            cut.append(Piece(match.group(), True))
        position = match.end()
    return [*cut, Piece(text[position:], False)] if position < len(text) else cut


def _stem(word: str) -> str:
    """The word without the ending that English and Russian inflection changes."""
    return word[:-2] if len(word) > 5 else word
