"""Connections that only reach public addresses: the check sits inside the dial call."""

import ipaddress
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as ResolveTimeout

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection

from sources.fetching.addresses import is_public
from sources.fetching.errors import NotAllowed, TemporaryFetchError
from sources.urls import PORTS, parse_url

CONNECT_SECONDS = 5.0
RESOLVE_SECONDS = 5.0
_MOST_DIALLED = 3  # addresses of one name, each of which may take all its seconds
_resolver = ThreadPoolExecutor(max_workers=4, thread_name_prefix="resolve")


def is_exempt(host: str, port: int) -> bool:
    """Whether settings allow this exact private `host:port`, for the sample newsroom and tests."""
    return f"{host}:{port}" in settings.FETCH_ALLOWED_PRIVATE


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
    if host.rstrip(".").rsplit(".", 1)[-1] == "localhost":
        raise NotAllowed("address-not-allowed", host)
    try:
        # The C library also takes 127.1 and 0x7f000001 for addresses.
        numeric = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
    except OSError:
        return  # a name: what it resolves to is checked when it is dialled
    for answer in numeric:
        _check(str(answer[4][0]))


def dial(host: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to `host`, all of whose addresses are public.

    The name is resolved once, every answer is checked, and the first of the checked addresses
    are dialled; the peer is checked again once connected. Raises `NotAllowed` or
    `TemporaryFetchError`.
    """
    exempt = is_exempt(host, port)
    addresses = _resolve(host, port)
    if not exempt:
        for address in addresses:
            _check(address)
    failure: OSError | None = None
    for address in addresses[:_MOST_DIALLED]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(seconds)
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


def _resolve(host: str, port: int) -> list[str]:
    try:
        answers = _resolver.submit(
            socket.getaddrinfo, host.strip("[]"), port, type=socket.SOCK_STREAM
        ).result(RESOLVE_SECONDS)
    except (OSError, UnicodeError) as error:
        raise TemporaryFetchError("name-not-found", host) from error
    except ResolveTimeout as error:
        raise TemporaryFetchError("name-not-found", f"{host}: no answer in time") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def _check(address: str) -> None:
    try:
        public = is_public(address)
    except ipaddress.AddressValueError as error:
        raise NotAllowed("address-not-allowed", address) from error
    if not public:
        raise NotAllowed("address-not-allowed", address)


class _Dialled:
    """What both connection classes do instead of urllib3's own way to a socket."""

    host: str
    port: int
    on_dial: Callable[[socket.socket], None]

    def _new_conn(self) -> socket.socket:
        connection = dial(self.host, self.port, CONNECT_SECONDS)
        self.on_dial(connection)
        return connection


class DialledHTTP(_Dialled, HTTPConnection):
    """An HTTP connection to a checked address."""


class DialledHTTPS(_Dialled, HTTPSConnection):
    """An HTTPS connection to a checked address; the name stays for SNI and certificate."""


def open_connection(
    scheme: str, host: str, port: int, seconds: float, on_dial: Callable[[socket.socket], None]
) -> HTTPConnection:
    """Return an unconnected connection object; `on_dial` is given each socket it opens.

    `seconds` is the longest wait for each read, above all for the first byte.
    """
    connection: HTTPConnection
    if scheme == "https":
        connection = DialledHTTPS(host, port, timeout=seconds, cert_reqs="CERT_REQUIRED")
    else:
        connection = DialledHTTP(host, port, timeout=seconds)
    connection.on_dial = on_dial
    return connection
