"""Whom «the two ministers» and «three governments» mean, in short invented reports."""

import pytest

from tests.attribution.test_statements import found

MEETING = "Foreign Minister Ada Example of Ruritania and Envoy Cy Instance of Graustark met on Monday.\n"
JOINT = (
    "Foreign Minister Ada Example of Ruritania and Envoy Cy Instance of Graustark issued a joint "
    "statement on Friday.\n"
)
BOTH = "Ruritania and Graustark rejected the plan.\n"


def speakers(text: str) -> tuple[str, str]:
    """The speakers of the last statement, and how sure it is."""
    last = found(text)[-1]
    return "; ".join(voice.name for voice in last.voices), last.confidence


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (BOTH + "The two countries condemned the raid.", "Ruritania; Graustark"),
        (BOTH + "Both governments condemned the raid.", "Ruritania; Graustark"),
        (BOTH + "The sides said the raid was a crime.", "Ruritania; Graustark"),
        (JOINT + "The two governments condemned the raid.", "Ada Example; Cy Instance"),
        (JOINT + "Two governments condemned the raid.", "Ada Example; Cy Instance"),
        (JOINT + "The joint statement said the raid was a crime.", "Ada Example; Cy Instance"),
        (MEETING + "The two ministers said the raid was a crime.", "Ada Example; Cy Instance"),
    ],
)
def test_a_counted_group_is_the_last_that_was_named(text: str, names: str) -> None:
    assert speakers(text) == (names, "likely")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Three governments said the raid was a crime.", "Three governments"),
        ("The two officials said the raid was a crime.", "two officials"),
        (BOTH + "The three countries condemned the raid.", "three countries"),
        (BOTH + "The two leaders condemned the raid.", "two leaders"),
        (JOINT + "Two officials said the raid was a crime.", "Two officials"),
    ],
)
def test_a_count_that_fits_nobody_is_doubtful(text: str, names: str) -> None:
    assert speakers(text) == (names, "doubtful")


def test_a_joint_statement_of_long_ago_is_another() -> None:
    between = "The harbour of the old town was quiet in the evening.\n" * 6

    assert speakers(JOINT + between + "The two governments condemned the raid.") == (
        "two governments",
        "doubtful",
    )


def test_the_nearest_joint_statement_counts() -> None:
    later = (
        "A joint statement came from President Bo Sample and Chancellor Di Muster on Monday.\n"
    )

    names, _ = speakers(JOINT + later + "The joint statement said the raid was a crime.")

    assert names == "Bo Sample; Di Muster"


@pytest.mark.parametrize(
    "subject",
    ["Officials of Ruritania and Graustark", "The ministers from Ruritania and Graustark"],
)
def test_officials_of_two_states_speak_for_both(subject: str) -> None:
    (statement,) = found(f"{subject} said the pact was dead.")

    assert [voice.country for voice in statement.voices] == ["RR", "GK"]
    assert {voice.printed for voice in statement.voices} == {subject}


def test_a_state_in_a_compound_does_not_speak_alone() -> None:
    (statement,) = found("The Ruritania-Graustark alliance said the pact was dead.")

    voice = statement.voices[0]
    assert (voice.name, voice.country) == ("Ruritania-Graustark alliance", "")
