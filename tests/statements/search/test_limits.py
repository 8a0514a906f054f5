"""A search has two seconds for all that it asks, and whoever was slow says so."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import OperationalError, connection

from statements.prepared import preparing_cursor
from statements.search import limits, packed
from statements.search.asking import Query
from statements.search.limits import TooBroad, limited, together
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db

# What a limit may set.
SETTINGS = ["statement_timeout", "jit", "max_parallel_workers_per_gather", "work_mem"]
# Longer than a test may take.
FOREVER = 600  # seconds


@pytest.fixture(autouse=True)
def unlimited_behind() -> Iterator[None]:
    yield
    assert setting("statement_timeout") == "0"


class Clock:
    """The seconds that a search reads; they pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(limits, "monotonic", clock)
    return clock


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second, by the clock of the machine."""
    monkeypatch.setattr(limits, "SECONDS", 1)


def ask(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def setting(name: str) -> str:
    """What the database says that a query has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])


def test_many_queries_have_no_more_time_than_one(clock: Clock) -> None:
    had = list[str]()

    with suppress(TooBroad), limited():
        while len(had) < 10:
            had.append(setting("statement_timeout"))
            clock.now += 0.5

    assert had == ["2s", "1500ms", "1s", "500ms"]


def test_a_query_that_follows_at_once_is_not_limited_anew(clock: Clock) -> None:
    with limited():
        had = [setting("statement_timeout")]
        clock.now += 0.125
        had.append(setting("statement_timeout"))
        clock.now += 0.125
        had.append(setting("statement_timeout"))

    assert had == ["2s", "2s", "1750ms"]


@pytest.mark.usefixtures("soon")
def test_the_database_ends_the_one_that_runs_then() -> None:
    done = 0

    with suppress(TooBroad), limited():
        for _ in range(50):
            ask("SELECT pg_sleep(0.1)")
            done += 1

    # One that begins late may have a tenth of the time more.
    assert done <= 11


def test_several_searches_have_no_more_time_together_than_one(clock: Clock) -> None:
    had = list[str]()
    with together():
        for _ in range(2):
            with limited():
                had.append(setting("statement_timeout"))
                clock.now += 1.5
            # What is done between them takes none of it.
            clock.now += 60
        with pytest.raises(TooBroad), limited():
            ask("SELECT 1")
    with limited():
        had.append(setting("statement_timeout"))

    assert had == ["2s", "500ms", "2s"]


def test_the_database_cancels_nothing_while_there_is_time(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.5004)

    with limited():
        assert setting("statement_timeout") == "501ms"


def test_what_is_copied_has_no_more_time_either(clock: Clock) -> None:
    StatementFactory()

    with limited():
        clock.now += 1.75
        left = "convert_to(current_setting('statement_timeout'), 'UTF8')"
        assert packed._sent(Query(), left) == [b"250ms"]


def test_what_is_prepared_has_no_more_time_either(clock: Clock) -> None:
    with limited():
        for seconds in (2, 1):
            with preparing_cursor() as cursor:
                cursor.execute("SHOW statement_timeout")
                assert cursor.fetchone() == (f"{seconds}s",)
            clock.now += 1


@pytest.mark.usefixtures("soon")
def test_what_is_copied_is_ended_too() -> None:
    StatementFactory()

    with pytest.raises(TooBroad, match="add a word or a filter"), limited():
        packed._sent(Query(), f"pg_sleep({FOREVER})::text::bytea")


@pytest.mark.usefixtures("soon")
def test_who_is_late_is_told_so_in_any_language() -> None:
    with pytest.raises(TooBroad), limited():
        ask(f"DO $$ BEGIN PERFORM pg_sleep({FOREVER}); EXCEPTION WHEN query_canceled THEN"
            " RAISE 'запрос отменён' USING ERRCODE = '57014'; END $$")  # fmt: skip


def test_what_was_cancelled_in_time_was_not_too_broad(clock: Clock) -> None:
    with pytest.raises(OperationalError, match="told"), limited():
        ask("DO $$ BEGIN RAISE 'told' USING ERRCODE = '57014'; END $$")


@pytest.mark.django_db(transaction=True)
def test_a_search_of_its_own_is_planned_for_short_queries() -> None:
    before = [setting(name) for name in SETTINGS]

    with limited():
        assert [setting(name) for name in SETTINGS] == ["2s", "off", "0", "64MB"]

    assert [setting(name) for name in SETTINGS] == before


def test_a_search_within_a_transaction_leaves_it_all_as_it_was() -> None:
    before = [setting(name) for name in SETTINGS]

    with limited():
        assert setting("statement_timeout") != "0"

    assert [setting(name) for name in SETTINGS] == before
