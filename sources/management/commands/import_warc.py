"""`manage.py import_warc FILE`: take the pages of a WARC file into the archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources.reasons import REASONS
from sources.warc import Imported, import_warc


class Command(BaseCommand):
    help = (
        "Make articles of the HTML pages and texts in a WARC file and accept that they be read. "
        "The same bytes of an article are here already, so it may be run again. Exit code 1 when "
        "records are broken; the others are taken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--trust",
            action="store_true",
            help="vouch for the file: its pages count as fetched when and where it says. "
            "Else they are texts given by hand.",
        )
        parser.add_argument("--dry-run", action="store_true", help="change nothing, only count")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=2)
        try:
            with path.open("rb") as file:
                done = import_warc(
                    file, path.name, trust=options["trust"], dry_run=options["dry_run"]
                )
        except OSError as error:
            raise CommandError(
                f"The file cannot be read or the store cannot be written: {error}. "
                f"{REASONS['disk'].next_step} Then run it again: what was taken is here already.",
                returncode=2,
            ) from error
        self._tell(done, dry_run=options["dry_run"])

    def _tell(self, done: Imported, *, dry_run: bool) -> None:
        self.stdout.write(
            f"{done.new} pages {'would be taken' if dry_run else 'taken'}, "
            f"{done.here} already here, {done.looks} later looks"
        )
        for why, count in done.passed.most_common():
            self.stdout.write(f"{count} passed over: {why}")
        for sentence in done.sentences:
            self.stderr.write(sentence)
        if done.broken:
            raise CommandError(
                f"{done.broken} records are broken and were left out; ask for the file again.",
                returncode=1,
            )
