"""Processes that live as a worker does, and die where a test wants them to.

They are forked from a server that has loaded everything, so that a life costs milliseconds
(`multiprocessing`'s forkserver). Each is a real process with connections of its own.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import django
from django.conf import settings

django.setup()

from django.db import connection

from sources import by_hand, jobs, polling, reading, sweeping
from sources.feeds import parse_feed
from sources.fetching import hosts, robots
from sources.rules import leave_for
from sources.text import read_page
from statements.attribution import EMPTY, attribute
from tests.faults import points

LEASE_SECONDS = 2
# A dead worker's turn with a host is over after this long; 90 s are meant for slow hosts.
TURN_SECONDS = 2
_SETTINGS = ("FETCH_ALLOWED_PRIVATE", "SNAPSHOT_FOLDER", "CELERY_BROKER_URL")

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload([__name__])


def _warm_up() -> None:
    """Load what the first page and the first statement load."""
    said = "Minister Ada Example said that the invented pact would stay as it was. " * 4
    page = f"<html lang=en><body><article><h1>Story</h1><p>{said}</p></article></body></html>"
    found = read_page(page.encode(), "text/html", "http://127.0.0.1/story")
    attribute(found.text, register=EMPTY)


_warm_up()


@dataclass(frozen=True)
class Orders:
    """What a process is to do. `steps` are tick, sweep, work and `accept URL`, done in a row.

    `point` is where it dies, or with `stalls` stops; `mark` is the file that tells so.
    `largest_file` is in bytes; `notes` is a file to which it writes its memory after each job.
    """

    steps: tuple[str, ...]
    seconds: float = 20.0
    point: str = ""
    mark: Path = Path()
    stalls: bool = False
    largest_file: int = 0
    notes: Path | None = None
    lease: int = LEASE_SECONDS
    settings: dict[str, Any] = field(default_factory=dict)
    database: dict[str, Any] = field(default_factory=dict)


@contextmanager
def living(**values: Any) -> Iterator[ForkServerProcess]:
    """A process that does its orders against this test's database, broker, site and store."""
    orders = Orders(
        settings={name: getattr(settings, name) for name in _SETTINGS},
        database={
            name: connection.settings_dict[name]
            for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
        },
        **values,
    )
    process = _forks.Process(target=live, args=(orders,), daemon=True)
    process.start()
    try:
        yield process
    finally:
        if process.exitcode is None:
            process.kill()
            process.join(10)


def ended(within: float = 30.0, **values: Any) -> int:
    """Run a process to its end and return its exit code, the negative signal when killed.

    Fails the test when it has not ended after so many seconds.
    """
    with living(**values) as process:
        process.join(within)
        code = process.exitcode
    assert code is not None, f"a process with these orders did not end in {within} s: {values}"
    return code


def live(orders: Orders) -> None:
    """The life of one process."""
    connection.settings_dict.update(orders.database)
    timeout = f"-c idle_in_transaction_session_timeout={orders.lease}s"
    connection.settings_dict["OPTIONS"] = {"options": timeout}
    for name, value in orders.settings.items():
        setattr(settings, name, value)
    settings.JOB_LEASE_SECONDS = orders.lease
    # A child to take pages apart would cost each life a second; real workers have it.
    reading.read_page, polling.parse_feed = read_page, parse_feed  # type: ignore[assignment,attr-defined]
    robots.leave_for = leave_for  # type: ignore[assignment,attr-defined]
    shorten_turns()
    if orders.largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (orders.largest_file, resource.RLIM_INFINITY))
    if orders.notes is not None:
        _note_memory(orders.notes)
    if orders.point:
        points.arm(orders.point, orders.mark, points.stall if orders.stalls else points.die)
    until = time.monotonic() + orders.seconds
    for step in orders.steps:
        word, _, rest = step.partition(" ")
        _STEPS[word](rest, until)


def shorten_turns() -> None:
    """Let the turn that a dead worker had with a host be over soon."""
    hosts._TURN = timedelta(seconds=TURN_SECONDS)


def _work(_: str, until: float) -> None:
    jobs.work(until - time.monotonic())


_STEPS: dict[str, Callable[[str, float], object]] = {
    "tick": lambda _, until: polling.tick(),
    "sweep": lambda _, until: sweeping.sweep(),
    "work": _work,
    "accept": lambda url, until: by_hand.accept_url(url),
}


def _note_memory(notes: Path) -> None:
    """Write this process's largest resident memory so far, in KiB, to the file after each job."""
    unit = 1024 if sys.platform == "darwin" else 1  # bytes there, KiB elsewhere
    file = notes.open("w", buffering=1)

    def note() -> None:
        file.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit}\n")

    points.after("sources.jobs:_do")(note)
