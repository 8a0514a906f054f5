"""The newsroom over HTTP: listings, articles, robots.txt, with validators like a real site."""

import hashlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from newsroom.layouts import NOTICE, article_page
from newsroom.listings import listing
from newsroom.outlets import OUTLETS, Outlet
from newsroom.stories import Clock, stories

ROBOTS = "User-agent: *\nDisallow: /private/\n"


def answer(path: str, clock: Clock, base: str) -> tuple[int, str, bytes]:
    """Status, content type and body for a path, as things stand on the clock."""
    seconds = clock.seconds()
    parts = path.strip("/").split("/")
    if path == "/robots.txt":
        return 200, "text/plain; charset=utf-8", ROBOTS.encode()
    if path == "/":
        return 200, "text/html; charset=utf-8", _home().encode()
    outlet = OUTLETS.get(parts[0])
    if outlet is None or len(parts) > 2:
        return _missing()
    released = [s for s in stories() if s.outlet == outlet.slug and s.release <= seconds]
    if len(parts) == 2 and parts[1] == outlet.listing.path:
        text, kind = listing(outlet, released[::-1], clock, base)
        return 200, f"{kind}; charset={outlet.encoding}", _encoded(text, outlet)
    for story in released:
        if len(parts) == 2 and parts[1] == f"{story.slug}.html":
            page = article_page(outlet, story, story.text_at(seconds), f"{base}{path}")
            return 200, f"text/html; charset={outlet.encoding}", _encoded(page, outlet)
    return _missing()


def _home() -> str:
    links = "".join(
        f'<li><a href="/{o.slug}/{o.listing.path}">{o.name}</a></li>' for o in OUTLETS.values()
    )
    return f"<!doctype html><title>Sample newsroom</title><p>{NOTICE}</p><ul>{links}</ul>"


def _encoded(text: str, outlet: Outlet) -> bytes:
    """The text in the outlet's encoding; what does not fit becomes a character reference."""
    return text.encode(outlet.encoding, "xmlcharrefreplace")


def _missing() -> tuple[int, str, bytes]:
    return 404, "text/plain; charset=utf-8", b"There is no such page.\n"


def make_server(host: str, port: int, clock: Clock) -> ThreadingHTTPServer:
    """A server that is bound and not yet serving; port 0 lets the kernel choose."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "newsroom"

        def do_GET(self) -> None:
            base = f"http://{self.headers.get('Host') or f'{host}:{port}'}"
            status, kind, body = answer(self.path.split("?")[0], clock, base)
            etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("ETag", etag)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the program that reads us keeps its own account."""

    return ThreadingHTTPServer((host, port), Handler)
