"""What of a text is marked are the words by which the index found it, and no others."""

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from statements.search.cutting import Words, beginnings_of, begins_like
from statements.search.known_words import key_of, lexemes_of
from statements.search.lexing import understand
from statements.search.marking import Marker
from tests.statements.search.texts import texts

pytestmark = pytest.mark.django_db


def marked(line: str, text: str, language: str = "en") -> list[str]:
    """The places marked in a text by a search for a line."""
    return [text[a:b] for a, b in Marker(understand(line).words).places(text, language)]


@pytest.mark.parametrize(
    ("line", "text", "language", "found"),
    [
        ("treaty", "The treaties of 1961 treat it; Treaty!", "en", ["treaties", "Treaty"]),
        ("jong-un", "Kim Jong Un and Kim Jong-un", "en", ["Jong Un", "Jong-un"]),
        ("договоры", "О договоре и договорах", "ru", ["договоре", "договорах"]),
        ("санкція", "Санкції та санкціями", "uk", ["Санкції", "санкціями"]),
        ("kriege", "Die Kriege enden", "de", ["Kriege"]),
        ("orban", "Orbán said", "en", ["Orbán"]),
        ("обєкт", "об’єкт", "uk", ["об’єкт"]),
        ("cooperation", "Coop\u00adera\u00adtion now", "en", ["Coop\u00adera\u00adtion"]),
        ("首脳会談", "日本の首脳会談は", "ja", ["首脳会談"]),
        ("首脳会談", "首脳と会談", "ja", ["首脳", "会談"]),
        ('"首脳会談"', "首脳と会談、首脳会談。", "ja", ["首脳会談"]),
        ("国", "中国と国", "zh", ["国", "国"]),
        ("ｶﾞｽ", "ガスと石油", "ja", ["ガス"]),
        ("ガ", "ｶﾞｽと石油", "ja", ["ｶﾞ"]),
        ('"mutual aid"', "aid, mutual help, mutual aid", "en", ["mutual aid"]),
        ('"mutual aid for all of us"', "aid mutual aid", "en", []),
        ('"without the delay"', "without a delay and without delay", "en", ["without a delay"]),
        ("sanct*", "Sanctions sanctify; sandy", "en", ["Sanctions", "sanctify"]),
        ("war -peace", "war and peace", "en", ["war"]),
        ("war OR peace", "war and peace", "en", ["war", "peace"]),
        ("3.5", "3,5 and 35", "en", ["3,5"]),
        ("US", "U.S. ships, U.S.-led, the U.S", "en", ["U.S.", "U.S.", "U.S"]),
        ("u.s.", "The US, “U.S.” é us", "en", ["US", "U.S.", "us"]),
        ("s u", "U.S. and s.u.x", "en", []),
        ("the", "the war", "en", []),
        ("", "the war", "en", []),
    ],
)  # fmt: skip
def test_the_words_that_are_found_are_marked(
    line: str, text: str, language: str, found: list[str]
) -> None:
    assert marked(line, text, language) == found


def indexed(text: str, language: str) -> list[tuple[int, str]]:
    """The lexemes that the index has of a text, with their places, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, unnest(positions) FROM unnest(search_vector(%s, %s))",
            [text, language],
        )
        return sorted((place, lexeme) for lexeme, place in cursor.fetchall())


def cut(text: str, language: str) -> list[tuple[int, str]]:
    """The same, as a text is cut to be marked."""
    cutting = Words(text)
    words = list(cutting.following())
    for word in words:
        start, end = cutting.place(word.start, word.end)
        assert 0 <= start < end <= len(text)
    known = lexemes_of(key_of(word.text, language) for word in words if not word.pair)
    places = [
        one
        for word in words
        for one in ([{word.text}] if word.pair else known[key_of(word.text, language)])
    ]
    return [(n, lexeme) for n, one in enumerate(places, 1) for lexeme in sorted(one)]


LANGUAGES = st.sampled_from(["en", "ru", "uk", "de", "ja", ""])


@settings(max_examples=300, deadline=None)
@given(texts(strange=False), LANGUAGES)
def test_texts_are_cut_into_the_words_of_the_index(text: str, language: str) -> None:
    assert cut(text, language) == indexed(text, language)


# Signs that one of the two takes for letters may take up a place, and have no lexeme in either.
@settings(max_examples=300, deadline=None)
@given(texts(strange=True), LANGUAGES)
@example("\ufada and \U0002a6e0", "en")
def test_so_are_texts_of_any_signs(text: str, language: str) -> None:
    assert [one for _, one in cut(text, language)] == [
        one for _, one in indexed(text, language)
    ]


@settings(max_examples=300, deadline=None)
@given(
    texts(strange=True),
    st.frozensets(st.sampled_from(["", *"atcjzk1оадї", "tr", "su", "ki", "ab", "me", "19"])),
)
def test_those_that_begin_with_letters_are_found_without_the_others(
    text: str, beginnings: frozenset[str]
) -> None:
    words = Words(text)

    assert list(words.begun_by(beginnings)) == [
        word
        for word in words.following()
        if not word.pair and begins_like(word.begin, beginnings)
    ]


@settings(max_examples=300, deadline=None)
@given(texts(strange=True), LANGUAGES)
def test_words_begin_like_their_lexemes(text: str, language: str) -> None:
    words = [word for word in Words(text).following() if not word.pair]
    known = lexemes_of(key_of(word.text, language) for word in words)
    for word in words:
        # Rare marks part words in the database alone.
        for lexeme in known[key_of(word.text, language)][0]:
            beginnings = frozenset({"", *beginnings_of(lexeme)})
            assert begins_like(word.begin, beginnings), (word, lexeme)


@pytest.mark.parametrize(
    ("word", "language"),
    [("dying", "en"), ("lies", "en"), ("ugly", "en"), ("skies", "en"), ("Aerzte", "de"),
     ("Uebung", "de"), ("Oel", "de"), ("ties", "en"), ("é", "fr"), ("aïeul", "fr"), ("уехал", "ru"),
     ("ніч", "uk"), ("ночі", "uk"), ("ies", "en"), ("Ægypten", "de")],
)  # fmt: skip
def test_so_do_words_of_which_stems_change_much(word: str, language: str) -> None:
    assert marked(word, f"{word}, {word.upper()}!", language) == [word, word.upper()]


@settings(max_examples=300, deadline=None)
@given(texts(strange=True), st.frozensets(st.sampled_from("首脳会談の김정国")))
def test_so_are_pairs(text: str, characters: frozenset[str]) -> None:
    words = Words(text)

    assert sorted(words.pairs_begun_by(characters)) == [
        word for word in words.following() if word.pair and word.text[0] in characters
    ]


@settings(max_examples=100, deadline=None)
@given(texts(strange=True), st.data())
def test_from_any_word_the_same_words_follow(text: str, data: st.DataObject) -> None:
    words = list(Words(text).following())
    first = data.draw(st.integers(0, max(len(words) - 1, 0)))
    start = words[first].start if words else 0

    assert list(Words(text).following(start)) == words[first:]


def test_a_phrase_may_hold_pairs_and_signs_that_stand_for_others() -> None:
    assert marked('"４ articles"', "第4条、 ４ articles ④", "en") == ["４ articles"]
    assert marked('"首脳会談 summit"', "首脳会談 summit", "ja") == ["首脳会談 summit"]
