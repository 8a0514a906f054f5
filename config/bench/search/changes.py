"""What comes after an index was built: late reports, corrections, and what is taken back."""

from dataclasses import dataclass

import numpy as np
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from config.bench.search.calendar import calendar
from config.bench.search.corpus import AT_ONCE, write
from config.bench.search.register import DAYS, Register
from history.acting import acting
from statements.models import Position, Statement
from statements.search.entries import deferred

# One statement in a hundred each.
SHARE = 100
_SEED = 20260604
_TOGETHER = 100  # statements that an editor changes in one transaction


@dataclass(frozen=True)
class Changed:
    """How many statements came late, say something else now, or are gone."""

    late: int
    corrected: int
    withdrawn: int


def change(register: Register, count: int, turn: int = 0) -> Changed:
    """Change one statement in a hundred of `count`, take back another, add as many late ones.

    Another `turn` concerns other statements.
    """
    late = _arrive_late(register, count // SHARE, turn)
    listed = Statement.objects.on_timeline().order_by("pk")
    numbered = listed.annotate(part=F("pk") % SHARE)
    corrected = list(numbered.filter(part=2 * turn % SHARE).values_list("pk", flat=True))
    withdrawn = list(numbered.filter(part=(2 * turn + 1) % SHARE).values_list("pk", flat=True))
    for keys in _by(_TOGETHER, corrected):
        with deferred(), acting(register.editor, "The report says otherwise."):
            _correct(keys)
    for keys in _by(_TOGETHER, withdrawn):
        with deferred(), acting(register.editor, "Nobody said that."):
            Statement.objects.filter(pk__in=keys).update(
                status=Statement.Status.WITHDRAWN,
                status_reason="Nobody said that.",
                version=F("version") + 1,
                changed_at=timezone.now(),
            )
    return Changed(late, len(corrected), len(withdrawn))


def _arrive_late(register: Register, count: int, turn: int) -> int:
    """Statements of any of the three years, each reported only now."""
    plan = calendar()
    for first in range(0, count, AT_ONCE):
        chance = np.random.default_rng([_SEED, turn, first])
        days = chance.integers(DAYS, size=min(AT_ONCE, count - first)).tolist()
        with deferred():
            write(register, plan, days, chance)
    return count


def _correct(keys: list[int]) -> None:
    """Of some the words, of others the day, of others the stance."""
    words, days, stances = keys[::3], keys[1::3], keys[2::3]
    risen = {"version": F("version") + 1, "changed_at": timezone.now()}
    Statement.objects.filter(pk__in=words).update(
        text=Concat(F("text"), Value(" Corrigendum.")), place="Zendastadt", **risen
    )
    basis = Statement.DateBasis.EDITOR
    Statement.objects.filter(pk__in=days).update(
        said_on="2025-02-28",
        said_on_to=None,
        said_on_precision="day",
        said_on_basis=basis,
        **risen,
    )
    Position.objects.filter(statement__in=stances).update(stance=Position.Stance.DENIES)


def _by(size: int, keys: list[int]) -> list[list[int]]:
    return [keys[first : first + size] for first in range(0, len(keys), size)]
