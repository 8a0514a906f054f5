"""The values that the page offers of each facet, with how many statements each yields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from statements.search.asking import NOBODY
from statements.search.counts import Counts
from statements.search.kinds import Kind
from statements.timeline.facets import Facet
from statements.timeline.form import TimelineForm
from statements.timeline.narrowing import NOT
from statements.timeline.numbering import values_of
from statements.timeline.values import ALL, UNDATED, Value, listed

# Values before «more», behind it, and so many of the most that are looked at for both.
FIRST, REST, RANKED = 8, 12, 40

Meanings = Mapping[int, Value]


@dataclass(frozen=True)
class Option:
    """One value of a facet: how many statements have it when the facet is unset, and whether the
    form asks for it or leaves it out. What is asked for is not left out as well, nor back."""

    value: Value
    count: int
    chosen: bool
    unwanted: bool
    form: TimelineForm = field(repr=False, compare=False)
    facet: Facet = field(repr=False, compare=False)

    @property
    def toggled(self) -> str:
        """The query string that asks for it, or no longer."""
        return self._address(None if self.chosen else self.facet.key)

    @property
    def left_out(self) -> str:
        """The query string that leaves it out, or no longer."""
        if self.chosen or self.unwanted:
            return self._address(None if self.unwanted else f"{NOT}{self.facet.key}")
        return self.form.address_with(f"{NOT}{self.facet.key}", self.value.address)

    def _address(self, under: str | None) -> str:
        """The query string with the value under this key alone, or nowhere."""
        mine = self.value.address
        said = {
            key: [one for one in self.form.said.get(key, []) if one != mine]
            for key in (self.facet.key, f"{NOT}{self.facet.key}")
        }
        if under is not None:
            said[under].append(mine)
        return self.form.address(**said)


@dataclass(frozen=True)
class Offered:
    """The options of a facet: the first, those behind «more», the groups, and how many values
    there are in all."""

    facet: Facet
    first: list[Option]
    rest: list[Option]
    groups: list[Option]
    values: int

    @property
    def chosen(self) -> bool:
        """Whether the address says anything of the facet."""
        return any(one.chosen or one.unwanted for one in self.first)

    @property
    def noted(self) -> bool:
        """Whether what is to be known of its groups matters here."""
        return bool(self.groups) or any(one.value.group for one in self.first)

    @property
    def hidden(self) -> bool:
        """Whether there are values that are not offered here."""
        return self.values > len(self.first) + len(self.rest) + len(self.groups)


def looked_at(facets: Iterable[Facet], counts: Mapping[Kind, Counts]) -> set[int]:
    """The numbers whose meaning the page needs."""
    return {number for facet in facets for number in counts[facet.kind].most(RANKED)}


def offered(form: TimelineForm, facet: Facet, counts: Counts, meanings: Meanings) -> Offered:
    """What the page offers of a facet. Chosen values are always among the first, and so are all
    of a kind that has a list of them, also those that no statement has."""
    most = counts.most(RANKED).items()
    found = {meanings[number]: count for number, count in most if number in meanings}
    closed = listed(facet.kind)
    for value in (*_picked(form, facet), *closed):
        found.setdefault(value, counts.get(form.numbers.of.get(value, NOBODY), 0))
    found |= _all_of(facet, counts)
    options = in_order(facet, _options(form, facet, found))
    picked = [one for one in options if one.chosen or one.unwanted]
    groups = [one for one in options if one.value.group and one not in picked]
    plain = [one for one in options if one not in picked and not one.value.group]
    whole = [one for one in plain if not one.value.part]
    room = len(options) if closed else max(FIRST - len(picked), 0)
    first = in_order(facet, [*picked, *whole[:room]])
    shown = set(map(id, first))
    rest = [one for one in plain if id(one) not in shown]
    return Offered(
        facet,
        first,
        [] if facet.folded else rest[:REST],
        [] if facet.folded else groups[:FIRST],
        len(counts)
        + len({form.numbers.of.get(one.value, NOBODY) for one in picked} - counts.keys()),
    )


def every_option(form: TimelineForm, facet: Facet, counts: Counts) -> list[Option]:
    """All values of a facet that statements have, the address names or a list has. Months lead to
    what was said in them, on whatever days, as they are counted."""
    if facet.kind == Kind.MONTH:
        form = form.without_days()
    meanings = values_of(counts, form.known)
    found = {meanings[number]: n for number, n in counts.items() if number in meanings}
    for value in (*_picked(form, facet), *listed(facet.kind)):
        found.setdefault(value, 0)
    found |= _all_of(facet, counts)
    return in_order(facet, _options(form, facet, found))


def _picked(form: TimelineForm, facet: Facet) -> list[Value]:
    """What the address wants of a facet or leaves out."""
    picked = [*form.chosen(facet), *form.chosen(facet, unwanted=True)]
    return [one for one in picked if one not in (ALL, UNDATED)]


def _all_of(facet: Facet, counts: Counts) -> dict[Value, int]:
    """What a public site is widened by: a statement is judged or not in one way only."""
    widens = facet.kind == Kind.REVIEW and settings.PUBLIC_REVIEW
    return {ALL: sum(counts.values())} if widens else {}


def _options(form: TimelineForm, facet: Facet, found: Mapping[Value, int]) -> list[Option]:
    """The values as the form has them."""
    wanted = form.narrowed_to(facet)
    unwanted = form.chosen(facet, unwanted=True)
    return [
        Option(value, count, value in wanted, value in unwanted, form, facet)
        for value, count in found.items()
    ]


def in_order(facet: Facet, options: list[Option]) -> list[Option]:
    """The most first, or by the scale; months by time, the newest first."""
    if facet.scale:
        keys = [*(value.key for value in listed(facet.kind)), ALL.key]
        return sorted(options, key=lambda one: keys.index(one.value.key))
    if facet.kind == Kind.MONTH:
        return sorted(options, key=lambda one: one.value.key, reverse=True)
    return sorted(options, key=lambda one: (-one.count, one.value.label.casefold()))
