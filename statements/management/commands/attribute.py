"""`manage.py attribute`: show a person what is found in a text, or attribute documents for scripts."""

import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from sources.apart import NotStarted, read_page
from sources.reasons import sentence
from sources.text import ArticleText, PageError
from statements.attribution import attribute
from statements.attribution.explain import explain, shown
from statements.attribution.files import (
    FileError,
    print_whole,
    read_bytes,
    wants_colour,
    width_of,
)
from statements.attribution.jsonl import attribute_lines
from statements.attribution.register import EMPTY, Register
from statements.gazetteer import register_from_database

# What a file is taken for; that it is a page its bytes tell.
_TEXT = "text/plain"


class Command(BaseCommand):
    help = (
        "Print a text or an HTML page with the statements found in it, and why: speakers, rules, "
        "days, confidence and warnings. With --jsonl instead read one JSON document a line "
        "({id, text, [title, date, source]}) from standard input and write its statements, one "
        "JSON object a line, to standard output."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "file",
            nargs="?",
            help="a text or an HTML page, read as the ingestion reads it; - is standard input",
        )
        what.add_argument("--jsonl", action="store_true", help="documents on standard input")
        parser.add_argument(
            "--date",
            default="",
            help="day of publication, as 2026-11-30; before the page's own",
        )
        parser.add_argument("--source", default="", help="who published it")
        parser.add_argument(
            "--no-register", action="store_true", help="attribute without the register"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stated = _day(options["date"])
        register = EMPTY if options["no_register"] else _register()
        if options["jsonl"]:
            attribute_lines(sys.stdin, sys.stdout, register)
            return
        page = _read(options["file"])
        published_on = stated or page.published_on
        found = attribute(
            page.text,
            published_on=published_on,
            register=register,
            source=options["source"] or None,
        )
        colour = wants_colour(sys.stdout) and not options["no_color"]
        explained = explain(
            page.text,
            found,
            colour=colour or options["force_color"],
            width=width_of(sys.stdout),
        )
        title = f"{shown(page.title)}\n\n" if page.title else ""
        print_whole(f"{title}{explained}{_published(published_on, stated)}\n")


def _published(day: date | None, stated: date | None) -> str:
    """From when the text is taken to be, and who says so."""
    if day is None:
        return "No date of publication is known; say it with --date."
    return (
        f"Published on {day.day} {day:%B %Y}, {'as you say' if stated else 'by its own word'}."
    )


def _register() -> Register:
    try:
        return register_from_database()
    except DatabaseError as error:
        raise CommandError(
            "The register cannot be read from the database. Use «./run manage attribute», which "
            "brings the database, or --no-register.",
            returncode=2,
        ) from error


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise CommandError("--date must look like 2026-11-30.", returncode=2) from error


def _read(name: str) -> ArticleText:
    """The text of a file as the ingestion reads it; whether it is a page, its bytes tell."""
    try:
        return read_page(read_bytes(name), _TEXT, "")
    except FileError as error:
        raise CommandError(str(error), returncode=2) from error
    except PageError as error:
        detail = "" if error.detail == _TEXT else error.detail
        said = f"{name}: {sentence(error.code, detail)}"
        raise CommandError(said, returncode=2) from error
    except NotStarted as error:
        raise CommandError(f"{name} cannot be taken apart: {error}", returncode=2) from error
