"""The words that show a code, as rows of `lexicon.csv`, and where they stand in a passage."""

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import regex

from statements.stance.values import Span

# Scripts whose words are not parted by spaces, or carry endings: their rows end where they end.
_UNBOUNDED = {"ko", "ja"}
_SCRIPTS = {
    "ko": regex.compile(r"\p{Hangul}"),
    "ja": regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
    "uk": regex.compile(r"[іїєґІЇЄҐ]"),
    "ru": regex.compile(r"\p{Cyrillic}"),
}


@dataclass(frozen=True)
class Row:
    """One row: on which `axis` the word shows which `code`, and how it has to be read.

    `kind` says which guards it must pass (see `guards.py`): verb, call, word,
    phrase, part, cue, asking, act, condition, outlet.
    `source` is «codebook» or «own».
    """

    axis: str
    code: str
    language: str
    kind: str
    pattern: "regex.Pattern[str]"
    source: str


@dataclass(frozen=True)
class Hit:
    """A row's word found in a text."""

    row: Row
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def language_of(language: str, words: str) -> str:
    """The language whose rows are used: the one stated, or else told by the script.

    >>> language_of("en-GB", "…"), language_of("", "조약을 규탄한다"), language_of("", "The pact")
    ('en', 'ko', 'en')
    """
    stated = language.split("-")[0].casefold()
    if stated:
        return stated
    return next((code for code, script in _SCRIPTS.items() if script.search(words)), "en")


def hits(
    axis: str, language: str, text: str, start: int, end: int, *, kinds: Collection[str] = ()
) -> list[Hit]:
    """The words of an axis in text[start:end], in reading order; of these `kinds`, or of all."""
    return [
        Hit(row, start + first, start + last)
        for row, first, last in _found(axis, language, text[start:end])
        if not kinds or row.kind in kinds
    ]


# The rules look at one sentence from many sides.
@lru_cache(maxsize=128)
def _found(axis: str, language: str, words: str) -> tuple[tuple[Row, int, int], ...]:
    found = [
        (row, match.start(), match.end())
        for row in rows(axis, language)
        for match in row.pattern.finditer(words)
    ]
    return tuple(sorted(found, key=lambda one: (one[1], -one[2])))


@cache
def rows(axis: str, language: str) -> tuple[Row, ...]:
    """The rows of an axis in a language."""
    return tuple(row for row in all_rows() if (row.axis, row.language) == (axis, language))


@cache
def all_rows() -> tuple[Row, ...]:
    """Every row of the file, in its order."""
    path = Path(__file__).with_name("lexicon.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_rows(csv.DictReader(line for line in file if not line.startswith("#"))))


def _rows(table: Iterable[dict[str, str]]) -> Iterable[Row]:
    for row in table:
        words = row["words"]
        if row["lang"] not in _UNBOUNDED:
            words = rf"(?<!\w)(?:{words})(?!\w)"
        # A space in a row is any white space of the text.
        words = words.replace(" ?", r"\s*").replace(" ", r"\s+")
        pattern = regex.compile(words, regex.IGNORECASE)
        yield Row(row["axis"], row["code"], row["lang"], row["kind"], pattern, row["source"])
