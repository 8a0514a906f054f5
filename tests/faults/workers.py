"""The real programs, as `./run` starts them, against a test's database, broker, sites and store."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.faults.lives import LEASE_SECONDS

ROOT = Path(__file__).resolve().parents[2]
Program = subprocess.Popen[bytes]


@contextmanager
def worker(*points: str, marks: Path | None = None, **environment: str) -> Iterator[Program]:
    """A prefork worker with two children; `points` go off in it, once each (`celery_app`)."""
    if points:
        assert marks is not None
        environment |= {"FAULT": ";".join(points), "FAULT_MARKS": str(marks)}
    argv = ["--app", "tests.faults.celery_app", "worker", "--concurrency", "2"]
    argv += ["--loglevel", "ERROR", "--without-gossip", "--without-mingle"]
    with running("celery", "--quiet", *argv, **environment) as program:
        yield program


@contextmanager
def beat(folder: Path, **environment: str) -> Iterator[Program]:
    """A beat with its files in this folder, which must be its own."""
    folder.mkdir(parents=True)
    argv = ["--app", "config", "beat", "--loglevel", "ERROR"]
    argv += ["--schedule", str(folder / "schedule"), "--pidfile", str(folder / "pid")]
    with running("celery", "--quiet", *argv, **environment) as program:
        yield program


@contextmanager
def running(module: str, *argv: str, **environment: str) -> Iterator[Program]:
    """A Python module as a program of its own; killed with its children when the block ends."""
    database = connection.settings_dict
    login = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
    host, port = database["HOST"], database["PORT"]
    values = {
        "DATABASE_URL": f"postgresql://{login}@/{database['NAME']}?host={host}"
        if host.startswith("/")
        else f"postgresql://{login}@{host}:{port or 5432}/{database['NAME']}",
        "REDIS_URL": settings.CELERY_BROKER_URL,
        "DEMARCHE_FETCH_ALLOWED_PRIVATE": ",".join(settings.FETCH_ALLOWED_PRIVATE),
        "DEMARCHE_SNAPSHOTS": str(settings.SNAPSHOT_FOLDER),
        "DEMARCHE_JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "DEMARCHE_SWEEP_SECONDS": "1",
        "DEMARCHE_TICK_SECONDS": "1",
        **environment,
    }
    with (settings.SNAPSHOT_FOLDER.parent / "programs.log").open("ab") as log:
        program = subprocess.Popen(
            [sys.executable, "-m", module, *argv], cwd=ROOT, env={**os.environ, **values},
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield program
    finally:
        kill(program)


def kill(program: Program) -> None:
    """Kill a program and its children at once, as a power cut would."""
    with suppress(ProcessLookupError):  # it has ended, and so have its children
        os.killpg(program.pid, signal.SIGKILL)
    program.wait(10)
