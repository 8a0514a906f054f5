"""`manage.py reset`: remove the data of a bare checkout, after asking."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.servers import AlreadyRunning, owned_home

# All that Demarche makes in its data folder; beat's schedule may be several files.
_OURS = (
    "postgres",
    "valkey",
    "sockets",
    "snapshots",
    "secret-key",
    "running.json",
    "newsroom-clock",
    "beat.pid",
    "celerybeat-schedule*",
)


class Command(BaseCommand):
    help = "Remove what Demarche made in its data folder: database, snapshots, accounts. Asks."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DATABASE_URL:
            raise CommandError(
                "DATABASE_URL names a database of yours, which this does not touch, and whose "
                "snapshots it would remove. Nothing was removed. Drop that database and its "
                "snapshot folder yourself, or unset DATABASE_URL to reset the embedded one."
            )
        try:
            with owned_home():
                if not options["yes"] and not self._agreed():
                    self.stdout.write("Nothing was removed.")
                    return
                for path in _made_here():
                    _remove(path)
        except AlreadyRunning as error:
            raise CommandError(
                "Demarche is running on this data; stop it with Ctrl-C first."
            ) from error
        self.stdout.write(f"Removed the data of Demarche in {settings.HOME}.")
        if left := _left():
            self.stdout.write(f"Left, as Demarche did not make it: {', '.join(left)}.")

    def _agreed(self) -> bool:
        self.stdout.write(
            f"This removes from {settings.HOME} the database, all snapshots and all accounts."
        )
        if left := _left():
            self.stdout.write(f"It leaves what Demarche did not make: {', '.join(left)}.")
        try:
            return input("Type yes to go on: ").strip().lower() == "yes"
        except EOFError:
            return False


def _made_here() -> list[Path]:
    found = [path for name in _OURS for path in sorted(settings.HOME.glob(name))]
    # The sockets lie elsewhere when the path of the data folder is long.
    return list(dict.fromkeys([*found, settings.SOCKETS]))


def _left() -> list[str]:
    """What would stay: strangers in the data folder, and a snapshot store outside of it."""
    ours = set(_made_here())
    left = [path.name for path in sorted(settings.HOME.iterdir()) if path not in ours]
    store = Path(settings.SNAPSHOT_FOLDER)
    if store.exists() and store not in ours:
        left.append(f"the snapshots in {store}")
    return left


def _remove(path: Path) -> None:
    """Remove a file or a whole folder; of a link the link alone."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
