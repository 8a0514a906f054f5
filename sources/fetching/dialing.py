"""Connections that only reach public addresses: the check sits inside the dial call."""

import queue
import socket
import threading
import time
from collections.abc import Callable

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection

from sources.fetching.addresses import is_public
from sources.fetching.errors import NotAllowed, TemporaryFetchError
from sources.urls import PORTS, parse_url

CONNECT_SECONDS = 5.0
RESOLVE_SECONDS = 5.0
_MOST_DIALLED = 3  # addresses of one name, each of which may take all its seconds
_MOST_UNANSWERED = 32  # look-ups that may hang at once; a process that has more asks no more
_looking_up = threading.BoundedSemaphore(_MOST_UNANSWERED)


def is_exempt(host: str, port: int) -> bool:
    """Whether settings allow this exact private `host:port`, for the sample newsroom and tests.

    An IPv6 address stands in brackets in the setting and may do without them here.
    """
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"{name}:{port}" in settings.FETCH_ALLOWED_PRIVATE


def check_port(scheme: str, host: str, port: int) -> None:
    """Raise `NotAllowed` for any port but the scheme's own, unless settings allow it."""
    if port != PORTS[scheme] and not is_exempt(host, port):
        raise NotAllowed("port-not-allowed", str(port))


def check_address(url: str) -> None:
    """Raise for an address that is refused whatever its name resolves to.

    That is another port than the scheme's own, a numeric address that is not public, and
    localhost. Raises `BadUrl` or `NotAllowed`; asks no network.
    """
    parts = parse_url(url)
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    check_port(parts.scheme, host, port)
    if is_exempt(host, port):
        return
    if host.rsplit(".", 1)[-1] == "localhost":
        raise NotAllowed("address-not-allowed", host)
    try:
        public = is_public(host)
    except ValueError:
        return  # a name: what it resolves to is checked when it is dialled
    if not public:
        raise NotAllowed("address-not-allowed", host)


def dial(host: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to `host`, all of whose addresses are public, within `seconds`.

    The name is resolved once, every answer is checked, and the first of the checked addresses
    are dialled; the peer is checked again once connected. Raises `NotAllowed` or
    `TemporaryFetchError`.
    """
    ends = time.monotonic() + seconds
    exempt = is_exempt(host, port)
    addresses = _resolve(host, port, min(RESOLVE_SECONDS, seconds))
    if not exempt:
        for address in addresses:
            _check(address)
    failure: OSError | None = None
    for address in addresses[:_MOST_DIALLED]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(max(0.05, min(CONNECT_SECONDS, ends - time.monotonic())))
            connection.connect((address, port))
        except OSError as error:
            connection.close()
            failure = error
            continue
        peer = connection.getpeername()[0]
        if not exempt and not is_public(peer):
            connection.close()
            raise NotAllowed("address-not-allowed", peer)
        return connection
    raise TemporaryFetchError("connection-failed", str(failure))


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """All addresses of a name. The C library's look-up knows no time limit, so a thread waits
    for it; one that hangs for ever ends with the process and is in nobody's way.
    """
    if not _looking_up.acquire(blocking=False):
        raise TemporaryFetchError("name-not-found", "too many names are being looked up")
    found: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
            found.put(list(dict.fromkeys(str(answer[4][0]) for answer in answers)))
        except (OSError, UnicodeError) as error:
            found.put(error)
        finally:
            _looking_up.release()

    threading.Thread(target=look_up, name=f"look up {host}", daemon=True).start()
    try:
        answer = found.get(timeout=seconds)
    except queue.Empty as error:
        raise TemporaryFetchError("name-not-found", f"{host}: no answer in time") from error
    if isinstance(answer, Exception):
        raise TemporaryFetchError("name-not-found", host) from answer
    if not answer:
        raise TemporaryFetchError("name-not-found", f"{host} has no address")
    return answer


def _check(address: str) -> None:
    try:
        public = is_public(address)
    except ValueError as error:
        raise NotAllowed("address-not-allowed", address) from error
    if not public:
        raise NotAllowed("address-not-allowed", address)


class _Dialled:
    """What both connection classes do instead of urllib3's own way to a socket."""

    host: str
    port: int
    dial_seconds: float
    on_dial: Callable[[socket.socket], None]

    def _new_conn(self) -> socket.socket:
        connection = dial(self.host, self.port, self.dial_seconds)
        self.on_dial(connection)
        return connection


class DialledHTTP(_Dialled, HTTPConnection):
    """An HTTP connection to a checked address."""


class DialledHTTPS(_Dialled, HTTPSConnection):
    """An HTTPS connection to a checked address; the name stays for SNI and certificate."""


def open_connection(
    scheme: str,
    host: str,
    port: int,
    *,
    dial_seconds: float,
    read_seconds: float,
    on_dial: Callable[[socket.socket], None],
) -> HTTPConnection:
    """Return an unconnected connection object; `on_dial` is given each socket it opens.

    `dial_seconds` is the longest time until it is connected, `read_seconds` the longest wait
    for each read, above all for the first byte.
    """
    connection: DialledHTTP | DialledHTTPS
    if scheme == "https":
        connection = DialledHTTPS(host, port, timeout=read_seconds, cert_reqs="CERT_REQUIRED")
    else:
        connection = DialledHTTP(host, port, timeout=read_seconds)
    connection.dial_seconds, connection.on_dial = dial_seconds, on_dial
    return connection
