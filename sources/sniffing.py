"""Whether bytes are a page, a plain text or neither, before anything takes them apart. Pure."""

import json
from enum import StrEnum

import regex

_START = 2000  # bytes that are looked at
_MAGIC = (
    b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"BM6", b"RIFF",
    b"OggS", b"ID3", b"\x00\x00\x00", b"\x7fELF", b"MZ\x90", b"7z\xbc\xaf", b"Rar!", b"BZh",
    b"\xd0\xcf\x11\xe0", b"wOFF", b"wOF2", b"\x28\xb5\x2f\xfd", b"{\\rtf",
)  # fmt: skip
_NO_TEXT = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HTML = regex.compile(rb"<(?:!doctype\s+html|html|head|body)\b", regex.IGNORECASE)
# What begins like a page and is none, whatever it is declared to be.
_OTHER_ROOT = regex.compile(
    rb"^\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>|\s)*<(?:\w+:)?"
    rb"(?:svg|rss|rdf|feed|urlset|sitemapindex|opml|math|kml|gpx|plist)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})
_TEXT_TYPES = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
_MARKUP_TYPES = _PAGE_TYPES | _TEXT_TYPES | {"text/xml", "application/xml"}


class Kind(StrEnum):
    """What bytes are."""

    PAGE = "page"
    TEXT = "text"


def kind_of(body: bytes, content_type: str) -> Kind | None:
    """Return what the bytes are by their beginning and their declared type; None for neither.

    >>> kind_of(b"<!doctype html><p>Hello", "text/plain"), kind_of(b"Hello", "text/plain")
    (<Kind.PAGE: 'page'>, <Kind.TEXT: 'text'>)
    >>> kind_of(b'<svg xmlns="http://www.w3.org/2000/svg">', "text/html") is None
    True
    """
    declared = content_type.split(";")[0].strip().lower()
    start = body.lstrip()[:_START]
    if start.startswith(_MAGIC) or _is_binary(body[:_START]) or _OTHER_ROOT.match(start):
        return None
    if _HTML.search(start):
        return Kind.PAGE
    if start.startswith((b"{", b"[")) and _is_json(body):
        return None
    if start.startswith(b"<") and declared in _MARKUP_TYPES:
        return Kind.PAGE
    if declared in _TEXT_TYPES:
        return Kind.TEXT
    return Kind.PAGE if declared in _PAGE_TYPES else None


def _is_binary(start: bytes) -> bool:
    """Whether there are more than a few strays of bytes that no text holds, in what is no UTF-16.

    They are the «binary data bytes» of the WHATWG MIME Sniffing Standard.
    """
    strays = len(start) - len(start.translate(None, _NO_TEXT))
    return not start.startswith(_WIDE) and strays * 50 >= len(start) + 50


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True
