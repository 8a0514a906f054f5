"""What a search means, in plain Python over values: what both engines are held against."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from statements.search.asking import Query
from statements.search.counts import Counts
from statements.search.kinds import Kind
from statements.search.lexed import Group, Leaf, Lexed, Step

# Each lexeme of a text, with the places at which it stands.
Places = Mapping[str, Collection[int]]


@dataclass(frozen=True)
class Entry:
    """What the search knows of one statement."""

    statement: int
    day: date | None
    last: date | None
    values: Mapping[Kind, frozenset[int]]
    words: Places
    listed: bool = True


def fits(entry: Entry, query: Query) -> bool:
    """Whether the statement is one of those asked for."""
    return (
        entry.listed
        and (query.words is None or holds(entry.words, query.words))
        and all(
            not wanted or entry.values.get(kind, frozenset()) & wanted
            for kind, wanted in query.wanted.items()
        )
        and not any(
            entry.values.get(kind, frozenset()) & unwanted
            for kind, unwanted in query.unwanted.items()
        )
        and (query.first is None or (entry.last is not None and entry.last >= query.first))
        and (query.last is None or (entry.day is not None and entry.day <= query.last))
    )


def place(entry: Entry) -> tuple[bool, date, int]:
    """By what statements are sorted, the newest being the largest."""
    return entry.day is not None, entry.day or date.min, entry.statement


def found(entries: Collection[Entry], query: Query) -> list[Entry]:
    """All that fit, newest first."""
    return sorted((one for one in entries if fits(one, query)), key=place, reverse=True)


def counted(entries: Collection[Entry], query: Query, kind: Kind) -> dict[int, int]:
    """How many statements each value yields, as if that kind were unset."""
    counts: dict[int, int] = {}
    for entry in found(entries, query.without(kind)):
        for value in entry.values.get(kind, frozenset()):
            counts[value] = counts.get(value, 0) + 1
    return counts


def counts_of(plain: Mapping[int, int]) -> Counts:
    """The same counts as the search has them."""
    values = sorted(plain)
    return Counts(
        np.array(values, np.int64), np.array([plain[one] for one in values], np.int64)
    )


def undated(entries: Collection[Entry], query: Query) -> int:
    """How many statements are of no day, as if no day or month were set."""
    return sum(one.day is None for one in found(entries, query.without(Kind.MONTH)))


def holds(text: Places, words: Lexed) -> bool:
    """Whether one of the groups fits the text."""
    return any(_group(text, group) for group in words.groups)


def _group(text: Places, group: Group) -> bool:
    return all(_leaf(text, leaf) for leaf in group.wanted) and not any(
        _leaf(text, leaf) for leaf in group.unwanted
    )


def _leaf(text: Places, leaf: Leaf) -> bool:
    steps = [(n, _where(text, step)) for n, step in enumerate(leaf.steps) if step.lexemes]
    if not leaf.phrase:
        return all(where for _, where in steps)
    starts = [{at - n for at in where} for n, where in steps]
    return bool(set.intersection(*starts))


def _where(text: Places, step: Step) -> set[int]:
    return {
        at
        for lexeme, places in text.items()
        for at in places
        if lexeme in step.besides
        or any(
            lexeme == one or (step.prefix and lexeme.startswith(one)) for one in step.lexemes
        )
    }
