"""What an address gives of facets -> the values that it chooses, and what nothing is called."""

from collections.abc import Callable
from dataclasses import dataclass

from statements.search.kinds import Kind
from statements.timeline import asked
from statements.timeline.facets import BY_KEY, Facet
from statements.timeline.given import Given
from statements.timeline.meanings import Meanings
from statements.timeline.narrowing import NOT, Choice
from statements.timeline.values import ALL, UNDATED, Value

MOST_VALUES = 50  # of one facet


@dataclass(frozen=True)
class Unknown:
    """A value that nothing is called, under the key of the address and its label."""

    key: str
    label: str
    value: str


def choose(given: Given, known: Callable[[], Meanings]) -> tuple[list[Choice], list[Unknown]]:
    """The choices, in the order of the facets, and the values that are none. Values of one entry
    are one value. `known` is asked for only where a facet is given."""
    choices: list[Choice] = []
    unknown: list[Unknown] = []
    for facet in BY_KEY.values():
        named = {
            key: values[:MOST_VALUES]
            for key in (facet.key, f"{NOT}{facet.key}")
            if (values := given.get(key))
        }
        every = [one for values in named.values() for one in values]
        if not every:
            continue
        found = asked.find(facet.kind, every, known())
        if facet.kind == Kind.MONTH:
            found |= {one: UNDATED for one in every if one.lower() == UNDATED.address}
        for key, values in named.items():
            own, left = _chosen(facet, key, values, found)
            choices += own
            unknown += left
    return choices, unknown


def _chosen(
    facet: Facet, key: str, given: list[str], found: dict[str, Value]
) -> tuple[list[Choice], list[Unknown]]:
    unwanted = key != facet.key
    if facet.kind == Kind.REVIEW and not unwanted:
        found = found | {one: ALL for one in given if one.lower() == ALL.address}
    label = f"{facet.label} left out" if unwanted else facet.label
    values = list(dict.fromkeys(found[one] for one in given if one in found))
    if ALL in values:
        values = [ALL]
    return (
        [Choice(facet, value, unwanted) for value in values],
        [Unknown(key, label, one) for one in given if one not in found],
    )
