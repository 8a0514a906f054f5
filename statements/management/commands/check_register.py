"""`manage.py check_register`: what the register says that cannot all be so."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.register_files import RegisterError, read_files
from statements.register_findings import find, registers_now


class Command(BaseCommand):
    help = (
        "List contradictions in the register: two holders of one post, days outside an office, "
        "names that mean two people, treaties in force before they were signed. Exit code 1 "
        "when there is one. Nothing is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder", type=Path, help="check the files in this folder instead of the database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            registers = (
                asdict(read_files(options["folder"])) if options["folder"] else registers_now()
            )
        except RegisterError as error:
            for problem in error.problems:
                self.stderr.write(problem)
            raise CommandError(
                "The files cannot be read; correct the lines above.", returncode=2
            ) from error
        findings = find(registers)
        for finding in findings:
            rows = ", ".join(f"{table} {key}" for table, key in finding.rows)
            self.stderr.write(f"{finding.check}: {finding.sentence} ({rows}) {finding.advice}")
        self.stdout.write(f"{len(findings)} findings in the register")
        if findings:
            raise CommandError(
                "Each line above names the rows to look at, by table and id.", returncode=1
            )
