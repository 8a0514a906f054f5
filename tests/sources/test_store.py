"""Bytes are stored once, whole and durably, in a folder and in a bucket; damage is found."""

import hashlib
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from sources import jobs, store
from sources.capturing import accept_capture
from sources.models import Job, Snapshot
from tests.factories import ArticleFactory
from tests.sources.pages import Site
from tests.sources.stores import path_of, use_bucket

BODY = b"Ada Example said that the invented pact would hold. " * 40
YESTERDAY = (timezone.now() - timedelta(hours=25)).timestamp()


def test_the_same_bytes_are_one_file() -> None:
    digest = store.keep(BODY)

    assert store.keep(BODY) == digest == hashlib.sha256(BODY).hexdigest()
    assert store.load(digest) == BODY
    assert [path.name for path in path_of(digest).parent.iterdir()] == [digest]
    assert stat.S_IMODE(path_of(digest).stat().st_mode) == 0o640


def test_a_file_that_stands_is_not_written_again() -> None:
    path = path_of(store.keep(BODY))
    before = path.stat().st_ino
    os.utime(path, (YESTERDAY, YESTERDAY))

    store.keep(BODY)

    assert path.stat().st_ino == before
    assert path.stat().st_mtime > YESTERDAY + 3600  # nobody takes it for an old orphan


@pytest.mark.parametrize(
    ("damage", "kind"),
    [(b"", "torn"), (BODY[:-1], "torn"), (BODY.replace(b"hold", b"fold"), "flipped"),
     (None, "missing")],
)  # fmt: skip
def test_damage_is_found_and_healed_by_the_same_bytes(damage: bytes | None, kind: str) -> None:
    digest = store.keep(BODY)
    if damage is None:
        path_of(digest).unlink()
    else:
        path_of(digest).write_bytes(damage)

    with pytest.raises(store.SnapshotDamaged):
        store.load(digest)
    with pytest.raises(store.SnapshotDamaged) as found:
        store.check(digest, len(BODY))
    assert found.value.damage == kind

    store.keep(BODY)
    assert store.load(digest) == BODY


def test_a_file_that_its_disk_cannot_read_is_damaged() -> None:
    digest = hashlib.sha256(BODY).hexdigest()
    path_of(digest).parent.mkdir(parents=True)
    path_of(digest).symlink_to("/proc/self/mem")  # answers with an input/output error

    with pytest.raises(store.SnapshotDamaged, match="cannot be read from its disk"):
        store.load(digest)


def test_a_file_is_on_disk_before_it_has_its_name(tmp_path: Path) -> None:
    """Seen from outside: the order of the system calls of one `keep`."""
    code = (
        "import django; django.setup()\n"
        "from sources import store\n"
        "store.keep(b'words')\n"
    )  # fmt: skip
    trace = tmp_path / "trace"
    try:
        subprocess.run(
            ["strace", "-f", "-e", "trace=fsync,rename,renameat,renameat2", "-o", str(trace),
             sys.executable, "-c", code],
            check=True, capture_output=True,
            env={**os.environ, "DEMARCHE_SNAPSHOTS": str(tmp_path / "s"),
                 "DJANGO_SETTINGS_MODULE": "config.settings"},
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("strace is not installed")
    calls = re.findall(r"\b(fsync|rename)\w*\(", trace.read_text())
    assert calls[-3:] == ["fsync", "rename", "fsync"]


# ------------------------------------------------------------------ a store without room


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A store on a file system of its own of one mebibyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.getuid() or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser may mount a small disk")
    settings.SNAPSHOT_FOLDER = folder / "snapshots"
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.django_db
def test_a_full_disk_makes_work_wait_until_there_is_room(site: Site, small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(b"." * 2 * 1024 * 1024)
    job, _ = accept_capture(ArticleFactory(url=article(site)), "first")

    waiting = jobs.run(job.pk)

    assert waiting is not None
    assert (waiting.state, waiting.reason_code) == ("waiting", "disk")
    assert "No space left" in waiting.reason_text
    assert not Snapshot.objects.exists()
    assert not [path for path in small_disk.rglob("*") if path.is_file() and path != ballast]

    ballast.unlink()
    assert captured(job) == printed(site)


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_makes_work_wait(
    site: Site, settings: Any, tmp_path: Path
) -> None:
    settings.SNAPSHOT_FOLDER = tmp_path / "file" / "snapshots"
    (tmp_path / "file").touch()
    job, _ = accept_capture(ArticleFactory(url=article(site)), "first")

    waiting = jobs.run(job.pk)

    assert waiting is not None
    assert (waiting.state, waiting.reason_code) == ("waiting", "disk")
    assert not Snapshot.objects.exists()
    (tmp_path / "file").unlink()
    assert captured(job) == printed(site)


def article(site: Site) -> str:
    return site.html("/a", "Invented headline", "Ada Example spoke. " * 20)


def printed(site: Site) -> bytes:
    return site.pages["/a"].body


def captured(job: Job) -> bytes:
    """The stored bytes once the job has been run again."""
    Job.objects.filter(pk=job.pk).update(not_before=Now())
    done = jobs.run(job.pk)
    assert done is not None
    assert done.state == Job.State.DONE, done.reason_text
    return store.load(Snapshot.objects.get().sha256)


# ------------------------------------------------------------------ a bucket


def test_a_bucket_keeps_and_gives_back(bucket: Any) -> None:
    digest = store.keep(BODY)
    store.keep(BODY)

    assert store.load(digest) == BODY
    assert [found.key for found in bucket.objects.all()] == [
        f"snapshots/{store.name_of(digest)}"
    ]


def test_a_large_object_is_kept_whole(bucket: Any) -> None:
    body = os.urandom(9 * 1024 * 1024)

    assert store.load(store.keep(body)) == body


@pytest.mark.parametrize(
    ("damage", "kind"), [(b"", "torn"), (BODY.replace(b"hold", b"fold"), "flipped"),
                         (None, "missing")],
)  # fmt: skip
def test_damage_in_a_bucket_is_found_and_healed(
    bucket: Any, damage: bytes | None, kind: str
) -> None:
    digest = store.keep(BODY)
    stored = bucket.Object(f"snapshots/{store.name_of(digest)}")
    if damage is None:
        stored.delete()
    else:
        stored.put(Body=damage)

    with pytest.raises(store.SnapshotDamaged) as found:
        store.check(digest, len(BODY))
    assert found.value.damage == kind

    store.keep(BODY)
    assert store.load(digest) == BODY


def test_looking_at_an_object_again_lets_its_age_start_anew(bucket: Any) -> None:
    digest = store.keep(BODY)
    stored = bucket.Object(f"snapshots/{store.name_of(digest)}")
    before = stored.last_modified
    stored.put(Body=BODY, Metadata={"seen": "once"})

    store.keep(BODY)

    stored.reload()
    assert stored.metadata == {}  # it was copied onto itself
    assert stored.last_modified >= before


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["no bucket", "no server"])
def test_a_bucket_that_cannot_be_used_makes_work_wait(
    site: Site, s3: str, settings: Any, fault: str
) -> None:
    address = s3 if fault == "no bucket" else "http://127.0.0.1:9"
    use_bucket(settings, address, "no-such-bucket")
    job, _ = accept_capture(ArticleFactory(url=article(site)), "first")

    waiting = jobs.run(job.pk)

    assert waiting is not None
    assert (waiting.state, waiting.reason_code) == ("waiting", "disk")
    assert not Snapshot.objects.exists()
