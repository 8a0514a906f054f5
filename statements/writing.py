"""One writer of statements at a time, whether machine or person."""

from django.db import connection

# Any number will do, as long as nothing else in the program locks it.
_WRITING = 7_240_619
# As long as entries of the search wait for their turn.
PATIENCE = "10s"
_ALONE = """
SET LOCAL lock_timeout TO %s; SELECT pg_advisory_xact_lock(%s); SET LOCAL lock_timeout TO DEFAULT
"""


def write_alone() -> None:
    """Wait until nobody else writes statements, and keep others waiting to the transaction's end.

    Two outlets with the same words at the same moment make one statement, a decision never
    meets a half-recorded run, and nobody waits for somebody who waits for them. Raises
    `OperationalError` after ten seconds, for which `is_in_the_way` holds; nothing is written
    then, and the same can be done in a moment.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [PATIENCE, _WRITING])
