"""What is asked -> what is found: by the index of this process, else by the database."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from contextlib import suppress
from threading import Lock
from typing import TypeVar

from django.db import connection

from statements.search import packed
from statements.search.asking import Answer, Part, Query, Values
from statements.search.kinds import Kind
from statements.search.limits import limited
from statements.search.side.asking_back import Moved
from statements.search.side.holding import HOLDER, Held
from statements.search.side.index import Doubtful

Found = TypeVar("Found")

# Answers are kept, until any entry changes, as long as they hold so many counts: some 20 MB.
KEPT = 200_000
_EACH = 100


def find(query: Query, part: Part, kinds: Collection[Kind]) -> Answer:
    """Total, one part, and the counts of these kinds. Raises `TooBroad`.

    All of it is of one moment, and never of an earlier one than that of the call: whatever was
    committed before is found.
    """
    asked = (_key(query), part, frozenset(kinds))
    return _found(
        lambda held: _kept(
            (held.version, asked),
            lambda: held.index.answer(query, part, kinds, held.database),
        ),
        lambda moment: _kept(
            moment and (moment, asked), lambda: packed.answer(query, part, kinds)
        ),
    )


def all_statements(query: Query) -> Sequence[int]:
    """The primary keys of all that fit, newest first. Raises `TooBroad`."""
    return _found(
        lambda held: held.index.statements(query, held.database),
        lambda _: packed.all_statements(query),
    )


def how_many(query: Query) -> int:
    """How many fit. Raises `TooBroad`."""
    return how_many_each([query])[0]


def how_many_each(queries: Sequence[Query]) -> list[int]:
    """How many fit each, all of one moment, within the time of one search. Raises `TooBroad`."""
    if not queries:
        return []
    return _found(
        lambda held: held.index.totals(queries, held.database),
        lambda _: packed.how_many_each(queries),
    )


def _found(by_index: Callable[[Held], Found], by_sql: Callable[[str | None], Found]) -> Found:
    """What the index finds, or else what SQL does, which is told the moment that it sees.

    At first the index answers for the moment that it is at, mostly from memory alone; else it
    catches up to that of a transaction, and answers what it asks of the database there.
    """
    fresh = not connection.in_atomic_block
    behind = not fresh
    if fresh:
        try:
            with suppress(Doubtful), HOLDER.at_once() as held:
                if held is not None:
                    return by_index(held)
        except Moved:
            behind = True
    with limited():
        if behind:
            with suppress(Moved, Doubtful), HOLDER.at_hand(fresh=fresh) as held:
                if held is not None:
                    return by_index(held)
        return by_sql(HOLDER.without() if fresh else None)


class _Answers:
    """The answers given last, with as many counts as `KEPT`."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def known(self, asked: Hashable) -> Answer | None:
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return self._kept.get(asked)

    def keep(self, asked: Hashable, answer: Answer) -> None:
        with self._lock:
            if asked not in self._kept:
                self._kept[asked] = answer
                self._size += _size(answer)
            while self._size > KEPT:
                _, gone = self._kept.popitem(last=False)
                self._size -= _size(gone)


_answers = _Answers()


def _kept(asked: Hashable, answer: Callable[[], Answer]) -> Answer:
    if asked is None:
        return answer()
    found = _answers.known(asked)
    if found is None:
        found = answer()
        _answers.keep(asked, found)
    return found


def _size(answer: Answer) -> int:
    return _EACH + sum(map(len, answer.counts.values()))


def _key(query: Query) -> Hashable:
    return query.words, _values(query.wanted), _values(query.unwanted), query.first, query.last


def _values(values: Values) -> Hashable:
    return frozenset((kind, numbers) for kind, numbers in values.items() if numbers)
