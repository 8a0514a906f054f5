"""What is asked -> what is found: by the index of this process, else by the database."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from django.db import connection

from statements.search import packed
from statements.search.asking import Answer, Part, Query, Values
from statements.search.kinds import Kind
from statements.search.limits import limited
from statements.search.side.holding import HOLDER, Seen

# Answers are kept, until any entry changes, as long as they hold so many counts: some 20 MB.
KEPT = 200_000
_EACH = 100


def find(query: Query, part: Part, kinds: Collection[Kind]) -> Answer:
    """Total, one part, and the counts of these kinds. Raises `TooBroad`.

    All of it is of one moment, and never of an earlier one than that of the call: whatever was
    committed before is found.
    """
    with seen() as (state, key):
        asked = key and (key, _key(query), part, frozenset(kinds))
        if state.held is None:
            return _kept(asked, lambda: packed.answer(query, part, kinds))
        held = state.held
        return _kept(asked, lambda: held.index.answer(query, part, kinds, held.database))


def all_statements(query: Query) -> Sequence[int]:
    """The primary keys of all that fit, newest first. Raises `TooBroad`."""
    with seen() as (state, _):
        if state.held is None:
            return packed.all_statements(query)
        return state.held.index.statements(query, state.held.database)


def how_many(query: Query) -> int:
    """How many fit. Raises `TooBroad`."""
    return how_many_each([query])[0]


def how_many_each(queries: Sequence[Query]) -> list[int]:
    """How many fit each, all of one moment, within the time of one search. Raises `TooBroad`."""
    if not queries:
        return []
    with seen() as (state, _):
        if state.held is None:
            return packed.how_many_each(queries)
        return state.held.index.totals(queries, state.held.database)


@contextmanager
def seen() -> Iterator[tuple[Seen, Hashable]]:
    """What a transaction for one search sees, and the state of the data that answers may be
    kept by; None when they may not, as within a transaction that others have begun."""
    fresh = not connection.in_atomic_block
    with limited(), HOLDER.at_hand(fresh=fresh) as state:
        if state.held is not None:
            yield state, state.held.version
        else:
            yield state, state.now.printed if fresh else None


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
