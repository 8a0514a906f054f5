"""Words are found in every language and script that the sources are written in.

The sentences are invented, of ordinary words. `finds` asks as a reader types, through the same
functions of the database as the search.
"""

import random

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def vector_holds(text: str, language: str, typed: str) -> bool:
    """Whether a text in a language holds each of the typed words, in any form of theirs."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(bool_and(search_vector(%s, %s) @@ (
                     SELECT string_agg(quote_literal(one) || CASE WHEN prefix THEN ':*' ELSE '' END,
                                       ' | ') FROM unnest(lexemes) AS one)::tsquery), false)
              FROM search_lexemes(%s) WHERE lexemes <> '{}'
            """,
            [text, language, typed],
        )
        return bool(cursor.fetchone()[0])


FOUND = [
    # text, its language, what is typed
    ("The treaties were signed.", "en", "treaty"),
    ("They sign the treaty.", "en", "signing"),
    ("Nobody wants a war.", "en", "wars"),
    ("Договоры были подписаны.", "ru", "договор"),
    ("Страны подписали договор.", "ru", "договора"),
    ("О санкциях речи не было.", "ru", "санкции"),
    ("Ёлка стоит во дворе.", "ru", "елка"),
    ("Новый догово́р действует.", "ru", "договор"),
    ("Сторони уклали договір.", "uk", "договору"),
    ("Без договору нема миру.", "uk", "договір"),
    ("Договорами мир не тримають.", "uk", "договори"),
    ("Санкції діють.", "uk", "санкція"),
    ("Багато санкцій скасовано.", "uk", "санкціями"),
    ("Київ мовчить.", "uk", "Києва"),
    ("У Львові йшов дощ.", "uk", "Львів"),
    ("Партнерства бувають різні.", "uk", "партнерство"),
    ("Країни співпрацюють.", "uk", "країнами"),
    ("Об’єкт закрито.", "uk", "об'єкт"),
    ("Обʼєкти закрито.", "uk", "об’єктів"),
    ("정상회담이 열렸다.", "ko", "회담"),
    ("조약을 체결했다.", "ko", "조약"),
    ("首脳会談が開かれた。", "ja", "会談"),
    ("首脳会談が開かれた。", "ja", "首脳会談"),
    ("条約のテキストを読む。", "ja", "テキスト"),
    ("ﾃｷｽﾄを読む。", "ja", "テキスト"),
    ("时々刻々と変わる。", "ja", "々刻"),
    ("会谈已经结束。", "zh", "会谈"),
    ("雙方簽署條約。", "zh", "條約"),
    ("会谈已经结束。", "zh", "谈"),
    ("会谈已经结束。", "zh", "束"),
    ("Los tratados fueron firmados.", "es", "tratado"),
    ("Las sanciones siguen.", "es", "sanción"),
    ("El niño duerme.", "es", "nino"),
    ("Les traités sont signés.", "fr", "traité"),
    ("Les négociations continuent.", "fr", "negociation"),
    ("L’accord est prêt.", "fr", "accord"),
    ("Die Verträge gelten.", "de", "Vertrag"),
    ("Die Straße ist leer.", "de", "strasse"),
    ("Das war lange her.", "de", "war"),
    ("Über die Grenze gingen viele.", "de", "grenzen"),
    # other languages by whole words
    ("Zażółć gęślą jaźń.", "pl", "zazolc"),
    ("Il caffè è caldo.", "it", "caffe"),
    ("The façade fell.", "", "facade"),
    # scripts beside each other
    ("The 首脳会談 was short.", "en", "会談"),
    ("AI時代 has come.", "en", "ai"),
    ("AI時代 has come.", "en", "時代"),
    ("Договор of friendship.", "en", "договоры"),
    # what nobody sees
    ("The govern\u00adment agreed.", "en", "government"),
    ("The govern\u200bment agreed.", "en", "governments"),
    ("The govern\u2060ment\ufeff agreed.", "en", "government"),
    ("ＴＲＥＡＴＹ ｏｆ １９６１", "en", "treaty"),
    ("ＴＲＥＡＴＹ ｏｆ １９６１", "en", "1961"),
    ("The ﬁrst oﬃce.", "en", "first"),
    # what parts words
    ("A well-known text.", "en", "well-known"),
    ("A well known text.", "en", "well-known"),
    ("A well-known text.", "en", "known"),
    ("Trade and/or aid.", "en", "aid"),
    ("The state’s borders.", "en", "state"),
    ("The state's borders.", "en", "state’s"),
    ("Written at http://example.org/pact.", "en", "pact"),
    ("Write to ada@example.org today.", "en", "example"),
    ("It is 4.5 per cent.", "en", "4.5"),
    ("The U.S. fleet sailed.", "en", "US"),
    ("The US fleet sailed.", "en", "U.S."),
    ("It left the U.S", "en", "us"),
    ("Un vote de l’U.N. à Genève", "fr", "UN"),
    ("Уряд U.K. мовчав.", "uk", "UK"),
    ("The EU fleet sailed.", "en", "E.U."),
    ("Ｕ．Ｓ． ships", "en", "US"),
    ("On 2024-06-19 it rained.", "en", "2024"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "typed"), FOUND)
