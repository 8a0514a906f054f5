"""One request and its answer, within limits of time and size. Follows no redirect."""

import http.client
import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import SplitResult

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError, InvalidHeader, ProtocolError
from urllib3.response import BaseHTTPResponse

from sources.cleaning import clean_line
from sources.fetching.dialing import check_port, open_connection
from sources.fetching.errors import FetchError, PermanentFetchError, TemporaryFetchError
from sources.urls import PORTS

_CHUNK = 16 * 1024
_LARGEST_HEAD = 64 * 1024  # bytes of status lines and headers, informational answers included
_LONGEST_HEADER = 4000  # characters; an address that is cut is still too long to be one
# A longer validator is no use: what is sent back must be the very same.
_LONGEST_VALIDATOR = {"etag": 500, "last-modified": 100}  # characters
# Packed bytes may grow this much, once they are more than a megabyte.
_LARGEST_RATIO = 200
_RATIO_COUNTS_FROM = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How long (seconds) and how large (bytes, packed and unpacked) one answer may be.

    At least `slowest` bytes a second must come of the body, taken over `patience` seconds.
    `cut`: of a larger body the beginning is taken, instead of nothing.
    """

    total: float = 60.0
    first_byte: float = 15.0
    body: int = 10 * 1024 * 1024
    slowest: int = 1024
    patience: float = 20.0
    cut: bool = False


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


class _Head:
    """The lines of an answer before its body, as long as they are not too many bytes."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._left = _LARGEST_HEAD
        self.close = stream.close

    def readline(self, limit: int) -> bytes:
        line = self._stream.readline(limit)
        self._left -= len(line)
        if self._left < 0:
            raise PermanentFetchError(
                "too-large", f"more than {_LARGEST_HEAD} bytes of headers"
            )
        return line


class _Reply(http.client.HTTPResponse):
    """The standard library limits each line and their number; this one also their sum."""

    def begin(self) -> None:
        stream = self.fp
        self.fp = _Head(stream)  # type: ignore[assignment]
        try:
            super().begin()
        finally:
            if self.fp is not None:
                self.fp = stream
        if self.headers.get_payload():
            raise http.client.HTTPException("a line among the headers is none")


