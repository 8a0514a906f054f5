"""What lexemes begin with, among many that are sorted."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

# Whoever types more letters than these asks for few words.
LONGEST = 12
# No character comes behind this one.
LAST = "\U0010ffff"


def begun_by(lexemes: Sequence[str], begin: str) -> Sequence[str]:
    """Those of the sorted lexemes that begin so.

    >>> begun_by(["act", "pact", "pacts", "part"], "pac")
    ['pact', 'pacts']
    """
    first = bisect_left(lexemes, begin)
    return lexemes[first : bisect_left(lexemes, begin + LAST, first)]


def beginnings(lexemes: Sequence[str], many: int) -> Iterator[tuple[str, int, int]]:
    """What more than so many of the sorted lexemes begin with, at which of them these start, and
    before which they end.

    >>> sorted(beginnings(["act", "pact", "pacts", "part"], many=1))
    [('p', 1, 4), ('pa', 1, 4), ('pac', 1, 3), ('pact', 1, 3)]
    """
    waiting = [("", 0, len(lexemes))]
    while waiting:
        begin, at, end = waiting.pop()
        if begin:
            yield begin, at, end
            # The word that is no longer than that stands first.
            at += lexemes[at] == begin
        while at < end and len(begin) < LONGEST:
            longer = lexemes[at][: len(begin) + 1]
            stop = bisect_left(lexemes, longer + LAST, at, end)
            if stop - at > many:
                waiting.append((longer, at, stop))
            at = stop
