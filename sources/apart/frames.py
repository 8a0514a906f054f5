"""How the two processes talk: a frame is a small JSON header and raw bytes. Pure.

Nothing but numbers, words and bytes crosses: a frame cannot make its reader run anything.
"""

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

LONGEST_HEADER = 64 * 1024  # bytes
LONGEST_PAYLOAD = 64 * 1024 * 1024  # bytes
_SIZES = struct.Struct(">II")


class BadFrame(Exception):
    """What came is not a frame; the other side is not to be believed any more."""


@dataclass(frozen=True)
class Frame:
    """A header of plain values, and the bytes it speaks of."""

    header: dict[str, Any] = field(default_factory=dict)
    payload: bytes = b""

    def pieces(self) -> tuple[bytes, bytes]:
        """The bytes to send, in two pieces so that a large payload is not copied."""
        header = json.dumps(self.header).encode()
        return _SIZES.pack(len(header), len(self.payload)) + header, self.payload


def receive(take: Callable[[int], bytes]) -> Frame:
    """Return the next frame; `take` gives exactly so many bytes or raises. Raises `BadFrame`.

    >>> from io import BytesIO
    >>> receive(BytesIO(b"".join(Frame({"page": 1}, b"text").pieces())).read)
    Frame(header={'page': 1}, payload=b'text')
    """
    header_size, payload_size = _SIZES.unpack(take(_SIZES.size))
    if header_size > LONGEST_HEADER or payload_size > LONGEST_PAYLOAD:
        raise BadFrame("larger than any frame")
    try:
        header = json.loads(take(header_size))
    except (ValueError, RecursionError) as error:
        raise BadFrame("no JSON header") from error
    if not isinstance(header, dict):
        raise BadFrame("no JSON object for a header")
    return Frame(header, take(payload_size))
