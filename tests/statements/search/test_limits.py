"""A search has two seconds for all that it asks, and whoever was slow says so."""

from collections.abc import Iterator
from contextlib import suppress
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection

from statements.search import limits, packed
from statements.search.asking import Query
from statements.search.limits import TooBroad, limited
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(limits, "SECONDS", 0.4)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def ask(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def asking(many: int) -> int:
    """How many of these queries of a tenth of a second each were answered in one block."""
    done = 0
    with suppress(TooBroad), limited():
        for _ in range(many):
            ask("SELECT pg_sleep(0.1)")
            done += 1
    return done


def test_many_queries_have_no_more_time_than_one() -> None:
    assert asking(2) == 2
    assert 2 <= asking(50) < 5


def copying_late() -> None:
    with limited():
        sleep(0.3)
        packed._sent(Query(), "pg_sleep(5)::text::bytea")


def test_what_is_copied_has_no_more_time_either() -> None:
    StatementFactory()
    begun = monotonic()

    with pytest.raises(TooBroad, match="add a word or a filter"):
        copying_late()

    assert monotonic() - begun < 0.65


def test_who_is_late_is_told_so_in_any_language() -> None:
    with pytest.raises(TooBroad), limited():
        ask("DO $$ BEGIN PERFORM pg_sleep(0.5); EXCEPTION WHEN query_canceled THEN"
            " RAISE 'запрос отменён' USING ERRCODE = '57014'; END $$")  # fmt: skip


def test_what_was_cancelled_in_time_was_not_too_broad() -> None:
    with pytest.raises(OperationalError, match="told"), limited():
        ask("DO $$ BEGIN RAISE 'told' USING ERRCODE = '57014'; END $$")


def test_a_search_within_a_transaction_leaves_it_all_its_time() -> None:
    with limited():
        ask("SELECT pg_sleep(0.3)")

    ask("SELECT pg_sleep(0.5)")
