"""How long a search may take."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

SECONDS = 2

_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "
_AT_MOST = f"SET LOCAL statement_timeout TO '{SECONDS}s'"


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
                cursor.execute((_ONE_STATE if own else "") + _AT_MOST)
            yield
    except OperationalError as error:
        if "statement timeout" not in str(error):
            raise
        raise TooBroad("This search is too broad: add a word or a filter.") from error
