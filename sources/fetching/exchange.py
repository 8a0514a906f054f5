"""One request and its answer, within limits of time and size. Follows no redirect."""

import http.client
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import SplitResult

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from sources.cleaning import clean_line
from sources.fetching.dialing import check_port, open_connection
from sources.fetching.errors import PermanentFetchError, TemporaryFetchError

_CHUNK = 64 * 1024
_LONGEST_HEADER = 2000  # characters
# Packed bytes may grow this much, once they are more than a megabyte.
_LARGEST_RATIO = 200
_RATIO_COUNTS_FROM = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How long (seconds) and how large (bytes, packed and unpacked) one answer may be."""

    total: float = 60.0
    first_byte: float = 15.0
    body: int = 10 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """What a host answered. `body` is unpacked, and empty unless the status is 200."""

    status: int
    headers: dict[str, str]
    body: bytes
    peer: str
    elapsed: float


class _Deadline:
    """Shuts the socket when time is up: the only cure for headers that drip.

    It keeps a second handle of each socket, as TLS takes the first one over.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        self._sockets.append(connection.dup())
        if self.expired:
            self._shut()

    def cancel(self) -> None:
        self._timer.cancel()
        self._timer.join()  # so that it shuts no handle that is given back here
        for connection in self._sockets:
            connection.close()

    def _expire(self) -> None:
        self.expired = True
        self._shut()

    def _shut(self) -> None:
        for connection in self._sockets:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the host hung up already, which is all we want


def exchange(parts: SplitResult, headers: dict[str, str], limits: Limits) -> Answer:
    """Send one GET and return the answer. Raises the `FetchError` family."""
    host = (parts.hostname or "").lower()
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    check_port(parts.scheme, host, port)
    deadline = _Deadline(limits.total)
    connection = open_connection(parts.scheme, host, port, limits.first_byte, deadline.watch)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    started = time.monotonic()
    try:
        connection.request(
            "GET", target, headers=_request_headers(headers), preload_content=False,
            decode_content=False,
        )  # fmt: skip
        peer = str(connection.sock.getpeername()[0])
        response = connection.getresponse()
        elapsed = time.monotonic() - started
        # Redirects and errors are told by their status; a bomb may stand in their bodies.
        body = _body(response, limits, deadline) if response.status == HTTPStatus.OK else b""
        if deadline.expired:
            raise TemporaryFetchError("too-slow", f"{limits.total:.0f} s")
        names = {
            name.lower(): clean_line(value, _LONGEST_HEADER)
            for name, value in response.headers.items()
        }
        return Answer(response.status, names, body, peer, elapsed)
    except (ssl.SSLError, urllib3.exceptions.SSLError) as error:
        if deadline.expired:
            raise TemporaryFetchError("too-slow", f"{limits.total:.0f} s") from error
        raise TemporaryFetchError("tls-failed", host) from error
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        raise _explained(error, deadline.expired, limits) from error
    finally:
        deadline.cancel()
        connection.close()


def _request_headers(headers: dict[str, str]) -> dict[str, str]:
    return {
        "User-Agent": settings.USER_AGENT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **headers,
    }


def _body(response: BaseHTTPResponse, limits: Limits, deadline: _Deadline) -> bytes:
    """Read and unpack the body, counting both sides."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise PermanentFetchError("compression", coding[:40])
    if int(response.headers.get("content-length") or 0) > limits.body:
        raise PermanentFetchError("too-large", f"{response.headers['content-length']} bytes")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in coding else None
    body = bytearray()
    packed = 0
    while chunk := response.read(_CHUNK, decode_content=False):
        packed += len(chunk)
        if packed > limits.body:
            raise PermanentFetchError("too-large", f"more than {limits.body} bytes")
        if unpack is None:
            body += chunk
            continue
        body += unpack.decompress(chunk, limits.body + 1 - len(body))
        too_tight = packed * _LARGEST_RATIO < len(body) > _RATIO_COUNTS_FROM
        if len(body) > limits.body or unpack.unconsumed_tail or too_tight:
            raise PermanentFetchError("too-large", f"more than {limits.body} bytes unpacked")
        if unpack.eof and unpack.unused_data:
            raise PermanentFetchError("compression", "more than one layer or trailing bytes")
    if unpack is not None and not unpack.eof and not deadline.expired:
        raise TemporaryFetchError("incomplete", "the packed body has no end")
    return bytes(body)


def _explained(error: Exception, expired: bool, limits: Limits) -> TemporaryFetchError:
    """The reason behind what the transport raised."""
    if expired:
        return TemporaryFetchError("too-slow", f"{limits.total:.0f} s")
    if isinstance(error, TimeoutError) or "timed out" in str(error).lower():
        return TemporaryFetchError("too-slow", f"nothing came for {limits.first_byte:.0f} s")
    if "IncompleteRead" in str(error):
        return TemporaryFetchError("incomplete", "the body is shorter than announced")
    if isinstance(error, zlib.error) or "decompress" in str(error):
        return TemporaryFetchError("incomplete", "the packed body is damaged")
    if isinstance(error, http.client.HTTPException | ValueError):
        return TemporaryFetchError("bad-answer", type(error).__name__)
    return TemporaryFetchError("connection-failed", type(error).__name__)
