"""The same statements whatever marks, spaces and line ends a text is set with."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from statements.attribution import Attribution, attribute
from tests.attribution.texts import real_texts, reports

SETTINGS = {
    "straight marks": {"“": '"', "”": '"', "‘": "'", "’": "'"},
    "curly apostrophes": {"'": "’"},
    "doubled marks": {"“": "''", "”": "''", '"': "''"},
    "carriage returns": {"\n": "\r\n"},
    "no-break spaces": {" ": "\u00a0"},
    "narrow spaces": {" ": "\u202f"},
}
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True)
class Reset:
    """A text set anew, and for each of its characters the place in the first text."""

    text: str
    places: Sequence[int]


def reset(text: str, table: dict[str, str]) -> Reset:
    pieces = [table.get(char, char) for char in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return Reset("".join(pieces), [*places, len(text)])


def plain(words: str) -> str:
    return " ".join(words.translate(_PLAIN).replace("''", '"').split())


def facts(found: list[Attribution], places: Sequence[int]) -> list[object]:
    """What was found, with places in the first text and words without their setting."""
    return [
        (
            _span((statement.start, statement.end), places),
            [_span(span, places) for span in statement.spans],
            statement.kind,
            statement.rule,
            statement.confidence,
            plain(statement.cue),
            [
                (
                    plain(voice.name), plain(voice.office), voice.country,
                    voice.end and _span((voice.start or 0, voice.end), places),
                )
                for voice in statement.voices
            ],
        )
        for statement in found
    ]  # fmt: skip


def _span(span: tuple[int, int], places: Sequence[int]) -> tuple[int, int]:
    return places[span[0]], places[span[1] - 1] + 1


def check(text: str, table: dict[str, str]) -> None:
    other = reset(text, table)
    expected = facts(attribute(text), range(len(text) + 1))
    assert facts(attribute(other.text), other.places) == expected


@pytest.mark.parametrize("name", SETTINGS)
def test_real_texts_give_the_same_in_every_setting(shared: Path, name: str) -> None:
    for text in list(real_texts(shared))[::4]:
        check(text, SETTINGS[name])


@settings(max_examples=150, deadline=None)
@given(reports)
@example("“We keep to it,” Ada Example said. “We wait. We hope.” “It isn't so.”")
@example("Ada Example told reporters, ‘no’, that the envoys' note wasn't “signed”.")
def test_own_sentences_give_the_same_with_other_spaces_and_line_ends(text: str) -> None:
    for name in ("curly apostrophes", "carriage returns", "no-break spaces", "narrow spaces"):
        check(text, SETTINGS[name])


@pytest.mark.parametrize(
    "text",
    [
        "“We keep to it,” Ada Example said. “We wait.”\n\n“It is late.”",
        "“We keep to it,” said Ada Example, who called the pact “a long road”.",
        "Ada Example asked: “Who said ‘no’ to the envoys’ note?”",
        "“Will they stay?” Ada Example, the envoy, asked. “They won’t,” Bo Sample said.",
        "Strelsau said the pact “harms nobody” and “would stay”; “not yet,” it added.",
    ],
)
@pytest.mark.parametrize("name", SETTINGS)
def test_own_quotations_give_the_same_in_every_setting(text: str, name: str) -> None:
    check(text, SETTINGS[name])
