"""Of which matters a wording speaks, told alike in each language: rows of `concepts.csv`."""

import csv
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import regex

# Languages that begin words where they like, or put none apart.
_UNBOUNDED = {"ko", "ja", "zh"}


@lru_cache(maxsize=8192)
def concepts(words: str, language: str) -> frozenset[str]:
    """Return the matters that the words speak of; none for a language that is not known.

    >>> sorted(concepts("La levée des sanctions", "fr") & concepts("제재 해제", "ko"))
    ['end', 'sanction']
    """
    text = words.casefold()
    return frozenset(
        concept for concept, pattern in _patterns(language) if pattern.search(text)
    )


@cache
def _patterns(language: str) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    before = "" if language in _UNBOUNDED else r"(?<!\p{L})"
    return tuple(
        (row["concept"], regex.compile(f"{before}(?:{row[language]})"))
        for row in _rows()
        if row.get(language)
    )


@cache
def _rows() -> tuple[dict[str, str], ...]:
    path = Path(__file__).with_name("concepts.csv")
    with path.open(encoding="utf-8", newline="") as file:
        lines: Iterable[str] = (line for line in file if not line.startswith("#"))
        return tuple(csv.DictReader(lines))
