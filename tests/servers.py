"""A private PostgreSQL and Valkey for one test run; loaded before Django reads its settings.

With DATABASE_URL and REDIS_URL set from outside, those servers are used instead.
"""

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.embedded.server import Server

_HOME = Path(tempfile.mkdtemp(prefix="demarche-test-"))
os.environ["DEMARCHE_HOME"] = str(_HOME)
os.environ.setdefault("DEMARCHE_LOG_LEVEL", "WARNING")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)


class Running:
    """A server of this run, which a test may kill if it starts it again."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self.start()

    def start(self) -> None:
        """Start it; `wait` says when it is ready."""
        from config.embedded.server import start

        self.process = start(self._server)

    def wait(self) -> None:
        """Return once it answers."""
        from config.embedded.server import wait_ready

        wait_ready(self._server, self.process, 60)

    def kill(self, name: signal.Signals = signal.SIGKILL) -> None:
        """End its main process by this signal, at once."""
        self.process.send_signal(name)
        self.process.wait(30)

    def end(self) -> None:
        """Stop it in its clean way."""
        from config.embedded.server import end

        end(self._server, self.process, 10)


@contextmanager
def running_servers() -> Iterator[dict[str, Running]]:
    """Run the embedded servers that no address from outside replaces, until the block ends."""
    from django.conf import settings

    from config.embedded import postgres, valkey

    servers = []
    if not settings.DATABASE_URL:
        servers.append(postgres.prepare(settings.HOME, settings.SOCKETS, postgres.CARELESS))
    if not settings.REDIS_URL:
        servers.append(valkey.prepare(settings.HOME, settings.SOCKETS))
    running = {server.name: Running(server) for server in servers}
    try:
        for server in running.values():
            server.wait()
        yield running
    finally:
        for server in reversed(running.values()):
            server.end()
