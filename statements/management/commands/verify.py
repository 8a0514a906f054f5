"""`manage.py verify`: re-read the store, the texts and the history, and say whether all stands."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.verification import verify


class Command(BaseCommand):
    help = (
        "Check that every snapshot's bytes are in the store unchanged and that the words of "
        "every attestation stand in its snapshot at its offsets, and that the history is whole "
        "and every row as its last change left it. Exit code 1 when one does not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-files", action="store_true", help="check the words only, not the stored bytes"
        )
        parser.add_argument(
            "--head",
            default="",
            metavar="HASH",
            help="the hash of a seal noted earlier: it has to be in the chain still",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = verify(files=not options["no_files"], head=options["head"])
        except OSError as error:
            raise CommandError(
                f"The snapshot store cannot be read: {error}. Mend it, then verify again.",
                returncode=2,
            ) from error
        for finding in report.findings:
            self.stderr.write(finding)
        self.stdout.write(
            f"{report.attestations} attestations, {report.snapshots} snapshots and "
            f"{report.changes} changes checked, {len(report.findings)} findings"
        )
        if report.newest:
            self.stdout.write(
                f"newest seal: {report.newest.number} {report.newest.hash} "
                "(note it; verify --head HASH says whether it is still in the chain)"
            )
        if report.findings:
            raise CommandError(
                "Some words, files or rows do not stand as recorded; the lines above name them. "
                "`manage.py scrub` marks damaged snapshots and can capture them again.",
                returncode=1,
            )
