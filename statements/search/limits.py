"""How long a search may take."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

SECONDS = 2

_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "
# To compile a query, or to share it among processes, takes longer than to run it, and the other
# processors have readers of their own. With less memory the database forgets which entries of a
# page it found, and looks at all of them.
_PLANNED = (
    "SET LOCAL jit TO off; SET LOCAL max_parallel_workers_per_gather TO 0; "
    "SET LOCAL work_mem TO '64MB'; "
)


class TooBroad(Exception):
    """A search took too long; the message says what to do."""


@contextmanager
def limited() -> Iterator[None]:
    """Let no query in the block run longer than two seconds; the database cancels it then.

    All of them read one state of the database, and only read, unless the block is within
    another transaction. Raises `TooBroad` when a query had to be cancelled.
    """
    own = not connection.in_atomic_block
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    (_ONE_STATE if own else "")
                    + _PLANNED
                    + f"SET LOCAL statement_timeout TO '{SECONDS}s'"
                )
            yield
    except OperationalError as error:
        if "statement timeout" not in str(error):
            raise
        raise TooBroad("This search is too broad: add a word or a filter.") from error
