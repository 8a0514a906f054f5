"""`manage.py export_warc FILE.warc.gz`: what was kept, in the format that archives exchange."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources.models import Source
from sources.reasons import REASONS
from sources.warc import Exported, export


class Command(BaseCommand):
    help = (
        "Write the kept pages and texts, with what was read from them, to a new WARC 1.1 file. "
        "Exit code 1 when a damaged snapshot was left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="ends with .warc.gz, or .warc for unpacked")
        parser.add_argument("--source", default="", help="slug of one source; else all")
        parser.add_argument(
            "--since",
            default="",
            help="only what was seen on this day (UTC) or later: 2026-01-31",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.name.endswith((".warc.gz", ".warc")):
            raise CommandError("The file's name must end with .warc.gz or .warc.", returncode=2)
        if path.exists():
            raise CommandError(f"{path} is there already; name a new file.", returncode=2)
        # The file has its name once it is complete.
        part = path.with_name(f"{path.name}.part")
        try:
            done = self._export(part, packed=path.suffix == ".gz", **options)
            part.replace(path)
        except OSError as error:
            raise CommandError(
                f"The file cannot be written or the store cannot be read: {error}. "
                f"{REASONS['disk'].next_step}",
                returncode=2,
            ) from error
        finally:
            part.unlink(missing_ok=True)
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(done.records.items()))
        self.stdout.write(f"{path}: {counts}")
        for sentence in done.left_out:
            self.stderr.write(sentence)
        if done.left_out:
            raise CommandError(
                f"{len(done.left_out)} damaged snapshots were left out; `manage.py scrub` says "
                "what to do about them.",
                returncode=1,
            )

    def _export(self, part: Path, *, packed: bool, **options: Any) -> Exported:
        source = None
        if options["source"]:
            source = Source.objects.filter(slug=options["source"]).first()
            if source is None:
                raise CommandError(f"There is no source «{options['source']}».", returncode=2)
        with part.open("wb") as file:
            return export(file, packed=packed, source=source, since=_day(options["since"]))


def _day(text: str) -> datetime | None:
    """The first moment of a day in UTC; None without one."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise CommandError(
            f"«{text}» is not a day such as 2026-01-31.", returncode=2
        ) from error
