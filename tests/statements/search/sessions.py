"""Other connections that write at the same time, and whether the search is right behind them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from statements.models import SearchEntry, Statement
from statements.search.entries import wrong
from tests.statements.search.told import expected, kept

Session = psycopg.Connection[tuple[Any, ...]]

PARTY = """
INSERT INTO statements_party (statement_id, role, "order", speaker_id, actor_id, name, printed,
    printed_office, reason) VALUES (%s, 'speaker', %s, %s, %s, 'Ada Example', '', '', '')
"""
RENAME = "UPDATE statements_speaker SET name = 'Bo Beispiel' WHERE id = %s"
PLACE = "UPDATE statements_statement SET place = 'Zenda' WHERE id = %s"


@contextmanager
def session() -> Iterator[Session]:
    """Another connection with a transaction of its own, which the block may commit."""
    with psycopg.connect(**connection.get_connection_params()) as opened:
        yield opened
        opened.rollback()


def waits(one: Session) -> bool:
    """Whether a session comes to wait for another within some seconds."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as watch:
        for _ in range(100):
            asked = "SELECT cardinality(pg_blocking_pids(%s))"
            row = watch.execute(asked, [one.info.backend_pid]).fetchone()
            if row is not None and row[0]:
                return True
            time.sleep(0.05)
    return False


def holds(statement: Statement, word: str) -> bool:
    rows = SearchEntry.objects.filter(statement=statement.pk)
    found: bool = rows.extra(
        where=["words @@ to_tsquery('demarche', %s)"], params=[word]
    ).exists()
    return found


def stands() -> None:
    """All entries are as plain Python tells them, and nothing is left to be done."""
    assert kept() == expected()
    assert wrong() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM statements_searchpending")
        assert cursor.fetchone() == (0,)
