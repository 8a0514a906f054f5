"""How well pages are read: the reader beside trafilatura as it comes, on annotated pages.

`python -m tests.evaluation.pages` prints the table. The scores are those of the set's notes:
text by 4-word shingles, dates by the day, titles without case, punctuation and spaces.
"""

import gzip
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trafilatura
from trafilatura.settings import Document

from sources.text import ArticleText, PageError, decode_page
from sources.text import read as read_decoded

Gold = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a page; `refused` says why it makes nothing of it."""

    text: str = ""
    title: str = ""
    day: str = ""
    authors: frozenset[str] = frozenset()
    refused: str = ""


@dataclass
class Scores:
    """Shares between 0 and 1, and the milliseconds of processor time a page takes."""

    text: float = 0.0
    segments: float = 0.0
    day: float = 0.0
    title: float = 0.0
    authors: float = 0.0
    milliseconds: float = 0.0
    refused: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def ours(body: bytes, content_type: str, url: str) -> Reading:
    """Read a page as ingestion does."""
    try:
        found: ArticleText = read_decoded(decode_page(body, content_type), url)
    except PageError as error:
        return Reading(refused=error.code)
    names = frozenset(map(bare, filter(None, found.byline.split(";"))))
    return Reading(found.text, found.title, str(found.published_on or ""), names)


def plain(body: bytes, content_type: str, url: str) -> Reading:
    """Read a page with trafilatura as it comes, its date by htmldate."""
    found = trafilatura.bare_extraction(
        decode_page(body, content_type).text,
        url=url,
        with_metadata=True,
        include_comments=False,
    )
    if not isinstance(found, Document):
        return Reading(refused="no-text")
    names = frozenset(map(bare, filter(None, (found.author or "").split(";"))))
    return Reading(found.text or "", found.title or "", found.date or "", names)


def measure(
    folder: Path, read: Callable[[bytes, str, str], Reading]
) -> tuple[Scores, list[tuple[Gold, Reading]]]:
    """Return the scores of a reader on the annotated pages of a folder, and its readings."""
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    pages = [json.loads(line) for line in lines]
    bodies = [gzip.decompress((folder / gold["file"]).read_bytes()) for gold in pages]
    addresses = [f"http://127.0.0.1:8000{gold['url']}" for gold in pages]
    read(bodies[0], pages[0]["content_type"], addresses[0])  # so that all models are loaded
    began = time.process_time()
    readings = [
        (gold, read(body, gold["content_type"], address))
        for gold, body, address in zip(pages, bodies, addresses, strict=True)
    ]
    scores = score(readings)
    scores.milliseconds = (time.process_time() - began) * 1000 / len(pages)
    return scores, readings


def score(readings: Sequence[tuple[Gold, Reading]]) -> Scores:
    """Return the scores of the readings beside their gold."""
    dated = [(g, r) for g, r in readings if g.get("date") and not g.get("date_alt")]
    titled = [(g, r) for g, r in readings if g.get("title")]
    signed = [(g, r) for g, r in readings if g.get("authors")]
    return Scores(
        text=_text_score(readings),
        segments=_segment_score(readings),
        day=_share(r.day == g["date"][:10] for g, r in dated),
        title=_share(bare(r.title) == bare(g["title"]) for g, r in titled),
        authors=_share(r.authors == frozenset(map(bare, g["authors"])) for g, r in signed),
        refused=[g["file"] for g, r in readings if r.refused],
        invented=[g["file"] for g, r in readings if g.get("date_none") and r.day],
    )


def table(folder: Path) -> str:
    """Return the figures of both readers as lines of a table."""
    rows = [
        f"{'':12}{'text F1':>9}{'segments':>10}{'day':>7}{'title':>7}{'authors':>9}{'ms':>7}"
    ]
    for name, read in (("demarche", ours), ("trafilatura", plain)):
        found, _ = measure(folder, read)
        rows.append(
            f"{name:12}{found.text:9.3f}{found.segments:10.3f}{found.day:7.3f}{found.title:7.3f}"
            f"{found.authors:9.3f}{found.milliseconds:7.1f}"
        )
    return "\n".join(rows)


def bare(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def _share(hits: Any) -> float:
    found = list(hits)
    return sum(found) / len(found) if found else 0.0


def _text_score(readings: Sequence[tuple[Gold, Reading]]) -> float:
    precisions, recalls = [], []
    for gold, reading in readings:
        if gold.get("text"):
            read, right = _shingles(reading.text), _shingles(gold["text"])
            shared = sum((read & right).values())
            precisions.append(shared / sum(read.values()))
            recalls.append(shared / sum(right.values()))
    precision, recall = _share(precisions), _share(recalls)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _segment_score(readings: Sequence[tuple[Gold, Reading]]) -> float:
    found: Counter[str] = Counter()
    for gold, reading in readings:
        text = " ".join(reading.text.split())
        for segment in gold.get("must", []):
            found["right" if " ".join(segment.split()) in text else "missed"] += 1
        for segment in gold.get("must_not", []):
            found["wrong"] += " ".join(segment.split()) in text
    return 2 * found["right"] / (2 * found["right"] + found["missed"] + found["wrong"])


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """Sequences of four words; Han, kana and Thai are cut into characters."""
    words = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W_]+", text.lower())
    return Counter(tuple(words[i : i + 4]) for i in range(max(len(words) - 3, 1)))


def main() -> int:
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("DEMARCHE_SHARED") or root.parent / "shared")
    folder = shared / "corpora" / "pages-dev"
    if not folder.is_dir():
        sys.stderr.write(
            f"There is no test material at {shared}; name its folder in DEMARCHE_SHARED.\n"
        )
        return 2
    sys.stdout.write(table(folder) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
