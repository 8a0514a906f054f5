"""What has changed since the moment that an index is at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from statements.search.kinds import Kind
from statements.search.side.index import Index
from statements.search.side.moments import Moment
from statements.search.side.rows import UNDATED, Change

# The newest base, and whether the one that was started from is still there; the entries' file is
# another after they were restored, when what they say of their changes is of another time.
_BASE = """
SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NOT NULL,
       (SELECT max(generation) FROM statements_searchbase),
       EXISTS (SELECT FROM statements_searchbase WHERE generation = %(generation)s
                  AND moment = %(base_moment)s),
       pg_relation_filenode('statements_searchentry')
"""
# A row that a transaction wrote which the earlier moment does not see. Its number lies between
# the oldest that ran then and the first to come now.
_CHANGED = f"""
SELECT now.*, entry.* FROM ({_BASE}) AS now LEFT JOIN LATERAL (
  SELECT statement_id, listed, coalesce(day - DATE '0001-01-01' + 1, {UNDATED}),
         coalesce(last - DATE '0001-01-01' + 1, {UNDATED}), facets, words::text
    FROM statements_searchentry
   WHERE changed >= pg_snapshot_xmin(%(moment)s::pg_snapshot)::text::bigint
     AND changed < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
     AND NOT pg_visible_in_snapshot(changed::text::xid8, %(moment)s::pg_snapshot)
   LIMIT %(most)s
) AS entry ON true
"""


@dataclass(frozen=True)
class Now:
    """The moment of this transaction's snapshot, and what it sees of bases.

    `writing` says that the transaction has written something itself, which its snapshot does not
    tell. `newest` is the newest base, if there is any, and `kept` whether the one asked about is
    still there. `file` is another when the entries were restored, or the table was rewritten.
    """

    printed: str
    writing: bool
    newest: int | None
    kept: bool
    file: int

    @property
    def moment(self) -> Moment:
        """The moment as a value."""
        return Moment.parse(self.printed)


def look() -> Now:
    """Tell what this transaction sees."""
    with connection.cursor() as cursor:
        cursor.execute(_BASE, {"generation": None, "base_moment": None})
        return Now(*cursor.fetchone())


def changes_since(
    generation: int, base_moment: str, moment: str, most: int
) -> tuple[Now, list[Change]]:
    """Tell what this transaction sees, and which entries have changed since a moment that it
    sees, by one query; not more than `most` of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGED,
            {
                "generation": generation,
                "base_moment": base_moment,
                "moment": moment,
                "most": most,
            },
        )
        rows = cursor.fetchall()
    changes = [
        Change(statement, listed, day, last, tuple(facets), words.encode())
        for *_, statement, listed, day, last, facets, words in rows
        if statement is not None
    ]
    return Now(*rows[0][:5]), changes


def take_in(index: Index, changes: Sequence[Change]) -> None:
    """Let the index know of the changes, and of values that are new to it."""
    unknown = index.values.unknown(value for change in changes for value in change.facets)
    if unknown:
        index.values.tell(kinds_of(sorted(unknown)))
    for change in changes:
        index.change(change)


def kinds_of(numbers: Sequence[int] | None = None) -> dict[int, Kind]:
    """The kinds of these values, or of all."""
    condition = "" if numbers is None else "WHERE number = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, kind FROM statements_facetvalue {condition}",
            None if numbers is None else [list(numbers)],
        )
        return {number: Kind(kind) for number, kind in cursor.fetchall()}
