"""The embedded servers that this installation needs, and running them for a while."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection

from config.embedded import postgres, valkey
from config.embedded.server import Server, ServerError, end, start, wait_ready

START_SECONDS = 60.0
STOP_SECONDS = 20.0


class AlreadyRunning(Exception):
    """Another process runs this installation's servers; `facts` is what it says of itself."""

    def __init__(self, facts: dict[str, Any]) -> None:
        super().__init__(facts.get("url", ""))
        self.facts = facts


def needed() -> list[Server]:
    """The servers to start: those that no DATABASE_URL or REDIS_URL replaces.

    Raises `ServerError` when one cannot be found or made.
    """
    servers = []
    if not settings.DATABASE_URL:
        servers.append(postgres.prepare(settings.HOME, settings.SOCKETS))
    if not settings.REDIS_URL:
        servers.append(valkey.prepare(settings.HOME, settings.SOCKETS))
    return servers


@contextlib.contextmanager
def owned_home() -> Iterator["Owner"]:
    """Hold the data folder for this process; raise `AlreadyRunning` when another has it.

    The lock ends with the process, however that ends.
    """
    settings.HOME.mkdir(parents=True, exist_ok=True)
    path = settings.HOME / "running.json"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(_facts(path)) from None
        owner = Owner(descriptor)
        owner.say({"pid": os.getpid()})
        yield owner
        owner.say({})
    finally:
        os.close(descriptor)


class Owner:
    """Who holds the data folder, and what it tells others of itself."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def say(self, facts: dict[str, Any]) -> None:
        """Replace what others read."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(facts).encode(), 0)


def _facts(path: Path) -> dict[str, Any]:
    try:
        facts = json.loads(path.read_text(encoding="utf-8") or "{}")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


@contextlib.contextmanager
def for_a_while() -> Iterator[dict[str, Any]]:
    """Have the servers at hand: those that run already, or own ones until the block ends.

    Yields what the process that runs them says of itself, nothing for own ones. Raises
    `ServerError` when they do not start, or those of another process do not answer.
    """
    try:
        with owned_home():
            running = []
            try:
                for server in needed():
                    process = start(server)
                    running.append((server, process))
                    wait_ready(server, process, START_SECONDS)
                    if server.name == "postgres":
                        postgres.ensure_database(settings.SOCKETS)
                yield {}
            finally:
                for server, process in reversed(running):
                    end(server, process, STOP_SECONDS)
    except AlreadyRunning as other:
        _wait_for_others()
        yield other.facts


def _wait_for_others() -> None:
    """Wait for servers that another process is about to start."""
    until = time.monotonic() + START_SECONDS
    while not (
        _database_answers() and (settings.REDIS_URL or valkey.answers(settings.SOCKETS))
    ):
        if time.monotonic() > until:
            raise ServerError("The servers of the running Demarche do not answer.")
        time.sleep(0.2)


def _database_answers() -> bool:
    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True
