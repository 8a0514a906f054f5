"""A Celery worker whose own clock is wrong by FAULT_CLOCK seconds: `-m tests.faults.shifted …`.

All Python code that asks the time after this has been imported gets the wrong one.
"""

import datetime
import os
import sys
import time
from typing import Any, Self

# These hold on to the true classes, which C code makes and which must stay known to them.
import kombu  # noqa: F401
import psycopg  # noqa: F401

_true_time = time.time
_true_datetime = datetime.datetime
_true_date = datetime.date


class _LikeTheTrue(type):
    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, cls.__mro__[1])


class _Datetime(_true_datetime, metaclass=_LikeTheTrue):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Self:
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls) -> Self:
        return cls.now(datetime.UTC).replace(tzinfo=None)


class _Date(_true_date, metaclass=_LikeTheTrue):
    @classmethod
    def today(cls) -> Self:
        return cls.fromtimestamp(time.time())


def shift(seconds: float) -> None:
    """Set the clock of this process wrong."""
    time.time = lambda: _true_time() + seconds
    datetime.datetime = _Datetime  # type: ignore[misc]
    datetime.date = _Date  # type: ignore[misc]


if __name__ == "__main__":
    shift(float(os.environ["FAULT_CLOCK"]))
    from celery.__main__ import main

    sys.argv[0] = "celery"
    main()
