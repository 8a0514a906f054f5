"""`manage.py with_servers COMMAND …`: run a command with the embedded servers at hand."""

import argparse
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import ManagementUtility, call_command
from django.core.management.base import BaseCommand, CommandError

from config.embedded.server import ServerError
from config.servers import for_a_while

# Commands that need no tables; before all others the database is brought up to date.
_NEEDS_NO_TABLES = {
    "help",
    "check",
    "makemigrations",
    "migrate",
    "--help",
    "version",
    "--version",
}


class Command(BaseCommand):
    help = "Run a management command; starts the embedded servers for it unless they run."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("command", nargs=argparse.REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        words = options["command"] or ["help"]
        try:
            with for_a_while() as running:
                _allow_newsroom(running.get("newsroom", ""))
                if words[0] not in _NEEDS_NO_TABLES:
                    call_command("migrate", verbosity=0, interactive=False)
                ManagementUtility(["./run manage", *words]).execute()
        except ServerError as error:
            raise CommandError(str(error)) from error


def _allow_newsroom(address: str) -> None:
    """Let the newsroom that the running Demarche serves be fetched too, at exactly its port."""
    if address:
        settings.FETCH_ALLOWED_PRIVATE = settings.FETCH_ALLOWED_PRIVATE | {address}
