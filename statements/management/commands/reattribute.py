"""`manage.py reattribute`: let the present attribution read again what earlier ones have read."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sources.models import Snapshot, Source
from sources.reading import accept_attribution
from statements.attribution import ATTRIBUTED_BY

_PATIENT = -1  # what comes in meanwhile goes first


class Command(BaseCommand):
    help = (
        "Attribute every stored text that the present version has not read yet, in the "
        "background. Statements that somebody has reviewed keep what they say. With --all also "
        "what it has read, as after a change of the register."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="read every text once more")
        parser.add_argument(
            "--source", default="", help="only texts of this source, by its slug"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        snapshots = Snapshot.objects.attributable().each_text_once()
        if options["source"]:
            if not Source.objects.filter(slug=options["source"]).exists():
                raise CommandError("No source has this slug; /sources/ lists them.")
            snapshots = snapshots.filter(article__source__slug=options["source"])
        occasion = timezone.now().isoformat(timespec="seconds") if options["all"] else ""
        accepted = sum(
            accept_attribution(snapshot, occasion, priority=_PATIENT)
            for snapshot in snapshots.only("article", "text_sha256").iterator()
        )
        self.stdout.write(
            f"{accepted} texts will be read again by {ATTRIBUTED_BY}; /ingest/ shows how far it is."
        )
