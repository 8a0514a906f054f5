"""`manage.py verify`: re-read the store and the texts, and say whether every word still stands."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.verification import verify


class Command(BaseCommand):
    help = (
        "Check that every snapshot's bytes are in the store unchanged and that the words of "
        "every attestation stand in its snapshot at its offsets. Exit code 1 when one does not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-files", action="store_true", help="check the words only, not the stored bytes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = verify(files=not options["no_files"])
        except OSError as error:
            raise CommandError(
                f"The snapshot store cannot be read: {error}. Mend it, then verify again.",
                returncode=2,
            ) from error
        for finding in report.findings:
            self.stderr.write(finding)
        self.stdout.write(
            f"{report.attestations} attestations and {report.snapshots} snapshots checked, "
            f"{len(report.findings)} findings"
        )
        if report.findings:
            raise CommandError(
                "Some words or files do not stand as recorded; the lines above name them. "
                "`manage.py scrub` marks damaged snapshots and can capture them again.",
                returncode=1,
            )
