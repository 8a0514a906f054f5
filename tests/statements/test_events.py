"""At which events of the register something was said, and which it speaks of."""

from dataclasses import replace
from datetime import date

import pytest

from statements.events import Dated, EventFinder
from statements.topics import Context

DAY = date(2024, 6, 20)
PRESSER = Dated(
    pk=1, kind="press_conference", title="Press conference of Ada Example", start=DAY, end=DAY,
    exact=True, places=frozenset(["strelsau", "ruritania"]), speakers=frozenset([7]),
    actors=frozenset([70]), people=("Example",),
)  # fmt: skip
VISIT = Dated(
    pk=2, kind="visit", title="Visit of Ada Example to Graustark", start=date(2024, 6, 18),
    end=date(2024, 6, 19), exact=True, places=frozenset(["edelweiss", "graustark"]),
    speakers=frozenset([7, 8]), actors=frozenset([70, 80]), people=("Example", "Sample"),
)  # fmt: skip
FINDER = EventFinder([PRESSER, VISIT])
ADA = [(7, 70)]


def test_day_form_and_speaker_make_an_event() -> None:
    assert FINDER.made_at(DAY, "press_conference", "", ADA) == (
        1,
        "the same day, form, speaker",
    )
    assert FINDER.made_at(DAY, "", "Strelsau, Ruritania", ADA) == (
        1,
        "the same day, place, speaker",
    )


@pytest.mark.parametrize(
    ("day", "form", "place", "voices"),
    [
        (None, "press_conference", "Strelsau", ADA),
        (date(2024, 6, 21), "press_conference", "Strelsau", ADA),
        (DAY, "", "", ADA),
        (DAY, "interview", "", ADA),
        (DAY, "press_conference", "", [(9, 70)]),
        (DAY, "press_conference", "Strelsau", [(9, 90)]),
    ],
)
def test_with_less_there_is_no_event(
    day: date | None, form: str, place: str, voices: list[tuple[int | None, int | None]]
) -> None:
    assert FINDER.made_at(day, form, place, voices) is None


def test_an_unknown_speaker_of_the_state_needs_form_and_place() -> None:
    assert FINDER.made_at(DAY, "press_conference", "Strelsau", [(None, 70)]) is not None


def test_two_events_that_fit_equally_are_none() -> None:
    twice = EventFinder([PRESSER, replace(PRESSER, pk=3)])

    assert twice.made_at(DAY, "press_conference", "", ADA) is None


def test_a_sentence_speaks_of_an_event_by_its_kind_place_and_people() -> None:
    words = "It was solidified by Example’s recent visit to Edelweiss, they said."

    (spoken,) = FINDER.spoken_of(Context(words=words), DAY)
    assert (spoken.event, spoken.where) == (2, "words")
    assert spoken.printed == "Example’s recent visit to Edelweiss"
    (near,) = FINDER.spoken_of(Context(words="It went well.", before=words), DAY)
    assert near.where == "before"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The visit to Edelweiss went well.", DAY),
        ("Example’s visit went well.", DAY),
        ("Example’s visit to Edelweiss went well.", date(2024, 12, 1)),
        ("Example’s visit to Edelweiss will go well.", date(2024, 6, 1)),
    ],
)
def test_less_than_that_speaks_of_no_event(words: str, day: date) -> None:
    assert FINDER.spoken_of(Context(words=words), day) == []
