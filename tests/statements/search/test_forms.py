"""A word finds its other forms and is marked in them, in whatever way it is written.

All words are ordinary ones; sentences are invented.
"""

import random
from collections.abc import Sequence

import pytest
from django.db import connection

from statements.search import ukrainian
from statements.search.lexing import learn, tsquery, understand
from statements.search.marking import Marker

pytestmark = pytest.mark.django_db

# Forms of one Ukrainian word a line.
UKRAINIAN = """
    зброя зброї зброю зброєю
    безпека безпеки безпеці безпеку безпекою
    допомога допомоги допомозі допомогу
    загроза загрози загрозі загроз загрозами
    країна країни країні країн країнам
    росія росії росію росією
    війна війни війні воєн війнами
    мир миру миром
    наступ наступу наступі наступом
    договір договору договори договорів договорами
    наслідок наслідку наслідки наслідків
    зв’язок зв'язку зв’язки зв’язків
    політика політики політиці політику
    поставка поставки поставці поставок
    порушення порушенню порушень порушеннями
    питання питань питаннях
    незалежність незалежності незалежністю
    відповідь відповіді відповіддю
    зустріч зустрічі зустріччю зустрічей
    українець українця українці українцями
    кореєць корейця корейці корейцям
    росіянин росіянина росіяни росіян
    стаття статті статтю статей
    день дня дні днів днями
    рік року році років
    боєць бійця бійці бійців
    Київ Києва Києві Києвом
    посол посла посли послів
    земля землі земель
    гривня гривні гривень
    останній остання останньої останньому
    корейський корейська корейської корейським
    підписати підписав підписала підписали підписано підпише
    підтримувати підтримує підтримують підтримував підтримуватиме
    засудити засудив засудила засудять засуджено
    заявити заявив заявила заявили заявить
    постачати постачає постачають постачали
    передавати передає передають передавав
    домовитися домовився домовилися домовилась
    прийняти прийняв прийняла прийме
"""
UKRAINIAN_APART = [
    ("зброя", "збори"), ("безпека", "безперечно"), ("мир", "мор"), ("наступ", "наслідок"),
    ("рада", "радість"), ("столик", "стіл"), ("вода", "воля"),
    ("країна", "край"), ("посол", "посилати"), ("мова", "мовчання"), ("сила", "сидіти"),
    ("міст", "мости"), ("порушення", "порука"), ("договір", "договорити"),
]  # fmt: skip
# Of Russian words nothing more is found than before.
RUSSIAN_APART = [
    ("рог", "роза"), ("нога", "нос"), ("мир", "море"), ("столы", "столица"), ("правда", "правило"),
    ("война", "воин"), ("помощь", "помогать"), ("совет", "советский"), ("строка", "строй"),
]  # fmt: skip


def finds(asked: Sequence[tuple[str, str, str]]) -> list[bool]:
    """Whether each line finds a text, which is in a language: line, text, language."""
    learn({line for line, _, _ in asked})
    words = [understand(line).words for line, _, _ in asked]
    queries = [tsquery(one) if one else "" for one in words]
    texts, languages = zip(*((text, language) for _, text, language in asked), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_vector(text, language) @@ query::tsquery"
            "  FROM unnest(%s::text[], %s::text[], %s::text[]) AS asked (text, language, query)",
            [list(texts), list(languages), queries],
        )
        return [fits for (fits,) in cursor.fetchall()]


def marked(line: str, text: str, language: str) -> list[str]:
    return [text[a:b] for a, b in Marker(understand(line).words).places(text, language)]


def test_ukrainian_words_find_their_other_forms_and_are_marked() -> None:
    families = [line.split() for line in UKRAINIAN.strip().splitlines()]
    asked = [(one, other, "uk") for forms in families for one in forms for other in forms]

    assert [pair for pair, fits in zip(asked, finds(asked), strict=True) if not fits] == []
    for line, text, language in asked:
        assert marked(line, f"Тут {text}, і край.", language) == [text]


