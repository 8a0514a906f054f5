"""The name of a work in quotation marks is nobody's words."""

import pytest

from statements.attribution import attribute


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        (
            "Ada Example told RNA's “Good Morning Strelsau” that the pact was dead.",
            "the pact was dead", "indirect",
        ),
        (
            "“The pact is dead,” Ada Example said on RNA's “Good Morning Strelsau.”",
            "“The pact is dead,”", "direct",
        ),
        (
            "“The pact is dead,” Ada Example said on \"Strelsau Tonight.\" \"It is over.\"",
            "“The pact is dead,” Ada Example said on \"Strelsau Tonight.\" \"It is over.\"", "direct",
        ),
        (
            "Ada Example, author of the book “A Road to the Sea,” said the pact was dead.",
            "the pact was dead", "indirect",
        ),
    ],
)  # fmt: skip
def test_a_work_is_named_and_not_quoted(text: str, words: str, kind: str) -> None:
    (statement,) = attribute(text)

    assert text[statement.start : statement.end].removeprefix("that ") == words
    assert statement.kind == kind
    assert statement.voices[0].name == "Ada Example"
