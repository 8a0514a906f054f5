"""Quotations that go on: whose they are, and by which mention."""

import pytest

from statements.attribution import Attribution, attribute


def found(text: str) -> list[tuple[str, str, str, str]]:
    """The words, the kind, the speaker and the words that name the speaker, of each statement."""
    statements = attribute(text)
    return [(text[s.start : s.end], s.kind, *_voice(text, s)) for s in statements]


def _voice(text: str, statement: Attribution) -> tuple[str, str]:
    voice = statement.voices[0]
    assert voice.start is not None
    assert text[voice.start : voice.end] == voice.printed
    return voice.name, voice.printed


EXAMPLE = ("Ada Example", "Ada Example")


def test_quotations_behind_an_attribution_are_one_statement() -> None:
    text = "“We stay,” Ada Example said. “We wait. We hope.” “It is late.”"

    assert found(text) == [(text, "direct", *EXAMPLE)]


def test_all_sentences_of_one_pair_of_marks_belong_to_it() -> None:
    text = "“We stay. We wait. We hope for the best,” Ada Example said."

    assert found(text) == [("“We stay. We wait. We hope for the best,”", "direct", *EXAMPLE)]


def test_a_sentence_half_quoted_goes_on() -> None:
    text = (
        "“We stay,” said Ada Example. “This is a long road” and the envoys “know it too well”."
    )

    assert found(text)[1] == (
        "“This is a long road” and the envoys “know it too well”", "mixed", *EXAMPLE,
    )  # fmt: skip


def test_a_quotation_runs_over_paragraphs_that_open_and_do_not_close() -> None:
    text = (
        "“We stay,” Ada Example said. “It is a long road.\n\n“The envoys know it.\n\n"
        "“They will stay as well.”\n\nBo Sample said the road was short."
    )

    (statement, other) = attribute(text)

    assert text[statement.start : statement.end].endswith("stay as well.”")
    assert len(statement.spans) == 4
    assert other.voices[0].name == "Bo Sample"


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("“We stay,” Ada Example said.", EXAMPLE),
        ("Ada Example said that the envoys would stay.", EXAMPLE),
        ("Foreign Minister Ada Example defended the pact before the chamber.", EXAMPLE),
        ("Bo Sample said no. Ada Example defended the pact.", EXAMPLE),
        ("The envoy Ada Example met Bo Sample. She put it plainly, adding:", ("Ada Example", "She")),
        ("Still, the pact is “a long way off,” Ada Example said from afar.", EXAMPLE),
        ("“We stay,” Ada Example said on the day after Bo Sample said no.", EXAMPLE),
    ],
)  # fmt: skip
def test_a_quoted_paragraph_belongs_to_whom_the_text_before_names(
    before: str, speaker: tuple[str, str]
) -> None:
    quotation = "“The road is long, and the envoys know it well.”"

    assert found(f"{before}\n\n{quotation}")[-1] == (quotation, "direct", *speaker)


def test_a_quotation_without_anybody_before_it_is_nobodys() -> None:
    assert found("“The road is long, and the envoys know it well.”") == []


def test_a_chain_of_quoted_paragraphs_keeps_its_speaker() -> None:
    paragraphs = [f"“This is paragraph {n} of what there is to say.”" for n in range(4)]
    text = "“We stay,” Ada Example said.\n" + "\n".join(paragraphs)

    assert {(name, printed) for _, _, name, printed in found(text)} == {EXAMPLE}
    assert len(found(text)) == 5


@pytest.mark.parametrize(
    "text",
    [
        "“We stay for good,” Ada Example thundered.",
        "“Will they stay?” Ada Example pressed.",
        "“We stay for good,” Ada Example began. “We wait for them.”",
    ],
)
def test_a_verb_in_no_list_attributes_what_is_quoted_before_it(text: str) -> None:
    (statement,) = found(text)

    assert statement[1:] == ("direct", *EXAMPLE)


@pytest.mark.parametrize(
    "text",
    [
        "“A good book,” it seemed.",
        "“A long, long road,” the sign was painted.",
        "“Stay,” she left.",
    ],
)
def test_a_verb_without_a_speaker_attributes_nothing(text: str) -> None:
    assert found(text) == []
