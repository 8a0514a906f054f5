"""WARC bytes -> records of bounded size, whatever the bytes are. Pure.

A WARC of somebody else's may be torn, flipped or a bomb. Whatever is wrong with one record, the
next one is found again; and no more is ever held than a record may be large.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LARGEST = 11 * 1024 * 1024  # bytes of a record, with the headers of a page of ten mebibytes
_LARGEST_HEADERS = 64 * 1024  # bytes
_CHUNK = 64 * 1024  # bytes
_LOOKED_BACK = 2 * _CHUNK  # bytes
_FIRST = b"WARC/1."
_MAGIC = b"\x1f\x8b\x08"  # RFC 1952: gzip, deflate
_LENGTH = re.compile(
    rb"^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class RawRecord:
    """One record as it stands in the file: its headers, an empty line and its block."""

    data: bytes


@dataclass(frozen=True)
class BrokenRecord:
    """A record that is not given, and why."""

    why: str


class _Torn(Exception):
    """Packed bytes cannot be unpacked; the next member of the file may be well."""


class _Unpacked(io.RawIOBase):
    """The bytes of a file, unpacked if they are gzip, a little at a time.

    It ends at the end of each gzip member, where a record ends too; `more` says whether another
    follows. Raises `_Torn` where a member is damaged; reading on begins with the one after it.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._ahead = file.read(_CHUNK)
        # The very first bytes may be damaged too.
        self._packed = _MAGIC in self._ahead and not self._ahead.startswith(_FIRST)
        self._member: zlib._Decompress | None = None
        self._fed = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._unpack(len(buffer)) if self._packed else self._take(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def more(self) -> bool:
        """Whether anything follows in the file."""
        self._ahead = self._ahead or self._file.read(_CHUNK)
        return bool(self._ahead)

    def _take(self, most: int) -> bytes:
        """The next bytes as they stand in the file; none at its end."""
        self.more()
        taken, self._ahead = self._ahead[:most], self._ahead[most:]
        return taken

    def _unpack(self, most: int) -> bytes:
        """The next bytes of this member, or of the next one after an end; none at its end."""
        if self._member is None and not self.more():
            return b""
        if self._member is None:
            self._member, self._fed = zlib.decompressobj(16 + zlib.MAX_WBITS), b""
        member = self._member
        data = b""
        while not data and not member.eof:
            packed = self._take(_CHUNK)
            try:
                data = member.decompress(packed, most)
            except zlib.error as error:
                self._find_next_member(packed)
                raise _Torn(str(error)) from error
            left = member.unconsumed_tail or member.unused_data
            self._fed = (self._fed + packed[: len(packed) - len(left)])[-_LOOKED_BACK:]
            self._ahead = left + self._ahead
            if not packed and not data:
                self._find_next_member(b"")
                raise _Torn("the file ends within packed bytes")
        if not data:
            self._member = None
        return data

    def _find_next_member(self, torn: bytes) -> None:
        """Go to where the next member may begin, behind the beginning of the torn one.

        A member without its end may have gone on into the next one for a while before it failed.
        """
        self._member = None
        # The first byte is left out: it may be where the torn member itself begins.
        self._ahead = (self._fed + torn)[1:] + self._ahead
        while (at := self._ahead.find(_MAGIC)) < 0:
            more = self._file.read(_CHUNK)
            if not more:
                self._ahead = b""
                return
            self._ahead = self._ahead[1 - len(_MAGIC) :] + more
        self._ahead = self._ahead[at:]


def each_record(file: BinaryIO) -> Iterator[RawRecord | BrokenRecord]:
    """The records of a WARC file, packed or not, in their order."""
    unpacked = _Unpacked(file)
    stream = io.BufferedReader(unpacked, _CHUNK)
    while True:
        try:
            first, strange = _first_line(stream)
            if strange:
                yield BrokenRecord("what stands there is no WARC record")
            if first:
                yield _record(first, stream)
            elif not unpacked.more():
                return
        except _Torn as error:
            # What was read ahead belongs to the torn member. A dropped reader would close its file.
            stream.detach()
            stream = io.BufferedReader(unpacked, _CHUNK)
            yield BrokenRecord(f"packed bytes are damaged: {error}")


def _record(first: bytes, stream: io.BufferedIOBase) -> RawRecord | BrokenRecord:
    headers = first
    while line := stream.readline(_LARGEST_HEADERS):
        headers += line
        if len(headers) > _LARGEST_HEADERS:
            return BrokenRecord("its headers are too long")
        if line in {b"\r\n", b"\n"}:
            break
    else:
        return BrokenRecord("its headers have no end")
    length = _LENGTH.search(headers)
    if length is None:
        return BrokenRecord("it does not say how long it is")
    if int(length[1]) > LARGEST:
        _skip(stream, int(length[1]))
        return BrokenRecord(f"it is too large: {int(length[1])} bytes")
    block = stream.read(int(length[1]))
    if len(block) < int(length[1]):
        return BrokenRecord("it is shorter than it says")
    return RawRecord(headers + block)


def _first_line(stream: io.BufferedIOBase) -> tuple[bytes, bool]:
    """The next line that begins a record, and whether anything but empty lines was passed."""
    strange = False
    while line := stream.readline(_CHUNK):
        if line.startswith(_FIRST):
            return line, strange
        strange = strange or bool(line.strip())
    return b"", strange


def _skip(stream: io.BufferedIOBase, length: int) -> None:
    while length > 0 and len(stream.read(min(length, _CHUNK))) == min(length, _CHUNK):
        length -= _CHUNK
