"""F3, F4, F5: the broker and the database die, forget, fall silent or cut connections off."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from signal import SIGCONT, SIGQUIT, SIGSTOP

import pytest
import redis
from django.conf import settings
from django.db import connection

from sources import hints, polling
from sources.by_hand import accept_url
from sources.models import Job, Snapshot
from tests.faults.load import Load, unfinished, wait_for
from tests.faults.workers import Program, running, worker
from tests.servers import Running

pytestmark = pytest.mark.django_db(transaction=True)

Servers = dict[str, Running]


def done() -> bool:
    return not unfinished()


def begun() -> bool:
    return Snapshot.objects.read().count() >= 3


class Shift:
    """A worker, and another one whenever it has ended, as a supervisor would."""

    def __init__(self, quiet: str) -> None:
        self._quiet = quiet
        self._stack = ExitStack()
        self.started = 0
        self._start()

    def _start(self) -> None:
        self.program: Program = self._stack.enter_context(
            worker(FAULT_QUIET_SECONDS=self._quiet)
        )
        self.started += 1

    def look_after(self) -> bool:
        if self.program.poll() is not None:
            self._start()
        return True

    def end(self) -> None:
        self._stack.close()


@pytest.fixture
def shift() -> Iterator[Callable[..., Shift]]:
    """Starts a watched worker that is patient for so many seconds; killed when the test ends."""
    shifts: list[Shift] = []

    def begin(quiet: str = "15") -> Shift:
        shifts.append(Shift(quiet))
        return shifts[-1]

    yield begin
    for one in shifts:
        one.end()


# ------------------------------------------------------------------ the broker


@pytest.fixture
def valkey(servers: Servers) -> Iterator[Running]:
    """The broker of this run, which runs again when the test has ended."""
    if "valkey" not in servers:
        pytest.skip("the broker of this run is not ours to kill")
    server = servers["valkey"]
    yield server
    if server.process.poll() is None:
        server.process.send_signal(SIGCONT)
    else:
        server.start()
    server.wait()
    _ask("CONFIG", "SET", "maxmemory", "0")
    _ask("FLUSHALL")
    hints._broker.silent_until = 0.0


def _ask(*words: str) -> object:
    with redis.Redis(unix_socket_path=str(settings.SOCKETS / "valkey.sock")) as client:
        return client.execute_command(*words)


def test_a_broker_that_is_killed_and_forgets_costs_no_work(
    load: Load, valkey: Running, shift: Callable[..., Shift]
) -> None:
    for _ in range(8):
        load.feed(articles=5)
    watched = shift()
    polling.tick()
    wait_for("work is in flow", begun, 60)
    for _ in range(3):
        valkey.kill()
        time.sleep(0.3)
        valkey.start()
        valkey.wait()
        _ask("FLUSHALL")
        time.sleep(1)
    wait_for("everything is done", lambda: watched.look_after() and done(), 90)

    load.assert_done_once()


def test_while_the_broker_is_away_addresses_are_accepted(
    load: Load, valkey: Running, shift: Callable[..., Shift]
) -> None:
    watched = shift()
    valkey.kill()
    took = []
    for _ in range(6):
        began = time.monotonic()
        assert accept_url(load.article()).created
        took.append(time.monotonic() - began)
    assert max(took) < 6, took  # seconds that a person waits
    time.sleep(5)
    assert len(unfinished()) == 6
    valkey.start()
    valkey.wait()

    wait_for("everything is done", lambda: watched.look_after() and done(), 60)
    load.assert_done_once()


def test_a_broker_out_of_memory_refuses_hints_and_nothing_else(
    load: Load, valkey: Running, shift: Callable[..., Shift]
) -> None:
    for _ in range(4):
        load.feed(articles=3)
    watched = shift()
    polling.tick()
    wait_for("work is in flow", begun, 60)
    _ask("CONFIG", "SET", "maxmemory", "1mb")
    for _ in range(3):
        assert accept_url(load.article()).created
    time.sleep(4)
    _ask("CONFIG", "SET", "maxmemory", "0")

    wait_for("everything is done", lambda: watched.look_after() and done(), 90)
    load.assert_done_once()


def test_a_broker_that_falls_silent_leaves_no_deaf_worker(
    load: Load, valkey: Running, shift: Callable[..., Shift]
) -> None:
    watched = shift("4")
    load.feed(articles=2)
    polling.tick()
    wait_for("everything is done", done, 60)
    valkey.process.send_signal(SIGSTOP)
    accept_url(load.article())
    # Longer than the watch's patience: it hears nothing, and ends or waits.
    time.sleep(8)
    valkey.process.send_signal(SIGCONT)

    wait_for("everything is done", lambda: watched.look_after() and done(), 60)
    load.assert_done_once()
    print(f"workers needed: {watched.started}")


def test_a_broker_that_cuts_connections_off_leaves_no_deaf_worker(
    load: Load, valkey: Running, shift: Callable[..., Shift]
) -> None:
    for _ in range(8):
        load.feed(articles=4)
    watched = shift("4")
    polling.tick()
    wait_for("work is in flow", begun, 60)
    until = time.monotonic() + 6
    while time.monotonic() < until:
        _ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        _ask("CLIENT", "KILL", "TYPE", "pubsub", "SKIPME", "yes")
        time.sleep(0.3)

    wait_for("everything is done", lambda: watched.look_after() and done(), 90)
    load.assert_done_once()


# ------------------------------------------------------------------ the database


@pytest.fixture
def postgres(servers: Servers) -> Iterator[Running]:
    """The database of this run, which runs again when the test has ended."""
    if "postgres" not in servers:
        pytest.skip("the database of this run is not ours to kill")
    server = servers["postgres"]
    yield server
    connection.close()
    if server.process.poll() is not None:
        server.start()
    server.wait()


@contextmanager
def site_online() -> Iterator[Callable[[str], int]]:
    """The real web server; gives what asks it for a page and returns the status."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    argv = ["config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    argv += ["--config", "python:config.gunicorn"]

    def status(path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            # A 503 that is not the page made for it is as bad as a 500.
            expected = error.code != 503 or "Back in a moment" in error.read().decode()
            return error.code if expected else 500
        except OSError:
            return 0

    with running("gunicorn", *argv):
        wait_for("the web server answers", lambda: status("/help/"))
        yield status


def test_a_database_that_crashes_under_load_keeps_every_promise(
    load: Load, postgres: Running, shift: Callable[..., Shift]
) -> None:
    for _ in range(8):
        load.feed(articles=5)
    with site_online() as status:
        watched = shift()
        polling.tick()
        wait_for("work is in flow", begun, 60)
        assert status("/status/") == 200
        away = []
        for _ in range(4):
            connection.close()
            postgres.kill(SIGQUIT)  # its immediate shutdown: nothing is finished
            away.append(status("/status/"))
            postgres.start()
            postgres.wait()
            wait_for("the site is back", lambda: status("/status/") == 200)
            time.sleep(1)
        wait_for("everything is done", lambda: watched.look_after() and done(), 120)

    assert away == [503] * 4
    load.assert_done_once()


def test_connections_cut_off_in_mid_transaction_leave_no_half_effects(
    load: Load, shift: Callable[..., Shift]
) -> None:
    for _ in range(8):
        load.feed(articles=5)
    watched = shift()
    polling.tick()
    wait_for("work is in flow", begun, 60)
    cut = 0
    until = time.monotonic() + 6
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            cut += cursor.fetchone()[0]
        time.sleep(0.2)

    wait_for("everything is done", lambda: watched.look_after() and done(), 120)
    assert cut > 10
    assert not Job.objects.filter(state__in=Job.EXPLAINED).exists()
    load.assert_done_once()
