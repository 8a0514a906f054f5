"""Statements that the database plans once for a connection, and not each time anew."""

from typing import Any

import psycopg
from django.db import connection
from django.db.backends.postgresql.psycopg_any import register_tzloader
from django.db.backends.utils import CursorWrapper


class _Preparing(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **how: Any) -> "_Preparing":
        return super().execute(query, params, **how | {"prepare": True})

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        # Where Django looks for what was executed, to log it; this cursor notes it for many alone.
        self._query = super()._convert_query(query, params)
        return self._query


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
