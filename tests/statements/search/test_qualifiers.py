"""Qualifiers typed among the words are taken out of them, and written back, without a loss."""

from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from statements.search.chunks import MARKS
from statements.search.qualifiers import PARAMETERS, Said, Typed, join, split

# Text in which marks, colons, minuses and keys meet much more often than in any text.
PIECES = st.sampled_from(
    [*MARKS, "\\", ":", "-", " ", "\n", "actor", "ACTOR:", "before", "date: ", "re:", "unite", "首脳", "OR", "or", "|", "NOT", "*"]
)  # fmt: skip
LINES = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=20).map("".join)
SAID = st.lists(
    st.builds(
        Said,
        st.sampled_from(sorted(PARAMETERS)),
        LINES.filter(str.strip),
        st.booleans(),
    ),
    max_size=5,
)


@pytest.mark.parametrize(
    ("line", "words", "said"),
    [
        ("actor:KOR", "", [Said("actor", "KOR")]),
        ("-source:tass", "", [Said("source", "tass", True)]),
        ("war actor:KOR  peace", "war peace", [Said("actor", "KOR")]),
        ("before:2024-07", "", [Said("to", "2024-07")]),
        ("to:2024 after:2023 from:2022", "", [Said("to", "2024"), Said("from", "2023"), Said("from", "2022")]),
        ("Actor:KOR", "", [Said("actor", "KOR")]),
        ('speaker:"Ada Example"', "", [Said("speaker", "Ada Example")]),
        ("speaker:«Ada Example»", "", [Said("speaker", "Ada Example")]),
        ('-speaker:"Ada Exam', "", [Said("speaker", "Ada Exam", True)]),
        (r'speaker:"Ada \"A\" Example"', "", [Said("speaker", 'Ada "A" Example')]),
        ("re:unite", "re:unite", []),
        ("actor:", "actor:", []),
        ('actor:""', 'actor:""', []),
        ('"actor:KOR"', '"actor:KOR"', []),
        ('speaker:"Ada"Example', 'speaker:"Ada"Example', []),
        ("article:ru-kp-2024.4", "", [Said("article", "ru-kp-2024.4")]),
        ("actor:X-EU", "", [Said("actor", "X-EU")]),
        ("--actor:KOR", "--actor:KOR", []),
        ("country:KOR language:ko checked:verified", "", [Said("actor", "KOR"), Said("lang", "ko"), Said("review", "verified")]),
        ("date:2024-06-20 war", "war", [Said("from", "2024-06-20"), Said("to", "2024-06-20")]),
        ("-date:2024", "", [Said("from", "2024", True), Said("to", "2024", True)]),
        ("actor:KOR|PRK -lang: ko|ja war", "war", [Said("actor", "KOR"), Said("actor", "PRK"), Said("lang", "ko", True), Said("lang", "ja", True)]),
        ('speaker:"Ada|Bo"', "", [Said("speaker", "Ada|Bo")]),
        ("actor:| war|peace", "actor:| war|peace", []),
        ("actor: KOR war", "war", [Said("actor", "KOR")]),
        ('-speaker: "Ada Example" war', "war", [Said("speaker", "Ada Example", True)]),
        ("actor: lang:ko", "actor:", [Said("lang", "ko")]),
        ("actor: lang:ko KOR", "", [Said("lang", "ko"), Said("actor", "KOR")]),
        ("actor: -war", "actor: -war", []),
        ("actor: OR war", "actor: OR war", []),
        ("actor: lang: ko", "actor:", [Said("lang", "ko")]),
        ("re: unite", "re: unite", []),
        ("war NOT actor:KOR", "war", [Said("actor", "KOR", True)]),
        ("NOT -actor:KOR peace", "peace", [Said("actor", "KOR", True)]),
        ("war OR actor:KOR peace", "war peace OR", [Said("actor", "KOR")]),
        ("actor:KOR | war or NOT lang:ko", "war OR", [Said("actor", "KOR"), Said("lang", "ko", True)]),
        ("war OR peace actor:KOR", "war OR peace", [Said("actor", "KOR")]),
        ("war NOT", 'war "NOT"', []),
        ("war or", 'war "or"', []),
        ("lang:fr war Or", 'war "Or"', [Said("lang", "fr")]),
        ("or", '"or"', []),
        ('"without delay" lang:ko "now', '"without delay" "now"', [Said("lang", "ko")]),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(line: str, words: str, said: list[Said]) -> None:
    assert split(line) == Typed(words, said)


@given(LINES)
@example('speaker:"a\\" actor:"c"')
@example('"a\\')
def test_what_is_left_of_a_line_holds_no_qualifier(line: str) -> None:
    words = split(line).words

    assert split(words) == Typed(words)


@given(LINES, SAID)
@example('"open', [Said("actor", "KOR")])
@example("or", [Said("actor", "KOR")])
def test_words_and_parameters_survive_being_written(line: str, said: list[Said]) -> None:
    typed = Typed(split(line).words, said)

    assert split(join(typed)) == typed


@given(LINES)
def test_a_line_says_the_same_when_written_anew(line: str) -> None:
    assert split(join(split(line))) == split(line)


def test_a_parameter_without_a_value_is_not_written() -> None:
    assert join(Typed("war", [Said("actor", " ")])) == "war"


def test_a_line_of_entangled_keys_is_words_and_takes_no_longer_than_others() -> None:
    nested = "actor: lang: KOR ko"
    assert split(nested) == Typed("", [Said("lang", "KOR"), Said("actor", "ko")])

    line = " ".join(["date:"] * 1000 + ["2024"] * 1000)
    begun = process_time()
    typed = split(line)

    assert typed == split(typed.words) == Typed(line)
    assert process_time() - begun < 1
