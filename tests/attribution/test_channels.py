"""Who speaks and who only passes it on, in short invented reports."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.attribution import Attribution
from tests.attribution.test_statements import found


def told(text: str) -> list[tuple[str, str, str]]:
    """The words, the speaker and the channel of every statement."""
    return [
        (
            " … ".join(text[a:b] for a, b in s.spans),
            "; ".join(voice.name for voice in s.voices),
            s.via,
        )
        for s in found(text)
    ]


STAYS = ("the pact would stay", "Ada Example")


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Ada Example said the pact would stay, according to the report.", "the report"),
        ("Ada Example said the pact would stay (according to RNA).", "RNA"),
        ("Ada Example said the pact would stay — according to RNA on Friday.", "RNA"),
        (
            "Ada Example said the pact would stay, according to a note released by the ministry.",
            "a note released by the ministry",
        ),
        ("Ada Example said that the pact would stay, per RNA.", "RNA"),
        ("According to RNA, Ada Example said the pact would stay.", "RNA"),
        ("Ada Example, according to RNA, said the pact would stay.", "RNA"),
        ("Ada Example said, according to RNA, that the pact would stay.", "RNA"),
        ("Ada Example said that the pact would stay, the agency RNA reported.", "the agency RNA"),
        ("Ada Example said the pact would stay, RNA said on Friday.", "RNA"),
        ("Ada Example said the pact would stay, reported RNA.", "RNA"),
        ("Ada Example said the pact would stay, as RNA reported.", "RNA"),
        ("Ada Example said the pact would stay, as reported by RNA.", "RNA"),
        ("Ada Example said the pact would stay, her spokesman said.", "her spokesman"),
        ("Ada Example said the pact would stay, RNA reported, citing a readout.", "RNA"),
        ("Ada Example said the pact would stay, she added.", ""),
        ("Ada Example said the pact would stay, RNA quoted her as saying.", "RNA"),
        ("RNA quoted Ada Example as saying that the pact would stay.", "RNA"),
        ("Ada Example was quoted by RNA as saying the pact would stay.", "RNA"),
        ("Ada Example was quoted as saying by RNA that the pact would stay.", "RNA"),
        ("Ada Example was quoted as saying the pact would stay.", ""),
        ("RNA, citing Ada Example, reported that the pact would stay.", "RNA"),
        ("RNA reported on Friday that the pact would stay, citing Ada Example.", "RNA"),
        ("Citing Ada Example, RNA reported that the pact would stay.", "RNA"),
        ("Ada Example told RNA that the pact would stay.", "RNA"),
        ("Ada Example told the RNA news agency on Friday the pact would stay.", "the RNA news agency"),
        ("Ada Example told Interfax that the pact would stay.", "Interfax"),
        (
            "Ada Example told the newspaper Daily Sample that the pact would stay.",
            "the newspaper Daily Sample",
        ),
        ("Ada Example told Bo Sample that the pact would stay.", ""),
        ("Ada Example told reporters that the pact would stay.", ""),
        ("In a statement carried by RNA, Ada Example said the pact would stay.", "RNA"),
    ],
)  # fmt: skip
def test_whoever_said_it_speaks_and_the_other_passes_it_on(text: str, via: str) -> None:
    assert told(text) == [(*STAYS, via)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The pact will stay,” Ada Example said, according to RNA.", "“The pact will stay,”"),
        ("“The pact will stay,” Ada Example said, RNA reported.", "“The pact will stay,”"),
        ("“The pact will stay,” Ada Example told RNA.", "“The pact will stay,”"),
        ("The pact harms nobody, Ada Example said, according to RNA.", "The pact harms nobody"),
        ("Ada Example condemned the raid, according to RNA.", "the raid"),
        ("Ada Example warned that, “The pact is bad,” according to RNA.", "“The pact is bad,”"),
        (
            "Ada Example said — as quoted by RNA — “The pact will stay.”",
            "“The pact will stay.”",
        ),
        (
            "“It stays,” Ada Example said, “and it harms nobody,” according to RNA.",
            "“It stays,” … “and it harms nobody,”",
        ),
    ],
)
def test_no_words_hold_the_channel(text: str, words: str) -> None:
    assert told(text) == [(words, "Ada Example", "RNA")]


def test_a_credit_in_the_middle_leaves_what_follows_to_the_speaker() -> None:
    text = (
        "Ada Example said the pact would stay, according to RNA, adding that it harmed nobody."
    )

    assert told(text) == [(*STAYS, "RNA"), ("it harmed nobody", "Ada Example", "RNA")]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The pact would stay, according to RNA.", "The pact would stay", "RNA"),
        ("According to RNA, the pact would stay.", "the pact would stay", "RNA"),
        ("The pact would stay, RNA reported.", "The pact would stay", "RNA"),
        ("Storms threatened the town, according to RNA.", "Storms threatened the town", "RNA"),
        (
            "The man who said the pact was dead was held, according to RNA.",
            "The man who said the pact was dead was held", "RNA",
        ),
        (
            "RNA, citing unnamed sources, reported that the pact would stay.",
            "the pact would stay", "RNA",
        ),
        (
            "Ada Example said that, according to RNA, the pact would stay.",
            "according to RNA, the pact would stay", "Ada Example",
        ),
        ("Bo Sample said the pact was dead, citing Ada Example.", "the pact was dead", "Bo Sample"),
    ],
)  # fmt: skip
def test_whom_nobody_quotes_from_is_the_speaker(text: str, words: str, speaker: str) -> None:
    assert told(text) == [(words, speaker, "")]


def test_a_source_stands_for_the_main_clause_alone() -> None:
    text = "When Ada Example said it would stay, markets rose, according to RNA."

    assert told(text) == [("it would stay", "Ada Example", ""), ("markets rose", "RNA", "")]


def test_who_quotes_may_speak_too() -> None:
    text = "It quoted Ada Example as saying the pact would stay, and RNA said it was dead."
    both = "RNA quoted Ada Example as saying the pact would stay and claimed it was dead."

    assert told(text)[0] == (*STAYS, "")
    assert told(both) == [(*STAYS, "RNA"), ("it was dead", "RNA", "")]


def test_him_is_who_spoke_before() -> None:
    text = "Bo Sample met the envoys. RNA quoted him as saying the pact would stay."

    assert told(text) == [("the pact would stay", "Bo Sample", "RNA")]


WORDS = [
    "Ada Example", "RNA", "said", "reported", "the pact would stay", "that", ",", "—", "(", ")",
    "according to", "as reported by", "as", "quoted", "citing", "her", "told", "“We keep it,”",
    "on Friday", "adding", ".", ";", "\n", "per", "by", "saying",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_statements_of_any_order_of_words_do_not_overlap(text: str) -> None:
    statements = found(text, date(2024, 6, 21))

    for statement in statements:
        assert statement.via in text
        assert all(text[a:b].strip() for a, b in statement.spans)
    assert _disjoint(statements)


def _disjoint(statements: list[Attribution]) -> bool:
    spans = sorted(span for statement in statements for span in statement.spans)
    return all(first[1] <= second[0] for first, second in pairwise(spans))
