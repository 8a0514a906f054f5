"""How much room the search takes on disk, beside what it is made of."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection

Say = Callable[[str], object]
_SEARCH = (
    "statements_searchentry", "statements_facetvalue", "statements_searchbase",
    "statements_searchposting",
)  # fmt: skip
_OTHERS = (
    "statements_statement", "statements_party", "statements_attestation",
    "statements_position", "sources_snapshot", "history_change", "history_seal",
)  # fmt: skip
_TABLE = """
SELECT c.relname, pg_relation_size(c.oid), pg_indexes_size(c.oid), pg_total_relation_size(c.oid)
  FROM pg_class c WHERE c.relname = ANY (%s) ORDER BY array_position(%s, c.relname::text)
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_relation_size(i.indexrelid) FROM pg_index i
 WHERE i.indrelid = 'statements_searchentry'::regclass ORDER BY 2 DESC
"""


def say_sizes(say: Say, peers: dict[str, Path]) -> None:
    """Tables, the indexes of the search, the database, and the folders of the other engines."""
    with connection.cursor() as cursor:
        names = [*_SEARCH, *_OTHERS]
        cursor.execute(_TABLE, [names, names])
        for name, heap, indexes, total in cursor.fetchall():
            say(f"{name}: {_mb(total)} (rows {_mb(heap)}, indexes {_mb(indexes)})")
        cursor.execute(_INDEXES)
        for name, size in cursor.fetchall():
            say(f"  {name}: {_mb(size)}")
        cursor.execute("SELECT pg_database_size(current_database())")
        say(f"the whole database: {_mb(cursor.fetchone()[0])}")
    for name, folder in peers.items():
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        say(f"{name}: {_mb(size)}")


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
