"""Compare the reports of all statements anew, after an upgrade that compares them otherwise."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from statements.models import Difference, Statement
from statements.tellings import note_differences
from statements.writing import write_alone

_AT_ONCE = 500


class Command(BaseCommand):
    help = (
        "Compare the reports of all statements and keep in what they differ. Safe to run twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = list(Statement.objects.order_by("pk").values_list("pk", flat=True))
        for at in range(0, len(keys), _AT_ONCE):
            with transaction.atomic():
                write_alone()
                note_differences(keys[at : at + _AT_ONCE])
        differing = Difference.objects.order_by().values("statement").distinct().count()
        self.stdout.write(f"{len(keys)} statements compared; reports of {differing} differ.")
