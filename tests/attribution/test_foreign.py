"""Russian, Korean and Japanese: what was said, without the occasion, and on which day."""

from datetime import date

import pytest

from statements.attribution import Attribution, attribute

FRIDAY = date(2024, 6, 21)


def the_one(text: str, published_on: date | None = FRIDAY) -> tuple[str, Attribution]:
    """The words and the finding of a text that reports one statement."""
    (found,) = attribute(text, published_on=published_on)
    return text[found.start : found.end], found


@pytest.mark.parametrize(
    ("text", "words", "day", "basis"),
    [
        (
            "예시민 장관은 14일 서울에서 연 기자회견에서 두 나라의 협정을 깊이 우려한다고 말했다.",
            "두 나라의 협정을 깊이 우려한다", date(2024, 6, 14), "expression",
        ),
        (
            "예시민 장관은 지난달 체결된 협정이 규범을 지켜야 한다고 밝혔다.",
            "지난달 체결된 협정이 규범을 지켜야 한다", FRIDAY, "publication",
        ),
        (
            "예시민 장관은 28일 협정이 규범을 위반한다고 밝혔다.",
            "협정이 규범을 위반한다", date(2024, 5, 28), "expression",
        ),
        (
            "예시민 장관은 19일 체결된 협정이 규범을 위반한다고 밝혔다.",
            "19일 체결된 협정이 규범을 위반한다", FRIDAY, "publication",
        ),
        (
            "예시민 장관은 목요일 라디오 인터뷰에서 협정이 규범을 위반한다고 밝혔다.",
            "협정이 규범을 위반한다", date(2024, 6, 20), "weekday",
        ),
        (
            "예시민 장관은 2023년 9월 14일 성명을 통해 협정이 규범을 위반한다고 밝혔다.",
            "협정이 규범을 위반한다", date(2023, 9, 14), "expression",
        ),
        (
            "見本太郎外相は20日の記者会見で、両国の協定は決議に違反すると述べた。",
            "両国の協定は決議に違反する", date(2024, 6, 20), "expression",
        ),
        (
            "見本太郎外相は２８日、両国の協定は決議に違反すると述べた。",
            "両国の協定は決議に違反する", date(2024, 5, 28), "expression",
        ),
        (
            "見本太郎外相は19日に署名された協定は決議に違反すると述べた。",
            "19日に署名された協定は決議に違反する", FRIDAY, "publication",
        ),
        (
            "見本太郎外相は東京での会見で、両国の協定は決議に違反すると述べた。",
            "両国の協定は決議に違反する", FRIDAY, "publication",
        ),
        (
            "Министр Образцов Пример Примерович заявил в четверг, что договор вступит в силу весной.",
            "договор вступит в силу весной", date(2024, 6, 20), "weekday",
        ),
        (
            "Министр Образцов Пример 19 июня заявил, что подписанный 1 мая договор вступит в силу.",
            "подписанный 1 мая договор вступит в силу", date(2024, 6, 19), "expression",
        ),
    ],
)  # fmt: skip
def test_the_occasion_is_no_part_of_the_words(
    text: str, words: str, day: date, basis: str
) -> None:
    said, found = the_one(text)

    assert said == words
    assert (found.said_on, found.said_on_basis) == (day, basis)


def test_a_day_without_its_month_needs_a_publication() -> None:
    _, found = the_one(
        "見本太郎外相は20日の記者会見で、両国の協定は決議に違反すると述べた。", None
    )

    assert (found.said_on, found.said_on_basis) == (None, "none")


def test_a_quotation_has_the_day_of_its_occasion() -> None:
    said, found = the_one(
        "見本太郎外相は20日の記者会見で「両国の協定は決議に違反する」と述べた。"
    )

    assert said == "「両国の協定は決議に違反する」"
    assert found.said_on == date(2024, 6, 20)
