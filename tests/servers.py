"""A private PostgreSQL and Valkey for one test run; loaded before Django reads its settings.

With DATABASE_URL and REDIS_URL set from outside, those servers are used instead.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="demarche-test-"))
os.environ["DEMARCHE_HOME"] = str(_HOME)
os.environ.setdefault("DEMARCHE_LOG_LEVEL", "WARNING")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)


@contextmanager
def running_servers() -> Iterator[None]:
    """Run the embedded servers that no address from outside replaces, until the block ends."""
    from django.conf import settings

    from config.embedded import postgres, valkey
    from config.embedded.server import end, start, wait_ready

    servers = []
    if not settings.DATABASE_URL:
        servers.append(postgres.prepare(settings.HOME, settings.SOCKETS, postgres.CARELESS))
    if not settings.REDIS_URL:
        servers.append(valkey.prepare(settings.HOME, settings.SOCKETS))
    running = [(server, start(server)) for server in servers]
    try:
        for server, process in running:
            wait_ready(server, process, 60)
        yield
    finally:
        for server, process in reversed(running):
            end(server, process, 10)
