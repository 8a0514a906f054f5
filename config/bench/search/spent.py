"""What a search costs: the time of this process and of the database's that works for it."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")
_NANOSECONDS = 1e6  # in a millisecond


@dataclass(frozen=True)
class Spent:
    """Milliseconds: by the clock, and of the processor in this process and in the database's."""

    wall: float
    client: float
    server: float

    @property
    def processor(self) -> float:
        return self.client + self.server


def spend(work: Callable[[], Result]) -> tuple[Result, Spent]:
    """Do the work and tell what it cost.

    The kernel counts the database's process in nanoseconds in /proc/PID/schedstat; where there
    is no such file the server's share is NaN.
    """
    path = _backend()
    server, client, wall = _server(path), time.process_time(), time.perf_counter()
    result = work()
    spent = Spent(
        (time.perf_counter() - wall) * 1000,
        (time.process_time() - client) * 1000,
        _server(path) - server,
    )
    return result, spent


def middle(runs: Sequence[Spent]) -> Spent:
    """The median of each figure."""
    return Spent(
        statistics.median(one.wall for one in runs),
        statistics.median(one.client for one in runs),
        statistics.median(one.server for one in runs),
    )


def share(figures: Sequence[float], hundredth: float) -> float:
    """The figure that so many of a hundred do not exceed: 50 asks for the median.

    >>> share([3.0, 1.0, 2.0], 50), share([3.0, 1.0, 2.0], 95), share([7.0], 99)
    (2.0, 3.0, 7.0)
    """
    ordered = sorted(figures)
    place = math.ceil(hundredth / 100 * len(ordered)) - 1
    return ordered[max(place, 0)]


def _backend() -> Path:
    connection.ensure_connection()
    return Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")


def _server(path: Path) -> float:
    try:
        return int(path.read_text(encoding="ascii").split()[0]) / _NANOSECONDS
    except OSError:
        return float("nan")