class _Pace:
    """Whether enough of a body comes in time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._since, self._came = time.monotonic(), 0

    def note(self, size: int) -> None:
        """Take in that so many bytes came. Raises when they were too few for too long."""
        self._came += size
        passed = time.monotonic() - self._since
        if passed < self._limits.patience:
            return
        if self._came < passed * self._limits.slowest:
            speed = f"{self._came / passed:.0f} bytes a second"
            raise TemporaryFetchError("too-slow", speed)
        self._since, self._came = time.monotonic(), 0


def exchange(parts: SplitResult, headers: dict[str, str], limits: Limits) -> Answer:
    """Send one GET and return the answer. Raises the `FetchError` family."""
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    check_port(parts.scheme, host, port)
    deadline = _Deadline(limits.total)
    connection = open_connection(
        parts.scheme, host, port, dial_seconds=limits.total, read_seconds=limits.first_byte,
        on_dial=deadline.watch,
    )  # fmt: skip
    connection.response_class = _Reply
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
        return Answer(response.status, _kept(response.headers), body, peer, elapsed)
    except (ssl.SSLError, urllib3.exceptions.SSLError) as error:
        if deadline.expired:
            raise TemporaryFetchError("too-slow", f"{limits.total:.0f} s") from error
        raise TemporaryFetchError("tls-failed", host) from error
    except (OSError, HTTPError, http.client.HTTPException, ValueError, zlib.error) as error:
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


def _kept(headers: urllib3.HTTPHeaderDict) -> dict[str, str]:
    """The headers by lower-case name, each one cleaned line.

    A validator that is too long or not ASCII is left out: it could not be sent back as it is.
    """
    kept = {
        name.lower(): clean_line(_decoded(text), _LONGEST_HEADER)
        for name, text in headers.items()
    }
    for name, longest in _LONGEST_VALIDATOR.items():
        validator = kept.get(name, "")
        if len(validator) > longest or not validator.isascii():
            del kept[name]
    return kept


def _decoded(text: str) -> str:
    """A header that was read as Latin-1, as it is if it is not UTF-8 in truth.

    Sites write addresses in their own script into `Location`.
    """
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _announced(headers: urllib3.HTTPHeaderDict) -> int:
    """The length that the body is said to have; 0 when nothing is said.

    Raises for a length that is no number, and for two ways to find the end of the body: each
    reader would see another page.
    """
    length, coding = headers.get("content-length"), headers.get("transfer-encoding", "")
    if coding and (coding.strip().lower() != "chunked" or length is not None):
        raise TemporaryFetchError("bad-answer", "two ways to tell where the page ends")
    if length is None:
        return 0
    said = {part.strip() for part in length.split(",")}
    text = said.pop()
    if said or not (text.isascii() and text.isdigit()):
        raise TemporaryFetchError("bad-answer", f"its length is {clean_line(text, 40)!r}")
    return int(text)


def _body(response: BaseHTTPResponse, limits: Limits, deadline: _Deadline) -> bytes:
    """Read and unpack the body, counting both sides."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise PermanentFetchError("compression", coding[:40])
    announced = _announced(response.headers)
    if announced > limits.body and not limits.cut:
        raise PermanentFetchError("too-large", f"{announced} bytes")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in coding else None
    pace = _Pace(limits)
    body = bytearray()
    packed = 0
    while chunk := response.read1(_CHUNK, decode_content=False):
        packed += len(chunk)
        pace.note(len(chunk))
        for piece in [chunk] if unpack is None else _unpacked(unpack, chunk):
            body += piece
            if max(len(body), packed) > limits.body:
                if limits.cut:
                    return bytes(body[: limits.body])
                raise PermanentFetchError("too-large", f"more than {limits.body} bytes")
            if unpack and packed * _LARGEST_RATIO < len(body) > _RATIO_COUNTS_FROM:
                raise PermanentFetchError(
                    "too-large", f"packed {_LARGEST_RATIO} times and more"
                )
    if unpack is not None and not unpack.eof and not deadline.expired:
        raise TemporaryFetchError("incomplete", "the packed body has no end")
    return bytes(body)


def _unpacked(unpack: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    """What the chunk unpacks to, in small pieces: it may be a thousand times as much."""
    while chunk:
        yield unpack.decompress(chunk, _CHUNK)
        chunk = unpack.unconsumed_tail
    if unpack.eof and unpack.unused_data:
        raise PermanentFetchError("compression", "more than one layer or trailing bytes")


def _explained(error: Exception, expired: bool, limits: Limits) -> FetchError:
    """The reason behind what the transport raised."""
    if expired:
        return TemporaryFetchError("too-slow", f"{limits.total:.0f} s")
    if isinstance(error, TimeoutError) or "timed out" in str(error).lower():
        return TemporaryFetchError("too-slow", f"nothing came for {limits.first_byte:.0f} s")
    if isinstance(error, ProtocolError) and isinstance(error.args[-1], Exception):
        error = error.args[-1]  # urllib3's wrapping of it
    if isinstance(error, http.client.IncompleteRead | urllib3.exceptions.IncompleteRead):
        return TemporaryFetchError("incomplete", "the body is shorter than announced")
    if isinstance(error, zlib.error):
        return TemporaryFetchError("incomplete", "the packed body is damaged")
    if isinstance(error, http.client.LineTooLong) or "100 headers" in str(error):
        return PermanentFetchError("too-large", "its headers")
    if isinstance(error, ConnectionError):  # some of these are HTTPExceptions as well
        return TemporaryFetchError("connection-failed", type(error).__name__)
    if isinstance(error, http.client.HTTPException | InvalidHeader | ValueError):
        return TemporaryFetchError("bad-answer", type(error).__name__)
    return TemporaryFetchError("connection-failed", type(error).__name__)
