"""How fast statements come in with everything on: history, seals, versions, search."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from config.bench.search.calendar import calendar
from config.bench.search.corpus import AT_ONCE, Draft, draft, record
from config.bench.search.register import DAYS, Register
from config.bench.search.reports import Page, capture
from config.bench.search.rows import write_rows
from config.bench.search.spent import Spent, spend
from history.acting import acting
from statements.models import Statement
from statements.search.entries import deferred

Say = Callable[[str], object]
BATCHED = 1000.0  # statements a second, at least
SINGLE = 200.0
_SEED = 20260605


def measure(say: Say, register: Register, batches: int, singles: int) -> None:
    """Write so many batches, and so many statements one by one; reject them all afterwards, so
    that the numbers of what readers see stay as they were.

    What is written is invented before. The articles of a batch are written with it. Those of
    single statements are captured before, each in a transaction of its own, as the program does.
    """
    chance = np.random.default_rng([_SEED, Statement.objects.count()])
    many = _invented(batches, AT_ONCE, register, chance)
    alone = _invented(singles, 1, register, chance)

    def write_many() -> None:
        for one in many:
            with deferred():
                record(one, register, chance, write_rows)

    def capture_alone() -> list[list[Page]]:
        return [_captured(one, register, chance) for one in alone]

    def write_alone() -> None:
        for one, its_pages in zip(alone, pages, strict=True):
            with deferred():
                record(one, register, chance, create_rows, its_pages)

    _, spent = spend(write_many)
    _say(say, f"written in batches of {AT_ONCE}", spent, batches * AT_ONCE, BATCHED)
    pages, spent = spend(capture_alone)
    _say(say, "captured, the articles of one by one", spent, singles)
    _, spent = spend(write_alone)
    _say(say, "written one by one", spent, singles, SINGLE)
    written = [row.pk for one in (*many, *alone) for row in one.statements]
    for first in range(0, len(written), AT_ONCE):
        with deferred(), acting(register.editor, "Written to measure."):
            Statement.objects.filter(pk__in=written[first : first + AT_ONCE]).update(
                status=Statement.Status.REJECTED, status_reason="Written to measure."
            )


def create_rows(rows: Iterable[Any]) -> list[Any]:
    """Write new rows of one model as a run of the program does (`statements/in_hand.py`)."""
    new = list(rows)
    if new:
        type(new[0])._default_manager.bulk_create(new)
    return new


def _invented(
    times: int, size: int, register: Register, chance: np.random.Generator
) -> list[Draft]:
    plan = calendar()
    return [
        draft(register, plan, chance.integers(DAYS, size=size).tolist(), chance)
        for _ in range(times)
    ]


def _captured(one: Draft, register: Register, chance: np.random.Generator) -> list[Page]:
    with deferred():
        return capture(one.statements, register, chance, create_rows)


def _say(say: Say, what: str, spent: Spent, count: int, limit: float | None = None) -> None:
    rate = count / spent.wall * 1000
    say(
        f"{what}: {rate:.0f} statements a second, "
        + (f"{rate / limit:.2f} of the limit; " if limit else "")
        + f"{spent.client / count:.2f} ms of the processor for each here and "
        f"{spent.server / count:.2f} ms in the database"
    )
