"""`python -m statements.attribution --jsonl < documents > statements`, without Django."""

import argparse
import sys
from pathlib import Path

from statements.attribution.jsonl import attribute_lines
from statements.attribution.register import DATA, EMPTY, read_register


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m statements.attribution")
    parser.add_argument("--jsonl", action="store_true", help="the format, and the only one")
    parser.add_argument("--no-register", action="store_true")
    parser.add_argument("--register", type=Path, default=DATA, help="folder of the data files")
    options = parser.parse_args()
    try:
        register = EMPTY if options.no_register else read_register(options.register)
    except OSError as error:
        sys.stderr.write(f"The register cannot be read: {error}. Use --no-register.\n")
        return 2
    attribute_lines(sys.stdin, sys.stdout, register)
    return 0


if __name__ == "__main__":
    sys.exit(main())
