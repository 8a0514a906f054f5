"""Statements that the database plans once for a connection, and not each time anew."""

from typing import Any

import psycopg
from django.db import connection
from django.db.backends.postgresql.psycopg_any import register_tzloader
from django.db.backends.utils import CursorWrapper


class _Preparing(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **how: Any) -> "_Preparing":
        done = super().execute(query, params, **how | {"prepare": True})
        if connection.queries_logged:
            # Django logs this, and psycopg leaves it empty for such a cursor.
            self._query = self._convert_query(query, params)
        return done


def preparing_cursor() -> CursorWrapper:
    """A cursor that prepares what it is given to execute, to be closed as `connection.cursor()`.

    Worth it for a query whose plan takes as long as its rows. Values are bound by the server, so
    the types of parameters must be clear from the query. Needs `prepare_threshold` in the
    settings of the database, and a connection that no pooler gives to others in between.
    """
    connection.ensure_connection()
    cursor: Any = _Preparing(connection.connection)
    register_tzloader(connection.timezone, cursor)
    if connection.queries_logged:
        return connection.make_debug_cursor(cursor)
    return connection.make_cursor(cursor)
