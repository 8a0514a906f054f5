"""`./run bench NAME`: measure, and print the figures with their limits and the machine."""

import os
import platform
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client

from newsroom.stories import stories
from statements.attribution import attribute
from statements.gazetteer import register_from_database

_ARTICLE_LIMIT = 20.0  # milliseconds
_PAGE_LIMIT = 300.0  # milliseconds of server time


class Command(BaseCommand):
    help = "Measure one part: attribution (articles of the newsroom), timeline (pages)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=["attribution", "timeline"])
        parser.add_argument("--rounds", type=int, default=20)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            f"machine: {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}, PostgreSQL {self._postgres()}"
        )
        measure: Callable[[int], None] = {
            "attribution": self._attribution,
            "timeline": self._timeline,
        }[options["name"]]
        measure(options["rounds"])

    def _attribution(self, rounds: int) -> None:
        """Milliseconds an article, over the newsroom's and any given folder's articles."""
        folder = os.environ.get("DEMARCHE_SHARED")
        texts = ["\n".join(story.paragraphs) for story in stories()]
        if folder:
            texts += [p.read_text("utf-8") for p in Path(folder).glob("seeds/*.txt")]
        register = register_from_database()
        attribute(texts[0], register=register)
        times = []
        for _ in range(rounds):
            for text in texts:
                began = time.perf_counter()
                attribute(text, register=register)
                times.append((time.perf_counter() - began) * 1000)
        self._report("an article", times, _ARTICLE_LIMIT)

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
