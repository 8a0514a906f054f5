"""The entries of the search: when the database makes them, made anew, and compared with what
they should be.

The database makes an entry in the statement after which it is due. Where one transaction writes
much, it does so once for all at the end of `deferred`.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.db import OperationalError, connection, models, transaction

from sources.away import is_in_the_way
from sources.models import Source
from statements.models import Actor, Event, Provision, Speaker, Treaty
from statements.search.kinds import Kind

_AT_ONCE = 1000
_NAMED = 100
_ASIDE = 0.5  # seconds for others, before it is waited again
# Rows of the register are numbered when they are made, and not first when a statement has one.
_NUMBERED: dict[Kind, type[models.Model]] = {
    Kind.ACTOR: Actor,
    Kind.SPEAKER: Speaker,
    Kind.TREATY: Treaty,
    Kind.PROVISION: Provision,
    Kind.SOURCE: Source,
    Kind.EVENT: Event,
}
_UNNUMBERED = """
SELECT id::text FROM {table} WHERE NOT EXISTS (
  SELECT FROM statements_facetvalue WHERE kind = %(kind)s AND key = id::text) ORDER BY id
"""
_NUMBER = """
INSERT INTO statements_facetvalue (kind, key) SELECT %(kind)s, key FROM ({rows}) AS new (key)
ON CONFLICT DO NOTHING RETURNING key
"""
_KEYS = """
SELECT id FROM statements_statement WHERE id > %(after)s UNION
SELECT statement_id FROM statements_searchentry WHERE statement_id > %(after)s
 ORDER BY 1 LIMIT %(most)s
"""
# Whoever comes while it waits for those who have made entries waits behind it.
_ALONE = """
SET LOCAL lock_timeout TO '1s'; LOCK TABLE statements_searchturn IN SHARE ROW EXCLUSIVE MODE
"""
_WRONG = """
WITH valued AS MATERIALIZED (SELECT search_values(%(keys)s) AS found)
SELECT made.statement_id, said.public_id, kept.statement_id IS NULL
  FROM valued, search_entries(%(keys)s, valued.found) AS made
  LEFT JOIN statements_searchentry AS kept USING (statement_id)
  LEFT JOIN statements_statement AS said ON said.id = made.statement_id
 WHERE (kept.listed, kept.day, kept.last, kept.facets, kept.packed, kept.words)
   IS DISTINCT FROM (made.listed, made.day, made.last, made.facets, made.packed, made.words)
    OR made.statement_id IN (
      SELECT one.statement FROM unnest(valued.found) AS one
       WHERE NOT EXISTS (SELECT FROM statements_facetvalue AS known
                          WHERE known.kind = one.kind AND known.key = one.key))
 ORDER BY made.statement_id
"""

_deferring: ContextVar[bool] = ContextVar("deferring", default=False)


@contextmanager
def deferred() -> Iterator[None]:
    """One transaction, at the end of which the entries of all that it touched are made together.

    Until then they are as before. Within another such block it is a part of that one. They are
    made before the transaction seals its history: whoever seals must wait for nobody else.
    """
    with transaction.atomic():
        if _deferring.get():
            yield
            return
        _tell("DEFERRED")
        before = _deferring.set(True)
        try:
            yield
        finally:
            _deferring.reset(before)
        _tell("IMMEDIATE")


def put_off() -> None:
    """Make no entries before the transaction that is open ends; none at all if it is undone."""
    _tell("DEFERRED")


def _tell(when: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS statement_is_indexed {when}")


def rebuild(said: Callable[[int], None] = lambda done: None) -> int:
    """Make the entries of all statements anew, and write those that differ; return how many
    statements there are.

    Safe beside everything else: each thousand is a transaction of its own, which waits for those
    who have made entries, a second at a time, and lets others make theirs after it. `said` is
    told after each of them how many are done.
    """
    for kind, rows in _unnumbered():
        _asked(_NUMBER.format(rows=rows), kind=kind)
    done = 0
    for keys in _slices():
        while not _refreshed(keys):
            time.sleep(_ASIDE)
        done += len(keys)
        said(done)
    return done


def _refreshed(keys: list[int]) -> bool:
    """Make these entries anew; False when others that make entries have not ended in time."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ALONE)
            cursor.execute("SELECT search_refresh(%s)", [keys])
    except OperationalError as error:
        if connection.in_atomic_block or not is_in_the_way(error):
            raise
        return False
    return True


def wrong() -> list[str]:
    """Sentences about entries that are not what they should be, and about rows of the register
    by which nothing can be counted: the first hundred, and how many more there are."""
    found = _sentences()
    named = list(islice(found, _NAMED))
    more = sum(1 for _ in found)
    return named + ([f"the search: {more} more like these"] if more else [])


def _sentences() -> Iterator[str]:
    for kind, rows in _unnumbered():
        for (key,) in _asked(rows, kind=kind):
            yield (
                f"{kind} {key}: it has no number by which statements are counted; "
                "run rebuild_search"
            )
    for keys in _slices():
        for key, name, missing in _asked(_WRONG, keys=keys):
            what = "the search does not know it" if missing else "the search has it otherwise"
            yield f"statement {name or f'{key}, which is gone'}: {what}; run rebuild_search"


def _unnumbered() -> Iterator[tuple[str, str]]:
    """Each kind that has its rows in a table, and the query for those without a number."""
    for kind, model in _NUMBERED.items():
        yield kind.value, _UNNUMBERED.format(table=model._meta.db_table)


def _slices() -> Iterator[list[int]]:
    """The keys of all statements and of all entries, in order, by the thousand."""
    after = 0
    while found := _asked(_KEYS, after=after, most=_AT_ONCE):
        yield [key for (key,) in found]
        after = found[-1][0]


def _asked(sql: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
