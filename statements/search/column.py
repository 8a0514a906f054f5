"""Words a reader types -> a query of the column `Statement.search`."""

import regex
from django.contrib.postgres.search import SearchQuery

_PAIRED = regex.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def query(words: str) -> SearchQuery:
    """Return the query for words as readers type them: phrases, OR and minus are understood.

    Chinese, Japanese and Korean runs are cut into the same pairs of characters as in the
    index.
    """
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


def _pairs(run: str) -> list[str]:
    """Overlapping pairs of characters; a single one stands alone.

    >>> _pairs("首脳会談")
    ['首脳', '脳会', '会談']
    """
    return [run[i : i + 2] for i in range(max(len(run) - 1, 1))]
