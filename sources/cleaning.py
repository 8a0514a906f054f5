"""The one boundary where text from outside becomes our text. Pure."""

import unicodedata

import regex

# C0 and C1 controls but tab and line feed, lone surrogates, non-characters, byte order marks,
# and the marks that turn the direction of a line.
_UNWANTED = regex.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
# Letters carry a few marks; putting thousands in order takes the square of their number. The
# figure is that of Unicode's Stream-Safe Text Format (UAX #15).
_PILED_MARKS = regex.compile(r"(\p{M}{30})\p{M}+")
_LINE_END = regex.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")


def clean_text(text: str) -> str:
    """Return NFC text with `\\n` line ends and nothing that a database or a page chokes on.

    >>> clean_text("a\\x00b\\r\\nc\\ud800")
    'ab\\nc'
    """
    text = _UNWANTED.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", _PILED_MARKS.sub(r"\1", text))


def clean_line(text: str, longest: int) -> str:
    """Return the text as one line of at most `longest` characters.

    >>> clean_line("  A \\n headline ", 100)
    'A headline'
    """
    line: str = regex.sub(r"\s+", " ", clean_text(text)).strip()
    return line[:longest]
