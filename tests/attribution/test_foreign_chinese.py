"""Chinese: quotations, clauses behind a comma, titles before names, according-to."""

import pytest

from tests.attribution.invented import found, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "鲁里塔尼亚外交部发言人范例说：“我们希望各方保持克制。”",
            [("Ada Example", "“我们希望各方保持克制。”")],
        ),
        (
            "外交部发言人样本19日表示，有关报道没有根据。",
            [("样本", "有关报道没有根据")],
        ),
        (
            "“我们希望各方保持克制。”外交部长样本强调，“这符合地区利益。”",
            [("样本", "“我们希望各方保持克制。” / “这符合地区利益。”")],
        ),
        (
            "鲁里塔尼亚总统样本在记者会上指出：“条约违反决议。”",
            [("样本", "“条约违反决议。”")],
        ),
        ("总统样本称，双方将继续合作。", [("样本", "双方将继续合作")]),
        ("据鲁里塔尼亚总统样本介绍，双方将继续合作。", [("样本", "双方将继续合作")]),
        ("日本政府强调，条约违反了联合国决议。", [("日本政府", "条约违反了联合国决议")]),
        ("有官员透露，会谈将在下月举行。", [("有官员", "会谈将在下月举行")]),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_names_and_pronouns_mean_the_person_named_before() -> None:
    text = "鲁里塔尼亚外长样本表示，条约无效。\n样本强调，对话将继续。\n他还说：“时间不多了。”"

    assert [s.voices[0].name for s in found(text)] == ["样本"] * 3
    assert {s.voices[0].country for s in found(text)} == {"RR"}


def test_a_medium_passes_the_words_on() -> None:
    (statement,) = found("据新华社报道，外交部发言人样本指出，有关报道没有根据。")

    assert (statement.voices[0].name, statement.via) == ("样本", "新华社")


def test_what_was_not_said_is_marked() -> None:
    (statement,) = found("外长样本没有说军队将会撤出边境。")

    assert statement.modality == "denied"


@pytest.mark.parametrize(
    "text",
    ["双方签署了《全面战略伙伴关系条约》。", "名为“和平”的公园开放了。", "会谈将在下月举行。"],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []
