"""Texts on which the attribution is tried: own sentences, and real ones that lie outside."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from sources.text import PageError, decode_page, read

_PARTS = [
    "Ada Example", "Foreign Minister Bo Sample", "Strelsau", "the envoy", "he", "She", "it",
    "said", "told reporters", "added", "asked", "warned", "according to", "adding", "that", "who",
    "“We keep to it,”", "“We wait. We hope.”", "\"It isn't so,\"", "‘no’", "''We stay''", "“", "”", "\"",
    "on Friday", "in a joint statement", "the pact", "was signed", "the envoys' note", "O'Sample's",
    "condemned the raid", "called for talks", "and", "but", ",", ".", "?", ":", ";", "—", "(", ")", "\n",
    "Q:", "Question:", "Ada Example:", "MR. SAMPLE:", "D-N.C.", "3 p.m.", "the '90s", "RNA",
]  # fmt: skip

# Sentences of our own in any order, with marks that need not match.
reports = st.lists(st.sampled_from(_PARTS), max_size=60).map(" ".join)


def real_texts(shared: Path) -> Iterator[str]:
    """The articles, official documents and web pages of the shared material."""
    for path in sorted((shared / "corpora" / "quotes-dev").glob("*-docs.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    for path in sorted((shared / "corpora" / "whitehouse").glob("2*.md")):
        yield path.read_text(encoding="utf-8")
    for path in sorted((shared / "seeds").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    yield from page_texts(shared)


@cache
def page_texts(shared: Path) -> tuple[str, ...]:
    """The texts of the saved pages, as they are read for an article."""
    texts = []
    for path in sorted((shared / "corpora" / "pages-dev" / "pages").glob("*.html.gz")):
        page = decode_page(gzip.decompress(path.read_bytes()), "text/html")
        try:
            texts.append(read(page, "https://example.org/").text)
        except PageError:
            texts.append(page.text)
    return tuple(texts)
