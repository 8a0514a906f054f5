"""What addresses and numbers were found to mean, kept as long as no row of theirs changes.

A page shows some hundred values by their names, which is a query each way: from addresses to rows
and numbers, and from the numbers that were counted back to names. Each process remembers both, up
to `REMEMBERED` values each way, in one `Meanings` that is handed on while one page is made: what a
page says is of one moment.

It is thrown away as a whole, and never mended, as soon as any row of `_TABLES` was written or
deleted. That is looked at once a page: `moment()` tells in two look-ups whether anything audited
has changed since, and only then `version_of` reads the register's tables, which most changes leave
as they are. Within a transaction, as those of editors and tests, rows are seen that others do not
see, and that may be taken back; so there only the moment counts. That something means nothing is
never remembered: new numbers are given to values without a change of the register.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from functools import cached_property, lru_cache
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

from history.moments import Moment, moment
from sources.models import Source
from statements.search.kinds import Kind
from statements.table_versions import Version, version_of
from statements.timeline.values import Value

# Of so many that were asked for last the meaning is kept, each way: some 10 MB.
REMEMBERED = 20_000

_TABLES = [
    "statements_actor",
    "statements_actorname",
    "statements_membership",
    "statements_speaker",
    "statements_speakername",
    "statements_treaty",
    "statements_provision",
    "statements_event",
    "sources_source",
]

Key = TypeVar("Key", bound=Hashable)
Meant = TypeVar("Meant")


class Remembered(Generic[Key, Meant]):
    """What some keys mean. That a key means nothing is not kept: it may, soon."""

    def __init__(self) -> None:
        self._known: OrderedDict[Key, Meant] = OrderedDict()
        self._lock = Lock()

    def known(self, keys: Iterable[Key]) -> dict[Key, Meant]:
        """Those of the keys whose meaning is remembered."""
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
            for key in found:
                self._known.move_to_end(key)
        return found

    def put(self, found: dict[Key, Meant]) -> None:
        """Remember more."""
        with self._lock:
            self._known.update(found)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)


class Meanings:
    """What was found since the register last changed: values by their numbers, numbers by their
    values, and values by how addresses write them."""

    def __init__(self) -> None:
        self.values: Remembered[int, Value] = Remembered()
        self.numbers: Remembered[Value, int] = Remembered()
        self.asked: Remembered[tuple[Kind, str], Value] = Remembered()

    @cached_property
    def has_sample(self) -> bool:
        """Whether a source is one of the sample newsroom."""
        return Source.objects.filter(sample=True).exists()


def meanings(now: Moment | None = None) -> Meanings:
    """What is known now, by one query; by two where anything has changed. `now` is the moment,
    where that was asked for already."""
    return _at(moment() if now is None else now)


@lru_cache(maxsize=1)
def _at(now: Moment) -> Meanings:
    # Two changes of one transaction have the same writer: within one, each moment is by itself.
    return Meanings() if connection.in_atomic_block else _of(version_of(_TABLES))


@lru_cache(maxsize=1)
def _of(version: Version) -> Meanings:
    return Meanings()
