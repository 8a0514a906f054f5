"""Listeners on loopback that must never be reached, whatever an address looks like."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from tests.sources.pages import Site

_INSIDE = (
    (socket.AF_INET, "127.0.0.1"),
    (socket.AF_INET, "127.0.0.2"),
    (socket.AF_INET6, "::1"),
)


@dataclass
class Canaries:
    """Ports on which somebody listens at each loopback address, and who came."""

    ports: list[int] = field(default_factory=list)
    visitors: list[str] = field(default_factory=list)


@pytest.fixture
def canaries(site: Site) -> Iterator[Canaries]:
    """Canaries on the ports of http and https where those are free, and on the test site's own.

    The site itself has the one address that may be fetched; all about it sit canaries.
    """
    kept = Canaries()
    own = int(site.address.rpartition(":")[2])
    stopped = threading.Event()
    with ExitStack() as stack, selectors.DefaultSelector() as watched:
        for port in (80, 443, 8080, own, 0):
            for family, address in _INSIDE:
                number = port or kept.ports[-1]
                if port == 0 and address == "127.0.0.1":
                    number = 0
                try:
                    listener = socket.create_server((address, number), family=family)
                except OSError:
                    continue  # taken, or not for everybody: the other ports do
                stack.enter_context(listener)
                watched.register(listener, selectors.EVENT_READ)
                number = listener.getsockname()[1]
                if number not in kept.ports:
                    kept.ports.append(number)

        def listen() -> None:
            while not stopped.is_set():
                for key, _ in watched.select(0.05):
                    assert isinstance(key.fileobj, socket.socket)
                    connection, peer = key.fileobj.accept()
                    kept.visitors.append(f"{peer} at {key.fileobj.getsockname()}")
                    connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield kept
        stopped.set()
        thread.join()
