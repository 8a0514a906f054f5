"""Two reports: same, perhaps or different; a changed number or negation is never the same."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.likeness import DIFFERENT, PERHAPS, SAME, Report, judge
from statements.likeness.names import NameFinder

DAY = date(2025, 1, 9)
NAMES = NameFinder({"Ruritania": ["Ruritania", "Руритания"], "Graustark": ["Graustark"]})
WHOLE = "“We will send 300 tents and 20 doctors to the villages on the river before the winter”"


def report(words: str, language: str = "en", day: date = DAY, *, dated: bool = False) -> Report:
    return Report(words, language, day, dated, find_names=NAMES.find)


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ("We will send 300 tents and 20 doctors to the villages on the river before the winter!", "equal"),
        ("“We will send 300 tents and 20 doctors to the villages”", "part"),
        ("they would send 300 tents and 20 doctors to the villages on the river before the winter", "wording"),
        ("Ruritania was sending tents “to the villages on the river before the winter”", "quoted"),
    ],
)  # fmt: skip
def test_reports_of_the_same_words_are_one(other: str, rule: str) -> None:
    found = judge(report(WHOLE), report(other))

    assert (found.verdict, found.rule) == (SAME, rule)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (WHOLE.replace("300", "3,000"), "number"),
        (WHOLE.replace("300", "three hundred and forty"), "number"),
        (WHOLE.replace("will", "will not"), "negation"),
        (WHOLE.replace("will", "may"), "certainty"),
        (WHOLE.replace("“We", "“Graustark"), "name"),
    ],
)
def test_what_differs_is_named_and_not_joined(other: str, kind: str) -> None:
    found = judge(report(WHOLE), report(other))

    assert found.verdict == PERHAPS
    assert kind in {difference.kind for difference in found.differences}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We find this legal under the law of the sea", "We find this illegal under the law of the sea"),
        ("The exports to the islands will increase by a third", "The exports to the islands will decrease by a third"),
        ("The tents came before the ships of the islands reached the far shore", "The tents came after the ships of the islands reached the far shore"),
        ("More than half of the tents reached the villages on the far shore", "Fewer than half of the tents reached the villages on the far shore"),
        ("The council voted for the bridge over the river to the islands", "The council voted against the bridge over the river to the islands"),
        ("Article IV of the charter of the islands stands in full for us", "Article V of the charter of the islands stands in full for us"),
        ("The bridge breaks the charter of the islands in full", "We reject that the bridge breaks the charter of the islands in full"),
        ("The bridge breaks the charter of the islands in full", "It is false that the bridge breaks the charter of the islands in full"),
        ("“accept such a statement by the minister at all”", "“We cannot accept such a statement by the minister at all”"),
    ],
)  # fmt: skip
def test_opposites_are_two(one: str, other: str) -> None:
    assert judge(report(one), report(other)).verdict != SAME


def test_a_formula_of_another_day_is_offered_only() -> None:
    said = report("“We have nothing to say”")

    assert judge(said, said).verdict == SAME
    assert judge(said, replace(said, day=date(2025, 1, 10))).verdict == PERHAPS


def test_the_same_words_on_days_that_both_name_are_offered_only() -> None:
    one = report(WHOLE, dated=True)

    assert judge(one, report(WHOLE, day=date(2025, 1, 10), dated=True)).verdict == SAME
    assert judge(one, report(WHOLE, day=date(2025, 1, 12), dated=True)).verdict == PERHAPS


def test_another_point_of_the_same_day_is_different() -> None:
    other = report("“The choir of the border guards sang well”")

    assert judge(report(WHOLE), other).verdict == DIFFERENT


def test_a_translation_is_told_by_its_frame() -> None:
    one = report("“Ruritania will not pay a ransom for the captives”")
    other = report("Руритания не заплатит за освобождение пленных", "ru")

    found = judge(one, other)

    assert found.verdict == PERHAPS
    assert found.rule == "frame"


def test_a_translation_with_another_number_is_never_joined() -> None:
    one = report("“We expect 300 soldiers at the border before the attack”")
    other = report("мы ожидаем 500 солдат на границе до нападения", "ru")

    assert judge(one, other).verdict != SAME


WORDS = st.lists(
    st.sampled_from(
        ["we", "the", "guns", "river", "council", "not", "300", "20", "will", "may", "condemn", "villages", "treaty", "of", "in", "Ruritania", "Graustark", "“", "”", "never", "three", "thousand", "and", "border", "soldiers", "deeply", "concerned"]
    ),
    min_size=1,
    max_size=25,
).map(" ".join)  # fmt: skip
LANGUAGES = st.sampled_from(["en", "de", "ru", "ja", ""])


@given(WORDS, WORDS, LANGUAGES, LANGUAGES)
def test_the_order_of_two_reports_does_not_matter(
    one: str, other: str, first: str, second: str
) -> None:
    there = judge(report(one, first), report(other, second))
    back = judge(report(other, second), report(one, first))

    assert (there.verdict, there.score, there.rule) == (back.verdict, back.score, back.rule)
    assert 0 <= there.score <= 100
    assert [(d.kind, d.one, d.other) for d in there.differences] == [
        (d.kind, d.other, d.one) for d in back.differences
    ]


@given(st.text(), st.text(), LANGUAGES, LANGUAGES)
def test_any_text_is_judged(one: str, other: str, first: str, second: str) -> None:
    assert judge(report(one, first), report(other, second)).verdict in {
        SAME,
        PERHAPS,
        DIFFERENT,
    }


@given(WORDS, st.integers(2, 99_999), st.integers(2, 99_999))
def test_a_changed_number_is_never_the_same(words: str, one: int, other: int) -> None:
    found = judge(report(f"{words} {one} ships"), report(f"{words} {other} ships"))

    assert one == other or found.verdict != SAME or {str(one), str(other)} <= {"300", "20"}


@given(WORDS, WORDS)
def test_an_added_negation_is_never_the_same(before: str, behind: str) -> None:
    asserted = f"{before} they have seen the ships in the strait {behind}"
    denied = f"{before} they have not seen the ships in the strait {behind}"

    assert judge(report(asserted), report(denied)).verdict != SAME
