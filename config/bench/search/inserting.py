"""How fast statements come in with everything on: history, seals, versions, search."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np

from config.bench.search.calendar import calendar
from config.bench.search.corpus import AT_ONCE, Draft, draft, record
from config.bench.search.register import DAYS, Register
from config.bench.search.rows import Insert, write_rows
from config.bench.search.spent import spend
from history.acting import acting
from statements.models import Statement
from statements.search.entries import deferred

Say = Callable[[str], object]
BATCHED = 1000.0  # statements a second, at least
SINGLE = 200.0
_SEED = 20260605


def measure(say: Say, register: Register, batches: int, singles: int) -> None:
    """Write so many batches, and so many statements one by one; reject them all afterwards, so
    that the numbers of what readers see stay as they were. What is written is invented before."""
    plan = calendar()
    chance = np.random.default_rng([_SEED, Statement.objects.count()])
    written: list[int] = []
    for what, size, times, insert, limit in (
        (f"in batches of {AT_ONCE}", AT_ONCE, batches, write_rows, BATCHED),
        ("one by one", 1, singles, _save, SINGLE),
    ):
        drafts = [
            draft(register, plan, chance.integers(DAYS, size=size).tolist(), chance)
            for _ in range(times)
        ]
        _, spent = spend(partial(_record_all, drafts, register, chance, insert))
        count = times * size
        rate = count / spent.wall * 1000
        say(
            f"written {what}: {rate:.0f} statements a second, {rate / limit:.2f} of the limit; "
            f"{spent.client / count:.2f} ms of the processor for each here and "
            f"{spent.server / count:.2f} ms in the database"
        )
        written += [row.pk for one in drafts for row in one.statements]
    for first in range(0, len(written), AT_ONCE):
        with deferred(), acting(register.editor, "Written to measure."):
            Statement.objects.filter(pk__in=written[first : first + AT_ONCE]).update(
                status=Statement.Status.REJECTED, status_reason="Written to measure."
            )


def _record_all(
    drafts: list[Draft], register: Register, chance: np.random.Generator, insert: Insert
) -> None:
    """Write each draft in a transaction of its own."""
    for one in drafts:
        with deferred():
            record(one, register, chance, insert)


def _save(rows: Iterable[Any]) -> list[Any]:
    """Save each new row by itself, as most of the program does."""
    saved = list(rows)
    for row in saved:
        row.save(force_insert=True)
    return saved
