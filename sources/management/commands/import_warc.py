"""`manage.py import_warc FILE`: take the pages of a WARC file into the archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources.warc import Imported, import_warc


class Command(BaseCommand):
    help = (
        "Make articles of the HTML pages and texts in a WARC file and accept that they be read. "
        "The same bytes of an article are here already, so it may be run again. Exit code 1 when "
        "records are broken; the others are taken. Exit code 2 when there is no record to take."
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
            raise CommandError(f"There is no file {path}. Check its name.", returncode=2)
        try:
            with path.open("rb") as file:
                done = import_warc(
                    file, path.name, trust=options["trust"], dry_run=options["dry_run"]
                )
        except OSError as error:
            raise CommandError(
                f"The file cannot be read or the store cannot be written: {error}. Mend that, or "
                "make room, and run it again: what was taken is here already.",
                returncode=2,
            ) from error
        if not done.records:
            raise CommandError(_why_nothing(path, done), returncode=2)
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
            them = (
                "1 record is broken and was"
                if done.broken == 1
                else (f"{done.broken} records are broken and were")
            )
            raise CommandError(
                f"{them} left out; the others count. For the rest ask for the file again, and "
                "import that too: what is here is not taken twice.",
                returncode=1,
            )


def _why_nothing(path: Path, done: Imported) -> str:
    """Why no record could be taken, and what to do."""
    if not path.stat().st_size:
        why = f"The file {path} is empty"
    elif done.broken:
        why = f"The file {path} holds no whole WARC record ({done.sentences[0]})"
    else:
        why = f"The file {path} holds no WARC record"
    return (
        f"{why}; nothing was taken. Give a file that ends in .warc or .warc.gz; if this is one, "
        "ask for it again: it was damaged or cut off on its way."
    )
