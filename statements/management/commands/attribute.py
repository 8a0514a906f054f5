"""`manage.py attribute --jsonl`: attribute documents from standard input, for scorers and scripts."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from statements.attribution.jsonl import attribute_lines
from statements.attribution.register import EMPTY
from statements.gazetteer import register_from_database


class Command(BaseCommand):
    help = (
        "Read one JSON document a line ({id, text, [title, date, source]}) from standard input "
        "and write its statements, one JSON object a line, to standard output."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jsonl", action="store_true", help="the format, and the only one")
        parser.add_argument(
            "--no-register", action="store_true", help="attribute without the register"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        register = EMPTY if options["no_register"] else register_from_database()
        attribute_lines(sys.stdin, sys.stdout, register)
