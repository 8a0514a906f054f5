"""How long a search may take."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

SECONDS = 2


class TooBroad(Exception):
    """A search took too long; the message says what to do."""


@contextmanager
def limited() -> Iterator[None]:
    """Let no query in the block run longer than two seconds; the database cancels it then.

    Raises `TooBroad` when it had to.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"]
                )
            yield
    except OperationalError as error:
        if "statement timeout" not in str(error):
            raise
        raise TooBroad("This search is too broad: add a word or a filter.") from error
