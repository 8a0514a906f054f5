"""F8: the snapshot store cannot be written, and can be again."""

from pathlib import Path

import pytest

from sources import jobs, verdicts
from sources.models import Job, Snapshot
from tests.faults.lives import ended
from tests.faults.load import Load, unfinished

pytestmark = pytest.mark.django_db(transaction=True)


def captures() -> list[tuple[str, str]]:
    found = Job.objects.filter(kind=Job.Kind.CAPTURE).exclude(key__contains=":recheck:")
    return list(found.values_list("state", "reason_code"))


def wait_for_room() -> bool:
    """Whether one capture has found no room and the others are not begun while it waits."""
    found = captures()
    return ("waiting", "disk") in found and {*found} <= {("waiting", "disk"), ("queued", "")}


def work_at_once(**limits: int) -> None:
    """Do what waits without waiting for its time."""
    for job in Job.objects.open().exclude(key__contains=":recheck:"):
        jobs.hasten(job)
    assert ended(steps=("work",), seconds=15, **limits) == 0


def kept(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if len(path.name) == 64]


def test_without_room_work_waits_and_goes_on_once_there_is(load: Load) -> None:
    load.feed(articles=3)
    load.store.write_text("a file where a folder should be")  # root may write anywhere else

    assert ended(steps=("tick", "work"), seconds=15) == 0
    for _ in range(verdicts.MOST_ATTEMPTS + 1):
        work_at_once()
    assert wait_for_room(), captures()
    assert not Snapshot.objects.exists()

    load.store.unlink()
    work_at_once()
    assert not unfinished()
    load.assert_done_once()


def test_a_disk_that_fills_in_the_middle_of_a_file_leaves_no_half_of_it(load: Load) -> None:
    load.feed(articles=3)

    assert ended(steps=("tick", "work"), seconds=15, largest_file=200) == 0
    work_at_once(largest_file=200)
    assert wait_for_room(), captures()
    assert kept(load.store) == []
    assert not Snapshot.objects.exists()

    work_at_once()
    assert len(kept(load.store)) == 3
    load.assert_done_once()
