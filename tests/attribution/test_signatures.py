"""Quotations beside which a name stands without a verb, and headlines that quote."""

import pytest

from statements.attribution import attribute


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[s.start : s.end], s.kind, s.voices[0].name) for s in attribute(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We stay for good.” — Ada Example", "“We stay for good.”"),
        ("“We stay for good.”― Ada Example, envoy of Ruritania", "“We stay for good.”"),
        ("“We stay for good.”\n\n— Ada Example, envoy of Ruritania", "“We stay for good.”"),
        ("“We stay for good.”\n-Ada Example, writing in March.", "“We stay for good.”"),
        ("Ada Example: “We stay for good.”", "“We stay for good.”"),
        ("Ada Example: ‘We stay for good’", "‘We stay for good’"),
        ("'We stay for good', says Ada Example", "'We stay for good'"),
    ],
)
def test_a_name_beside_a_quotation_speaks(text: str, words: str) -> None:
    assert found(text) == [(words, "direct", "Ada Example")]


def test_a_headline_quotes_with_single_marks_in_a_text_that_has_double_ones() -> None:
    text = "Ada Example says the pact is ‘quite harmless’ to all\n\n“It is safe,” said Ada Example. “It is ours.”"

    assert found(text)[0] == ("the pact is ‘quite harmless’ to all", "mixed", "Ada Example")


@pytest.mark.parametrize(
    "text",
    [
        "Article 4: “Each side shall help the other at once.”",
        "Note: “We stay for good” was the motto.",
        "“We stay for good.”\n\n- Talks on Friday\n- A dinner",
        "“We stay for good” — Strelsau was full of such signs.",
        "The envoys' note isn't Ada's, nor the workers'",
    ],
)
def test_a_heading_or_a_list_speaks_for_nobody(text: str) -> None:
    assert found(text) == []
