"""Whether every row of an audited table is as its record says, and every record follows another."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db import connection

from history.auditing import Audit
from history.guards import audits

# How many rows of one table are named, when many do not stand.
_NAMED = 100

# Columns may be added or dropped by migrations, which are no change of a row: only those that
# both sides have are compared.
_DIFFERING = """
(SELECT array_agg(now.key ORDER BY now.key) FROM jsonb_each({now}) AS now
  WHERE {was} ? now.key AND {was} -> now.key IS DISTINCT FROM now.value)
"""
_LIVE = """
WITH last AS (
  SELECT DISTINCT ON (key) key, id, operation, after FROM history_change
   WHERE "table" = %s ORDER BY key, id DESC
), live AS (
  SELECT t.id::text AS key, history_shown(to_jsonb(t), %s::text[], %s::text[]) AS line
    FROM {table} t
), beside AS (
  SELECT coalesce(live.key, last.key) AS key, last.id, last.operation, live.line, last.after
    FROM live FULL JOIN last ON last.key = live.key
   WHERE live.line IS DISTINCT FROM last.after
)
SELECT key, id, operation, line IS NOT NULL,
       CASE WHEN line IS NOT NULL AND after IS NOT NULL THEN {differing} END
  FROM beside ORDER BY length(key), key
"""
_FOLLOWING = """
WITH pair AS (
  SELECT id, "table", key, operation, before,
         lag(after) OVER one AS left_as, lag(id) OVER one AS earlier
    FROM history_change WINDOW one AS (PARTITION BY "table", key ORDER BY id)
), differing AS (
  SELECT id, "table", key, operation, earlier, before, left_as FROM pair
   WHERE (earlier IS NOT NULL OR operation = 'update' AND "table" = ANY(%s))
     AND before IS DISTINCT FROM left_as AND operation <> 'baseline'
)
SELECT id, "table", key, earlier,
       CASE WHEN before IS NOT NULL AND left_as IS NOT NULL THEN {differing} ELSE '{{}}' END
  FROM differing ORDER BY id
"""


def contradictions() -> Iterator[str]:
    """Yield a sentence for each row that is not as its last change left it, that has no record
    or is gone without one, and for each change that does not begin where the last one ended."""
    whole = audits()
    for audit in whole:
        yield from _named(_live(audit), audit.table)
    yield from _not_following([one.table for one in whole if one.records_insertions])


def _live(audit: Audit) -> Iterator[str]:
    """Sentences about the rows of one table that their records contradict."""
    hidden, masked = audit.arguments[2:]
    sql = _LIVE.format(
        table=connection.ops.quote_name(audit.table),
        differing=_DIFFERING.format(now="line", was="after"),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [audit.table, hidden, masked])
        for key, change, operation, stands, columns in cursor:
            row = f"{audit.table} {key}"
            if change is None:
                if audit.records_insertions:
                    yield f"{row}: the row has no record"
            elif not stands:
                yield f"{row}: the row is gone; change {change} left it ({operation})"
            elif operation == "delete":
                yield f"{row}: the row is there; change {change} deleted it"
            elif columns:
                yield f"{row}: {', '.join(columns)} not as change {change} left it"


def _not_following(whole: list[str]) -> Iterator[str]:
    sql = _FOLLOWING.format(differing=_DIFFERING.format(now="before", was="left_as"))
    with connection.cursor() as cursor:
        cursor.execute(sql, [whole])
        found = [
            (table, f"change {change} of {table} {key}: {_before_it(earlier, columns)}")
            for change, table, key, earlier, columns in cursor
            if columns is not None
        ]
    found.sort(key=lambda one: one[0])
    for table, sentences in groupby(found, key=lambda one: one[0]):
        yield from _named((sentence for _, sentence in sentences), table)


def _before_it(earlier: int | None, columns: list[str]) -> str:
    if earlier is None:
        return "the record of the row before it is missing"
    what = ", ".join(columns) or "the row"
    return f"{what} before it not as change {earlier} left it"


def _named(sentences: Iterable[str], table: str) -> Iterator[str]:
    more = 0
    for count, sentence in enumerate(sentences):
        if count < _NAMED:
            yield sentence
        else:
            more += 1
    if more:
        yield f"{table}: {more} more like these"
