"""What every test may rely on: real servers, loopback only, the shared material's place."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.servers import Running, running_servers

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, Running]]:
    """PostgreSQL and Valkey of this run, started when the first test needs them."""
    with running_servers() as running:
        yield running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: None) -> None:
    """Let pytest-django make its database only once the server runs."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests that commit empty the tables of the history, which refuse it otherwise."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("history_change", "history_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER history_is_not_emptied")


@pytest.fixture
def guarded_history(db: None) -> Iterator[None]:
    """Let the history be guarded as on a site, with each change sealed at once."""
    deed = "ALTER TABLE {} {} TRIGGER history_is_not_emptied"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("history_change", "history_seal"):
            cursor.execute(deed.format(table, "ENABLE"))
    yield
    with connection.cursor() as cursor:
        for table in ("history_change", "history_seal"):
            cursor.execute(deed.format(table, "DISABLE"))


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