@pytest.mark.parametrize(
    ("pairs", "language"), [(UKRAINIAN_APART, "uk"), (RUSSIAN_APART, "ru")]
)
def test_other_words_are_not_found(pairs: list[tuple[str, str]], language: str) -> None:
    asked = [(one, other, language) for pair in pairs for one, other in (pair, pair[::-1])]

    assert [pair for pair, fits in zip(asked, finds(asked), strict=True) if fits] == []


def test_stems_are_those_of_the_database() -> None:
    chance = random.Random(6)
    letters = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
    words = ["".join(chance.choices(letters, k=chance.randint(1, 5))) for _ in range(2000)]
    words = [one + chance.choice(["", "ся", *ukrainian.ENDINGS.split()]) for one in words]
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_ukrainian(word) FROM unnest(%s::text[]) AS word", [words])
        assert [one for (one,) in cursor.fetchall()] == [ukrainian.stem(one) for one in words]
    assert all(ukrainian.stem(one) in ukrainian.stems(one) for one in words if len(one) > 2)


@pytest.mark.parametrize("word", ["", "treaty", "война-", "объект", "ми", "首脳"])
def test_what_is_no_ukrainian_word_has_no_stems(word: str) -> None:
    assert ukrainian.stems(word) == ()


WRITTEN = [
    # what is typed, the text, its language, what is marked in it
    ("무기지원", "오늘 무기 지원을 했다.", "ko", ["무기 지원"]),
    ("무기지원", "무기지원이다", "ko", ["무기지원"]),
    ("군사협력", "군사 협력, 군사협력", "ko", ["군사 협력", "군사협력"]),
    ("무기 지원", "무기지원이다", "ko", ["무기지원"]),
    ("“무기 지원”", "무기지원이다", "ko", ["무기지원"]),
    ("“무기지원”", "무기 지원이다", "ko", ["무기 지원"]),
    ("핵실험", "핵 실험은 없다", "ko", ["핵 실험"]),
    ("핵 실험", "핵실험은 없다", "ko", ["핵실험"]),
    ("북한군사협력", "북한 군사 협력은", "ko", ["북한 군사 협력"]),
    ("朝鮮半島", "朝鲜半岛和平", "zh", ["朝鲜半岛"]),
    ("朝鲜半岛", "朝鮮半島の平和", "ja", ["朝鮮半島"]),
    ("朝鮮半岛", "朝鮮半島의 평화", "ko", ["朝鮮半島"]),
    ("条約", "条约与條約", "zh", ["条约", "條約"]),
    ("条约", "平和条約", "ja", ["条約"]),
    ("“戰爭與和平”", "战争与和平", "zh", ["战争与和平"]),
    ("對話", "対話の場", "ja", ["対話"]),
    ("国", "中國", "zh", ["國"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "text", "language", "found"), WRITTEN)
def test_what_is_written_otherwise_is_found_and_marked(
    line: str, text: str, language: str, found: list[str]
) -> None:
    assert finds([(line, text, language)]) == [True]
    assert marked(line, text, language) == found


def test_a_word_of_many_characters_and_marks_is_taken_as_it_is() -> None:
    typed = "国\u0bcd" * 90

    words = understand(typed).words
    assert words is None or len(tsquery(words)) < 1000


@pytest.mark.parametrize(
    ("line", "text", "language"),
    [
        ("무기지원", "무기와 지원", "ko"), ("무기지원", "지원 무기", "ko"),
        ("군사협력", "군사력 협력", "ko"), ("핵실험", "핵심 실험", "ko"),
        ("朝鮮", "朝日鲜", "zh"), ("条約", "規約", "ja"),
    ],
)  # fmt: skip
def test_what_is_another_word_is_not_found(line: str, text: str, language: str) -> None:
    assert finds([(line, text, language)]) == [False]
    assert marked(line, text, language) == []
