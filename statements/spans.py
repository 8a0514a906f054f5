"""Where words of a text begin and end, and where typed words stand in it. Pure."""

from typing import Literal

import regex

Edge = Literal["start", "end"]

# A word, or one character of a script that puts no spaces between words; at its end, the stop
# or comma that follows it belongs to it.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]"
    r"|[\p{L}\p{N}\p{M}]+(?:[’'\-‑][\p{L}\p{N}\p{M}]+)*"
)
_STOPS = regex.compile(r"[.,;:!?…。！？、，،؟]*")
_SPACE = regex.compile(r"\s+")


def moved(text: str, start: int, end: int, edge: Edge, by: int) -> tuple[int, int]:
    """Return [start:end) with one edge moved by so many words, back where `by` is negative.

    At least one word is left, and nothing reaches beyond the text.

    >>> text = "She said: we keep to it, now."
    >>> [text[slice(*moved(text, 10, 23, "start", by))] for by in (-1, 1)]
    ['said: we keep to it', 'keep to it']
    >>> [text[slice(*moved(text, 10, 23, "end", by))] for by in (-1, 1)]
    ['we keep to', 'we keep to it,']
    """
    places = _starts(text) if edge == "start" else _ends(text)
    here = start if edge == "start" else end
    for _ in range(abs(by)):
        beyond = [p for p in places if (p < here if by < 0 else p > here)]
        if not beyond:
            break
        here = beyond[-1] if by < 0 else beyond[0]
    first, last = (here, end) if edge == "start" else (start, here)
    return (first, last) if _WORD.search(text[first:last]) else (start, end)


def located(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Return where `words` stand in `text`, nearest to the offset `near`; white space counts as
    one however it is typed.

    >>> located("no, no\\nand no", "no and", 0)
    (4, 10)
    """
    pieces = [regex.escape(piece) for piece in _SPACE.split(words.strip())]
    if not any(pieces):
        return None
    found = [m.span() for m in regex.finditer(r"\s+".join(pieces), text)]
    return min(found, key=lambda span: abs(span[0] - near), default=None)


def _starts(text: str) -> list[int]:
    return [m.start() for m in _WORD.finditer(text)]


def _ends(text: str) -> list[int]:
    ends = (m.end() for m in _WORD.finditer(text))
    return [match.end() for end in ends if (match := _STOPS.match(text, end))]
