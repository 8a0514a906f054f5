"""Where sentences end: behind a stop that is no abbreviation's, and not between quote and cue."""

import pytest

from statements.attribution.sentences import find_paragraphs


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for p in find_paragraphs(text) for s in p.sentences]


@pytest.mark.parametrize(
    "sentence",
    [
        "St. Example said so at 3 p.m. Tuesday.",
        "Sen. Ada Example (R-Fla.) said so.",
        "Rep. B. C. Sample (D-N.C.), the whip, said so on Dec. 2, a Monday.",
        "The No. 2 envoy, J. R. Example Jr., spoke for the U.S. Senate.",
        "“Will they stay?” Ada Example, the envoy of Ruritania, asked on Friday.",
        "“They will!” Bo Sample (a guest) shouted.",
        "“They will.” Bo Sample said on Friday.",
        "“The road is long”, she said.",
        "He asked (“Why?”) and left.",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["They met at 3 p.m.", "The envoys left."],
        ["They flew to the U.S.", "He stayed."],
        ["They met at 3 p.m.", "“We have to go at once,” she said."],
        ["“They stay.”", "Ada Example said that the envoys would stay."],
        ["“They stay.”", "The room was silent."],
        ["“They stay,” she said.", "“They stay for good.”"],
        ["(They left early.)", "She stayed."],
        ["“Who stays?”", "The envoys were silent."],
        ["He said no.", "“So be it.”", "She left."],
        ["STRELSAU, Feb. 2 (RNA) —", "The envoys met, Ada Example said."],
        ["STRELSAU —", "The envoys met."],
    ],
)
def test_two_sentences_are_told_apart(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize("line_feed", ["\n", "\r\n"])
def test_a_headline_without_a_stop_is_a_sentence_of_its_own(line_feed: str) -> None:
    text = f"Envoys meet in Strelsau{line_feed}{line_feed}They met on Friday.{line_feed}"

    assert sentences(text) == ["Envoys meet in Strelsau", "They met on Friday."]
