"""Invented outlets on loopback, whose articles can be counted."""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LINES = 4  # statements of an article
_STORY = re.compile(r"^/story/(\d+)$")


@dataclass
class Outlet:
    """One host with a feed of the articles it has published so far."""

    address: str
    published: int = 0
    # More addresses, which no feed names.
    unlisted: int = 0

    def url(self, path: str) -> str:
        return f"http://{self.address}{path}"

    def page(self, path: str) -> tuple[str, str] | None:
        """The type and text of a page; None when there is none."""
        if path == "/feed":
            return "application/rss+xml", self._feed()
        story = _STORY.match(path)
        return ("text/html", self._story(int(story[1]))) if story else None

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>Story {n}</title><link>{self.url(f'/story/{n}')}</link></item>"
            for n in range(self.published)
        )
        return f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'

    def _story(self, number: int) -> str:
        name = f"{self.address.rpartition(':')[2]}.{number}"
        lines = "".join(
            f"<p>Minister Ada Example said that point {name}.{line} of the invented pact would "
            "stay.</p>"
            for line in range(LINES)
        )
        title = f"Story {name}"
        return (
            f'<!doctype html><html lang="en"><head><title>{title}</title></head>'
            f"<body><article><h1>{title}</h1>{lines}</article></body></html>"
        )


@contextmanager
def open_outlets(count: int) -> Iterator[list[Outlet]]:
    """So many outlets, each on a port of its own, so that each is a host of its own."""
    with ExitStack() as stack:
        yield [stack.enter_context(_serving()) for _ in range(count)]


@contextmanager
def _serving() -> Iterator[Outlet]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    outlet = Outlet(f"127.0.0.1:{server.server_address[1]}")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = outlet.page(self.path)
            kind, text = page or ("text/plain", "nothing here")
            body = text.encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Be quiet."""

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield outlet
    finally:
        server.shutdown()
        server.server_close()
