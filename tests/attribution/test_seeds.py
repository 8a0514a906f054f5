"""The articles that this project started from; no sentence of theirs stands here."""

from datetime import date
from pathlib import Path

import pytest

from statements.attribution import Attribution, attribute
from statements.attribution.register import read_register


def statements(
    shared: Path, name: str, published_on: date | None
) -> tuple[str, list[Attribution]]:
    (path,) = (shared / "seeds").glob(f"{name}_*.txt")
    text = path.read_text(encoding="utf-8")
    return text, attribute(text, published_on=published_on, register=read_register())


def countries(found: list[Attribution]) -> set[str]:
    return {voice.country for statement in found for voice in statement.voices}


def by_speaker(found: list[Attribution], speaker: str) -> list[Attribution]:
    return [s for s in found if any(voice.speaker_id == speaker for voice in s.voices)]


def test_a_body_that_stands_three_times_is_reported_once(shared: Path) -> None:
    text, found = statements(shared, "000", date(2024, 6, 20))

    hayashi = by_speaker(found, "hayashi")
    assert len(hayashi) == 4
    assert {voice.country for s in hayashi for voice in s.voices} == {"JP"}
    assert {voice.name for s in hayashi for voice in s.voices} == {"Yoshimasa Hayashi"}
    words = [text[s.start : s.end].strip("'\"") for s in found if s.kind == "direct"]
    assert len(words) == len(set(words))


def test_two_governments_refute_together(shared: Path) -> None:
    _, found = statements(shared, "000", date(2024, 6, 20))

    assert ["RU", "KP"] in [[v.country for v in s.voices] for s in found]


def test_a_minister_printed_for_the_wrong_state_keeps_the_right_one(shared: Path) -> None:
    _, found = statements(shared, "001", date(2023, 9, 14))

    unification = by_speaker(found, "kim-yung-ho")
    assert len(unification) == 2
    assert {voice.country for s in unification for voice in s.voices} == {"KR"}
    assert all(s.warnings for s in unification)


def test_a_translated_he_stays_with_the_woman_who_spoke(shared: Path) -> None:
    _, found = statements(shared, "001", date(2023, 9, 14))

    assert len(by_speaker(found, "kamikawa")) == 2


def test_a_state_agency_speaks_where_it_stresses_and_adds(shared: Path) -> None:
    _, found = statements(shared, "001", date(2023, 9, 14))

    agency = [s for s in found if any(v.actor_id == "media-kcna" for v in s.voices)]
    assert len(agency) == 3
    assert {v.country for s in agency for v in s.voices} == {"KP"}


def test_a_joint_statement_has_three_officials_and_their_states(shared: Path) -> None:
    _, found = statements(shared, "003", date(2024, 6, 24))

    joint = [s for s in found if s.kind == "direct" and len(s.voices) == 3]
    assert [[v.country for v in s.voices] for s in joint] == [["KR", "US", "JP"]]
    assert all(voice.speaker_id for voice in joint[0].voices)


def test_the_text_of_a_treaty_is_nobodys_statement(shared: Path) -> None:
    text, found = statements(shared, "003", date(2024, 6, 24))

    assert all("put in a state of war" not in text[s.start : s.end] for s in found)


@pytest.mark.parametrize("name", ["000", "001", "003"])
def test_all_offsets_slice_back(shared: Path, name: str) -> None:
    text, found = statements(shared, name, None)

    for statement in found:
        for first, last in statement.spans:
            assert text[first:last].strip()
        for voice in statement.voices:
            if voice.start is not None:
                assert text[voice.start : voice.end] == voice.printed
