"""Korean: quotations with 고 and 라고, clauses with 다고, titles behind names, channels."""

import pytest

from tests.attribution.invented import found, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "김예시 루리타니아 외교부 장관은 “우리는 조약을 지킬 것이다”라고 말했다.",
            [("Ada Example", "“우리는 조약을 지킬 것이다”")],
        ),
        (
            '박보기 외교부 대변인은 14일 정례브리핑에서 "상황을 주시하고 있다"고 밝혔다.',
            [("박보기", '"상황을 주시하고 있다"')],
        ),
        (
            "“대화의 문은 열려 있다”라고 박보기 대변인은 강조했다.",
            [("박보기", "“대화의 문은 열려 있다”")],
        ),
        (
            "박보기 장관은 “제재는 유지된다”며 “대화의 문은 열려 있다”고 덧붙였다.",
            [("박보기", "“제재는 유지된다” / “대화의 문은 열려 있다”")],
        ),
        (
            "박보기 장관은 두 나라의 협정이 결의를 위반한다고 지적했다.",
            [("박보기", "두 나라의 협정이 결의를 위반한다")],
        ),
        (
            "박보기 장관은 협정에 심각한 우려를 표한다는 입장을 밝혔다.",
            [("박보기", "협정에 심각한 우려를 표한다")],
        ),
        (
            "박보기 대사는 조약을 즉각 폐기할 것을 촉구했다.",
            [("박보기", "조약을 즉각 폐기할 것")],
        ),
        (
            "박보기 장관은 두 나라의 동맹은 “철통같다”며 공약을 지키겠다고 약속했다.",
            [("박보기", "두 나라의 동맹은 “철통같다”며 공약을 지키겠다")],
        ),
        (
            "외교부 당국자에 따르면 회담은 다음 달 열린다.",
            [("외교부 당국자", "회담은 다음 달 열린다")],
        ),
        (
            "정부 고위 관계자는 “아직 결정된 것은 없다”고 전했다.",
            [("정부 고위 관계자", "“아직 결정된 것은 없다”")],
        ),
        (
            "루리타니아 정부는 조약이 위법이라고 주장했다.",
            [("루리타니아 정부", "조약이 위법이라")],
        ),
        (
            '박보기 대변인 "대화의 문은 열려 있다"',
            [("박보기", '"대화의 문은 열려 있다"')],
        ),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_family_names_titles_and_pronouns_mean_the_person_named_before() -> None:
    text = (
        "박보기 루리타니아 국방부 장관은 “협정을 우려한다”고 말했다.\n"
        "박 장관은 협정이 결의를 위반한다고 강조했다.\n"
        "장관은 “대화는 계속된다”고 덧붙였다.\n"
        "그는 철회되지 않으면 대응하겠다고 경고했다. 이어 “시간이 없다”고 말했다."
    )

    assert [s.voices[0].name for s in found(text)] == ["박보기"] * 5
    assert {s.voices[0].country for s in found(text)} == {"RR"}


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("연합뉴스에 따르면 박보기 장관은 “상황을 주시한다”고 말했다.", "연합뉴스"),
        ("박보기 장관은 “우리는 준비돼 있다”고 말했다고 타스통신이 보도했다.", "타스통신"),
    ],
)
def test_a_medium_passes_the_words_on(text: str, via: str) -> None:
    (statement,) = found(text)

    assert (statement.voices[0].name, statement.via) == ("박보기", via)


def test_a_medium_speaks_for_itself() -> None:
    (statement,) = found("예시통신은 “우리의 정책은 변하지 않는다”고 보도했다.")

    assert (statement.voices[0].name, statement.via) == ("예시통신", "")


def test_an_official_without_a_name_has_a_country() -> None:
    (statement,) = found("루리타니아 외무성 당국자는 “상황을 주시하고 있다”고 말했다.")

    assert statement.voices[0].country == "RR"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("박보기 대변인은 군대가 철수할 것이라고 말하지 않았다.", "denied"),
        ("박보기 대변인은 협정이 무효라고 밝힐 예정이다.", "future"),
    ],
)
def test_what_was_not_said_is_marked(text: str, modality: str) -> None:
    (statement,) = found(text)

    assert statement.modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "두 나라는 6월에 ‘포괄적 전략적 동반자 관계 조약’을 체결했다.",
        "“평화”라는 이름의 공원이 문을 열었다.",
        "회담은 다음 달 서울에서 열린다.",
        "박보기 장관은 내일 입장을 밝힐 예정이다.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []
