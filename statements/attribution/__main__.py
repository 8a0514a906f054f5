"""Attribution without Django: documents line by line for scripts, or one text for a person.

`python -m statements.attribution --jsonl < documents > statements`
`python -m statements.attribution FILE`
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from statements.attribution.engine import attribute
from statements.attribution.explain import explain
from statements.attribution.files import (
    FileError,
    plain_text,
    print_whole,
    read_bytes,
    wants_colour,
    width_of,
)
from statements.attribution.jsonl import attribute_lines
from statements.attribution.register import DATA, EMPTY, Register, read_register


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m statements.attribution")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--jsonl", action="store_true", help="documents on standard input")
    what.add_argument(
        "file", nargs="?", help="a plain text to explain, or - for standard input"
    )
    parser.add_argument("--date", type=date.fromisoformat, help="its day, as 2026-11-30")
    parser.add_argument("--source", help="who published it")
    parser.add_argument("--no-register", action="store_true")
    parser.add_argument("--register", type=Path, default=DATA, help="folder of the data files")
    options = parser.parse_args()
    try:
        register = EMPTY if options.no_register else read_register(options.register)
    except OSError as error:
        sys.stderr.write(f"The register cannot be read: {error}. Use --no-register.\n")
        return 2
    if options.jsonl:
        attribute_lines(sys.stdin, sys.stdout, register)
        return 0
    try:
        text = plain_text(read_bytes(options.file), options.file)
    except FileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    print_whole(_explained(text, options.date, options.source, register))
    return 0


def _explained(text: str, day: date | None, source: str | None, register: Register) -> str:
    found = attribute(text, published_on=day, register=register, source=source)
    return explain(text, found, colour=wants_colour(sys.stdout), width=width_of(sys.stdout))


if __name__ == "__main__":
    sys.exit(main())
