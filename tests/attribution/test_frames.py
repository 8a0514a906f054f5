"""What the rules of English find in one sentence: whose words, which words, by which rule."""

import pytest

from statements.attribution import attribute


def told(text: str) -> list[tuple[str, str]]:
    """The words and the speakers that are found in a text."""
    return [
        (
            " … ".join(text[first:last].strip("“”") for first, last in one.spans),
            "; ".join(voice.name for voice in one.voices),
        )
        for one in attribute(text)
    ]


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        (
            "The ex-wife of the deputy who filed two reports against him",
            "ex-wife of the deputy",
        ),
        ("The woman arrested in the capital on Monday", "woman arrested in the capital"),
        ("Ada Example (Unity Party)", "Ada Example"),
        ("Ada Example, elected on Tuesday,", "Ada Example"),
        ("Ada Example, calling the raid a crime,", "Ada Example"),
        ("One in five", "One in five"),
        ("Those around him", "Those around him"),
        ("Others, however,", "Others"),
        ("Ada Example's party", "Ada Example's party"),
        ("Ada Example has since", "Ada Example"),
        ("Ada Example on Friday", "Ada Example"),
        ("Friends of hers have in the past", "Friends"),
        (
            "Officers with no knowledge of the case but with experience in war",
            "Officers with no knowledge of the case but with experience in war",
        ),
    ],
)
def test_the_whole_subject_speaks(subject: str, name: str) -> None:
    said = told(f"{subject} said the pact would fail.")[-1]

    assert said[0] == "the pact would fail"
    assert said[1].startswith(name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # the writer goes on
        ("Ada Example said the pact would hold, but markets fell.", "the pact would hold"),
        ("Ada Example said the pact would hold, a nod to the talks.", "the pact would hold"),
        ("Ada Example said the law would cover it, which stands in the north.", "the law would cover it"),
        ("Ada Example condemned the raid, which killed two.", "the raid"),
        ("Ada Example praised the mayor after the vote ended.", "the mayor"),
        ("Ada Example agreed to open the border, but did not set a date.", "to open the border"),
        ("While Ada Example vowed to stay, the others left.", "to stay"),
        ("Ada Example, who says the pact is dead, left.", "the pact is dead"),
        # the speaker goes on
        (
            "Ada Example said the pact would hold, and that nobody would leave it.",
            "the pact would hold, and that nobody would leave it",
        ),
        ("Ada Example condemned the raid, the siege and the blockade.", "the raid, the siege and the blockade"),
        (
            "Ada Example urged the town to open its gates, send bread and end the siege.",
            "the town to open its gates, send bread and end the siege",
        ),
        # around the speaker
        ("The industry, Ada Example said, is growing.", "The industry … is growing"),
        (
            "Over the next two years, Ada Example said, prices will go up.",
            "Over the next two years … prices will go up",
        ),
        ("If the vote fails, Ada Example said, the town will pay.", "If the vote fails … the town will pay"),
        # other ways to say it
        ("Ada Example said on her show “Morning Sample” that the pact was dead.", "the pact was dead"),
        ("Ada Example's claim that the pact was dead drew laughter.", "the pact was dead"),
        ("Ada Example made the point that the pact was old.", "the pact was old"),
        ("The raid was condemned by Ada Example.", "The raid"),
        ("Ada Example said of the pact: “It will hold for a hundred years.”", "It will hold for a hundred years."),
        ("Ada Example rose after the vote: “We have nothing to hide.”", "We have nothing to hide."),
        ("Ada Example: “We have nothing to hide.”", "We have nothing to hide."),
        ("Ada Example told her aides never to mention the pact.", "never to mention the pact"),
        ("Ada Example continued to insist that the pact was alive.", "the pact was alive"),
        ("Despite the storm, the harbour stayed open, according to Ada Example.", "the harbour stayed open"),
        ("Ada Example expressed hope that the pact would hold.", "the pact would hold"),
    ],
)  # fmt: skip
def test_what_was_said_ends_where_the_writer_speaks_again(text: str, words: str) -> None:
    assert told(text) == [(words, "Ada Example")]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Example told the story of a sailor who had lost his ship.",
        "The militia claimed responsibility for the raid.",
        "It is fair to say that the pact is dead.",
        "The reports that track the raid are secret.",
        "Ada Example did not respond to a request for comment.",
        "Ada Example did not confirm the report.",
        "They founded a group called Harbour Friends.",
        "A plan announced by the ministry last week failed.",
        "The United States states in the north added forty jobs.",
    ],
)
def test_acts_and_names_are_no_statements(text: str) -> None:
    assert told(text) == []


def test_two_reports_of_one_sentence_end_at_each_other() -> None:
    text = "Ada Example said the town was safe and denied that shots had been fired."

    assert told(text) == [
        ("the town was safe", "Ada Example"),
        ("shots had been fired", "Ada Example"),
    ]


def test_the_writer_behind_a_quotation_is_no_part_of_it() -> None:
    text = "“The pact is dead,” Ada Example said, pointing at the map."

    assert told(text) == [("The pact is dead,", "Ada Example")]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ada Example did not say whether she would sign.", "denied"),
        ("Ada Example never said that the pact was dead.", "denied"),
        ("Ada Example refused to say who had signed.", "denied"),
        ("Ada Example would not say when the pact ends.", "denied"),
        ("Ada Example is expected to say that the pact is dead.", "future"),
        ("Ada Example plans to announce a new pact next week.", "future"),
        ("Ada Example will say that the pact is dead.", "future"),
        ("Ada Example began by saying the pact was old.", ""),
    ],
)
def test_what_was_not_or_not_yet_said_is_marked(text: str, modality: str) -> None:
    (statement,) = attribute(text)

    assert statement.modality == modality
    assert (statement.confidence == "doubtful") == bool(modality)


def test_the_words_that_carry_an_attribution_are_kept() -> None:
    text = "Bo Sample met Ada Example, who said the pact was dead."

    (statement,) = attribute(text)

    assert statement.voices[0].name == "Ada Example"
    assert statement.voices[0].printed == "who"
    assert text[statement.voices[0].start : statement.voices[0].end] == "who"
