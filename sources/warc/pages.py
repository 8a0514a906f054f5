"""One WARC record -> the page or text it holds, or why it holds none. Pure.

warcio takes the record apart; it is given one record at a time, of bounded size, since it would
unpack a chunked body without a limit of its own.
"""

import io
import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader

from sources.cleaning import clean_line
from sources.warc.framing import RawRecord

LARGEST = 10 * 1024 * 1024  # bytes of a page, unpacked
URN = "urn:demarche:text:"
_TYPES = {"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown"}
_OTHER_RECORDS = {"warcinfo", "request", "metadata", "conversion", "continuation"}
_FIRST_YEAR = 1990


class NoPage(Exception):
    """The record holds no page that can be kept; the message says why, in a few plain words.

    `broken`: it is not as a record should be, or not what it says it is.
    """

    def __init__(self, why: str, *, broken: bool = False) -> None:
        super().__init__(why)
        self.broken = broken


@dataclass(frozen=True)
class ArchivedPage:
    """A page or text from a WARC. `headers` have lower-case names; `status` is None for a text
    that was not answered over HTTP. `told` is what an export of ours says beside the standard.
    """

    url: str
    at: datetime
    content_type: str
    body: bytes
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ArchivedVisit:
    """A later look at `url` that found the bytes with this sha256 once more."""

    url: str
    at: datetime
    sha256: str


def parse(raw: RawRecord) -> ArchivedPage | ArchivedVisit:
    """Return what the record holds. Raises `NoPage`."""
    try:
        record = next(ArchiveIterator(io.BytesIO(raw.data), check_digests=True))
    except Exception as error:
        raise NoPage("it cannot be taken apart", broken=True) from error
    kind = str(record.rec_type)
    if kind == "revisit":
        return _visit(record)
    if kind in _OTHER_RECORDS:
        raise NoPage(f"{kind} record")
    if kind not in {"response", "resource"}:
        raise NoPage("no known type of record", broken=True)
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    if not url.startswith(("http://", "https://", URN)):
        raise NoPage("not the address of a page")
    status, headers = _answer(record, kind)
    content_type = headers.get("content-type", "")
    if kind == "resource":
        content_type = str(record.rec_headers.get_header("Content-Type") or "")
    if content_type.split(";")[0].strip().lower() not in _TYPES:
        raise NoPage("neither HTML nor text")
    if record.rec_headers.get_header("WARC-Truncated"):
        raise NoPage("only a part of the page")
    body = _body(record, headers)
    if not body:
        raise NoPage("empty page")
    return ArchivedPage(url, _date(record), content_type, body, status, headers, _told(record))


def _visit(record: Any) -> ArchivedVisit:
    algorithm, _, digest = str(
        record.rec_headers.get_header("WARC-Payload-Digest") or ""
    ).partition(":")
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    if algorithm != "sha256" or len(digest) != 64:
        raise NoPage("revisit record that names no bytes by sha256")
    return ArchivedVisit(url, _date(record), digest.lower())


def _answer(record: Any, kind: str) -> tuple[int | None, dict[str, str]]:
    """The status and headers of a response; None and none for a resource."""
    if kind == "resource":
        return None, {}
    if record.http_headers is None:
        raise NoPage("a response without HTTP headers", broken=True)
    code = str(record.http_headers.get_statuscode())
    if code != "200":
        raise NoPage(f"status {code[:3]}" if code.isdecimal() else "no HTTP status")
    headers = {
        name.lower(): clean_line(value, 2000) for name, value in record.http_headers.headers
    }
    return 200, headers


def _body(record: Any, headers: dict[str, str]) -> bytes:
    """The page's bytes, without transfer and content coding."""
    stream = record.raw_stream
    if headers.get("transfer-encoding", "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    try:
        body: bytes = stream.read()
        while record.raw_stream.read(64 * 1024):
            continue  # whatever stands behind the last chunk counts for the digest
    except Exception as error:
        raise NoPage("its body cannot be read", broken=True) from error
    if record.digest_checker.passed is False:
        raise NoPage("its digest does not fit its bytes", broken=True)
    body = _unpacked(body, headers.get("content-encoding", "").strip().lower())
    if len(body) > LARGEST:
        raise NoPage(f"larger than {LARGEST} bytes")
    return body


def _unpacked(body: bytes, coding: str) -> bytes:
    """Undo a content coding. Crawlers that undid it already often leave its header."""
    if coding in {"gzip", "x-gzip"} and body.startswith(b"\x1f\x8b"):
        return _inflated(body, 16 + zlib.MAX_WBITS)
    if coding == "deflate":
        zlib_header = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
        return _inflated(body, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)
    if coding in {"", "identity", "gzip", "x-gzip"}:
        return body
    raise NoPage(f"packed as {coding[:20]}")


def _inflated(body: bytes, bits: int) -> bytes:
    inflater = zlib.decompressobj(bits)
    try:
        inflated = inflater.decompress(body, LARGEST + 1)
    except zlib.error as error:
        raise NoPage("its packed body is damaged", broken=True) from error
    if not inflater.eof and len(inflated) <= LARGEST:
        raise NoPage("its packed body has no end", broken=True)
    return inflated


def _date(record: Any) -> datetime:
    """The record's date. Raises `NoPage` for one that cannot be, as nothing could rest on it."""
    try:
        at = datetime.fromisoformat(str(record.rec_headers.get_header("WARC-Date")))
    except ValueError as error:
        raise NoPage("its date cannot be read", broken=True) from error
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    if at.year < _FIRST_YEAR or at > datetime.now(UTC) + timedelta(days=1):
        raise NoPage(f"its date cannot be: {at:%Y-%m-%d}", broken=True)
    return at


def _told(record: Any) -> dict[str, Any]:
    try:
        told = json.loads(record.rec_headers.get_header("WARC-JSON-Metadata") or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
