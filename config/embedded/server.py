"""One embedded server as a child process: how to start it, when it is ready, how to stop it."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1


class ServerError(Exception):
    """An embedded server cannot be found or does not start; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """A program to run in the foreground. `ready` says whether it answers; `stop` ends it."""

    name: str
    argv: list[str]
    ready: Callable[[], bool]
    stop: signal.Signals = signal.SIGTERM
    environment: dict[str, str] = field(default_factory=dict)


def start(server: Server, output: int | None = None) -> "subprocess.Popen[bytes]":
    """Start the server in its own session, so that the terminal's Ctrl-C reaches only us.

    `output` is a file descriptor for its output (default: discarded). On Linux the child is
    told to stop when this process dies.
    """
    return subprocess.Popen(
        server.argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if output is None else output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, **server.environment},
        preexec_fn=_stop_with_parent(server.stop),  # noqa: PLW1509
    )


def wait_ready(server: Server, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Return when the server answers; raise `ServerError` when it ended or time is up."""
    until = time.monotonic() + seconds
    while not server.ready():
        if process.poll() is not None:
            raise ServerError(f"{server.name} ended at once with code {process.returncode}.")
        if time.monotonic() > until:
            raise ServerError(f"{server.name} did not answer within {seconds:.0f} seconds.")
        time.sleep(0.05)


def end(server: Server, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Stop the main process in its clean way; kill its whole session after `seconds`."""
    if process.poll() is None:
        process.send_signal(server.stop)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def unprivileged(argv: list[str], *folders: Path) -> list[str]:
    """Return `argv` so that it does not run as root, which PostgreSQL refuses.

    Order: as it is for an ordinary user; in a user namespace where the files stay root's;
    as `postgres` or `nobody`, who then own `folders`. Raises `ServerError` when root has no
    way to do it.
    """
    inside = in_namespace(argv)
    if os.geteuid() != 0 or inside != argv:
        return inside
    if not shutil.which("setpriv"):
        raise ServerError(
            "PostgreSQL does not run as root, and neither unshare nor setpriv is here to start "
            "it as somebody else. Run as an ordinary user, or set DATABASE_URL."
        )
    user, group = _ordinary_user()
    # A change of user would else make the child outlive us.
    other = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]
    other += ["--pdeathsig", "keep"]
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, group, follow_symlinks=False)
    for needed in (argv[0], *map(str, folders)):
        if not _works([*other, "test", "-x", needed]):
            raise ServerError(
                f"PostgreSQL does not run as root, and another user cannot reach {needed}. Let "
                "others pass the folders above it, move the checkout or DEMARCHE_HOME, or set "
                "DATABASE_URL."
            )
    return [*other, *argv]


def in_namespace(argv: list[str]) -> list[str]:
    """Return `argv` so that root's rights end at root's own files, where that can be had.

    As it is for an ordinary user, and where this machine makes no user namespaces.
    """
    namespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]
    if os.geteuid() == 0 and shutil.which("unshare") and _works([*namespace, "true"]):
        return [*namespace, *argv]
    return argv


def _ordinary_user() -> tuple[int, int]:
    import pwd

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise ServerError("There is no user postgres or nobody to run PostgreSQL as.")


def _works(argv: list[str]) -> bool:
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


def _stop_with_parent(wanted: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(wanted))

    return ask
