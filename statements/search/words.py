"""Words a reader types -> a database query."""

import regex
from django.contrib.postgres.search import SearchQuery

LONGEST = 200  # characters
MOST_TERMS = 16
MOST_NEGATIONS = 4

_PAIRED = regex.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_TERM = regex.compile(r'-?"[^"]*"|\S+')


class TooComplex(ValueError):
    """The words ask for too much; the message says what to leave out."""


def query(words: str) -> SearchQuery:
    """Return the query for words as readers type them: phrases, OR and minus are understood.

    Chinese, Japanese and Korean runs are cut into the same pairs of characters as in the
    index. Raises `TooComplex`.
    """
    check(words)
    paired = " ".join(pair for run in _PAIRED.findall(words) for pair in _pairs(run))
    rest = _PAIRED.sub(" ", words).strip()
    parts = []
    if rest.strip('"- '):
        parts.append(SearchQuery(rest, config="demarche", search_type="websearch"))
    if paired:
        parts.append(SearchQuery(paired, config="simple", search_type="plain"))
    if not parts:
        # Only punctuation: nothing can match it.
        return SearchQuery(words, config="simple", search_type="websearch")
    combined = parts[0]
    for part in parts[1:]:
        combined = combined & part
    return combined


def check(words: str) -> None:
    """Raise `TooComplex` for words that are too long or too many."""
    terms = _TERM.findall(words)
    if len(words) > LONGEST:
        raise TooComplex(f"Use at most {LONGEST} characters.")
    if len(terms) > MOST_TERMS:
        raise TooComplex(f"Use at most {MOST_TERMS} words.")
    if sum(term.startswith("-") for term in terms) > MOST_NEGATIONS:
        raise TooComplex(f"Exclude at most {MOST_NEGATIONS} words.")


def _pairs(run: str) -> list[str]:
    """Overlapping pairs of characters; a single one stands alone.

    >>> _pairs("首脳会談")
    ['首脳', '脳会', '会談']
    """
    return [run[i : i + 2] for i in range(max(len(run) - 1, 1))]
