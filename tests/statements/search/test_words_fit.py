"""No text is so long or so strange that its words do not fit into an entry."""

import random
from collections.abc import Callable

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.models import Party, SearchEntry, Statement
from statements.search.entries import wrong
from tests.factories import (
    ActorFactory,
    PartyFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

LENGTH = 80_000
MOST = 1024 * 1024 - 1  # bytes of words and places that PostgreSQL takes

draw = random.Random(7)


def rare_han(length: int) -> str:
    """Characters of four bytes, of which nearly each pair is another."""
    return "".join(chr(draw.randrange(0x20000, 0x2A6D0)) for _ in range(length))


def hangul(length: int) -> str:
    return "".join(chr(draw.randrange(0xAC00, 0xD7A3)) for _ in range(length))


def tangut(length: int) -> str:
    """Words of two letters of four bytes, which no blank but ours parts."""
    letters = [chr(code) for code in range(0x17000, 0x187F0)]
    return " ".join("".join(draw.choices(letters, k=2)) for _ in range(length // 3))


def squares(length: int) -> str:
    """Characters that are written out as six, each between two that make rare pairs."""
    signs = [chr(code) for code in range(0x3300, 0x3358)]
    return "".join(draw.choice(signs) + rare_han(1) for _ in range(length // 2))


def dandas(length: int) -> str:
    """Words that no blank parts, but a mark of their own script."""
    letters = [chr(code) for code in range(0x0915, 0x0939)]
    return "\u0964".join("".join(draw.choices(letters, k=3)) for _ in range(length // 4))


SCRIPTS = [rare_han, hangul, tangut, squares, dandas]


def size(statement: Statement) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_size(words || '') - 4 * length(words) FROM statements_searchentry"
            " WHERE statement_id = %s",
            [statement.pk],
        )
        return int(cursor.fetchone()[0])


def holds(statement: Statement, word: str) -> bool:
    """Whether its entry has a word, or the first pair of a run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT words @@ phraseto_tsquery('demarche', split_part(search_text(%s), ' ', 1))"
            " FROM statements_searchentry WHERE statement_id = %s",
            [word, statement.pk],
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("script", "language"),
    [*((one, "en") for one in SCRIPTS), (rare_han, "uk"), (tangut, "de")],
)
def test_a_text_of_any_script_is_found_by_its_first_words_and_by_its_names(
    script: Callable[[int], str], language: str
) -> None:
    text, translation = script(LENGTH + 20), script(LENGTH)
    statement = StatementFactory(
        text=text, language=language, translation=translation, translation_language="en"
    )
    PartyFactory(statement=statement, name="Ada Example")

    # Three letters are the first word of dandas, two a pair or a word of the others.
    first = 3 if script is dandas else 2
    assert holds(statement, text[:first])
    assert holds(statement, translation[:first])
    assert holds(statement, "Example")
    assert size(statement) <= MOST
    assert wrong() == []


def test_two_hundred_names_of_rare_characters_leave_room_for_the_texts() -> None:
    statement = StatementFactory(
        text=f"Grain {rare_han(LENGTH)}",
        translation=rare_han(LENGTH),
        translation_language="en",
    )
    actor = ActorFactory()
    names: list[dict[str, str]] = [
        {column: rare_han(300) for column in ("name", "printed", "printed_office")}
        for _ in range(80)
    ]
    Party.objects.bulk_create(
        Party(statement=statement, actor=actor, role="target", order=order, **columns)
        for order, columns in enumerate(names)
    )

    assert holds(statement, "grain")
    assert holds(statement, statement.translation)
    assert holds(statement, min(name for columns in names for name in columns.values()))
    assert size(statement) <= MOST
    assert wrong() == []
    Statement.objects.update(place="Zenda", text="Nothing is left of it.")
    assert holds(statement, "left")


def test_what_is_left_out_is_what_comes_last() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_first(to_tsvector('demarche', %s), 22)::text",
            ["grain ships salt grain rye"],
        )
        assert cursor.fetchone() == ("'grain':1,4 'ship':2",)


def test_a_word_that_is_too_long_is_no_word() -> None:
    statement = StatementFactory(text=f"Grain {'x' * 5000} {'𗀀' * 3000} rye")

    assert holds(statement, "grain")
    assert holds(statement, "rye")
    assert not holds(statement, "x" * 5000)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400))
def test_an_entry_is_made_of_any_characters(characters: list[str]) -> None:
    """In any order, so that hardly a word comes twice."""
    text = "".join(draw.choices([one for one in characters if one != "\0"] or ["a"], k=LENGTH))
    statement = StatementFactory(text=text, translation=text[::-1], translation_language="uk")

    assert size(statement) <= MOST
    SearchEntry.objects.filter(statement=statement.pk).delete()
    statement.delete()
