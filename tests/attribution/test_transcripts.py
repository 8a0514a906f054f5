"""Turns that name their speaker: official transcripts, interviews, questions and answers."""

import pytest

from statements.attribution import attribute


def turns(text: str) -> list[tuple[str, str]]:
    """Speaker and first word of each turn; the speaker is empty for who only asks."""
    return [
        ("; ".join(v.name for v in s.voices), text[s.start : s.end].split()[0])
        for s in attribute(text)
        if s.rule == "transcript turn"
    ]


def interview(asks: str, answers: str) -> str:
    return "\n\n".join(
        [
            "Foreign Minister Ada Example gave an interview to the Strelsau Courier on Friday.",
            f"{asks} Is the pact dead?",
            f"{answers} By no means. We keep to it.",
            "It has a long life before it.",
            f"{asks} Will Graustark sign?",
            f"{answers} Ask the envoys.",
        ]
    )


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Question:", "Ada Example:"),
        ("Question:", "Answer:"),
        ("Q:", "A:"),
        ("**Question:**", "**Ada Example:**"),
        ("Question\u00a0:", "Ada\u00a0Example\u00a0(in English):"),
        ("Interviewer:", "Minister Example:"),
        ("REPORTER:", "MINISTER EXAMPLE:"),
    ],
)
def test_an_interview_names_who_answers_and_not_who_asks(asks: str, answers: str) -> None:
    text = interview(asks, answers)

    assert turns(text) == [
        ("", "Is"), ("Ada Example", "By"), ("", "Will"), ("Ada Example", "Ask"),
    ]  # fmt: skip
    answer = next(s for s in attribute(text) if s.voices)
    assert text[answer.start : answer.end].endswith("It has a long life before it.")


def test_two_newspapers_of_a_name_ask_by_theirs() -> None:
    text = (
        "Bo Sample: Is the pact dead?\nAda Example: By no means.\n"
        "Bo Sample: Will Graustark sign?\nAda Example: Ask the envoys.\n"
    )

    assert [name for name, _ in turns(text)] == ["Bo Sample", "Ada Example"] * 2


def test_an_official_question_may_stand_close_to_its_q() -> None:
    text = (
        "MS. EXAMPLE:  Good day to all of you.\n\nQ Is the pact dead?\n\n"
        "MS. EXAMPLE:  It is not.\n\nQ\u00a0 \u00a0 \u00a0 Are you sure?\n\nMS. EXAMPLE:  I am.\n"
    )

    assert [name for name, _ in turns(text)] == ["Example", "", "Example", "", "Example"]


def test_one_speech_under_the_label_of_an_office() -> None:
    text = (
        "Remarks by Prime Minister Bo Sample\n\nPRIME MINISTER SAMPLE:  Good day.\n\nWe stay.\n"
    )

    assert turns(text) == [("Bo Sample", "Good")]


def test_labels_inside_of_quotation_marks() -> None:
    text = (
        "A part of the talk as printed:\n\n“SAMPLE: Is the pact dead?\n\n“EXAMPLE: By no means.\n\n"
        "“SAMPLE: Will Graustark sign?\n\n“EXAMPLE: Ask the envoys.”\n\nThe two then left."
    )

    assert [first for _, first in turns(text)] == ["Is", "By", "Will", "Ask"]
    assert all("left" not in text[s.start : s.end] for s in attribute(text))


def test_what_is_reported_in_front_of_the_turns_is_found_as_well() -> None:
    text = "Bo Sample said that the talks had failed.\n\n" + interview(
        "Question:", "Ada Example:"
    )

    assert next(s.voices[0].name for s in attribute(text) if s.voices) == "Bo Sample"


@pytest.mark.parametrize(
    "text",
    [
        "Where: Strelsau\nWhen: Friday\nWho: the envoys of two states\nWhy: the pact\n",
        (
            "First point: we stay.\nSecond point: we wait.\nBottom line: the pact is alive.\n"
            "Next steps: talks.\n"
        ),
        "Q Branch met.\nQ Branch left.\nQ Branch met again.\nQ Branch was late.\n",
    ],
)
def test_lists_with_colons_are_no_transcripts(text: str) -> None:
    assert turns(text) == []
