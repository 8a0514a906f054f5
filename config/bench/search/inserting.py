"""How fast statements come in with everything on: history, seals, versions, search."""

import multiprocessing
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

import numpy as np
from django.db import connections

from config.bench.search.calendar import calendar
from config.bench.search.corpus import AT_ONCE, Draft, draft, record
from config.bench.search.register import DAYS, Register
from config.bench.search.reports import Page, capture
from config.bench.search.rows import Insert, write_rows
from config.bench.search.spent import Spent, spend
from history.acting import acting
from statements.models import Statement
from statements.search.entries import deferred

Say = Callable[[str], object]
BATCHED = 1000.0  # statements a second, at least
SINGLE = 200.0
WRITERS = {1: "one process", 2: "two processes, as the worker has"}
_SEED = 20260605
_PATIENCE = 600.0  # seconds until another process has invented what it writes
# A process knows what it was forked with, and opens a connection of its own.
_forks = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class _Task:
    """What one process writes: so many transactions of so many statements each."""

    register: Register
    seed: list[int]
    times: int
    size: int


@dataclass(frozen=True)
class _Written:
    """When it began and ended, in seconds of a clock that processes share, and what it cost."""

    keys: list[int]
    captured: Spent
    recorded: Spent
    began: float
    ended: float


def measure(say: Say, register: Register, batches: int, singles: int) -> None:
    """Write so many batches, and so many statements one by one, first by one process and then
    by two at once; reject them all afterwards, so that the numbers of what readers see stay as
    they were.

    What is written is invented before. Articles are captured before as well, those of a batch
    together, in transactions of their own as the program does; that is told apart.
    """
    for writers in WRITERS:
        for times, size, limit in ((batches, AT_ONCE, BATCHED), (singles, 1, SINGLE)):
            seed = [_SEED, Statement.objects.count()]
            tasks = [_Task(register, [*seed, n], times, size) for n in range(writers)]
            written = _at_once(tasks)
            _say(say, written, times, size, limit)
            _reject([key for one in written for key in one.keys], register)


def create_rows(rows: Iterable[Any]) -> list[Any]:
    """Write new rows of one model as a run of the program does (`statements/in_hand.py`)."""
    new = list(rows)
    if new:
        type(new[0])._default_manager.bulk_create(new)
    return new


def _at_once(tasks: list[_Task]) -> list[_Written]:
    """Each task in a process of its own; all begin to record at the same time."""
    connections.close_all()
    gate = _forks.Barrier(len(tasks))
    ends = []
    for task in tasks:
        ours, theirs = _forks.Pipe(duplex=False)
        _forks.Process(target=_write, args=(task, gate, theirs), daemon=True).start()
        # Else the end of that process would not be the end of what it says.
        theirs.close()
        ends.append(ours)
    return [end.recv() for end in ends]


def _write(task: _Task, gate: Barrier, told: Connection) -> None:
    """Write what a task says, and tell what it cost; who waits learns of an error by silence."""
    chance = np.random.default_rng(task.seed)
    insert = write_rows if task.size > 1 else create_rows
    plan = calendar()
    drafts = [
        draft(task.register, plan, chance.integers(DAYS, size=task.size).tolist(), chance)
        for _ in range(task.times)
    ]
    pages, captured = spend(lambda: [_captured(one, task, chance, insert) for one in drafts])

    def record_all() -> None:
        for one, its_pages in zip(drafts, pages, strict=True):
            with deferred():
                record(one, task.register, chance, insert, its_pages)

    gate.wait(_PATIENCE)
    began = time.perf_counter()
    _, recorded = spend(record_all)
    ended = time.perf_counter()
    keys = [row.pk for one in drafts for row in one.statements]
    told.send(_Written(keys, captured, recorded, began, ended))


def _captured(
    one: Draft, task: _Task, chance: np.random.Generator, insert: Insert
) -> list[Page]:
    with deferred():
        return capture(one.statements, task.register, chance, insert)


def _reject(keys: list[int], register: Register) -> None:
    for first in range(0, len(keys), AT_ONCE):
        with deferred(), acting(register.editor, "Written to measure."):
            Statement.objects.filter(pk__in=keys[first : first + AT_ONCE]).update(
                status=Statement.Status.REJECTED, status_reason="Written to measure."
            )


def _say(say: Say, written: list[_Written], times: int, size: int, limit: float) -> None:
    count = len(written) * times * size
    seconds = max(one.ended for one in written) - min(one.began for one in written)
    client = sum(one.recorded.client for one in written) / count
    server = sum(one.recorded.server for one in written) / count
    captured = sum(one.captured.wall for one in written) / count
    how = f"in batches of {size}" if size > 1 else "one by one"
    say(
        f"written {how} by {WRITERS[len(written)]}: {count / seconds:.0f} statements a second, "
        f"{count / seconds / limit:.2f} of the limit; {client:.2f} ms of the processor for each "
        f"here and {server:.2f} ms in the database; its articles were captured in "
        f"{captured:.2f} ms before"
    )
