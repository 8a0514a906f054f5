"""Who acts, told to the database, so that its triggers can write it down."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import connection, transaction


@dataclass(frozen=True)
class _Deed:
    who: str = ""
    who_id: int | None = None
    why: str = ""
    act: str | None = None


_NOBODY = _Deed()
_current: ContextVar[_Deed] = ContextVar("deed", default=_NOBODY)


@contextmanager
def acting(by: User, why: str = "") -> Iterator[None]:
    """Record changes within the block as done by `by`, and why.

    Within another block of the same person the changes stay part of the same deed; `why` is
    added where the outer block gives none.
    """
    outer = _current.get()
    if outer.who_id == by.pk:
        deed = replace(outer, why=why or outer.why)
    else:
        deed = _Deed(by.get_username(), by.pk, why, str(uuid4()))
    # Within a transaction a failure must take the setting back with all else.
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        _tell(deed)
        token = _current.set(deed)
        try:
            yield
        except BaseException:
            _current.reset(token)
            if not connection.in_atomic_block:
                _tell(outer)
            raise
        _current.reset(token)
        _tell(outer)


def current_act() -> str | None:
    """The deed that changes are recorded under just now; None where the program acts alone."""
    return _current.get().act


def _tell(deed: _Deed) -> None:
    """Set what the triggers read: to the end of the transaction, or of the connection."""
    said = json.dumps(asdict(deed)) if deed.who else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('demarche.acting', %s, %s)", [said, connection.in_atomic_block]
        )
