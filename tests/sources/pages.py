"""A site on loopback whose pages a test writes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Page:
    """One answer. `write` takes over the raw connection, for answers that break the rules."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Site:
    """Pages by path, and the paths that were asked for, in order."""

    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    seen_headers: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://{self.address}{path}"

    def html(self, path: str, title: str, *paragraphs: str, head: str = "") -> str:
        """Serve an article and return its address."""
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        page = (
            f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head>'
            f"<body><article><h1>{title}</h1>{body}</article></body></html>"
        )
        self.pages[path] = Page(page.encode())
        return self.url(path)

    def rss(self, path: str, *items: tuple[str, str, str]) -> str:
        """Serve a feed of (link, guid, title) and return its address."""
        entries = "".join(
            f"<item><title>{title}</title><link>{self.url(link)}</link>"
            f'<guid isPermaLink="false">{guid}</guid></item>'
            for link, guid, title in items
        )
        feed = f'<rss version="2.0"><channel><title>t</title>{entries}</channel></rss>'
        self.pages[path] = Page(feed.encode(), "application/rss+xml")
        return self.url(path)


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    """A running site on an address of loopback."""
    server = ThreadingHTTPServer((host, 0), BaseHTTPRequestHandler)
    served = Site(f"{host}:{server.server_address[1]}")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.seen_headers.append({k.lower(): v for k, v in self.headers.items()})
            page = served.pages.get(self.path) or Page(b"nothing here", status=404)
            if page.write is not None:
                page.write(self)
                self.close_connection = True
                return
            etag = page.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(page.status)
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:
            """Be quiet."""

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site(settings: object) -> Iterator[Site]:
    """A running site whose exact address may be fetched."""
    with serving() as served:
        settings.FETCH_ALLOWED_PRIVATE = [served.address]  # type: ignore[attr-defined]
        yield served
