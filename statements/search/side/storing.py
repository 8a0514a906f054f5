"""A base in the database: built from the entries, and read again by each web process."""

from collections.abc import Iterator
from contextlib import closing
from itertools import chain

import numpy as np
from django.db import connection, transaction

from statements.models import SearchBase
from statements.search.side.building import Building
from statements.search.side.catching_up import kinds_of
from statements.search.side.index import Index
from statements.search.side.loading import load
from statements.search.side.rows import (
    LAYOUT,
    UNDATED,
    UNREADABLE,
    Measure,
    Part,
    Piece,
    Rows,
)

# Who builds keeps others from it by this number, which nothing else in the program locks.
_BUILDING = 7_240_631
# So many entries are worked on at once: some 100 MB.
AT_ONCE = 5_000

# Keys alone are sorted: with their words a million entries would be a file of a gigabyte.
_IN_ORDER = """
SELECT statement_id FROM statements_searchentry WHERE listed
 ORDER BY day NULLS FIRST, statement_id
"""
_ENTRIES = f"""
SELECT statement_id, coalesce(day - DATE '0001-01-01' + 1, {UNDATED}),
       coalesce(last - DATE '0001-01-01' + 1, {UNDATED}), packed, convert_to(words::text, 'UTF8')
  FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked (one, place)
  JOIN statements_searchentry ON statement_id = one ORDER BY place
"""
# Where a base can be used: the numbers of transactions mean nothing in another database.
_CLUSTER = """
SELECT (SELECT system_identifier FROM pg_control_system()) || ':' || oid
  FROM pg_database WHERE datname = current_database()
"""


class Unreadable(Exception):
    """A base that should be readable lacks pieces, or has others: `generation` says which one."""

    def __init__(self, generation: int, why: Exception) -> None:
        super().__init__(f"base {generation}: {why!r}")
        self.generation = generation


def build() -> SearchBase | None:
    """Build a base of the entries as they are now; None when somebody else is building one.

    Earlier ones stay until `tidy`, as web processes may read of them still.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_BUILDING])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT pg_current_snapshot()::text")
        moment = cursor.fetchone()[0]
        with closing(Building(kinds_of())) as building:
            for rows in _entries():
                building.add(rows)
            measure = building.measure()
            base = SearchBase.objects.create(
                layout=LAYOUT,
                cluster=cluster(),
                moment=moment,
                documents=measure.documents,
                position_bits=measure.position_bits,
            )
            _write(base.generation, chain(building.pieces(), building.words()))
        return base


def tidy() -> None:
    """Forget all bases but the newest, and their pieces.

    Asked each minute, so pieces are looked for by their key: there may be a million of them.
    """
    newest = SearchBase.objects.first()
    if newest is None:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        SearchBase.objects.filter(generation__lt=newest.generation).delete()
        cursor.execute(
            "DELETE FROM statements_searchposting WHERE generation < %s", [newest.generation]
        )


def cluster() -> str:
    """By which name this database knows itself; a copy of it elsewhere has another."""
    with connection.cursor() as cursor:
        cursor.execute(_CLUSTER)
        return str(cursor.fetchone()[0])


def usable() -> SearchBase | None:
    """The newest base, if it was built here and by this program's layout."""
    newest = SearchBase.objects.first()
    if newest is None or newest.layout != LAYOUT or newest.cluster != cluster():
        return None
    return newest


def read(base: SearchBase) -> Index:
    """Load the index as of the base's moment. Raises `Unreadable`."""
    measure = Measure(base.documents, base.position_bits)
    try:
        return load(measure, _pieces(base.generation), kinds_of())
    except (LookupError, TypeError, ValueError) as error:
        raise Unreadable(base.generation, error) from error


def give_up(generation: int) -> None:
    """Say of a base that it cannot be read: no process tries it again, and a new one is due."""
    SearchBase.objects.filter(generation=generation).update(layout=UNREADABLE)


def _entries() -> Iterator[Rows]:
    with connection.connection.cursor("search_order", binary=True) as keys:
        keys.execute(_IN_ORDER)
        while some := keys.fetchmany(AT_ONCE):
            with connection.connection.cursor("search_entries", binary=True) as cursor:
                cursor.execute(_ENTRIES, [[key for (key,) in some]])
                rows = cursor.fetchall()
            statements, days, lasts, facets, words = zip(*rows, strict=True)
            yield Rows(
                np.array(statements, np.int64),
                np.array(days, np.int32),
                np.array(lasts, np.int32),
                list(facets),
                list(words),
            )


def _write(generation: int, pieces: Iterator[Piece]) -> None:
    with (
        connection.wrap_database_errors,
        connection.connection.cursor() as cursor,
        cursor.copy(
            "COPY statements_searchposting (generation, part, key, documents, positions)"
            " FROM STDIN (FORMAT BINARY)"
        ) as copy,
    ):
        copy.set_types(["int8", "text", "text", "bytea", "bytea"])
        for piece in pieces:
            copy.write_row(
                (generation, piece.part, piece.key, piece.documents, piece.positions)
            )


def _pieces(generation: int) -> Iterator[Piece]:
    """All pieces of a base that are kept in memory."""
    with (
        connection.wrap_database_errors,
        connection.connection.cursor("search_pieces", binary=True) as cursor,
    ):
        cursor.itersize = 50
        cursor.execute(
            "SELECT part, key, documents, positions FROM statements_searchposting"
            " WHERE generation = %s AND part = ANY(%s)",
            [generation, [Part.COLUMN, Part.LONG, Part.VALUE, Part.WORD]],
        )
        for row in cursor:
            yield Piece(*row)
