"""One writer of statements at a time, whether machine or person."""

from django.db import connection

# Any number will do, as long as nothing else in the program locks it.
_WRITING = 7_240_619


def write_alone() -> None:
    """Wait until nobody else writes statements, and keep others waiting to the transaction's end.

    Two outlets with the same words at the same moment make one statement, a decision never
    meets a half-recorded run, and nobody waits for somebody who waits for them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITING])
