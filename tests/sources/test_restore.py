"""A backup restored elsewhere verifies by hash, and only the work after it is done again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.embedded.postgres import find_binaries
from sources import jobs, store
from sources.by_hand import accept_text
from sources.models import Job, Snapshot
from tests.factories import SourceFactory
from tests.sources.stores import path_of

ROOT = Path(__file__).resolve().parents[2]
RESTORED = "demarche_restored"
TEXT = "Minister Ada Example said on Thursday that the invented pact would be kept. " * 5
DO_AND_SHOW = """
from sources import jobs
from sources.models import Job, Snapshot
for job in Job.objects.open():
    jobs.run(job.pk)
for snapshot in Snapshot.objects.order_by("sha256"):
    print(snapshot.sha256, snapshot.text_sha256)
"""


def programs() -> dict[str, str]:
    """Where PostgreSQL's own programs find the server of this run."""
    used = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    return {**os.environ, **{name: str(used[key]) for name, key in names.items() if used[key]}}


def dump(file: Path) -> None:
    name = connection.settings_dict["NAME"]
    command = [find_binaries() / "pg_dump", "--format=custom", f"--file={file}", name]
    subprocess.run(command, env=programs(), check=True, capture_output=True)


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[str]:
    """The address of an empty second database, which goes with the test."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {RESTORED} TEMPLATE template0")
    used = connection.settings_dict
    place = f"?host={used['HOST']}" if str(used["HOST"]).startswith("/") else ""
    server = "" if place else f"{used['HOST']}:{used['PORT'] or 5432}"
    yield f"postgresql://{used['USER']}:{used['PASSWORD']}@{server}/{RESTORED}{place}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {RESTORED} WITH (FORCE)")


def manage(address: str, folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a management command on the restored set, as an operator would."""
    environment = {**os.environ, "DATABASE_URL": address, "DEMARCHE_SNAPSHOTS": str(folder)}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_verifies_and_only_later_work_is_repeated(
    restored: str, tmp_path: Path
) -> None:
    if not (find_binaries() / "pg_dump").exists():
        pytest.skip("this PostgreSQL has no pg_dump")
    accept_text(TEXT.encode(), "text/plain", source=SourceFactory())
    do_all()
    accept_text(f"{TEXT} Later.".encode(), "text/plain", source=SourceFactory())
    dump(tmp_path / "backup")
    do_all()  # after the backup: read here, and not yet read in the backup
    store.keep(b"kept after the backup, and no row of it names this")
    copy = tmp_path / "copy"
    shutil.copytree(settings.SNAPSHOT_FOLDER, copy)
    subprocess.run(
        [find_binaries() / "pg_restore", "--no-owner", f"--dbname={RESTORED}",
         tmp_path / "backup"],
        env=programs(), check=True, capture_output=True,
    )  # fmt: skip

    scrubbed = manage(restored, copy, "scrub")
    repeated = manage(restored, copy, "shell", "--verbosity", "0", "-c", DO_AND_SHOW)
    verified = manage(restored, copy, "verify")

    assert scrubbed.stdout.startswith("2 snapshots re-read"), scrubbed.stderr
    assert "0 findings" in scrubbed.stdout
    assert repeated.stdout.split() == [
        value
        for pair in Snapshot.objects.order_by("sha256").values_list("sha256", "text_sha256")
        for value in pair
    ], repeated.stderr
    assert (verified.returncode, "0 findings" in verified.stdout) == (0, True), verified.stderr

    victim = copy / path_of(Snapshot.objects.all()[0].sha256).relative_to(
        settings.SNAPSHOT_FOLDER
    )
    body = bytearray(victim.read_bytes())
    body[7] ^= 1
    victim.write_bytes(body)
    damaged = manage(restored, copy, "scrub")

    assert damaged.returncode == 1
    assert "1 findings" in damaged.stdout
    assert "is not what was stored" in damaged.stderr


def do_all() -> None:
    for job in Job.objects.open().filter(kind=Job.Kind.READ):
        jobs.run(job.pk)
