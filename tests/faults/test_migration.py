"""F15: the database is migrated while old code is at work, or not migrated when new code starts."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory

from config.health import healthz
from sources import polling, schema
from sources.models import Job, Snapshot
from tests.faults.load import Load, ended_badly, unfinished, wait_for
from tests.faults.workers import ROOT, Program, worker

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = "demarche_migrated"
# What a version to come may do that the present one cannot work with: as Django adds a column
# that must be filled, and as it renames one.
# The tables are locked first, in the order in which workers use them, or one would end the other.
TO_COME = """
LOCK TABLE sources_snapshot, sources_visit IN ACCESS EXCLUSIVE MODE;
ALTER TABLE sources_visit ADD COLUMN to_come integer NOT NULL DEFAULT 0;
ALTER TABLE sources_visit ALTER COLUMN to_come DROP DEFAULT;
ALTER TABLE sources_snapshot RENAME COLUMN section TO department;
"""
TAKEN_BACK = """
LOCK TABLE sources_snapshot, sources_visit IN ACCESS EXCLUSIVE MODE;
ALTER TABLE sources_visit DROP COLUMN to_come;
ALTER TABLE sources_snapshot RENAME COLUMN department TO section;
"""


def done() -> bool:
    return not unfinished()


def said() -> str:
    """What the programs of this test have said so far."""
    log: Path = settings.SNAPSHOT_FOLDER.parent / "programs.log"
    return log.read_text(errors="replace")


@contextmanager
def migrated(forward: str, backward: str) -> Iterator[None]:
    """The database as a version to come leaves it, as one transaction like any migration."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forward)
        MigrationRecorder(connection).record_applied("sources", "9999_to_come")
    try:
        yield
    finally:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(backward)
            MigrationRecorder(connection).record_unapplied("sources", "9999_to_come")


# ------------------------------------------------------------------ old code, new tables


def test_workers_at_work_while_the_database_is_upgraded_lose_nothing(load: Load) -> None:
    for _ in range(8):
        load.feed(articles=8)
    # However quick the machine is, the pages of a host come one after the other.
    with worker(DEMARCHE_PRIVATE_GAP_SECONDS="0.3", DEMARCHE_SWEEP_SECONDS="6") as old:
        polling.tick()
        wait_for("work is in full flow", lambda: Snapshot.objects.read().count() > 5, 60)
        with migrated(TO_COME, TAKEN_BACK):
            health = healthz(RequestFactory().get("/healthz"))
            assert (health.status_code, json.loads(health.content)["database"]) == (
                200,
                schema.AHEAD,
            )
            assert old.wait(60) == 0
            met = Job.objects.filter(reason_code="other-version")
            assert met.exists(), "no work met the new tables: the test shows nothing"
            assert ended_badly() == {}
            assert schema.AHEAD in said()
            assert not Job.objects.filter(crashes__gt=0).exists()
            assert not met.filter(attempts__gt=0).exists()
            left = len(unfinished())
    assert left > 8
    with worker():  # as the newer one, for which the tables are right
        wait_for("everything is done", done, 90)

    load.assert_done_once()


def test_a_worker_does_not_start_on_tables_of_a_newer_one(load: Load) -> None:
    load.feed(articles=1)
    with migrated("SELECT 1", "SELECT 1"), worker() as old:
        polling.tick()
        assert old.wait(60) == 1
    assert schema.AHEAD in said()
    assert Job.objects.due().count() == 1


# Asks `/healthz` of a web process under which the program's files were replaced in the meantime.
REPLACED = """
import config.wsgi
from django.conf import settings
from django.test import Client
settings.MIGRATION_MODULES = {app: None for app in settings.OWN_APPS}
response = Client(headers={"host": "localhost"}).get("/healthz")
print(response.status_code, response.json()["database"])
"""


def asked(program: str, **environment: str) -> str:
    """What a short program prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "REDIS_URL": settings.CELERY_BROKER_URL, **environment}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# ------------------------------------------------------------------ new code, old tables


@pytest.fixture
def other(load: Load) -> Iterator[str]:
    """The address of an empty second database, which goes with the test."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {OTHER} TEMPLATE template0")
    used = connection.settings_dict
    place = f"?host={used['HOST']}" if str(used["HOST"]).startswith("/") else ""
    server = "" if place else f"{used['HOST']}:{used['PORT'] or 5432}"
    login = f"{used['USER']}:{used['PASSWORD']}".rstrip(":")
    yield f"postgresql://{login}@{server}/{OTHER}{place}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {OTHER} WITH (FORCE)")


