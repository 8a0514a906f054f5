"""Two texts are compared word by word: nothing is lost, nothing takes for ever."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.word_diff import Kind, WordDiff, word_diff


def written(diff: WordDiff) -> list[str]:
    """The paragraphs with [-removed-] and {+added+} words."""
    marks = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return [
        "".join(marks[piece.kind].format(piece.text) for piece in line)
        for line in diff.paragraphs
    ]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def side(diff: WordDiff, without: Kind) -> list[str]:
    """The paragraphs of the one text: all pieces but those of the other."""
    kept = ("".join(p.text for p in line if p.kind != without) for line in diff.paragraphs)
    return [line for line in kept if line]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We stay.", "We stay.", ["We stay."]),
        ("We stay.", "We may stay.", ["We {+may +}stay."]),
        (
            "It is, here and now.",
            "It was, there and now.",
            ["It [-is, here-]{+was, there+} and now."],
        ),
        ("One.\nTwo.", "One.\nNew words.\nTwo.", ["One.", "{+New words.+}", "Two."]),
        ("One.\nOld words.\nTwo.", "One.\nTwo.", ["One.", "[-Old words.-]", "Two."]),
        ("", "New.", ["{+New.+}"]),
        ("Old.", "", ["[-Old.-]"]),
        # Nothing in common: one paragraph went and another came.
        ("We keep it.", "Rain fell today.", ["[-We keep it.-]", "{+Rain fell today.+}"]),
        # The paragraph that changed is found among others that are new.
        (
            "Ada Example spoke on Monday.",
            "A first line.\nAda Example spoke on Friday.",
            ["{+A first line.+}", "Ada Example spoke on [-Monday-]{+Friday+}."],
        ),
        # No spaces: by characters.
        ("条約を守る。", "条約は守る。", ["条約[-を-]{+は+}守る。"]),
        ("조약을 지킨다.", "조약은 지킨다.", ["[-조약을-]{+조약은+} 지킨다."]),
    ],
)
def test_what_went_and_what_came(old: str, new: str, expected: list[str]) -> None:
    assert written(word_diff(old, new)) == expected


def test_words_are_counted() -> None:
    diff = word_diff("We stay, they said.\nGone.", "We may well stay, they said.")

    assert (diff.added, diff.removed) == (2, 1)


def test_white_space_alone_is_no_change() -> None:
    diff = word_diff("One. \n\nTwo.\n", "One.\nTwo.")

    assert (diff.added, diff.removed) == (0, 0)
    assert written(diff) == ["One.", "Two."]


_text = st.text(alphabet="ab ,.\n条가1", max_size=120)


@given(_text, _text)
def test_both_texts_can_be_read_from_the_comparison(old: str, new: str) -> None:
    diff = word_diff(old, new)

    assert [s.strip() for s in side(diff, Kind.ADDED)] == lines(old)
    assert [s.strip() for s in side(diff, Kind.REMOVED)] == lines(new)


def test_long_unchanged_runs_are_set_apart() -> None:
    old = [f"Paragraph number {number}." for number in range(20)]
    new = [*old[:10], "Paragraph number ten.", *old[11:]]

    stretches = word_diff("\n".join(old), "\n".join(new)).stretches

    assert [(len(s.paragraphs), s.folded) for s in stretches] == [
        (9, True),
        (3, False),
        (8, True),
    ]


def test_a_short_unchanged_run_stays_open() -> None:
    stretches = word_diff("a\nb\nc\nd", "a\nb\nc\nx").stretches

    assert [(len(s.paragraphs), s.folded) for s in stretches] == [(2, False), (3, False)]


def _million(word: str, line_every: int) -> str:
    words = [f"{word}{number % 977}" for number in range(150_000)]
    words[::line_every] = [f"\n{one}" for one in words[::line_every]]
    return " ".join(words)[:1_000_000]


@pytest.mark.parametrize(("line_every", "coarse"), [(40, False), (2, True), (150_000, True)])
def test_a_million_characters_take_seconds_at_most(line_every: int, coarse: bool) -> None:
    old, new = _million("old", line_every), _million("new", line_every)

    began = time.monotonic()
    diff = word_diff(old, new)

    assert time.monotonic() - began < 20  # about one, on an idle machine
    assert diff.coarse == coarse
    assert lines(new) == side(diff, Kind.REMOVED)


def test_paragraphs_that_all_changed_still_answer_each_other() -> None:
    old = [f"Ada Example spoke {number} times of article {number}." for number in range(600)]
    new = [line.replace("spoke", "wrote") for line in old]

    diff = word_diff("\n".join(old), "\n".join(["A new first line.", *new]))

    assert (diff.added, diff.removed, diff.coarse) == (604, 600, False)


def test_a_few_changes_in_a_long_text_are_found_word_by_word() -> None:
    old = _million("word", 40)
    new = old.replace("word500 ", "", 1)

    diff = word_diff(old, new)

    assert (diff.added, diff.removed, diff.coarse) == (0, 1, False)
