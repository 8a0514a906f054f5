"""`manage.py reset`: remove the data of a bare checkout, after asking."""

import shutil
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.servers import AlreadyRunning, owned_home


class Command(BaseCommand):
    help = "Remove the data folder: database, snapshots, accounts. Asks first."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with owned_home():
                if not options["yes"] and not self._agreed():
                    self.stdout.write("Nothing was removed.")
                    return
                shutil.rmtree(settings.HOME)
                shutil.rmtree(settings.SOCKETS, ignore_errors=True)
                settings.HOME.mkdir(parents=True)
        except AlreadyRunning as error:
            raise CommandError(
                "Demarche is running on this data; stop it with Ctrl-C first."
            ) from error
        self.stdout.write(f"Removed everything in {settings.HOME}.")

    def _agreed(self) -> bool:
        self.stdout.write(
            f"This removes {settings.HOME} with the database, all snapshots and all accounts."
        )
        try:
            return input("Type yes to go on: ").strip().lower() == "yes"
        except EOFError:
            return False