def test_a_web_process_knows_its_own_version_also_when_its_files_are_replaced(
    other: str,
) -> None:
    manage(other, "migrate", "sources", "0005_the_real_web", "--verbosity", "0")

    assert asked(REPLACED, DATABASE_URL=other) == f"200 {schema.BEHIND}"


def test_a_database_that_does_not_answer_is_no_other_version(
    load: Load, tmp_path: Path
) -> None:
    away = f"postgresql://ada@/demarche?host={tmp_path}"

    assert asked(REPLACED, DATABASE_URL=away) == "503 does not answer"


def manage(address: str, *command: str) -> str:
    """Run a management command on that database, as an operator would; what it prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "DATABASE_URL": address}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_worker_does_not_start_before_the_database_is_migrated(other: str) -> None:
    with worker(DATABASE_URL=other) as early:
        assert early.wait(60) == 1
    assert schema.BEHIND in said()

    manage(other, "migrate", "--verbosity", "0")
    with worker(DATABASE_URL=other) as punctual:
        wait_for("it works", lambda: swept(other, punctual), 60)


def swept(address: str, program: Program) -> bool:
    assert program.poll() is None, said()
    with psycopg.connect(address) as database:
        return database.execute("SELECT 1 FROM sources_heartbeat").fetchone() is not None


# What the program before `sources.0006_turns` sent: it knows no turns.
ACCEPT = """
INSERT INTO sources_job (kind, key, subject, state, priority, host, not_before,
    attempts, crashes, lease_owner, reason_code, reason_text, result)
VALUES ('capture', %s, %s, 'queued', 0, '', statement_timestamp() + %s * interval '1 second',
    0, 0, '', '', '', '')
"""
CLAIM = """
UPDATE sources_job SET state = 'leased', attempts = attempts + 1, lease_token = gen_random_uuid(),
    lease_until = statement_timestamp() + interval '2 minutes'
WHERE id = (SELECT id FROM sources_job WHERE state IN ('queued', 'waiting')
    AND not_before <= statement_timestamp() ORDER BY priority DESC, not_before, id LIMIT 1
    FOR UPDATE SKIP LOCKED) RETURNING id
"""
CLOSE = """
UPDATE sources_job SET state = 'done', lease_token = NULL, lease_until = NULL,
    finished_at = statement_timestamp() WHERE id = %s AND state = 'leased'
"""
TAKE_ALL = """
from sources import jobs
while (lease := jobs.claim_next()) is not None:
    with lease.done():
        print(lease.job.subject)
"""


@dataclass
class OldProgram:
    """What accepts and does work by the old statements, on a thread, until told to stop."""

    address: str
    accepted: int = 0
    planned: list[int] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    fault: Exception | None = None

    def run(self) -> None:
        try:
            with psycopg.connect(self.address, autocommit=True) as database:
                while not self.stopped.is_set():
                    self._turn(database)
        except psycopg.Error as error:
            self.fault = error

    def _turn(self, database: "psycopg.Connection[tuple[object, ...]]") -> None:
        """Accept two jobs and a planned one, and do one."""
        for delay in (0, 0, 86_400):
            self.accepted += 1
            database.execute(ACCEPT, [f"old {self.accepted}", self.accepted, delay])
            if delay:
                self.planned.append(self.accepted)
        with database.transaction():
            claimed = database.execute(CLAIM).fetchone()
            assert claimed is not None
            assert database.execute(CLOSE, [claimed[0]]).rowcount == 1
            self.finished.append(int(str(claimed[0])))


def test_the_newest_migration_runs_while_the_program_before_it_works(other: str) -> None:
    manage(other, "migrate", "sources", "0005_the_real_web", "--verbosity", "0")
    old = OldProgram(other)
    thread = threading.Thread(target=old.run)
    thread.start()
    try:
        wait_for("work is in full flow", lambda: old.accepted > 200)
        manage(other, "migrate", "--verbosity", "0")
        after = old.accepted
        wait_for("work goes on afterwards", lambda: old.fault or old.accepted > after + 200)
    finally:
        old.stopped.set()
        thread.join(30)

    assert old.fault is None
    with psycopg.connect(other) as database:
        rows = database.execute("SELECT id, state, attempts FROM sources_job").fetchall()
    assert len(rows) == old.accepted
    assert sorted(pk for pk, state, _ in rows if state == "done") == sorted(old.finished)
    assert {attempts for _, state, attempts in rows if state == "done"} == {1}

    taken = [
        int(line) for line in manage(other, "shell", "--verbosity", "0", "-c", TAKE_ALL).split()
    ]

    left = old.accepted - len(old.planned) - len(old.finished)
    assert len(taken) == len(set(taken)) == left
    assert taken == sorted(taken), "what waited before the migration keeps its place"
    assert not set(taken) & set(old.planned)
