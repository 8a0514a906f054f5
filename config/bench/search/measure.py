"""The whole measure: a corpus, what comes after the index was built, engines side by side."""

import gc
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q

from config.bench.search import (
    changes,
    corpus,
    functions,
    inserting,
    register,
    serving,
    sizes,
)
from config.bench.search.asked import Asked
from config.bench.search.found import Found
from config.bench.search.held_out import held_out
from config.bench.search.mix import mix
from config.bench.search.ours import by_index, by_sql, nothing_kept, warm
from config.bench.search.peer_sqlite import Fts5
from config.bench.search.peer_tantivy import Tantivy
from config.bench.search.printed import printed
from statements.models import Actor, Statement
from statements.models.search import FacetValue, SearchEntry
from statements.search.kinds import Kind
from statements.search.side.storing import build

Say = Callable[[str], object]
_FOLDER = "bench-search"


def measure(say: Say, rows: int, rounds: int, seconds: float) -> None:
    """Print all figures. Fills the database unless an earlier run of this size has."""
    folder = settings.HOME / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    filled = _filled(say, folder / "filled.json", rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM statements_searchentry WHERE listed")
        say(f"{Statement.objects.count()} statements, {cursor.fetchone()[0]} on the timeline")
    peers = _peers(say, folder)
    sizes.say_sizes(say, {name: folder / name for name in peers})
    engines: dict[str, functions.Engine] = {"index": by_index, "sql": by_sql}
    for name, peer in peers.items():
        engines[name] = _asking(peer)
    queries = mix()
    # What the bench holds besides is not for the engines to look through for garbage.
    gc.collect()
    gc.freeze()
    with nothing_kept():
        say(f"\nthe mix of {len(queries)} queries, median of {rounds} times each:")
        _say(say, functions.ask(queries, engines, rounds))
        unseen = held_out(filled)
        say(f"\n{len(unseen)} random queries that nothing was tuned on, each asked once:")
        _say(say, functions.ask(unseen, engines, 0))
    say("\nover HTTP:")
    serving.measure(say, queries, rounds, seconds)
    say("")
    inserting.measure(say, filled, batches=5, singles=300)


def _say(say: Say, told: dict[str, functions.Told]) -> None:
    functions.say_classes(say, told)
    functions.say_all(say, told, "tantivy")


def _asking(peer: Tantivy | Fts5) -> functions.Engine:
    def find(asked: Asked) -> Found:
        return peer.find(asked.query)

    return find


def _filled(say: Say, note: Path, rows: int) -> register.Register:
    """The register of a database that holds so many statements, an index's base of them in this
    process, and what came after the base was built."""
    kept = json.loads(note.read_text("utf-8")) if note.exists() else {"rows": rows, "turns": 0}
    if kept["rows"] != rows:
        raise ValueError(f"The kept database was filled with {kept['rows']} statements.")
    written = register.read() if Actor.objects.exists() else register.write()
    if not kept["turns"]:
        rate = corpus.fill(written, rows, say)
        say(f"{rows} statements written in batches, {rate:.0f} a second")
        _analyze()
    elif (seconds := warm()) is not None:
        say(f"the index that is kept was loaded in {seconds:.1f} s")
        return written
    began = time.perf_counter()
    build()
    say(f"the index's base was built in {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    changed = changes.change(written, rows, kept["turns"])
    say(
        f"after it {changed.late} statements came late, {changed.corrected} were corrected and "
        f"{changed.withdrawn} withdrawn, in {time.perf_counter() - began:.0f} s"
    )
    _analyze()
    note.write_text(json.dumps({"rows": rows, "turns": kept["turns"] + 1}), "utf-8")
    say(f"the index was loaded in {warm() or 0:.1f} s")
    return written


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _peers(say: Say, folder: Path) -> dict[str, Tantivy | Fts5]:
    """The other engines over what is listed now; those of an earlier run if nothing has changed
    since, by the number of entries and the newest transaction that wrote one."""
    kinds = {
        number: Kind(kind) for number, kind in FacetValue.objects.values_list("number", "kind")
    }
    now = SearchEntry.objects.aggregate(
        listed=Count("pk", filter=Q(listed=True)), changed=Max("changed")
    )
    found: dict[str, Tantivy | Fts5] = {}
    for name, make in (("tantivy", Tantivy), ("fts5", Fts5)):
        peer = make(folder / name, kinds)
        note = folder / f"{name}.json"
        if not note.exists() or json.loads(note.read_text("utf-8")) != now:
            note.unlink(missing_ok=True)
            shutil.rmtree(folder / name)
            peer = make(folder / name, kinds)
            began = time.perf_counter()
            peer.build(printed())
            note.write_text(json.dumps(now), "utf-8")
            say(f"{name} was built in {time.perf_counter() - began:.0f} s")
        found[name] = peer
    return found
