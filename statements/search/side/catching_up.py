"""What has changed since the moment that an index is at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from statements.search.kinds import Kind
from statements.search.side.index import Index
from statements.search.side.moments import Moment
from statements.search.side.rows import UNDATED, Change

# The entries' file is another after they were restored, when what they say of their changes is of
# another time.
_NOW = """
SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NOT NULL,
       pg_relation_filenode('statements_searchentry'),
       (SELECT array_agg(generation::text || ' ' || moment) FROM statements_searchbase)
"""
_ENTRIES = f"""
SELECT statement_id, listed, coalesce(day - DATE '0001-01-01' + 1, {UNDATED}),
       coalesce(last - DATE '0001-01-01' + 1, {UNDATED}), facets, words::text
  FROM statements_searchentry
"""


@dataclass(frozen=True)
class Now:
    """The moment of this transaction's snapshot, and what it sees of bases.

    `writing` says that the transaction has written something itself, which its snapshot does not
    tell. `file` is another when the entries were restored, or their table written anew. `bases` are
    the moments of all bases by their generation.
    """

    printed: str
    writing: bool
    file: int
    bases: Mapping[int, str]

    @property
    def moment(self) -> Moment:
        """The moment as a value."""
        return Moment.parse(self.printed)

    @property
    def newest(self) -> int | None:
        """The newest base, if there is any."""
        return max(self.bases, default=None)


def _now(printed: str, writing: bool, file: int, bases: Sequence[str] | None) -> Now:
    """Of what one row tells."""
    told = (base.split(" ", 1) for base in bases or ())
    return Now(printed, writing, file, {int(generation): moment for generation, moment in told})


def look() -> Now:
    """Tell what this transaction sees."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        return _now(*cursor.fetchone())


def printed_now() -> str:
    """The moment of this transaction's snapshot alone. Two that are the same see the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def changes_since(moment: Moment, most: int) -> tuple[Now, list[Change]]:
    """Tell what this transaction sees, and which entries have changed since a moment that it
    sees, by one query; if they are more than `most`, some more than these."""
    entries, parameters = changed_since(moment, _ENTRIES, most + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT now.*, entry.* FROM ({_NOW}) AS now"
            f" LEFT JOIN LATERAL ({entries}) AS entry ON true",
            parameters,
        )
        rows = cursor.fetchall()
    changes = [
        Change(statement, listed, day, last, tuple(facets), words.encode())
        for *_, statement, listed, day, last, facets, words in rows
        if statement is not None
    ]
    return _now(*rows[0][:4]), changes


def changed_since(moment: Moment, entries: str, most: int) -> tuple[str, list[Any]]:
    """The query, with its parameters, of those entries that a transaction wrote which the moment
    does not see: it had not begun, or was running. Of each sort only so many.

    One transaction that runs for hours costs nothing, however much others write meanwhile.
    """
    later, parameters = f"({entries} WHERE changed >= %s LIMIT %s)", [moment.next, most]
    if not moment.running:
        return later, parameters
    running = f"({entries} WHERE changed = ANY(%s) LIMIT %s)"
    return f"{later} UNION ALL {running}", [*parameters, sorted(moment.running), most]


def take_in(index: Index, changes: Sequence[Change]) -> None:
    """Let the index know of the changes, and of values that are new to it."""
    unknown = index.values.unknown(value for change in changes for value in change.facets)
    if unknown:
        index.values.tell(kinds_of(sorted(unknown)))
    index.change(changes)


def kinds_of(numbers: Sequence[int] | None = None) -> dict[int, Kind]:
    """The kinds of these values, or of all."""
    condition = "" if numbers is None else "WHERE number = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, kind FROM statements_facetvalue {condition}",
            None if numbers is None else [list(numbers)],
        )
        return {number: Kind(kind) for number, kind in cursor.fetchall()}
