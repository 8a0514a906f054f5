"""Many readers at once: `python -m config.bench.search.readers`.

Reads whom to ask for what from standard input as JSON, asks until the time is up, each reader one
page after the other over one connection, and writes what became of it to standard output.
"""

import asyncio
import json
import random
import sys
import time
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Task:
    """So many readers who ask a port of this machine for `seconds`, at random among `paths`."""

    port: int
    paths: list[str]
    readers: int
    seconds: float


@dataclass
class Read:
    """How many milliseconds each page took, and what went wrong."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def _read(task: Task, number: int, until: float, read: Read) -> None:
    chance = random.Random(number)
    reader, writer = await asyncio.open_connection("127.0.0.1", task.port)
    while time.perf_counter() < until:
        path = chance.choice(task.paths)
        began = time.perf_counter()
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            status, goes_on = await _answer(reader)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            read.errors.append(f"{path}: {error!r}")
            goes_on = False
        else:
            read.times.append((time.perf_counter() - began) * 1000)
            if status != 200:
                read.errors.append(f"{path} answered {status}")
        if not goes_on:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", task.port)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status, and whether the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    first, *lines = head.split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines if ": " in line)
    if "content-length" in fields:
        await reader.readexactly(int(fields["content-length"]))
    elif fields.get("transfer-encoding") == "chunked":
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    else:
        await reader.read()
    return int(first.split()[1]), fields.get("connection") != "close"


async def read_all(task: Task) -> Read:
    """Let them all read until the time is up."""
    read = Read()
    until = time.perf_counter() + task.seconds
    await asyncio.gather(*(_read(task, n, until, read) for n in range(task.readers)))
    return read


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps(asdict(asyncio.run(read_all(Task(**json.loads(sys.stdin.read()))))))
    )
