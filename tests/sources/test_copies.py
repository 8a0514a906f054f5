"""Sketches: the same everywhere, and alike for texts that are alike."""

import os
import subprocess
import sys

import pytest

from sources.copies import MOST_HASHES, overlap, sketch
from tests.conftest import REPOSITORY

DISPATCH = (
    "The harbour of Strelsau will be closed to foreign warships from the spring, the invented "
    "ministry said on Thursday after a week of talks with its neighbours.\n"
    "“We owe it to those who live on the coast,” said Minister Ada Example, who had come from "
    "the session of the cabinet, “and we have told every capital so in good time.”\n"
    "Ruritania opened the harbour to visiting fleets eleven years ago. Its own navy has four "
    "ships, two of which lie in the dry dock and will not sail before the autumn.\n"
    "Fishermen welcomed the step. Shops along the quay expect to lose a third of their trade, "
    "according to the chamber of commerce, which asked for help from the crown.\n"
)
OTHER = (
    "A storm tore the roof from the invented observatory above Strelsau in the night to Monday. "
    "Nobody was hurt, and the great telescope was found dry under its cover.\n"
    "The director, Bo Example, said that the stars could wait until the carpenters were done. "
    "The observatory was built by public subscription and has been open to schools ever since.\n"
)


def numbered(words: int) -> str:
    """A text whose words all differ."""
    return " ".join(f"word{number}" for number in range(words))


def test_a_sketch_is_the_same_in_every_process() -> None:
    program = f"from sources.copies import sketch; print(sketch({DISPATCH!r}))"
    printed = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=REPOSITORY, capture_output=True, text=True, check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]  # fmt: skip

    assert printed == [str(sketch(DISPATCH))] * 2


def test_stored_sketches_stay_comparable() -> None:
    """These numbers stand in databases: another algorithm needs `sketch_texts --all`."""
    assert sketch("we keep to the text") == [-2029319918349219399, 7319250721439404131]


@pytest.mark.parametrize("text", ["", " \n", "…!?", "three short words", "日本語の短文"])
def test_less_than_a_shingle_has_an_empty_sketch(text: str) -> None:
    assert sketch(text) == []
    assert not overlap(sketch(text), sketch(text)).copies


def test_a_sketch_is_small_and_fits_the_database() -> None:
    long = sketch(numbered(20_000))

    assert len(long) == MOST_HASHES
    assert long == sorted(set(long))
    assert all(-(2**63) <= number < 2**63 for number in long)
    assert len(sketch(DISPATCH)) > 100


def test_case_marks_and_letter_forms_do_not_count() -> None:
    restyled = DISPATCH.replace("“", '"').replace("”", "'").upper()

    assert sketch(restyled) == sketch(DISPATCH)
    assert sketch("ＡＢＣ ministry said today") == sketch("abc ministry said today")


def test_a_cut_text_stands_in_the_whole_one() -> None:
    found = overlap(sketch(DISPATCH), sketch("".join(DISPATCH.splitlines(True)[:2])))

    assert found.of_shorter == 1
    assert 0.3 < found.of_longer < 0.7
    assert found.copies


def test_texts_of_different_lengths_are_compared_fairly() -> None:
    long = numbered(4_000)
    half = numbered(2_000)
    fresh = " ".join(f"other{number}" for number in range(2_000))

    assert overlap(sketch(long), sketch(half)).of_shorter == 1
    assert overlap(sketch(long), sketch(half)).of_longer == pytest.approx(0.5, abs=0.1)
    assert overlap(sketch(long), sketch(f"{half} {fresh}")).of_shorter == pytest.approx(
        0.5, abs=0.1
    )


def test_a_shared_footer_or_one_item_of_many_is_no_copy() -> None:
    footer = (
        "Thank you for reading. Subscribe to the invented Courier from two crowns a week.\n"
    )

    assert not overlap(sketch(DISPATCH + footer), sketch(OTHER + footer)).copies
    assert not overlap(sketch(OTHER), sketch(OTHER + numbered(1_000))).copies


def test_scripts_without_spaces_are_compared_by_their_characters() -> None:
    text = "外相は木曜日、架空の条約が春に発効すると述べた。議会は来週これを採決する見通しだ。"
    cut = text.split("。")[0] + "。"

    assert overlap(sketch(text), sketch(cut)).of_shorter == 1
    assert overlap(sketch(text), sketch(cut)).copies
    assert not overlap(
        sketch(text), sketch("首相は金曜日、別の町の港を視察し、漁師らと話した。")
    ).copies


def test_spaces_in_korean_do_not_count() -> None:
    text = "가상의 외교부 장관은 목요일 기자회견에서 조약이 봄에 발효될 것이라고 말했다."

    assert sketch(text.replace("외교부 장관은", "외교부장관은")) == sketch(text)
