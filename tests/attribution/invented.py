"""A register of invented people and states, and what a text is found to say."""

from datetime import date

from statements.attribution import Attribution, attribute
from statements.attribution.register import (
    Register,
    RegisterActor,
    RegisterOffice,
    RegisterSpeaker,
)

RURITANIA = RegisterActor(
    "ruritania",
    "state",
    "RR",
    "Ruritania",
    names=(
        "Ruritania", "Руритания", "Руританія", "루리타니아", "ルリタニア", "鲁里塔尼亚",
    ),
    metonyms=("Strelsau",),
)  # fmt: skip
ADA = RegisterSpeaker(
    "ada-example",
    "Ada Example",
    "Example",
    "f",
    ("Ada Example", "Ада Примерова", "Ада Прикладенко", "김예시", "見本花子", "范例"),
    (
        RegisterOffice(
            "o1", "Foreign Minister", "foreign-minister", "ruritania", start=date(2024, 1, 1)
        ),
    ),
)
INVENTED = Register((RURITANIA,), (ADA,))
FRIDAY = date(2024, 6, 21)


def found(text: str, register: Register = INVENTED) -> list[Attribution]:
    """The statements of a text, each checked to be a slice of it."""
    statements = attribute(text, published_on=FRIDAY, register=register)
    for statement in statements:
        check(text, statement)
    return statements


def check(text: str, statement: Attribution) -> None:
    """Every offset of a statement lies in the text and fits the others."""
    assert 0 <= statement.start < statement.end <= len(text)
    assert statement.spans
    assert statement.spans[0][0] == statement.start
    assert statement.spans[-1][1] == statement.end
    assert all(0 <= a < b <= len(text) for a, b in statement.spans)
    if statement.cue_start is not None:
        assert text[statement.cue_start : statement.cue_end] == statement.cue
    for voice in statement.voices:
        if voice.start is not None:
            assert text[voice.start : voice.end] == voice.printed


def said(text: str, register: Register = INVENTED) -> list[tuple[str, str]]:
    """Who says what: names, and the pieces of the words joined by « / »."""
    return [
        ("; ".join(v.name for v in s.voices), " / ".join(text[a:b] for a, b in s.spans))
        for s in found(text, register)
    ]
