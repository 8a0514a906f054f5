"""How long a search may take."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import ceil
from time import monotonic
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg import ClientCursor, Cursor
from psycopg.errors import QueryCanceled

SECONDS = 2
# A query that begins so much later than the one before has its time cut by as much.
_EXACT = 0.1

_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "
# To compile a query, or to share it among processes, takes longer than to run it, and the other
# processors have readers of their own. With less memory the database forgets which entries of a
# page it found, and looks at all of them.
_PLANNED = (
    "SET LOCAL jit TO off; SET LOCAL max_parallel_workers_per_gather TO 0; "
    "SET LOCAL work_mem TO '64MB'; "
)
_LIMIT = "SET LOCAL statement_timeout TO {}"  # milliseconds

# How many seconds the searches have left that have them together.
_left: ContextVar[float | None] = ContextVar("_left", default=None)


class TooBroad(Exception):
    """A search took too long; the message says what to do."""

    def __init__(self) -> None:
        super().__init__("This search is too broad: add a word or a filter.")


@contextmanager
def together() -> Iterator[None]:
    """Let all blocks of `limited` in this one take no longer than one; what is done between them
    takes none of their time."""
    before = _left.set(SECONDS)
    try:
        yield
    finally:
        _left.reset(before)


@contextmanager
def limited() -> Iterator[None]:
    """Let the queries in the block take no longer than two seconds together, or than blocks
    before it have left of them; the database cancels the one that runs then, and later ones are
    not begun.

    All of them read one state of the database, and only read, unless the block is within
    another transaction, which gets its time back and is planned as before. What says so to the
    database travels with the first query. Raises `TooBroad` when they took longer.
    """
    own = not connection.in_atomic_block
    left = _left.get()
    end = _End(SECONDS if left is None else left, _ONE_STATE + _PLANNED if own else "")
    try:
        with transaction.atomic():
            with connection.execute_wrapper(end):
                yield
            if not own:
                with connection.cursor() as cursor:
                    cursor.execute(_LIMIT.format("DEFAULT"))
    except OperationalError as error:
        # Somebody else may have cancelled it, or the query itself says so, in time.
        if not isinstance(error.__cause__, QueryCanceled) or end.left() > 0:
            raise
        raise TooBroad from error
    finally:
        if left is not None:
            _left.set(end.left())


def keep_to_the_end(cursor: Cursor[Any]) -> None:
    """Let what the cursor does next, past Django, end with the block of `limited` that it is in."""
    for wrapper in connection.execute_wrappers:
        if isinstance(wrapper, _End):
            wrapper.keep(cursor)


class _End:
    """The moment at which a block ends, kept by each query in it."""

    def __init__(self, seconds: float, settings: str) -> None:
        """`settings` are statements to be run before the first query, with its limit."""
        self._at = monotonic() + seconds
        self._settings = settings
        self._limited_at = 0.0

    def left(self) -> float:
        """The seconds until then."""
        return self._at - monotonic()

    def keep(self, cursor: Cursor[Any]) -> None:
        """Limit the next query of a cursor."""
        if before := self._before():
            with cursor.connection.cursor() as other:
                other.execute(before)

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        cursor = context["cursor"].cursor
        if many or not isinstance(cursor, ClientCursor):
            # What the server binds or prepares comes alone.
            self.keep(cursor)
            return execute(sql, params, many, context)
        before = self._before()
        done = execute(f"{before}; {sql}" if before else sql, params, many, context)
        if before:
            # The results of the settings come first.
            while cursor.nextset():
                pass
        return done

    def _before(self) -> str:
        """What is to be run before a query that begins now; '' where the limit set last is near
        enough. Raises `TooBroad` when it is too late for any."""
        if monotonic() - self._limited_at <= _EXACT * SECONDS:
            return ""
        left = self.left()
        if left <= 0:
            raise TooBroad
        self._limited_at = monotonic()
        settings, self._settings = self._settings, ""
        # Rounded down, the database might cancel a query while some of its time is left.
        return settings + _LIMIT.format(ceil(left * 1000))
