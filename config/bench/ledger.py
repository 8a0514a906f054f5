"""How long the pages take that read the ledger: corrections, versions, names, codes, positions."""

import os
import statistics
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.test import Client

from config.bench.ledger_rows import VERSIONS, Filled, fill
from config.bench.pages import ask
from history.models import Change
from statements.models import Position, Statement

Say = Callable[[str], object]
# What a page may cost over so many statements.
LIMIT = 300.0  # milliseconds of server time, p95
QUERIES = 12
_SIZE = 50_000


def measure(say: Say, statements: int, rounds: int) -> None:
    """Print the figures beside their limits. Fills the database, which is to be a scratch one."""
    began = time.perf_counter()
    filled = fill(statements)
    say(
        f"{Statement.objects.count()} statements, {Position.objects.count()} codes, "
        f"{Change.objects.count()} recorded changes, written in "
        f"{time.perf_counter() - began:.0f} s; one statement has {filled.long.version} versions"
    )
    say(f"load of the machine: {os.getloadavg()[0]:.1f}")
    say(f"limits: p95 {LIMIT:.0f} ms with {_SIZE} statements, {QUERIES} queries")
    for path in _for_readers(filled):
        _measure(say, _client(), path, rounds)
    say("for an editor, whose session, account and groups are three queries:")
    for path in ("/review/names/", "/review/names/?page=50", "/review/", "/history/"):
        _measure(say, _client(filled), path, rounds)


def _client(signed_in: Filled | None = None) -> Client:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    if signed_in:
        client.force_login(signed_in.editor)
    return client


def _for_readers(filled: Filled) -> Iterator[str]:
    yield from ("/changes/", "/changes/?kind=merge", "/changes/?kind=position")
    yield "/changes/?actor=X-BENCH-7"
    yield "/changes/?kind=edit&actor=X-BENCH-7&month=2020-01"
    yield "/changes.atom"
    yield filled.usual.get_absolute_url()
    long = filled.long.get_absolute_url()
    yield from (long, f"{long}history/", f"{long}history/?page=20")
    yield f"{long}history/?from=1&to={VERSIONS - 50}"
    yield from (f"{long}v/{VERSIONS // 2}/", f"{long}v/{VERSIONS // 2}.json")
    yield from ("/method/", "/actors/X-BENCH-7/", "/treaties/bench-pact/")
    yield from ("/treaties/bench-pact/articles/4/", "/speakers/ada-example-7/")


def _measure(say: Say, client: Client, path: str, rounds: int) -> None:
    """Ask once so that the process knows what it keeps, and then so many times."""
    first, _ = ask(client, path)
    asked = [ask(client, path) for _ in range(rounds)]
    times, queries = [took for took, _ in asked], max(count for _, count in asked)
    p95 = statistics.quantiles(times, n=20)[-1]
    say(
        f"{path}: p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms ({p95 / LIMIT:.2f} of "
        f"the limit), first {first:.0f} ms, {queries} queries"
    )
