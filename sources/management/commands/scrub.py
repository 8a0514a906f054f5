"""`manage.py scrub`: re-read the snapshot store, mark what is damaged, find what is nobody's."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from sources import scrubbing, store
from sources.reasons import REASONS


class Command(BaseCommand):
    help = (
        "Re-read every stored file that a snapshot names and every text, mark the snapshots "
        "that are damaged, and take the mark from those that are well again. Exit code 1 when "
        "there is damage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--after", type=int, default=0, help="go on after the snapshot with this number"
        )
        parser.add_argument(
            "--refetch", action="store_true", help="capture the articles of damaged ones again"
        )
        parser.add_argument(
            "--orphans", action="store_true", help="list files that no snapshot names instead"
        )
        parser.add_argument(
            "--remove", action="store_true", help="with --orphans: remove them, after a day"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"] and not options["orphans"]:
            raise CommandError("--remove goes with --orphans.", returncode=2)
        try:
            if options["orphans"]:
                self._orphans(remove=options["remove"])
            else:
                self._scrub(options["after"], refetch=options["refetch"])
        except OSError as error:
            raise CommandError(
                f"The snapshot store cannot be used: {error}. {REASONS['disk'].next_step}",
                returncode=2,
            ) from error

    def _scrub(self, after: int, *, refetch: bool) -> None:
        done = scrubbing.scrub(after)
        for finding in done.findings:
            accepted = (
                not finding.text and refetch and scrubbing.accept_recapture(finding.snapshot)
            )
            step = "It is captured again." if accepted else finding.next_step
            self.stderr.write(f"{finding}. {step}")
        self.stdout.write(
            f"{done.snapshots} snapshots re-read ({filesizeformat(done.size)}): "
            f"{len(done.findings)} findings, {done.healed} healed"
        )
        if done.findings:
            raise CommandError("There is damage; the lines above name it.", returncode=1)

    def _orphans(self, *, remove: bool) -> None:
        found = removed = 0
        for file in scrubbing.orphans():
            found += 1
            removed += remove and store.remove(file)
            self.stdout.write(f"{file.name} of {file.modified_at:%Y-%m-%d %H:%M} UTC")
        self.stdout.write(
            f"{found} files that no snapshot names, {removed} removed"
            + ("" if remove or not found else "; --remove removes them")
        )
