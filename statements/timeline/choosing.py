"""What an address gives of facets -> the values that it chooses, and what nothing is called."""

from collections.abc import Callable
from dataclasses import dataclass, field

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


@dataclass
class Chosen:
    """The choices in the order of the facets, the values that are none, and, under their keys,
    the addresses of values beyond `MOST_VALUES`."""

    choices: list[Choice] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    too_many: Given = field(default_factory=dict)


def choose(given: Given, known: Callable[[], Meanings]) -> Chosen:
    """What is chosen. Values of one entry are one value. `known` is asked for only where a facet
    is given."""
    chosen = Chosen()
    for facet in BY_KEY.values():
        named = {
            key: values
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
            _choose_as(chosen, facet, key, values, found)
    return chosen


def _choose_as(
    chosen: Chosen, facet: Facet, key: str, given: list[str], found: dict[str, Value]
) -> None:
    unwanted = key != facet.key
    if facet.kind == Kind.REVIEW and not unwanted:
        found = found | {one: ALL for one in given if one.lower() == ALL.address}
    label = f"{facet.label} left out" if unwanted else facet.label
    chosen.unknown += [Unknown(key, label, one) for one in given if one not in found]
    values = list(dict.fromkeys(found[one] for one in given if one in found))
    if ALL in values:
        values = [ALL]
    if len(values) > MOST_VALUES:
        # The same of them in whatever order and by whatever names they are given.
        values.sort(key=lambda one: one.address)
    chosen.choices += [Choice(facet, value, unwanted) for value in values[:MOST_VALUES]]
    chosen.too_many[key] = [one.address for one in values[MOST_VALUES:]]
