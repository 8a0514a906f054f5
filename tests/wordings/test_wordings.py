"""Numbers and negations are read alike in every script, for joining and for comparing."""

import pytest

from statements.wordings.negations import Polarity, negations, polarity
from statements.wordings.numbers import counted, numbers
from statements.wordings.sentences import clauses, split_sentences
from statements.wordings.wording import wording


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("2.5 million, 40 per cent and Article 4", "en", {"2500000", "40", "4"}),
        ("twenty-four ships, two dozen guns, three thousand men", "en", {"24", "3000"}),
        ("10 000 солдат, 12 тысяч снарядов, двух стран", "ru", {"10000", "12000", "2"}),
        ("3カ国の10万人、第4条", "ja", {"3", "100000", "4"}),
        ("제4조에 따라 1만2천 명, 두 나라", "ko", {"4", "12000", "2"}),
        ("elf Firmen, 30.000 Kronen, 2,5 Prozent", "de", {"11", "30000", "2.5"}),
        ("one of them at first", "en", set()),
        (
            "three hundred and forty tents, a hundred guns, hundreds of men",
            "en",
            {"340", "100"},
        ),
        (
            "two and three ships, twenty, thirty, twenty twenty-one",
            "en",
            {"2", "3", "20", "21", "30"},
        ),
        ("1,234.5 and 1.234.567 and 0.000.0", "en", {"1234.5", "1234567", "0"}),
        ("двести тысяч и триста сорок пять", "ru", {"200000", "345"}),
        ("п'ять тисяч, дев’яносто", "uk", {"5000", "90"}),
        ("一万二千人、万一の場合", "ja", {"12000"}),
    ],
)
def test_numbers_are_read_in_every_script(words: str, language: str, found: set[str]) -> None:
    assert numbers(words, language) == found


@pytest.mark.parametrize(
    ("words", "language", "count"),
    [
        ("we do not only hope, we can't wait", "en", 1),
        ("We won’t, for no doubt it is a lie that they refuse", "en", 3),
        ("nicht nur heute, aber ohne uns", "de", 1),
        ("受け入れられない。認めず、", "ja", 2),
        ("용납할 수 없으며 인정하지 않는다", "ko", 2),
        ("不断努力，不接受", "zh", 1),
        ("не признаёт ни того, ни другого", "ru", 3),
    ],
)
def test_negations_are_read_in_every_script(words: str, language: str, count: int) -> None:
    assert len(negations(words, language)) == count


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("On 4 May 2024, under Article 3 and resolution 1718, 12 ships", "en", {"12"}),
        ("the 2nd of two KN-23 missiles in 2024", "en", {"2"}),
        ("제4조, 2024년 3월 5일, 3백 명", "ko", {"300"}),
        ("3か国は約3000人を2つの村へ、10日以内に", "ja", {"3", "3000", "2", "10"}),
        ("2-я бригада, 12 тыс. снарядов с 2023", "ru", {"12000"}),
    ],
)
def test_what_counts_nothing_is_not_counted(words: str, language: str, found: set[str]) -> None:
    assert counted(words, language) == found


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("Es ist nicht wahr.", "de", Polarity.NEGATED),
        ("Es ist wahr.", "de", Polarity.OPEN),
        ("Под каким бы флагом оно ни шло.", "ru", Polarity.PLAIN),
        ("Договор вступил в силу.", "ru", Polarity.PLAIN),
        ("Договор нарушен, это ложь.", "ru", Polarity.OPEN),
        ("条約は有効だ", "ja", Polarity.PLAIN),
        ("Nothing is known", "xx", Polarity.OPEN),
    ],
)
def test_a_denial_is_told_as_far_as_it_is_known(
    words: str, language: str, found: Polarity
) -> None:
    assert polarity(words, language) == found


def test_sentences_end_at_their_marks_and_not_behind_abbreviations() -> None:
    text = "Mr. A. Example of the U.S. spoke. “Did he?” No. 4 did: yes, and he sang; well"

    assert split_sentences(text) == [
        "Mr. A. Example of the U.S. spoke.",
        "“Did he?”",
        "No. 4 did: yes, and he sang; well",
    ]
    assert clauses("One, and two; three") == 3


def test_sentences_have_their_place_in_the_bare_words() -> None:
    one = wording("We came [on foot]. “They saw!” 私は行く。")

    assert [one.bare[s.start : s.end] for s in one.sentences] == [
        "we came",
        "they saw",
        "私は行く",
    ]
    assert len(wording("It [is. Not] so.").sentences) == 1
