"""Words of a text that a person chooses: found as typed, by sentence, moved by words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

_SPACE = regex.compile(r"\s+")
_MARKS = "\"'“”„‟«»‹›‘’‚‛「」『』"
_DASHES = "-‐‑‒–—―"
# A word, or one character where words are not spaced.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]|[^\s\p{Han}\p{Hiragana}\p{Katakana}]+", regex.UNICODE
)
_SENTENCE_ENDS = regex.compile(r"(?<=[.!?…]['\"”’»)\]]*)\s+(?=\S)|(?<=[。！？][」』”]*)(?=\S)")


@dataclass(frozen=True)
class Stretch:
    """A place in a text, as half-open character offsets, and its words."""

    start: int
    end: int
    words: str


def find_words(text: str, words: str) -> list[Stretch]:
    """Return every place where a text prints these words.

    White space, dashes and the form of quotation marks do not count, since they change as words
    are copied.

    >>> [(s.start, s.end) for s in find_words("She said “no way”. No way!", '"no  way"')]
    [(9, 17)]
    """
    pattern = r"\s+".join(_any_form(word) for word in _SPACE.split(words.strip()) if word)
    if not pattern:
        return []
    return [
        Stretch(match.start(), match.end(), match.group())
        for match in regex.finditer(pattern, text)
    ]


def sentences(text: str) -> list[list[Stretch]]:
    """Cut a text into paragraphs and these into sentences, for choosing: nothing is left out.

    >>> [[s.words for s in p] for p in sentences("One. Two!\\n\\nThree")]
    [['One.', 'Two!'], ['Three']]
    """
    return [list(_sentences(text, *span)) for span in _lines(text)]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without white space at both ends, cut to the text.

    >>> trimmed(" ab ", -2, 9)
    (1, 3)
    """
    start, end = max(0, start), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def moved_start(text: str, start: int, end: int, by: int) -> int:
    """Return the start one word earlier (`by` -1) or later (1), never past the last word.

    >>> moved_start("one two three", 4, 13, -1), moved_start("one two three", 4, 13, 1)
    (0, 8)
    """
    starts = [match.start() for match in _WORD.finditer(text)]
    if by < 0:
        return max((at for at in starts if at < start), default=start)
    return min((at for at in starts if start < at < end), default=start)


def moved_end(text: str, start: int, end: int, by: int) -> int:
    """Return the end one word earlier (`by` -1) or later (1), never before the first word.

    >>> moved_end("one two three", 0, 7, -1), moved_end("one two three", 0, 7, 1)
    (3, 13)
    """
    ends = [match.end() for match in _WORD.finditer(text)]
    if by < 0:
        return max((at for at in ends if start < at < end), default=end)
    return min((at for at in ends if at > end), default=end)


def _any_form(word: str) -> str:
    """A word with any quotation mark for each of its own, and any dash for each dash."""
    return "".join(
        f"[{regex.escape(_MARKS)}]"
        if char in _MARKS
        else f"[{_DASHES}]"
        if char in _DASHES
        else regex.escape(char)
        for char in word
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield trimmed(text, start, start + len(line))
        start += len(line) + 1


def _sentences(text: str, start: int, end: int) -> Iterator[Stretch]:
    first = start
    for gap in _SENTENCE_ENDS.finditer(text, start, end):
        yield Stretch(first, gap.start(), text[first : gap.start()])
        first = gap.end()
    yield Stretch(first, end, text[first:end])
