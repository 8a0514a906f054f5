"""`manage.py load_statements`: load the curated statements as reviewed ones."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.curated import load_curated, look_for_reports
from statements.curated_files import FILE, read_curated
from statements.register_files import RegisterError


class Command(BaseCommand):
    help = (
        "Load the curated statements with the references they stand on, as reviewed by the "
        "account «curated», and look for reports of them in the texts that are here. A second load changes nothing; a statement that a person has decided "
        "about since is not overwritten, and what its file says instead is reported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=FILE, help="file of the statements")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_curated(read_curated(options["file"]))
        except RegisterError as error:
            for problem in error.problems:
                self.stderr.write(problem)
            raise CommandError(
                f"{len(error.problems)} problems; nothing was loaded. Correct the file, or load "
                "the register with load_register, and load again."
            ) from error
        except OSError as error:
            raise CommandError(
                f"The snapshot store cannot be written ({error}); nothing was loaded. Make room "
                "or mend it, and load again."
            ) from error
        words = ("created", "updated", "unchanged", "kept")
        done = ", ".join(f"{n} {word}" for word in words if (n := loaded.counts[word]))
        self.stdout.write(f"statements: {done or 'none'}")
        if texts := look_for_reports(loaded.statements):
            self.stdout.write(f"{texts} kept texts of those days are read again for reports")
        for sentence in loaded.kept:
            self.stderr.write(f"kept: {sentence}")
