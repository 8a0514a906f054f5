"""Statements found as one line each."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements.models import Party
from statements.search.lexing import understand
from statements.search.rows import rows
from tests.factories import PartyFactory, StatementFactory

pytestmark = pytest.mark.django_db


def test_a_row_has_the_day_the_names_and_what_was_found() -> None:
    first = PartyFactory(speaker__name="Ada Example", statement__text="We keep the treaties.")
    other = StatementFactory(text="아무 말", language="ko", said_on=date(2024, 6, 19))
    other.translation, other.translation_language = "No treaty <b>at all</b>.", "en"
    other.save()
    PartyFactory(statement=other, speaker=None, name="A council")
    PartyFactory(statement=other, speaker=None, name="Them", role=Party.Role.ADDRESSEE)

    one, two = rows([other.pk, first.statement.pk], understand("treaty").words)

    assert (one.statement, one.day, one.names) == (
        other.pk,
        date(2024, 6, 19),
        ("A council",),
    )
    assert [(piece.text, piece.found) for piece in one.snippet] == [
        ("No ", False),
        ("treaty", True),
        (" <b>at all</b>.", False),
    ]
    assert two.names == ("Ada Example",)
    assert [piece.text for piece in two.snippet if piece.found] == ["treaties"]


def test_without_words_the_beginning_is_shown() -> None:
    statement = StatementFactory(text="Many words. " * 100)

    [row] = rows([statement.pk, -1], None)

    text = "".join(piece.text for piece in row.snippet)
    assert text.startswith("Many words. Many")
    assert len(text) <= 241


def test_all_rows_cost_one_query_once_their_words_are_known() -> None:
    keys = [StatementFactory(text=f"Treaty number {n}, trees and all.").pk for n in range(5)]
    words = understand("treaty").words
    rows(keys, words)

    with CaptureQueriesContext(connection) as queries:
        rows(keys, words)

    assert len(queries) == 1
