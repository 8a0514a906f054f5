"""`./run bench NAME`: measure, and print the figures with their limits and the machine."""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client

from config.bench import attribution, ingest, ledger, polls

# These fill a database of their own.
_IN_SCRATCH = ("attribution", "ingest", "ledger", "polls", "search")
_SCRATCH = "DEMARCHE_BENCH_SCRATCH"
_PAGE_LIMIT = 300.0  # milliseconds of server time


class Command(BaseCommand):
    help = (
        "Measure one part: attribution (milliseconds an article, its share of the pipeline, by "
        "length of text), timeline (pages of what is here), ledger (pages of corrections, "
        "versions, names, codes and positions over --rows invented statements), ingest "
        "(articles from feed to statement), polls (feeds due at once), search (queries, pages and "
        "inserts over --rows invented statements, beside tantivy and SQLite; --keep DIR uses what "
        "an earlier run has filled), chaos (articles while every part is killed at random), points "
        "(every place where a process can die, --rounds times each)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=["timeline", "chaos", "points", *_IN_SCRATCH])
        parser.add_argument("--rounds", type=int, default=None)
        parser.add_argument("--articles", type=int, default=None)
        parser.add_argument("--rows", type=int, default=10_000)
        parser.add_argument("--kills", type=int, default=100)
        parser.add_argument("--feeds", type=int, default=5000)
        parser.add_argument("--seconds", type=float, default=20, help="of many readers at once")
        parser.add_argument("--keep", type=Path, help="a folder for the data instead of none")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["name"] in _IN_SCRATCH and not os.environ.get(_SCRATCH):
            self._in_scratch(options["keep"])
            return
        if options["name"] == "chaos":
            self._chaos(options["articles"] or 2000, options["kills"])
            return
        if options["name"] == "points":
            self._points(options["rounds"] or 20)
            return
        self.stdout.write(
            f"machine: {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}, PostgreSQL {self._postgres()}"
        )
        match options["name"]:
            case "attribution":
                attribution.measure(self.stdout.write, options["rounds"] or 3)
            case "timeline":
                self._timeline(options["rounds"] or 20)
            case "ingest":
                ingest.measure(self.stdout.write, options["articles"] or 1000)
            case "ledger":
                ledger.measure(self.stdout.write, options["rows"], options["rounds"] or 20)
            case "polls":
                polls.measure(self.stdout.write, options["feeds"])
            case "search":
                # It imports engines that only a developer's environment has.
                from config.bench.search import measure as search

                rounds = options["rounds"] or 5
                search.measure(self.stdout.write, options["rows"], rounds, options["seconds"])

    def _in_scratch(self, keep: Path | None) -> None:
        """Run this very command with servers and data of its own, which are removed after it
        unless they are to be kept."""
        with tempfile.TemporaryDirectory(prefix="demarche-bench-") as scratch:
            home = str(keep.resolve()) if keep else scratch
            environment = {**os.environ, "DEMARCHE_HOME": home, _SCRATCH: "1"}
            for name in ("DATABASE_URL", "REDIS_URL"):
                environment.pop(name, None)
            command = [sys.executable, sys.argv[0], "with_servers", *sys.argv[1:]]
            done = subprocess.run(command, env=environment, check=False)
        if done.returncode:
            raise CommandError("The measure failed; what it said stands above.")

    def _chaos(self, articles: int, kills: int) -> None:
        """Run it as a program of its own: it makes an installation before it reads settings."""
        argv = ["--articles", str(articles), "--kills", str(kills)]
        command = [sys.executable, "-m", "config.bench.chaos", *argv]
        if subprocess.run(command, cwd=settings.BASE_DIR, check=False).returncode:
            raise CommandError("Something was lost or doubled; what it said stands above.")

    def _points(self, rounds: int) -> None:
        """Run the test of the deaths with so many rounds; it brings its own servers."""
        argv = [sys.executable, "-m", "pytest", "-q", "-s", "tests/faults/test_points.py"]
        environment = {**os.environ, "DEMARCHE_FAULT_ROUNDS": str(rounds)}
        for name in ("DATABASE_URL", "REDIS_URL"):
            environment.pop(name, None)
        done = subprocess.run(argv, cwd=settings.BASE_DIR, env=environment, check=False)
        if done.returncode:
            raise CommandError("Something was lost or doubled; what it said stands above.")

    def _timeline(self, rounds: int) -> None:
        """Milliseconds of server time for timeline pages over what the database holds."""
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM statements_statement")
            count = cursor.fetchone()[0]
        self.stdout.write(f"{count} statements")
        for query in ("", "?q=treaty", "?actor=JPN", "?q=sanctions&stance=concerned"):
            times = []
            for _ in range(rounds):
                began = time.perf_counter()
                response = client.get(f"/statements/{query}")
                times.append((time.perf_counter() - began) * 1000)
                if response.status_code != 200:
                    raise CommandError(f"/statements/{query} answered {response.status_code}")
            self._report(f"/statements/{query}", times, _PAGE_LIMIT)

    def _report(self, what: str, times: list[float], limit: float) -> None:
        p95 = statistics.quantiles(times, n=20)[-1]
        self.stdout.write(
            f"{what}: median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, "
            f"{p95 / limit:.2f} of the limit of {limit:.0f} ms"
        )

    def _postgres(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return str(cursor.fetchone()[0])
