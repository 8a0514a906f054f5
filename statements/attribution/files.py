"""Files that a person names on a command line, and how what is found in them is printed."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

LARGEST = 10 * 1024 * 1024  # bytes
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_PAGE = (b"<!doctype", b"<html", b"<head", b"<body", b"<?xml")


class FileError(Exception):
    """A file cannot be read, or is none that is meant; the message is a sentence."""


def read_bytes(name: str) -> bytes:
    """The bytes of the file with this name, or of standard input for «-». Raises `FileError`."""
    try:
        if name == "-":
            body = sys.stdin.buffer.read(LARGEST + 1)
        elif (path := Path(name)).is_dir():
            raise FileError(f"{name} is a directory; name one file.")
        else:
            with path.open("rb") as file:
                body = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise FileError(f"There is no file {name}.") from error
    except (OSError, ValueError) as error:  # a name with a zero byte is a ValueError
        why = getattr(error, "strerror", None) or error
        raise FileError(f"{name} cannot be read: {why}.") from error
    if len(body) > LARGEST:
        raise FileError(f"{name} is larger than 10 MiB; cut out the part that matters.")
    if not body.strip():
        raise FileError(f"{name} is empty.")
    return body


def plain_text(body: bytes, name: str) -> str:
    """The characters of a plain text in UTF-8. Raises `FileError` for a page or anything else.

    >>> plain_text(b"One line.", "a.txt")
    'One line.'
    """
    if body.lstrip()[:9].lower().startswith(_PAGE):
        raise FileError(
            f"{name} is a page, and this reads plain text; «manage.py attribute» reads pages too."
        )
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{name} is no text in UTF-8 (byte {error.start}).") from error
    if len(body.translate(None, _CONTROLS)) < len(body):
        raise FileError(f"{name} is no text: it holds bytes that no text has.")
    return text


def print_whole(text: str) -> None:
    """Write to standard output; whoever reads it may stop early, as a pager does."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python writes what is left once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def wants_colour(output: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to print in colour: on a terminal that has it, unless NO_COLOR is set to anything.

    See no-color.org for the variable.
    """
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return output.isatty()


def width_of(output: TextIO) -> int | None:
    """The columns of the terminal; None where lines need no breaking, as in a pipe."""
    return shutil.get_terminal_size().columns if output.isatty() else None