def test_a_word_is_found_in_its_language(text: str, language: str, typed: str) -> None:
    assert vector_holds(text, language, typed)


OTHERS = [
    ("The treaties were signed.", "en", "treason"),
    ("The U.N. voted.", "en", "US"),
    ("Mr. U. Smith left.", "en", "US"),
    ("Write to ada@u.sample.", "en", "US"),
    ("Section u.s1 and au.s", "en", "US"),
    ("Сторони уклали договір.", "uk", "довіра"),
    ("Йод у їжі.", "uk", "іод"),
    ("Мій дім.", "uk", "мии"),
    ("首脳会談が開かれた。", "ja", "談会"),
    ("会谈已经结束。", "zh", "结果"),
    ("人民会议开了。", "zh", "民会人"),
    ("조약을 체결했다.", "ko", "약조"),
]


@pytest.mark.parametrize(("text", "language", "typed"), OTHERS)
def test_a_word_that_is_another_is_not_found(text: str, language: str, typed: str) -> None:
    assert not vector_holds(text, language, typed)


def lexemes(typed: str) -> list[tuple[list[str], bool]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lexemes, prefix FROM search_lexemes(%s) ORDER BY place", [typed])
        return [(list(stems), bool(prefix)) for stems, prefix in cursor.fetchall()]


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("Jong-un", [(["jong"], False), (["un"], False)]),
        ("首脳会談", [(["首脳"], False), (["脳会"], False), (["会談"], False), ([], False)]),
        ("会談", [(["会談"], False), ([], False)]),
        ("談", [(["談"], True)]),
        ("AI時代", [(["ai"], False), (["時代"], False), ([], False)]),
        ("the", [([], False)]),
        ("и", [([], False)]),
        ("war", [(["war"], False)]),
        ("--", []),
        ("", []),
        ("\u200b", []),
        ("don’t", [([], False), ([], False)]),
        ("U.S.", [(["us"], False)]),
    ],
)
def test_a_typed_word_is_steps_with_their_lexemes(
    typed: str, steps: list[tuple[list[str], bool]]
) -> None:
    assert lexemes(typed) == steps


def test_a_typed_word_may_be_of_any_language() -> None:
    assert lexemes("договору") == [(["договор", "договору"], False)]
    assert "sancion" in lexemes("sanciones")[0][0]
    assert "sanction" in lexemes("sanctions")[0][0]


def places(text: str, language: str) -> dict[str, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stem, at FROM unnest(search_vector(%s, %s)) AS w (stem, at, weight)",
            [text, language],
        )
        return dict(cursor.fetchall())


def test_words_keep_their_order_whatever_their_script() -> None:
    found = places("Before 首脳会談 and after", "en")

    assert [found[one] for one in ("首脳", "脳会", "会談", "談")] == [[2], [3], [4], [5]]


def test_words_that_all_texts_hold_keep_their_place() -> None:
    found = places("War of the worlds", "en")

    assert (found["war"], found["world"]) == ([1], [4])


def test_what_is_hyphenated_stands_as_one_word_behind_the_other() -> None:
    assert places("well-known", "en") == places("well known", "en") != {}


@pytest.mark.parametrize(
    "odd",
    ["", " ", "\u0301", "’", "'''", "(((", "&|!<->", ":*", "\\", "a" * 3000, "𠀀𠀁", "👍🏽", "ﷺ", "\u202eabc", "e\u0301" * 50],
)  # fmt: skip
def test_odd_texts_are_taken(odd: str) -> None:
    with connection.cursor() as cursor:
        for language in ("en", "uk", "de", "xx", ""):
            cursor.execute("SELECT search_vector(%s, %s)", [odd, language])
        cursor.execute("SELECT search_text(%s), search_text(search_text(%s))", [odd, odd])
        once, twice = cursor.fetchone()
    assert once == once.strip()
    assert "  " not in once
    assert odd in {"𠀀𠀁"} or once == twice


@pytest.mark.parametrize("seed", range(8))
def test_plain_texts_are_written_as_all_others_are(seed: int) -> None:
    """English and Cyrillic letters are written by a shorter way, which an é closes."""
    chance = random.Random(seed)
    letters = "abz XYZ019  ,.-'\"`«»—–“”„’‘\t\nабвгдеёжзийщьяЁЙЯЄєІіЇїҐґЎў"
    texts = [
        "".join(chance.choices(letters[: chance.choice([24, 60])], k=chance.randint(0, 30)))
        for _ in range(300)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_text(text), search_text(text || ' é') FROM unnest(%s::text[]) AS text",
            [texts],
        )
        for plain, other in cursor.fetchall():
            assert f"{plain} e".strip() == other
