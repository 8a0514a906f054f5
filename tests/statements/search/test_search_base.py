"""A base is built when it is due, by one builder at a time, and the one before is forgotten."""

import gc
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from statements.models import SearchBase
from statements.search.asking import Part, Query
from statements.search.finding import find
from statements.search.side import renewing, storing
from statements.search.side.holding import HOLDER
from statements.search.side.renewing import renew
from statements.tasks import renew_search_base
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_index_is_left() -> Iterator[None]:
    HOLDER.forget()
    with connection.cursor() as cursor:  # no model empties the pieces of earlier tests
        cursor.execute("DELETE FROM statements_searchposting")
    yield
    HOLDER.forget()


def generations_of_pieces() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT generation FROM statements_searchposting ORDER BY 1")
        return [generation for (generation,) in cursor.fetchall()]


def test_one_is_due_when_there_is_none_or_much_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(renewing, "MANY", 2)
    first = renew()
    assert first is not None
    assert renew() is None
    for _ in range(2):
        StatementFactory()
    assert renew() is None
    StatementFactory()
    second = renew()
    assert second is not None
    assert second.documents == 3


def test_one_that_cannot_be_used_here_is_replaced() -> None:
    assert renew() is not None
    SearchBase.objects.update(cluster="7:7")
    renewed = renew()
    assert renewed is not None
    assert renewed.cluster == storing.cluster()


@pytest.mark.parametrize(
    ("spoilt", "part"),
    [
        ("key = 'of-before'", "column"),
        ("documents = '\\x07'", "value"),
        ("documents = ''", "value"),
    ],
)
def test_one_that_cannot_be_read_is_told_and_replaced(
    spoilt: str, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    statement = StatementFactory()
    first = renew()
    assert first is not None
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE statements_searchposting SET {spoilt} WHERE (part, key) IN"
            " (SELECT part, key FROM statements_searchposting WHERE part = %s LIMIT 1)",
            [part],
        )

    assert not HOLDER.warm()
    assert f"base {first.generation}" in caplog.text
    # The database answers; and whoever is asked for a new one builds it.
    assert find(Query(), Part(10), ()).statements == [statement.pk]
    second = renew()
    assert second is not None
    assert HOLDER.warm()


def test_what_a_process_loads_beside_is_no_work_for_its_garbage_collector() -> None:
    assert renew() is not None
    gc.unfreeze()  # what other tests have loaded

    HOLDER.begin()
    try:
        assert HOLDER.warm()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_every_night_one_is_built_anyhow() -> None:
    renew_search_base()
    renew_search_base()
    assert SearchBase.objects.count() == 1
    renew_search_base(anyhow=True)
    assert SearchBase.objects.count() == 2


def test_the_one_before_is_forgotten_when_the_new_one_has_been_taken_up() -> None:
    first, second = renew(), renew(anyhow=True)
    assert first is not None
    assert second is not None
    renew()
    assert generations_of_pieces() == [first.generation, second.generation]
    earlier = timezone.now() - timedelta(hours=1)
    SearchBase.objects.filter(pk=second.pk).update(built_at=earlier)
    renew()
    assert generations_of_pieces() == [second.generation]
    assert list(SearchBase.objects.all()) == [second]


def test_two_are_not_built_at_once() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [storing._BUILDING])
        assert renew() is None
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [storing._BUILDING])
        assert renew() is not None
    finally:
        other.close()
