"""A text with what was found in it, as a person reads it on a terminal or in a pipe."""

import io
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.attribution import Attribution, Voice, attribute
from statements.attribution.explain import explain
from statements.attribution.files import FileError, plain_text, read_bytes, wants_colour
from tests.attribution.test_statements import FRIDAY, REGISTER

ROOT = Path(__file__).resolve().parents[2]
REPORT = (
    "“We keep to the text,” said Minister Ada Example of Graustark on Thursday, “and stay.”\n"
    "\n"
    "Nothing is said here.\n"
    "The envoy did not say that talks had ended.\n"
)


def explained(text: str, *, colour: bool = False, width: int | None = None) -> str:
    found = attribute(text, published_on=FRIDAY, register=REGISTER)
    return explain(text, found, colour=colour, width=width)


def test_marks_stand_around_statement_speaker_and_cue() -> None:
    first = explained(REPORT).splitlines()[0]

    assert first.startswith("⟦1 “We keep to the text,”⟧ <said> {Minister Ada Example")
    assert first.endswith("⟦1 “and stay.”⟧")


def test_each_statement_says_why_under_its_paragraph() -> None:
    lines = [line.strip() for line in explained(REPORT).splitlines()]

    head = next(line for line in lines if line.startswith("1  "))
    assert head.startswith("1  Ada Example, ")
    assert head.endswith("RR · likely")
    assert "kind     direct, reported by «said»" in lines
    assert any(line.startswith("rule     A quotation is broken off") for line in lines)
    assert "said on  20 June 2024, from a weekday and the date of publication" in lines
    assert any(line.startswith("speaker") and "register: ada-example" in line for line in lines)
    assert any(line.startswith("warning  printed as") for line in lines)
    assert "but      the text says that it was not said" in lines
    assert lines.index(head) < lines.index("Nothing is said here.")
    assert lines[-1].startswith("2 statements: ")


def test_colours_stand_instead_of_brackets_and_end_on_every_line() -> None:
    printed = explained(REPORT, colour=True)

    assert not set("⟦⟧{}<>") & set(printed)
    for line in printed.splitlines():
        codes = re.findall(r"\x1b\[([\d;]*)m", line)
        assert not codes or codes[-1] == "0", line


def test_lines_are_broken_at_spaces_and_lose_nothing() -> None:
    narrow = explained(REPORT, width=40)

    assert max(map(len, narrow.splitlines())) <= 40
    assert narrow.split() == explained(REPORT).split()


def test_a_text_cannot_command_the_terminal() -> None:
    text = "“Keep \x1b[31m to\u202e the text,” said Ada Example.\r\nMore\x07 of it.\n"

    printed = explained(text)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed)
    assert "␛[31m" in printed


def test_a_turn_without_a_name_and_a_statement_over_lines_are_shown() -> None:
    text = "One line\nand another\n"
    found = [
        Attribution(0, 20, "direct", (), "a rule of tomorrow"),
        Attribution(9, 20, "indirect", (Voice("Ada Example"),), "S C clause", via="RNA"),
    ]

    printed = explain(text, found)

    assert "⟦1 One line⟧" in printed
    assert "⟦1 ⟦2 and another⟧⟧" in printed
    assert "1  nobody named · likely" in printed
    assert "rule     a rule of tomorrow\n" in printed
    assert "speaker  not printed here: no reason given" in printed
    assert "via      RNA" in printed


def test_nothing_found_is_said() -> None:
    assert explained("Rain fell.\n") == "Rain fell.\n\nNo statement was found.\n"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from([None, 1, 30]), st.booleans())
def test_any_text_is_laid_out(text: str, width: int | None, colour: bool) -> None:
    assert explained(text, colour=colour, width=width).endswith(".\n")


def test_the_time_grows_with_the_text_and_not_faster() -> None:
    def seconds(times: int) -> float:
        text = REPORT.replace("\n", " ") * times
        found = attribute(text, published_on=FRIDAY, register=REGISTER)
        began = time.process_time()
        explain(text, found, width=80)
        return time.process_time() - began

    seconds(1)
    assert seconds(800) < 8 * 4 * max(seconds(100), 0.005)


# ------------------------------------------------------------------ files


def test_what_is_no_text_is_refused_with_a_sentence(tmp_path: Path) -> None:
    page, image, latin = tmp_path / "a.html", tmp_path / "b.png", tmp_path / "c.txt"
    page.write_text("<!DOCTYPE html><p>Invented.", encoding="utf-8")
    image.write_bytes(b"\x00\x01\x02")
    latin.write_bytes("Café".encode("latin-1"))
    empty = tmp_path / "d.txt"
    empty.write_text(" \n")

    said = []
    for path in (page, image, latin, empty, tmp_path, tmp_path / "none", Path("a\0b")):
        with pytest.raises(FileError) as refused:
            plain_text(read_bytes(str(path)), path.name)
        said.append(str(refused.value))

    assert "a.html is a page, and this reads plain text; «manage.py attribute»" in said[0]
    assert said[1] == "b.png is no text: it holds bytes that no text has."
    assert said[2] == "c.txt is no text in UTF-8 (byte 3)."
    assert said[3].endswith("d.txt is empty.")
    assert said[4].endswith("is a directory; name one file.")
    assert said[5].startswith("There is no file ")
    assert "cannot be read" in said[6]


def test_colour_is_for_terminals_that_want_it() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert wants_colour(Terminal(), {"TERM": "xterm"})
    assert not wants_colour(Terminal(), {"TERM": "xterm", "NO_COLOR": "1"})
    assert not wants_colour(Terminal(), {"TERM": "dumb"})
    assert not wants_colour(io.StringIO(), {"TERM": "xterm"})


def run(*argv: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "statements.attribution", *argv]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, check=False)


def test_the_package_explains_a_text_without_django() -> None:
    done = run("-", "--date", str(date(2024, 6, 21)), stdin=REPORT.encode())

    assert done.returncode == 0, done.stderr
    assert "said on  20 June 2024" in done.stdout.decode()


def test_the_package_ends_with_a_sentence_where_there_is_nothing_to_read() -> None:
    done = run("/no/such/file", "--no-register")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"There is no file /no/such/file.\n"
