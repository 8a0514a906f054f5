"""What every test may rely on: real servers, loopback only, the shared material's place."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from statements.search import kinds_of
from tests.servers import Running, running_servers

REPOSITORY = Path(__file__).resolve().parent.parent
# Whoever asks for one of these works on PostgreSQL, with or without a mark of pytest-django.
_DATABASE = frozenset({"db", "transactional_db", "django_db_setup", "servers"})


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, Running]]:
    """PostgreSQL and Valkey of this run, started when the first test needs them."""
    with running_servers() as running:
        yield running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: None) -> None:
    """Let pytest-django make its database only once the server runs."""


@pytest.fixture(autouse=True, scope="session")
def _history_is_emptied_between_tests() -> Iterator[None]:
    """Let the emptying of all tables after a test that commits empty the history as well.

    Everything else finds it guarded, as on a site.
    """
    flush = DatabaseOperations.execute_sql_flush
    deed = "ALTER TABLE {} {} TRIGGER history_is_not_emptied"
    kept = ("history_change", "history_seal")

    def emptied(self: DatabaseOperations, statements: list[str]) -> None:
        opened, closed = (
            [deed.format(table, what) for table in kept] for what in ("DISABLE", "ENABLE")
        )
        flush(self, [*opened, *statements, *closed])

    DatabaseOperations.execute_sql_flush = emptied  # type: ignore[method-assign,assignment]
    yield
    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that works on the database, so that these can be chosen alone.

    They are what another version of PostgreSQL may answer otherwise (`-m database`).
    """
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or _DATABASE.intersection(asked):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _numbers_may_be_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test give values of facets the numbers that others had in the test before."""
    monkeypatch.setattr(kinds_of, "_known", np.zeros(0, np.int8))


@pytest.fixture(autouse=True, scope="session")
def _passwords_take_one_round() -> Iterator[None]:
    """Hash passwords of tests as a site does, but once and not a million times.

    The rounds are written in each hash, so that any other process can check them as well.
    """
    rounds = PBKDF2PasswordHasher.iterations
    PBKDF2PasswordHasher.iterations = 1
    yield
    PBKDF2PasswordHasher.iterations = rounds


@pytest.fixture
def guarded_history(db: None) -> None:
    """Let each change be sealed at once, and not first when a test that never commits ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test material; tests that need it skip without it."""
    folder = Path(os.environ.get("DEMARCHE_SHARED") or REPOSITORY.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"the shared test material is not at {folder}")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """Refuse every connection of this process that would leave the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = ipaddress.ip_address(str(address[0]).split("%")[0])
            if not host.is_loopback:
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]
