"""What `./run bench search` measures can be measured with the models and the search as they are."""

import asyncio
from pathlib import Path

import pytest
from django.db.models import Count
from pytest_django.live_server_helper import LiveServer

from config.bench.search import changes, corpus, functions, inserting, register
from config.bench.search.asked import FACETS, Asked
from config.bench.search.found import Found
from config.bench.search.held_out import held_out
from config.bench.search.mix import mix
from config.bench.search.ours import by_index, by_sql, nothing_kept, warm
from config.bench.search.peer_sqlite import Fts5
from config.bench.search.peer_tantivy import Tantivy
from config.bench.search.printed import printed
from config.bench.search.readers import Read, Task, read_all
from config.bench.search.spent import Spent, share, spend
from statements.models import Attestation, Party, Statement
from statements.models.search import FacetValue, SearchEntry
from statements.search.kinds import Kind
from statements.search.side.storing import build

ROWS = 400


@pytest.fixture
def filled(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> register.Register:
    """A small corpus, an index of it, and what came after."""
    monkeypatch.setattr(register, "SPEAKERS", 500)
    monkeypatch.setattr(changes, "SHARE", 20)
    written = register.write()
    corpus.fill(written, ROWS, lambda line: None)
    build()
    changes.change(written, ROWS)
    assert warm() is not None
    return written


def test_all_engines_find_the_same_for_every_query(
    filled: register.Register, tmp_path: Path
) -> None:
    kinds = {
        number: Kind(kind) for number, kind in FacetValue.objects.values_list("number", "kind")
    }
    tantivy, fts5 = Tantivy(tmp_path / "t", kinds), Fts5(tmp_path / "f", kinds)
    tantivy.build(printed())
    fts5.build(printed())
    assert (
        len(tantivy) == len(fts5) == SearchEntry.objects.filter(listed=True).count() > ROWS // 2
    )

    def ask_tantivy(asked: Asked) -> Found:
        return tantivy.find(asked.query)

    def ask_fts5(asked: Asked) -> Found:
        return fts5.find(asked.query)

    engines = {"index": by_index, "sql": by_sql, "tantivy": ask_tantivy, "fts5": ask_fts5}
    queries = [*mix(), *held_out(filled, 150)]
    with nothing_kept():
        told = functions.ask(queries, engines, rounds=0)

    assert {name: one.failed for name, one in told.items() if one.failed} == {}
    assert {name: one.differences for name, one in told.items() if one.differences} == {}
    assert all(len(one.spent) == len(set(queries)) for one in told.values())
    found = [by_sql(asked).total for asked in mix()]
    assert len(found) == len(set(mix())) == 40
    assert len({asked.kind for asked in mix()}) == 13
    # A few hundred statements hold no rare words.
    assert sum(total > 0 for total in found) > 30
    said: list[str] = []
    functions.say_classes(said.append, told)
    functions.say_all(said.append, told, "tantivy")
    assert any(line.startswith("index: p50 / p95 / p99 ") for line in said)
    assert not any("differs" in line for line in said)


def test_a_difference_between_engines_is_told() -> None:
    counts = {kind: {1: 5, 2: 3} for kind in FACETS}
    one = Found(8, [4, 2], counts)

    assert one.differs(Found(8, [4, 2], {**counts, Kind.ACTOR: {7: 5, 9: 3}})) == set()
    assert one.differs(Found(7, [4, 3], {**counts, Kind.ACTOR: {1: 5}})) == {
        "total", "rows", "actor",
    }  # fmt: skip


def test_the_corpus_is_as_a_site_has_it_and_stays_so_when_inserts_are_measured(
    filled: register.Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    voices = Party.objects.filter(role__in=Party.VOICES).values("statement")
    reports = Attestation.objects.values("statement")

    assert Statement.objects.count() == ROWS + ROWS // 20
    assert voices.annotate(count=Count("pk")).filter(count__gt=1).exists()
    assert reports.annotate(count=Count("pk")).filter(count__gt=1).exists()
    assert Statement.objects.filter(said_on=None).exists()
    assert Statement.objects.filter(text__endswith="Corrigendum.").exists()
    assert Statement.objects.filter(status_reason="Nobody said that.").exists()
    assert set(Statement.objects.values_list("said_on_precision", flat=True)) > {"day", "month"}
    assert len(set(Statement.objects.values_list("language", flat=True))) == 9

    for module in (corpus, inserting):
        monkeypatch.setattr(module, "AT_ONCE", 20)
    listed = SearchEntry.objects.filter(listed=True).count()
    said: list[str] = []

    inserting.measure(said.append, filled, batches=1, singles=3)

    assert Statement.objects.filter(status_reason="Written to measure.").count() == 3 * 23
    assert SearchEntry.objects.filter(listed=True).count() == listed
    assert [line.split(":")[0] for line in said] == [
        "written in batches of 20 by one process",
        "written one by one by one process",
        "written in batches of 20 by two processes, as the worker has",
        "written one by one by two processes, as the worker has",
    ]


def test_readers_tell_how_long_each_page_took_and_what_failed(live_server: LiveServer) -> None:
    port = int(live_server.url.rsplit(":", 1)[1])

    well: Read = asyncio.run(read_all(Task(port, ["/help/"], 3, 0.5)))
    badly: Read = asyncio.run(read_all(Task(port, ["/nowhere/"], 3, 0.5)))

    assert len(well.times) >= 3
    assert well.errors == []
    assert len(badly.errors) == len(badly.times) >= 3
    assert set(badly.errors) == {"/nowhere/ answered 404"}


@pytest.mark.django_db
def test_what_the_processor_spends_is_told_apart_from_waiting() -> None:
    _, busy = spend(lambda: sum(range(2_000_000)))

    assert 0 < busy.client <= busy.wall * 1.5
    assert Spent(9.0, 2.0, 3.0).processor == 5.0
    assert share([float(n) for n in range(1, 101)], 95) == 95.0
