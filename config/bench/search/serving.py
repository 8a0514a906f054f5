"""The search as readers meet it: pages over HTTP, many readers, fresh words, a cold start."""

import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from django.conf import settings
from django.test import Client

from config.bench.installation import ROOT
from config.bench.pages import ask
from config.bench.search.asked import Asked
from config.bench.search.spent import share
from config.bench.search.web import WORKERS, Web
from statements.models import Statement
from statements.search.entries import deferred

Say = Callable[[str], object]
PAGE = 150.0  # milliseconds, p95 with 100,000 statements
QUERIES = 12
READERS = 50
_FRESH = 1000.0  # milliseconds
_WORDS = "abcdefghijklmnopqrstuvwxyz"


def measure(say: Say, queries: Sequence[Asked], rounds: int, seconds: float) -> None:
    """Start the web server, ask it, and stop it."""
    web = Web()
    try:
        say(f"the web server's first answer, by SQL: {web.first_answer:.1f} s after its start")
        _say_cold(say, web)
        _say_pages(say, web, queries, rounds)
        _say_fresh(say, web)
        _say_readers(say, web, queries, seconds)
        memory = ", ".join(f"{size:.0f}" for size in web.resident())
        say(f"memory of the web server's processes: {memory} MB")
    finally:
        web.stop()


def _say_cold(say: Say, web: Web) -> None:
    """What readers wait for while the index is loaded: each asks for other words."""
    began, times = time.perf_counter(), []
    while time.perf_counter() - began < 10:
        times.append(web.get(f"/statements/?q={_word(3)}*+treaty")[0])
    say(
        f"in the first 10 s: {len(times)} pages, first {times[0]:.0f} ms, "
        f"p50 {share(times, 50):.0f}, worst {max(times):.0f}, last {times[-1]:.0f} ms"
    )


def _say_pages(say: Say, web: Web, queries: Sequence[Asked], rounds: int) -> None:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    times: dict[str, list[float]] = defaultdict(list)
    firsts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for asked in queries:
        # Words that this process meets for the first time are queries more.
        for counted in (firsts, counts):
            _, found = ask(client, asked.path)
            counted[asked.kind] = max(counted.get(asked.kind, 0), found)
        times[asked.kind] += [web.get(asked.path)[0] for _ in range(rounds)]
    for kind, own in times.items():
        say(
            f"page, {kind}: p50 {share(own, 50):.0f} ms, worst {max(own):.0f} ms, "
            f"{counts[kind]} queries, {firsts[kind]} at first"
        )
    p95 = share([one for own in times.values() for one in own], 95)
    say(
        f"all pages: p95 {p95:.0f} ms, {p95 / PAGE:.2f} of the limit of {PAGE:.0f} ms; at most "
        f"{max(counts.values())} queries, {max(firsts.values())} at first, of {QUERIES}"
    )


def _say_fresh(say: Say, web: Web) -> None:
    """Commit a change here, and ask until each worker has answered since."""
    statement = Statement.objects.published().order_by("-pk")[0]
    word = _word(14)
    address = f"/statements.json?q={word}"
    for _ in range(20):
        web.get(address)  # so that they keep the answer that there is none
    began = time.perf_counter()
    _edit(statement, f"{statement.place} {word}")
    committed = time.perf_counter()
    took, stale, who = 0.0, 0, set[int]()
    while len(who) < WORKERS and time.perf_counter() - committed < 10:
        asked = len(web.answered_by())
        _, body = web.get(address)
        if statement.public_id.encode() in body:
            took = (time.perf_counter() - committed) * 1000
            who |= set(web.answered_by()[asked:])
        else:
            stale += 1
    _edit(statement, statement.place)
    say(
        f"a change was written in {(committed - began) * 1000:.0f} ms; {took:.0f} ms after it "
        f"{len(who)} of {WORKERS} processes had told it, {took / _FRESH:.2f} of the limit, and "
        f"{stale} answers were of before"
    )


def _edit(statement: Statement, place: str) -> None:
    with deferred():
        Statement.objects.filter(pk=statement.pk).update(place=place[:200])


def _say_readers(say: Say, web: Web, queries: Sequence[Asked], seconds: float) -> None:
    """Fifty readers, each asking for one page after the other."""
    task = {
        "port": web.port,
        "paths": [asked.path for asked in queries],
        "readers": READERS,
        "seconds": seconds,
    }
    done = subprocess.run(
        [sys.executable, "-m", "config.bench.search.readers"],
        cwd=ROOT,
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=True,
    )
    read = json.loads(done.stdout)
    times, errors = read["times"], read["errors"]
    say(
        f"{READERS} readers at once for {seconds:.0f} s: {len(times) / seconds:.0f} pages a "
        f"second, p50 {share(times, 50):.0f} ms, p95 {share(times, 95):.0f} ms, "
        f"{len(errors)} errors"
    )
    for error in errors[:5]:
        say(f"  {error}")


def _word(size: int) -> str:
    """A word that nobody has asked for yet."""
    return "".join(random.choices(_WORDS, k=size))
