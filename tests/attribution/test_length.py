"""The work grows with the length of a text and not faster, whatever the text is.

Counted in calls of the interpreter, so that the machine's speed does not matter.
"""

import sys
from collections.abc import Callable

import pytest

from statements.attribution import attribute

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _name(n: int) -> str:
    return f"A{_LETTERS[n % 26]}{_LETTERS[n // 26 % 26]}{_LETTERS[n // 676 % 26]}"


HOSTILE: dict[str, Callable[[int], str]] = {
    "reports": lambda n: "".join(
        f"Minister {_name(i)} Sample said on Friday that item {i} was “quite done”, adding that "
        f"it would stay.\n“It is done,” he said. “We wait.”\n\n“It is a long road for all.”\n"
        for i in range(n // 20)
    ),
    "marks": lambda n: '"' * n,
    "opening marks": lambda n: "“a " * n,
    "doubled marks": lambda n: "''a " * n,
    "marks of two kinds": lambda n: "“a « b ' c " * (n // 3),
    "no stop": lambda n: "word " * n,
    "commas": lambda n: "A, b, " * (n // 2),
    "capitals": lambda n: "Aa Bb " * n,
    "initials": lambda n: "A. " * n,
    "names": lambda n: " ".join(f"{_name(i)} {_name(i + 1)}" for i in range(n)),
    "names that speak": lambda n: " ".join(
        f"{_name(i)} {_name(i + 1)} said so. He added that it rains." for i in range(n // 8)
    ),
    "cues": lambda n: "said " * n,
    "clauses": lambda n: "he said that " * (n // 3),
    "relatives": lambda n: "Ada, who said, " * (n // 3),
    "credits": lambda n: "according to " * (n // 2),
    "quotations": lambda n: "“It is a long and winding road.”\n" * (n // 8),
    "labels": lambda n: "".join(f"{_name(i).upper()}: so it is\n" for i in range(n // 4)),
    "questions": lambda n: "Question: is it?\nAda Example: it is.\n" * (n // 8),
    "Russian": lambda n: "«Мы» сказал он, что да. " * (n // 5),
    "Japanese": lambda n: "エイダは「はい」と述べた。" * (n // 5),
}


def calls(text: str) -> int:
    count = 0

    def trace(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(trace)
    try:
        attribute(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_grows_with_the_length_and_not_faster(name: str) -> None:
    text = HOSTILE[name]
    attribute(text(50))  # so that all tables are loaded

    small, large = calls(text(1500)), calls(text(6000))

    assert large < small * 4 * 1.5
