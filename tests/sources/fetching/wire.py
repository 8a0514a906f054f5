"""Answers written to the wire byte by byte, and what the gate says to them."""

import time
from http.server import BaseHTTPRequestHandler

import pytest

from sources.fetching import FetchError, fetch
from sources.fetching.exchange import Limits
from tests.sources.pages import Page, Site

QUICK = Limits(total=1.0, first_byte=0.5, body=64 * 1024)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def code_of(url: str, **options: object) -> str:
    """The code with which this fetch fails."""
    with pytest.raises(FetchError) as caught:
        fetch(url, **options)  # type: ignore[arg-type]
    return caught.value.code


def raw(site: Site, path: str, *pieces: bytes, pause: float = 0.0, forever: bytes = b"") -> str:
    """Serve raw bytes, with pauses between the pieces, and return the address.

    `forever` is sent again and again after them, until the gate hangs up.
    """

    def write(handler: BaseHTTPRequestHandler) -> None:
        try:
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(pause)
            while forever:
                handler.wfile.write(forever)
        except OSError:
            return  # the gate hung up, as it should

    site.pages[path] = Page(write=write)
    return site.url(path)
