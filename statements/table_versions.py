"""Whether tables have changed, for values that are kept as long as they have not."""

from collections.abc import Iterable

from django.db import connection

Version = tuple[tuple[int, int], ...]


def version_of(tables: Iterable[str]) -> Version:
    """Return what changes whenever a row of these tables is written or deleted, in one query.

    It is each table's number of rows and the sum of their writing transactions: the newest
    alone would hide one that began before it and ended after it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT count(*), coalesce(sum(xmin::text::bigint), 0) FROM {table}"
                for table in tables
            )
        )
        return tuple((int(count), int(writer)) for count, writer in cursor.fetchall())
