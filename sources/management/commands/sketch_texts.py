"""`manage.py sketch_texts`: look for near-copies among texts that were read without a sketch."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from sources.clusters import join_copies
from sources.copies import sketch
from sources.models import Article, Snapshot


class Command(BaseCommand):
    help = (
        "Sketch every stored text that has no sketch yet, and join it with its copies. May be "
        "stopped and started again, and run beside the workers. With --all every text anew, as "
        "after a change of the sketch."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="sketch every text once more")

    def handle(self, *args: Any, **options: Any) -> None:
        snapshots = Snapshot.objects.texts().order_by("pk")
        if not options["all"]:
            snapshots = snapshots.filter(sketch=[])
        waiting = list(snapshots.values_list("pk", flat=True))
        for pk in waiting:
            # Each for itself: workers that join copies never wait for long.
            with transaction.atomic():
                snapshot = Snapshot.objects.get(pk=pk)
                snapshot.sketch = sketch(snapshot.text)
                snapshot.save(update_fields=["sketch"])
                join_copies(snapshot)
        joined = Article.objects.exclude(cluster=None).count()
        self.stdout.write(f"{len(waiting)} texts sketched; {joined} articles have copies.")
