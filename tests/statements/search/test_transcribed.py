"""Names that are written syllable by syllable are known in every system of writing them."""

import pytest

from statements.search import chinese, japanese, korean
from statements.search.transcribed import Meant, Transcribed

# Invented people: how the register writes them, and what it has beside that.
KOREAN = {
    "Pyo Do-reum": "표도름",
    "Ku Nyong Sik": "구녕식",
    "Yee Hae-chul": "이해철",
    "Noh Bi": "노비",
}
CHINESE = ("Zhuang Xuejun", "Wu Yuanqi", "Cen Shijiang")
JAPANESE = ("Tsuchiro Fujishima", "Chieko Kumazasa", "Kenjiro Otto")


@pytest.fixture(scope="module")
def names() -> Transcribed:
    known = Transcribed()
    for key, (name, hangul) in enumerate(KOREAN.items()):
        for units in korean.readings(hangul):
            known.add(units, Meant(key, name))
    for key, name in enumerate(JAPANESE, start=len(KOREAN)):
        for units, shown in japanese.readings(name):
            known.add(units, Meant(key, shown))
    for key, name in enumerate(CHINESE, start=100):
        for units in chinese.readings(name):
            known.add(units, Meant(key, name))
    return known


def meant(names: Transcribed, line: str) -> list[str]:
    return [one.name for one in names.find(line.replace("-", " ").split())]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        # Revised Romanization, McCune-Reischauer with and without its marks, the DPRK's, papers'.
        ("Pyo Do-reum", "Pyo Do-reum"),
        ("P'yo To-rŭm", "Pyo Do-reum"),
        ("Phyo To Rum", "Pyo Do-reum"),
        ("Doreum Pyo", "Pyo Do-reum"),
        ("Gu Nyeong-sik", "Ku Nyong Sik"),
        ("Koo Nyoungsik", "Ku Nyong Sik"),
        ("Yi Hae-cheol", "Yee Hae-chul"),
        ("Lee Hae Chol", "Yee Hae-chul"),
        ("Ri Hae-ch'ŏl", "Yee Hae-chul"),
        ("Ro Pi", "Noh Bi"),
        ("nyongsik", "Ku Nyong Sik"),
        # Kontsevich and papers in Russian, Ukrainian.
        ("Пхё До Рым", "Pyo Do-reum"),
        ("Ку Нёнсик", "Ku Nyong Sik"),
        ("Ґу Ньонсік", "Ku Nyong Sik"),
        ("Ли Хэ Чхоль", "Yee Hae-chul"),
        ("Лі Хечхоль", "Yee Hae-chul"),
        # Polivanov, papers in Russian, Ukrainian; Kunrei.
        ("Фудзисима", "Fujishima"),
        ("Фуджишима", "Fujishima"),
        ("Фудзісіма", "Fujishima"),
        ("Huzisima", "Fujishima"),
        ("Цутиро Фудзисима", "Tsuchiro Fujishima"),
        ("Fujishima Tsuchiro", "Tsuchiro Fujishima"),
        ("Тиэко Кумадзаса", "Chieko Kumazasa"),
        ("Кэндзиро", "Kenjiro"),
        ("Кендзіро Отто", "Kenjiro Otto"),
        # Palladius in Russian and Ukrainian.
        ("Чжуан Сюэцзюнь", "Zhuang Xuejun"),
        ("У Юаньци", "Wu Yuanqi"),
        ("Цэнь Шицзян", "Cen Shijiang"),
        ("Цень Шіцзян", "Cen Shijiang"),
    ],
)
def test_a_name_is_known_in_any_system(names: Transcribed, line: str, name: str) -> None:
    assert meant(names, line) == [name]


@pytest.mark.parametrize(
    "line",
    ["Pyo", "Ку", "Ro", "Do-re um", "Pyodo Rum Sik", "Фудзи", "rum", "Ноби", "", "-", "Отт"],
)
def test_what_is_short_or_torn_or_more_is_no_name(names: Transcribed, line: str) -> None:
    assert meant(names, line) == []


@pytest.mark.parametrize("name", ["가 나다", "금", "金日", "Pyo Do-reum", ""])
def test_what_is_no_korean_name_has_no_readings(name: str) -> None:
    assert korean.readings(name) == []


@pytest.mark.parametrize("name", ["Ada Lovely", "Xu Kenji", "", "木村"])
def test_what_hepburn_does_not_write_has_no_readings(name: str) -> None:
    assert japanese.readings(name) == []


@pytest.mark.parametrize("name", ["Ada Lovely", "Zhuang", "Xuejunk Wu", "", "庄"])
def test_what_pinyin_does_not_write_has_no_readings(name: str) -> None:
    assert chinese.readings(name) == []


def test_a_word_that_can_be_read_in_very_many_ways_is_read_at_once() -> None:
    known = Transcribed()
    known.add([frozenset({"a", "aa"})] * 60, Meant(1, "Aa"))

    assert known.find(["a" * 100]) == [Meant(1, "Aa")]
    assert known.find(["a" * 100 + "x"]) == []
