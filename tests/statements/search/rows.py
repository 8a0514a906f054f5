"""Invented entries as rows of the database, past the statements that they would be of."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from statements.search.kinds import Kind
from tests.statements.search.invented import NUMBERS
from tests.statements.search.plain import Entry


def number_values() -> None:
    """Give the values of invented entries the kinds that they have there."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM statements_facetvalue")
        cursor.executemany(
            "INSERT INTO statements_facetvalue (number, kind, key) VALUES (%s, %s, %s)",
            [(n, kind, str(n)) for kind in Kind for n in NUMBERS[kind]],
        )


def write(entries: Iterable[Entry]) -> None:
    """Make these the entries of their statements, as the triggers would."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO statements_searchentry"
            " (statement_id, changed, listed, day, last, facets, packed, words)"
            " VALUES (%s, pg_current_xact_id()::text::bigint, %s, %s, %s, %s::int[],"
            "  (SELECT coalesce(string_agg(int4send(n), ''), '') FROM unnest(%s::int[]) AS n),"
            "  %s::tsvector)"
            " ON CONFLICT (statement_id) DO UPDATE SET changed = excluded.changed,"
            "  listed = excluded.listed, day = excluded.day, last = excluded.last,"
            "  facets = excluded.facets, packed = excluded.packed, words = excluded.words",
            [_row(entry) for entry in entries],
        )


def _row(entry: Entry) -> tuple[Any, ...]:
    facets = sorted({value for values in entry.values.values() for value in values})
    if not entry.listed:
        return entry.statement, False, None, None, [], [], ""
    return (
        entry.statement, True, entry.day, entry.last, facets, facets, printed(entry).decode(),
    )  # fmt: skip


def printed(entry: Entry) -> bytes:
    """The words as PostgreSQL prints a vector."""
    return " ".join(
        "'{}':{}".format(
            lexeme.replace("\\", "\\\\").replace("'", "''"), ",".join(map(str, sorted(places)))
        )
        for lexeme, places in sorted(entry.words.items())
    ).encode()
