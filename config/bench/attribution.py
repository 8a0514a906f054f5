"""How long the attribution takes: an article, its share of the pipeline, and by length of text."""

import io
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from config.bench.ingest import pages_to_serve
from newsroom.stories import stories
from sources import jobs
from sources.by_hand import Stated, accept_text
from sources.models import Article, Job, Source
from statements.attribution import Register, attribute
from statements.gazetteer import register_from_database

Say = Callable[[str], object]
LIMIT = 20.0  # milliseconds an article, on one core
STEEPEST = 1.5  # times the time a character takes in an article of its own
_JOINED = 100  # articles, in the longest text
_DAY = date(2024, 6, 21)


@dataclass(frozen=True)
class Way:
    """The milliseconds that the steps of one page's way took, fetching apart."""

    language: str
    kept: float
    read: float
    attributed_and_recorded: float
    attributed: float

    @property
    def whole(self) -> float:
        return self.kept + self.read + self.attributed_and_recorded


def measure(say: Say, rounds: int) -> None:
    """Print the figures beside their limits. Fills the database, which is to be a scratch one."""
    call_command("load_register", stdout=io.StringIO())
    register = register_from_database()
    texts = articles()
    attribute(texts[0], register=register)  # so that all tables are made
    _of_articles(say, texts, register, rounds)
    _of_lengths(say, texts, register, rounds)
    _of_the_pipeline(say, register)


def articles() -> list[str]:
    """Real English articles where the shared material is, else the sample newsroom's stories."""
    shared = Path(os.environ.get("DEMARCHE_SHARED") or settings.BASE_DIR.parent / "shared")
    paths = sorted((shared / "corpora" / "quotes-dev").glob("wikinews-*-docs.jsonl"))
    if not paths:
        return ["\n".join(story.paragraphs) for story in stories()]
    lines = (line for path in paths for line in path.read_text("utf-8").splitlines())
    return [json.loads(line)["text"] for line in lines]


def _of_articles(say: Say, texts: Sequence[str], register: Register, rounds: int) -> None:
    times = [_milliseconds(text, register) for _ in range(rounds) for text in texts]
    mean, p95 = statistics.mean(times), statistics.quantiles(times, n=20)[-1]
    characters = statistics.median(map(len, texts))
    say(f"{len(texts)} articles of {characters:.0f} characters (median), {rounds} times each")
    say(
        f"an article: median {statistics.median(times):.1f} ms, mean {mean:.1f} ms, "
        f"p95 {p95:.1f} ms of processor time; the mean is {mean / LIMIT:.2f} of the limit "
        f"of {LIMIT:.0f} ms"
    )
    say(f"{1000 / mean:.0f} articles/s on each core")


def _milliseconds(text: str, register: Register) -> float:
    began = time.process_time()
    attribute(text, published_on=_DAY, register=register)
    return (time.process_time() - began) * 1000


def _of_lengths(say: Say, texts: Sequence[str], register: Register, rounds: int) -> None:
    alone = 0.0
    for length, joined in joins(texts):
        took = min(sum(_milliseconds(text, register) for text in joined) for _ in range(rounds))
        alone = alone or took
        characters = sum(map(len, joined))
        say(
            f"{length:>4}× the length: {took / len(joined):8.1f} ms a text, "
            f"{1000 * took / characters:.2f} µs a character, {took / alone:.2f} of 1× "
            f"(limit {STEEPEST})"
        )


def joins(texts: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The same articles in texts of one, of ten and of a hundred, so that only length differs.

    Where there are fewer, they are taken again with a number in each paragraph, since a
    paragraph that stands a second time is passed over.

    >>> [(length, len(joined)) for length, joined in joins(["One.", "Two."])]
    [(1, 100), (10, 10), (100, 1)]
    """
    rounds = -(-_JOINED // len(texts))
    some = [_numbered(text, n) if n else text for n in range(rounds) for text in texts]
    for length in (1, 10, 100):
        starts = range(0, _JOINED, length)
        yield length, ["\n".join(some[start : start + length]) for start in starts]


def _numbered(text: str, number: int) -> str:
    return "\n".join(
        f"{line} ({number})" if line.strip() else line for line in text.split("\n")
    )


def _of_the_pipeline(say: Say, register: Register) -> None:
    """Each page once through the steps that workers do, one after the other in this process."""
    source = Source.objects.create(slug="bench", name="Bench")
    pages = [Path(path).read_bytes() for path in pages_to_serve()]
    _way(pages[0] + b"<!-- first -->", source, register)  # starts the child that reads pages
    ways = [way for page in pages if (way := _way(page, source, register)) is not None]
    say(
        f"{len(ways)} of {len(pages)} pages, from their bytes to their statements, not fetched:"
    )
    for name, some in (("all", ways), ("English", [w for w in ways if w.language == "en"])):
        if some:
            whole = statistics.mean(way.whole for way in some)
            share = sum(way.attributed for way in some) / sum(way.whole for way in some)
            say(
                f"{name:>8} ({len(some)}): {whole:.1f} ms a page: kept "
                f"{statistics.mean(way.kept for way in some):.1f}, read "
                f"{statistics.mean(way.read for way in some):.1f}, attributed and recorded "
                f"{statistics.mean(way.attributed_and_recorded for way in some):.1f}, of which "
                f"the attribution {statistics.mean(way.attributed for way in some):.1f} ms: "
                f"{share:.0%} of the whole"
            )


def _way(page: bytes, source: Source, register: Register) -> Way | None:
    """Keep, read and attribute one page; None where it is refused as no article."""
    began = time.perf_counter()
    accepted = accept_text(page, "text/html", source=source, stated=Stated(published_on=_DAY))
    kept = time.perf_counter()
    _do(accepted.article, Job.Kind.READ)
    read = time.perf_counter()
    _do(accepted.article, Job.Kind.ATTRIBUTE)
    done = time.perf_counter()
    snapshot = accepted.article.snapshots.read().first()
    if snapshot is None:
        return None
    again = time.perf_counter()
    attribute(snapshot.text, published_on=_DAY, register=register, source=source.name)
    attributed = time.perf_counter() - again
    steps = (kept - began, read - kept, done - read, attributed)
    return Way(snapshot.language, *(seconds * 1000 for seconds in steps))


def _do(article: Article, kind: Job.Kind) -> None:
    for pk in (
        Job.objects.on_the_way_of(article).open().filter(kind=kind).values_list("pk", flat=True)
    ):
        jobs.run(pk)
