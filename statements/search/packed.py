"""The search in SQL alone: exact, of all that is committed, and what the index is held against.

The database only finds the entries, in one pass; what it sends of each, its place and the numbers
of its values, is sorted and counted here. So a page costs what its matches cost, whatever the
planner believes: there is no ordered walk that may never find enough. For consistent numbers the
caller holds a transaction that reads one state.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from statements.models.search import FITTING
from statements.search.asking import RANKED, Answer, Part, Query
from statements.search.counts import Counts
from statements.search.kinds import Kind
from statements.search.kinds_of import kinds_of
from statements.search.lexing import tsquery
from statements.search.limits import keep_to_the_end
from statements.search.places import (
    SENT,
    newest_first,
    received,
    shown,
    statements_of,
    undated_of,
)
from statements.search.ranking import ranked

Numbers = npt.NDArray[np.int32]


def answer(query: Query, part: Part, kinds: Collection[Kind]) -> Answer:
    """Find the part and count the values of the kinds, each as if it were unset."""
    alike = [kind for kind in kinds if not query.sets(kind)]
    sent_places, sent_values = _sent(query, SENT, "packed" if alike else "''::bytea")
    places = received(sent_places)
    counts = _counts(sent_values, alike)
    undated = undated_of(places) if Kind.MONTH in alike else 0
    for kind in kinds:
        if kind in counts:
            continue
        if kind == Kind.MONTH:
            sent_others, values = _sent(query.without(kind), SENT, "packed")
            undated = undated_of(received(sent_others))
        else:
            (values,) = _sent(query.without(kind), "packed")
        counts |= _counts(values, [kind])
    if part.best:
        newest = statements_of(shown(places, Part(size=RANKED))[0])
        fitting = ranked(query.words, newest) if query.words and newest else newest
        start, end = part.skipped, min(len(places), RANKED)
        statements = fitting[start : start + part.size]
    else:
        on_page, start = shown(places, part)
        statements, end = statements_of(on_page), len(places)
    return Answer(
        total=len(places),
        statements=statements,
        first=start + 1,
        older=start + len(statements) < end,
        newer=start > 0,
        counts=counts,
        undated=undated,
    )


def all_statements(query: Query) -> Sequence[int]:
    """The primary keys of all that fit, newest first."""
    (places,) = _sent(query, SENT)
    return statements_of(newest_first(received(places)))


def how_many(query: Query) -> int:
    """The number of statements that fit."""
    return how_many_each([query])[0]


def how_many_each(queries: Sequence[Query]) -> list[int]:
    """The number of statements that fit each of some queries, by one of the database."""
    wheres = [_where(query) for query in queries]
    counts = ", ".join(
        f"(SELECT count(*) FROM statements_searchentry WHERE {where})" for where, _ in wheres
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [one for _, given in wheres for one in given])
        return list(cursor.fetchone())


def _sent(query: Query, *columns: str) -> list[bytes]:
    """These columns of all entries that fit, each one after the other, in any order.

    By COPY, as a query of Django's sends bytes as text, which takes longer than to find them.
    """
    found, parameters = _found(query)
    each = ", ".join(f"coalesce(string_agg({column}, ''), '')" for column in columns)
    asked = f"COPY (SELECT {each} FROM {found}) TO STDOUT (FORMAT BINARY)"
    with connection.wrap_database_errors, connection.cursor() as cursor:
        keep_to_the_end(cursor.cursor)
        # Where queries are logged, Django's cursor takes no parameters of a COPY.
        with cursor.copy(cursor.mogrify(asked, parameters)) as copy:
            copy.set_types(["bytea"] * len(columns))
            (row,) = copy.rows()
    return list(row)


def _found(query: Query) -> tuple[str, list[Any]]:
    """The entries that fit, as a table of a query, with its parameters.

    Where neither words nor values are asked for, the indexes hold all that is sent: of those
    entries whose values fit into the one, and, by another, of the few longer ones.
    """
    where, parameters = _where(query)
    entries = f"(SELECT day, statement_id, packed FROM statements_searchentry WHERE {where}"
    if query.words or any(query.wanted.values()) or any(query.unwanted.values()):
        return f"{entries}) AS found", parameters
    size = "octet_length(packed)"
    parts = f"{entries} AND {size} <= {FITTING}) UNION ALL {entries} AND {size} > {FITTING})"
    return f"({parts}) AS found", [*parameters, *parameters]


def _where(query: Query) -> tuple[str, list[Any]]:
    """The condition on an entry, with its parameters. A value that nobody has fits none."""
    where, parameters = ["listed"], list[Any]()
    if query.words is not None:
        where.append("words @@ %s::tsquery")
        parameters.append(tsquery(query.words))
    for values in filter(None, query.wanted.values()):
        where.append("facets && %s::int[]")
        parameters.append(sorted(values))
    if unwanted := sorted(frozenset().union(*query.unwanted.values())):
        where.append("NOT facets && %s::int[]")
        parameters.append(unwanted)
    if query.first is not None:
        where.append("last >= %s")
        parameters.append(query.first)
    if query.last is not None:
        where.append("day <= %s")
        parameters.append(query.last)
    return " AND ".join(where), parameters


def _counts(sent: bytes, kinds: Sequence[Kind]) -> dict[Kind, Counts]:
    """How often each value of these kinds is among the numbers that were sent."""
    if not kinds:
        return {}
    counts = np.bincount(np.frombuffer(sent, dtype=">i4"))
    numbers = np.flatnonzero(counts)
    which = kinds_of(numbers)
    counted = {}
    for kind in kinds:
        values = numbers[which == list(Kind).index(kind)]
        counted[kind] = Counts(values, counts[values])
    return counted
