"""Japanese: quotations with と, clauses, titles behind names, according-to, channels."""

import pytest

from tests.attribution.invented import found, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ルリタニアの見本花子外相は「条約は決議に違反する」と述べた。",
            [("Ada Example", "「条約は決議に違反する」")],
        ),
        (
            "手本太郎官房長官は20日の記者会見で、「状況を注視している」と語った。",
            [("手本太郎", "「状況を注視している」")],
        ),
        (
            "「状況を注視している」と手本太郎報道官は強調した。",
            [("手本太郎", "「状況を注視している」")],
        ),
        (
            "手本太郎首相は条約は決議に違反すると指摘した。",
            [("手本太郎", "条約は決議に違反する")],
        ),
        (
            "手本太郎防衛相は、同盟を強化するとの考えを示した。",
            [("手本太郎", "同盟を強化する")],
        ),
        (
            "手本太郎外相は「対話を続ける。『前提条件なし』の言葉は正しい」と訴えた。",
            [("手本太郎", "「対話を続ける。『前提条件なし』の言葉は正しい」")],
        ),
        (
            "政府関係者によると、会談は来月開かれるという。",
            [("政府関係者", "会談は来月開かれる")],
        ),
        (
            "手本太郎大統領は、同盟は「鉄壁だ」とし、義務を守ると述べた。",
            [("手本太郎", "同盟は「鉄壁だ」"), ("手本太郎", "義務を守る")],
        ),
        (
            "手本太郎首相は会談が来月開かれることを明らかにした。",
            [("手本太郎", "会談が来月開かれる")],
        ),
        (
            "韓国外務省は「条約を強く非難する」と表明した。",
            [("韓国外務省", "「条約を強く非難する」")],
        ),
        ("手本太郎官房長官「状況を注視している」", [("手本太郎", "「状況を注視している」")]),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_family_names_titles_and_pronouns_mean_the_person_named_before() -> None:
    text = (
        "ルリタニアの手本太郎外相は「協定を憂慮する」と語った。\n"
        "手本氏は「対話は続く」と述べた。\n"
        "外相は協定は決議に違反すると主張した。\n"
        "彼は撤回を求めると訴えた。また、「時間がない」と述べた。"
    )

    assert [s.voices[0].name for s in found(text)] == ["手本太郎"] * 5
    assert {s.voices[0].country for s in found(text)} == {"RR"}


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("共同通信によると、手本太郎外相は「状況を注視する」と述べた。", "共同通信"),
        ("手本太郎外相は「準備はできている」と述べたとタス通信が報じた。", "タス通信"),
    ],
)
def test_a_medium_passes_the_words_on(text: str, via: str) -> None:
    (statement,) = found(text)

    assert (statement.voices[0].name, statement.via) == ("手本太郎", via)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("米国務省の手本報道官は「懸念している」と述べた。", "US"),
        ("テホン米大統領は「懸念している」と述べた。", "US"),
        ("カタールの外務省報道官は「合意は近い」と語った。", "QA"),
        ("ルリタニア外務省報道官は「合意は近い」と語った。", "RR"),
    ],
)
def test_the_country_of_who_speaks(text: str, country: str) -> None:
    from statements.attribution.register import Register, RegisterActor
    from tests.attribution.invented import ADA, RURITANIA

    qatar = RegisterActor("qa", "state", "QA", "Qatar", names=("カタール",))
    (statement,) = found(text, Register((RURITANIA, qatar), (ADA,)))

    assert statement.voices[0].country == country


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("手本太郎報道官は、軍が撤退するとは述べなかった。", "denied"),
        ("手本太郎首相は、協定は無効だと表明する見通しだ。", "future"),
    ],
)
def test_what_was_not_said_is_marked(text: str, modality: str) -> None:
    (statement,) = found(text)

    assert statement.modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "「平和」という名の公園が開かれた。",
        "両国は6月に「包括的戦略的パートナーシップ条約」に署名した。",
        "委員会は協定を審議の対象とした。",
        "会談は来月東京で開かれる。",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []
