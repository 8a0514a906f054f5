"""`./run manage rebuild_search`: make what is searched of all statements anew."""

from typing import Any

from django.core.management.base import BaseCommand

from statements.search import entries


class Command(BaseCommand):
    help = (
        "Make what is searched of every statement anew, by the thousand and beside all other "
        "work. The database keeps it right by itself; this is for when verify says that it is "
        "not, as after rows were restored past its triggers. Safe to run twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = entries.rebuild(self._say)
        self.stdout.write(f"{done} statements: what is searched of them is as they say.")

    def _say(self, done: int) -> None:
        self.stderr.write(f"{done} statements …", ending="\r")
