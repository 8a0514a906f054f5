"""Typed words become lexemes as texts do, and any lexemes become a query of the database."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.search import lexing
from statements.search.lexed import Group, Leaf, Lexed, Step
from statements.search.lexing import Understood, tsquery, understand
from statements.search.words import MOST_NEGATIONS
from tests.statements.search.plain import holds

pytestmark = pytest.mark.django_db
anew = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexing, "_known", type(lexing._known)())


def leaf(line: str) -> Leaf:
    words = understand(line).words
    assert words is not None
    return words.groups[0].wanted[0]


def matches(words: Lexed, vector: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, tsquery(words)])
        (answer,) = cursor.fetchone()
        return bool(answer)


def vector(text: Iterable[str]) -> str:
    """A tsvector in which the lexemes follow each other."""
    places: dict[str, list[str]] = {}
    for number, lexeme in enumerate(text, start=1):
        places.setdefault(lexeme, []).append(str(number))
    return " ".join(
        "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "':" + ",".join(numbers)
        for lexeme, numbers in places.items()
    )


def test_a_word_is_any_of_its_stems() -> None:
    assert "treati" in leaf("treaties").steps[0].lexemes
    assert not leaf("treaties").phrase


def test_words_that_are_typed_as_one_follow_each_other() -> None:
    assert [step.lexemes[0] for step in leaf("Jong-un").steps] == ["jong", "un"]
    assert leaf("Jong-un").phrase


def test_a_run_stands_anywhere_unless_it_is_in_quotes() -> None:
    assert [step.lexemes for step in leaf("時事刊").steps] == [
        ("事刊",),
        ("时事", "時事"),
    ]
    assert not leaf("時事刊").phrase
    assert [step.lexemes for step in leaf("“時事刊”").steps] == [
        ("时事", "時事"),
        ("事刊",),
    ]
    assert leaf("“時事刊”").phrase


def test_a_korean_run_is_a_phrase_with_a_blank_anywhere() -> None:
    assert [step.lexemes for step in leaf("무기지원").steps] == [
        ("무", "무기"),
        ("기", "기지"),
        ("지원",),
    ]
    assert leaf("무기지원").phrase
    assert leaf("“무기지원”") == leaf("무기지원")
    assert not leaf("북한·러시아").phrase


def test_one_character_of_a_run_begins_a_pair() -> None:
    assert leaf("核").steps == (Step(("核",), prefix=True),)


def test_too_common_words_are_left_out_and_told() -> None:
    words = understand("treaty").words
    assert understand("the treaty OR the OR -the") == Understood(words, ("the",))
    assert understand("the") == Understood(None, ("the",))
    assert understand("") == Understood(None)


def test_signs_alone_are_no_condition_and_that_is_told() -> None:
    nothing = "There is no word in what was typed, so it narrows nothing."
    assert understand("?!") == Understood(None, advice=(nothing,))


def test_a_too_common_word_is_a_gap_in_a_phrase() -> None:
    (first, gap, last) = leaf('"entry into force"').steps

    assert (first.lexemes[0], gap.lexemes, last.lexemes[0]) == ("entri", (), "forc")
    assert len(leaf('"the entry into"').steps) == 1
    assert understand('"into the" war').left_out == ("into the",)


def test_a_star_stands_for_any_ending() -> None:
    assert leaf("sanct*").steps == (Step(("sanct",), prefix=True),)
    first, last = leaf('"war gam*"').steps
    assert (first.prefix, last.prefix) == (False, True)


def test_stems_that_are_shorter_than_what_begins_so_are_looked_for_besides() -> None:
    (step,) = leaf("universit*").steps
    assert (step.lexemes, "univers" in step.besides) == (("universit",), True)
    (step,) = leaf("Догово́рі*").steps
    assert (step.lexemes, "договор" in step.besides) == (("договорі",), True)


@pytest.mark.parametrize(
    ("typed", "begun"), [("the*", "the"), ("Ère*", "ere"), ("ещё*", "еще")]
)
def test_a_star_behind_a_word_that_is_too_common_stands_for_others(
    typed: str, begun: str
) -> None:
    assert [(step.lexemes, step.prefix) for step in leaf(typed).steps] == [((begun,), True)]


@pytest.mark.parametrize("typed", ["it’s*", "rock'n*", "x''*"])
def test_one_letter_is_no_beginning(typed: str) -> None:
    words = understand(typed).words
    assert words is None or not any(step.prefix for step in leaf(typed).steps)


def test_words_in_another_order_are_the_same_query() -> None:
    assert understand("war treaty -pact") == understand("treaty -pact war war")


def test_words_are_asked_of_the_database_once() -> None:
    with CaptureQueriesContext(connection) as asked:
        first = understand('invented "mutual words" OR -首脳 invent*')
        again = understand('invented "mutual words" OR -首脳 invent*')

    assert first == again
    assert len(asked) == 1


def test_only_the_last_words_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexing, "REMEMBERED", 3)
    for word in ("one", "alpha", "beta", "alpha", "gamma", "delta"):
        understand(word)

    assert list(lexing._known) == [("alpha", False), ("gamma", False), ("delta", False)]


LEXEMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=5
) | st.text("'\\:*<>&|!() \"", min_size=1, max_size=4)  # fmt: skip
FEW = st.sampled_from(["a", "ab", "abc", "b", "'", "\\", "a'b", "핵", "핵실"])


def lexed(lexemes: st.SearchStrategy[str]) -> st.SearchStrategy[Lexed]:
    some = st.lists(lexemes, min_size=1, max_size=3).map(tuple)
    step = st.builds(Step, some) | st.builds(Step, some, st.just(True), st.just(()) | some)
    gap = st.just(Step(()))
    inner = st.lists(step | gap, max_size=3)
    phrase = st.builds(lambda a, b, c: Leaf((a, *b, c), phrase=True), step, inner, step)
    loose = st.lists(step, min_size=1, max_size=3).map(lambda steps: Leaf(tuple(steps)))
    leaves = st.lists(phrase | loose, max_size=3).map(tuple)
    group = st.builds(Group, leaves, leaves).filter(lambda one: one.wanted or one.unwanted)
    return st.lists(group, min_size=1, max_size=3).map(lambda groups: Lexed(tuple(groups)))


@anew
@given(lexed(LEXEMES), st.lists(LEXEMES, max_size=6))
def test_any_lexemes_can_be_asked_for(words: Lexed, text: list[str]) -> None:
    places = {lexeme: [n for n, one in enumerate(text) if one == lexeme] for lexeme in text}

    assert matches(words, vector(text)) == holds(places, words)


@anew
@given(lexed(FEW), st.lists(FEW, max_size=8))
def test_a_query_means_what_it_says(words: Lexed, text: list[str]) -> None:
    places = {lexeme: [n for n, one in enumerate(text) if one == lexeme] for lexeme in text}

    assert matches(words, vector(text)) == holds(places, words)


# Words that are no stop words and their own stems, as the plain web search must find the same.
ITEMS = st.tuples(
    st.sampled_from(["", "", "", "-"]),
    st.sampled_from(["fog", "rain", "drum", '"fog rain"', '"rain fog drum"']),
)


@anew
@given(
    st.lists(st.one_of(ITEMS.map("".join), st.sampled_from(["or", "OR"])), max_size=8).filter(
        lambda line: sum(item.startswith("-") for item in line) <= MOST_NEGATIONS
    ),
    st.lists(st.sampled_from(["fog", "rain", "drum", "or"]), max_size=5),
)
def test_a_line_means_what_it_does_in_the_databases_own_search(
    line: list[str], text: list[str]
) -> None:
    words = understand(" ".join(line)).words
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('demarche', %s) @@ websearch_to_tsquery('demarche', %s)",
            [" ".join(text), " ".join(line)],
        )
        (expected,) = cursor.fetchone()
        cursor.execute("SELECT to_tsvector('demarche', %s)::text", [" ".join(text)])
        (document,) = cursor.fetchone()

    # Without a word the database finds nothing, and we leave the words out.
    assert (words is not None and matches(words, document)) == expected
