"""F1: wherever a process dies, its work is finished by another, and nothing happens twice."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.db.models.functions import Now

from sources.models import Job
from tests.faults.lives import LEASE_SECONDS, ended
from tests.faults.load import Load, unfinished, wait_for
from tests.faults.points import POINTS

ROUNDS = int(os.environ.get("DEMARCHE_FAULT_ROUNDS", "5"))
# After a lease has run out: one sweep, and the work itself on a busy machine.
_MARGIN = 60.0  # seconds


def _die_at(point: str, mark: Path, *steps: str) -> None:
    code = ended(steps=steps, point=point, mark=mark, seconds=15)
    assert mark.exists(), f"«{point}» was never reached; the process ended with {code}"
    assert code == -signal.SIGKILL


def _abandoned() -> bool:
    return Job.objects.filter(state=Job.State.LEASED, lease_until__lt=Now()).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_death_at_any_point_loses_nothing_and_does_nothing_twice(
    number: int, load: Load, tmp_path: Path
) -> None:
    began = time.monotonic()
    for place, point in enumerate(POINTS):
        mark = tmp_path / str(place)
        if point.startswith("accept"):
            # Whoever got no answer sends the address again.
            address = load.article()
            _die_at(point, mark, f"accept {address}")
            assert ended(steps=(f"accept {address}",)) == 0
            continue
        if point.startswith("sweep"):
            wait_for("a lease that ran out", _abandoned, LEASE_SECONDS + 3)
            _die_at(point, mark, "sweep")
            continue
        load.feed(articles=1, gone=1)
        _die_at(point, mark, "tick", "work")
    killed = time.monotonic()

    while unfinished() and time.monotonic() - killed < LEASE_SECONDS + _MARGIN:
        assert ended(steps=("tick", "sweep", "work"), seconds=5) == 0
        time.sleep(0.1)

    print(
        f"{len(POINTS)} deaths in {killed - began:.1f} s, done {time.monotonic() - killed:.1f} s later"
    )
    load.assert_done_once()
