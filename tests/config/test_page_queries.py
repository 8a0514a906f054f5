"""A page of the timeline keeps to its number of queries, also with words that are new to it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.bench.search import register
from config.bench.search.asked import Asked, asked
from config.bench.search.mix import mix
from config.bench.search.serving import QUERIES
from statements.models import Speaker, Statement
from statements.search import finding, known_words, lexing
from statements.search.side.holding import HOLDER
from statements.timeline import meanings
from tests.config.test_search_bench import filled as filled  # noqa: PLC0414


def queries(client: Client, path: str) -> list[str]:
    """The SQL of a page, without what begins and ends a transaction."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    every = [one["sql"] for one in captured.captured_queries]
    return [sql for sql in every if sql not in {"BEGIN", "COMMIT"}]


def test_no_page_of_the_mix_takes_more_queries_than_it_may(
    filled: register.Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [one.path for one in [*mix(), misspelt()]]
    # No word is known and no answer kept; the register is known from the first pages.
    for known in (lexing._known, known_words._known):
        known.clear()
    for cached in (meanings._at, meanings._of):
        cached.cache_clear()
    monkeypatch.setattr(finding, "_answers", finding._Answers())
    client = Client()
    client.get("/statements/")
    client.get("/statements/?q=Zzyzx+Zzyzx")

    for path in paths:
        for turn in ("at first", "again"):
            sql = queries(client, path)
            assert len(sql) <= QUERIES, (path, turn, sql)

    # The last of them was put right, and statements fit it.
    assert "typed" in client.get(paths[-1]).context

    # Without an index the database itself answers.
    HOLDER.forget()
    for path in paths:
        sql = queries(client, path)
        assert len(sql) <= QUERIES, (path, "without an index", sql)
        assert any("COPY" in one for one in sql), path


def misspelt() -> Asked:
    """A name with two letters changed about, of somebody who has said something."""
    listed = Statement.objects.on_timeline()
    spoken = Speaker.objects.filter(parties__statement__in=listed, name__contains=" ")
    given, family = spoken.order_by("pk")[0].name.split()
    return asked("name", f"{given} {family[:-3]}{family[-2]}{family[-3]}{family[-1]}")
