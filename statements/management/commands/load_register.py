"""`manage.py load_register`: load actors, speakers, offices, treaties, events and sources."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.register_files import FOLDER, RegisterError, read_files
from statements.register_loading import load


class Command(BaseCommand):
    help = (
        "Load the register from its data files. A second load changes nothing; a row edited "
        "in the admin is not overwritten, and what its file says instead is reported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(read_files(options["folder"]))
        except RegisterError as error:
            for problem in error.problems:
                self.stderr.write(problem)
            raise CommandError(
                f"{len(error.problems)} problems; nothing was loaded. Correct the files and "
                "load again."
            ) from error
        for name, counts in loaded.counts.items():
            done = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
            self.stdout.write(f"{name}: {done or 'none'}")
        for sentence in [*loaded.conflicts, *loaded.vanished]:
            self.stderr.write(f"kept: {sentence}")
