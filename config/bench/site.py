"""A site on many loopback hosts that counts how politely it is asked: `python -m config.bench.site`.

Reads what to serve as JSON from standard input, writes its port as the first line, and on
SIGTERM what it has counted.
"""

import asyncio
import hashlib
import json
import signal
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """What the site is: `hosts` addresses with a feed each, and `articles` pages over them all.

    `pages` are the files whose contents the articles have, in turn. `changing` is the share of
    feeds that bring something new each time they are asked. `gap` is in seconds.
    """

    hosts: int
    articles: int
    pages: tuple[str, ...] = ()
    changing: float = 0.0
    gap: float = 0.05


@dataclass
class Counts:
    """What was asked. A breach is a request that came too early or while another was answered."""

    requests: int = 0
    feeds: int = 0
    not_modified: int = 0
    breaches: int = 0
    pages: Counter[str] = field(default_factory=Counter)


def host(number: int) -> str:
    """The address of a host: loopback has sixteen million of them."""
    return f"127.{100 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"


class Site:
    """Answers for all hosts of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.counts = Counts()
        self.contents = [Path(page).read_bytes() for page in plan.pages]
        self.numbers = {host(number): number for number in range(plan.hosts)}
        self.asked: Counter[int] = Counter()
        self._last: dict[str, float] = {}
        self._busy: Counter[str] = Counter()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request and answer it."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
            return
        name = writer.get_extra_info("sockname")[0]
        self._count(name)
        first, *lines = head.split("\r\n")
        path = first.split(" ")[1]
        fields = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
        status, kind, body = self._content(name, path, fields.get("if-none-match", ""))
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            f"ETag: {tag}\r\nConnection: close\r\n\r\n".encode()
            if status != "304 Not Modified"
            else b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        )
        writer.write(body)
        try:
            await writer.drain()
        except ConnectionError:
            return  # whoever asked has been killed
        finally:
            self._busy[name] -= 1
            self._last[name] = time.monotonic()
            writer.close()

    def _count(self, name: str) -> None:
        self.counts.requests += 1
        early = time.monotonic() - self._last.get(name, 0.0) < self.plan.gap - 0.005
        self.counts.breaches += bool(early or self._busy[name])
        self._busy[name] += 1

    def _content(self, name: str, path: str, wanted: str) -> tuple[str, str, bytes]:
        if path == "/robots.txt":
            return "404 Not Found", "text/plain", b""
        if path == "/feed":
            return self._feed(self.numbers[name], wanted)
        number = int(path.strip("/") or 0)
        self.counts.pages[path] += 1
        page = self.contents[number % len(self.contents)]
        mark = f"<p>This is number {number} of the pages of this run.</p></body>".encode()
        return "200 OK", "text/html; charset=utf-8", page.replace(b"</body>", mark, 1)

    def _feed(self, number: int, wanted: str) -> tuple[str, str, bytes]:
        plan = self.plan
        self.counts.feeds += 1
        changes = number < plan.hosts * plan.changing
        self.asked[number] += 1
        address = f"http://{host(number)}:{PORT[0]}"
        items = "".join(
            f"<item><title>Page {n}</title><link>{address}/{n}</link></item>"
            for n in range(number, plan.articles, plan.hosts)
        )
        stamp = self.asked[number] if changes else 0
        body = (
            f'<rss version="2.0"><channel><title>Host {number}</title>{items}'
            f"<generator>{stamp}</generator></channel></rss>"
        ).encode()
        if wanted == f'"{hashlib.md5(body).hexdigest()}"':
            self.counts.not_modified += 1
            return "304 Not Modified", "application/rss+xml", b""
        return "200 OK", "application/rss+xml", body


PORT = [0]


async def _serve(site: Site) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    names = list(site.numbers)
    first = await asyncio.start_server(site.answer, names[0], 0, backlog=200)
    PORT[0] = first.sockets[0].getsockname()[1]
    servers = [first]
    for name in names[1:]:
        servers.append(await asyncio.start_server(site.answer, name, PORT[0], backlog=50))
    sys.stdout.write(f"{PORT[0]}\n")
    sys.stdout.flush()
    await ended.wait()
    counts = asdict(site.counts)
    counts["pages"] = len(site.counts.pages)
    sys.stdout.write(json.dumps(counts) + "\n")
    sys.stdout.flush()
    for server in servers:
        server.close()


if __name__ == "__main__":
    asyncio.run(_serve(Site(Plan(**json.loads(sys.stdin.read())))))
