"""Quotation marks: which passages of a paragraph stand between them."""

from dataclasses import dataclass

import regex

# Opening mark: closing marks. Unicode CLDR «delimiters»; „ closes with “ in German and ” in
# Polish; 「」『』 quote in Japanese, 《》 in the DPRK's Korean.
PAIRS = {
    "“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "《": "》", "‟": "”",
}  # fmt: skip
_APOSTROPHES = "'’‘"
_WORD = regex.compile(r"\w")
_MARK = regex.compile(r"[“”\"«»„]")
_SINGLE = regex.compile(r"(?<!\w)[‘'](?=\w)[^‘'\n]{15,}?[,.?!][’'](?!\w)")


@dataclass(frozen=True)
class Quote:
    """A quoted passage: `start` and `end` with its marks, `inner_*` without.

    `open_ended`: its paragraph ends before it closes, as when a quotation goes on in the next.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    open_ended: bool = False


def find_quotes(text: str, start: int, end: int, *, single: bool = False) -> list[Quote]:
    """Return the outermost quoted passages of `text[start:end]`, in reading order.

    Offsets count from the beginning of `text`. With `single` the marks ‘ ’ and ' quote too,
    where they cannot be apostrophes. A mark that never closes reaches to the end.

    >>> [(q.inner_start, q.inner_end) for q in find_quotes("“a “b” c,” she said. «d»", 0, 24)]
    [(1, 9), (22, 23)]
    """
    quotes: list[Quote] = []
    stack: list[tuple[str, int]] = []
    for position in range(start, end):
        char = text[position]
        if stack and char in stack[-1][0] and not _is_apostrophe(text, position, start, end):
            _, opened = stack.pop()
            if not stack:
                quotes.append(Quote(opened, position + 1, opened + 1, position))
        elif char in PAIRS:
            stack.append((PAIRS[char], position))
        elif char == '"' or (char == "”" and not stack):
            if _opens(text, position, start, end) or (char == '"' and not stack):
                stack.append(('"”', position))
        elif single and char in "'‘" and not stack and _opens(text, position, start, end):
            stack.append(("'’", position))
    if stack:
        opened = stack[0][1]
        quotes.append(Quote(opened, end, opened + 1, end, open_ended=True))
    return quotes


def uses_single_marks(text: str) -> bool:
    """Whether single marks are this text's primary ones: no double mark, two closed pairs."""
    if _MARK.search(text):
        return False
    return bool(_SINGLE.search(text))


def _opens(text: str, position: int, start: int, end: int) -> bool:
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    return (before.isspace() or before in "([—–-:‘“") and not after.isspace()


def _is_apostrophe(text: str, position: int, start: int, end: int) -> bool:
    """Whether a closing single mark stands inside a word."""
    if text[position] not in _APOSTROPHES:
        return False
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    return bool(_WORD.match(before)) and after.isalpha()
