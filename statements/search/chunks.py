"""A line as a reader types it, cut at its blanks, but not within quotes."""

import re
from collections.abc import Iterator

# What keyboards and word processors of our nine languages put for quotation marks. Which of them
# opens and which closes differs by language, so each does either. No single marks: the closing
# one is also the apostrophe.
MARKS = '"“”„‟«»＂「」『』《》'
# Within marks a backslash takes the next character as it is.
_INSIDE = rf"(?:[^{MARKS}\\]|\\.)*"
_QUOTE = rf"[{MARKS}]{_INSIDE}[{MARKS}]"
_LEFT_OPEN = rf"[{MARKS}]{_INSIDE}(?P<slash>\\)?\Z"
_CHUNK = re.compile(rf"(?:{_QUOTE}|[^\s{MARKS}])*(?P<open>{_LEFT_OPEN})?", re.DOTALL)
_PART = re.compile(rf"{_QUOTE}|[^{MARKS}]+", re.DOTALL)
_TERM = re.compile(rf"\|+|(?:{_QUOTE}|[^{MARKS}|])+", re.DOTALL)
_TAKEN = re.compile(r"\\(.)", re.DOTALL)
_SPECIAL = re.compile(rf"[{MARKS}\\]")


def chunks(line: str) -> Iterator[str]:
    """Yield what stands between blanks; a blank within quotes cuts nothing.

    A quote that was left open reaches to the end, and is closed there. Never raises.

    >>> list(chunks('speaker:"Ada Example"  «without delay'))
    ['speaker:"Ada Example"', '«without delay"']
    """
    for match in filter(re.Match.group, _CHUNK.finditer(line)):
        # A lone backslash would take the mark that closes, so it is doubled.
        closing = ("\\" if match["slash"] else "") + '"' if match["open"] else ""
        yield match.group() + closing


def terms(line: str) -> Iterator[str]:
    """Yield the chunks of a line, with bars outside quotes as chunks of their own.

    >>> list(terms('Putin|"a|b" | c'))
    ['Putin', '|', '"a|b"', '|', 'c']
    """
    for chunk in chunks(line):
        yield from _TERM.findall(chunk)


def parts(chunk: str) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of one chunk in order, each with whether it stood in quotes.

    >>> list(parts('-"without delay"now'))
    [('-', False), ('without delay', True), ('now', False)]
    """
    for match in _PART.finditer(chunk):
        part = match.group()
        in_quotes = part[0] in MARKS
        yield (unquoted(part) if in_quotes else part), in_quotes


def quoted(value: str) -> str:
    """The value in quotes, so that `unquoted` gives it back.

    >>> print(quoted('Ada "A" Example'))
    "Ada \\"A\\" Example"
    """
    return '"' + _SPECIAL.sub(r"\\\g<0>", value) + '"'


def unquoted(quote: str) -> str:
    """What stands between the marks at both ends."""
    return _TAKEN.sub(r"\1", quote[1:-1])
