"""What is measured of ours: a line of words and a form's choices -> total, counts, and the
statements of the page with the words marked in them, but for its HTML."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from config.bench.search.asked import KINDS, Asked
from config.bench.search.found import Found, of_answer
from statements.cards.reading import cards
from statements.search import finding, lexing, packed
from statements.search.asking import Answer, Part, Query
from statements.search.kinds import Kind
from statements.search.limits import limited
from statements.search.shown import marked
from statements.search.side.holding import HOLDER
from statements.search.snippets import snippet

_Find = Callable[[Query, Part, Collection[Kind]], Answer]


def by_index(asked: Asked) -> Found:
    """By the function that the pages call."""
    return _answered(asked, finding.find)


def by_sql(asked: Asked) -> Found:
    """By SQL alone, which is what the index is held against."""
    return _answered(asked, _limited)


def _limited(query: Query, part: Part, kinds: Collection[Kind]) -> Answer:
    with limited():
        return packed.answer(query, part, kinds)


def _answered(asked: Asked, how: _Find) -> Found:
    """The words are read anew each time; what the choices mean, and the moment of which they
    mean it, are taken from the form."""
    lexing.understand(asked.words)
    answer = how(asked.query, asked.part, KINDS)
    marker, shown = marked(asked.query.words, cards(answer.statements), asked.form.moment)
    for one in shown:
        snippet(one.text, marker.places(one.text, one.language))
    return of_answer(answer)


def warm() -> float | None:
    """Load the newest base into this process; return the seconds it took, or None when there is
    none that this version of the program can use."""
    HOLDER.forget()
    began = time.perf_counter()
    there = HOLDER.warm()
    return time.perf_counter() - began if there else None


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Within the block give no answer of before again, and read each word anew."""
    before = finding.KEPT, lexing.REMEMBERED
    finding.KEPT, lexing.REMEMBERED = 0, 0
    try:
        yield
    finally:
        finding.KEPT, lexing.REMEMBERED = before
