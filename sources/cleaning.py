"""The one boundary where text from outside becomes our text. Pure."""

import re
import unicodedata

import regex

# All that may stay; out go C0 and C1 controls but tab and line feed, lone surrogates,
# non-characters, byte order marks, the anchors of annotations, and the marks that turn the
# direction of a line. Named by what stays, the search is three times as fast; and twice as fast
# by `re`, which reads these ranges in the same way.
_PLANES = "".join(f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17))
_UNWANTED = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u2029\u202f-\u2065\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe"
    rf"\uff00-\ufff8\ufffc\ufffd{_PLANES}]"
)
_LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c")
# No script puts more marks on one letter; text that does wants to cover its surroundings, and
# bringing thousands of them into order takes for ever. Joiners do not start a new letter.
_MOST_MARKS = 8
_PILE = regex.compile(
    rf"((?:\p{{M}}[\u200c\u200d]*+){{{_MOST_MARKS}}})\p{{M}}[\p{{M}}\u200c\u200d]*+"
)
# Without two marks in a row there is no pile, also when each comes apart into three.
_TWO_MARKS = regex.compile(r"\p{M}[\u200c\u200d]*+\p{M}")


def clean_text(text: str) -> str:
    """Return NFC text with `\\n` line ends and nothing that a database or a page chokes on.

    At most eight marks stay on one letter.

    >>> clean_text("a\\x00b\\r\\nc\\ud800")
    'ab\\nc'
    """
    if text.isascii() and text.isprintable():  # as most single lines are
        return text
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    kept = _UNWANTED.sub("", text)
    if not _TWO_MARKS.search(kept):
        return unicodedata.normalize("NFC", kept)
    # Once before the letters are composed, and again as a few marks come apart into two.
    clean: str = _PILE.sub(r"\1", unicodedata.normalize("NFC", _PILE.sub(r"\1", kept)))
    return clean


def clean_line(text: str, longest: int) -> str:
    """Return the text as one line of at most `longest` characters.

    >>> clean_line("  A \\n headline ", 100)
    'A headline'
    """
    return " ".join(clean_text(text).split())[:longest].rstrip()
