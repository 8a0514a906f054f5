"""What narrows a timeline, read from its address -> what is asked of the search."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from statements.search.asking import Query
from statements.search.kinds import Kind
from statements.search.lexed import Lexed
from statements.timeline.facets import BY_KEY, Facet
from statements.timeline.meanings import Meanings
from statements.timeline.numbering import months, numbers_of
from statements.timeline.values import ALL, CHECKED, UNDATED, Value

NOT = "not_"


@dataclass(frozen=True)
class Choice:
    """One value that an address names, wanted or left out."""

    facet: Facet
    value: Value
    unwanted: bool = False

    @property
    def key(self) -> str:
        """The key in addresses."""
        return f"{NOT}{self.facet.key}" if self.unwanted else self.facet.key


@dataclass(frozen=True)
class Narrowing:
    """Words, chosen values and days. A last day before the first is none."""

    words: Lexed | None = None
    choices: tuple[Choice, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def of_months_and_of_none(self) -> bool:
        """Whether it asks for months and for no month, which nothing can be of; the latter is
        not applied then."""
        months_wanted = [
            one.value
            for one in self.choices
            if one.facet.kind == Kind.MONTH and not one.unwanted
        ]
        return UNDATED in months_wanted and len(months_wanted) > 1

    @property
    def of_some_of_its_days(self) -> bool:
        """Whether of what was said on its days it asks for some alone, checked or not."""
        days = {Kind.MONTH, Kind.REVIEW}
        return self.words is not None or any(c.facet.kind not in days for c in self.choices)

    @property
    def applied(self) -> list[Choice]:
        """The choices that narrow, with what a public site is narrowed to unless asked."""
        idle = {ALL, UNDATED} if self.of_months_and_of_none else {ALL}
        choices = [one for one in self.choices if one.value not in idle]
        review = BY_KEY[Kind.REVIEW]
        if settings.PUBLIC_REVIEW and not any(
            one.facet == review and not one.unwanted for one in self.choices
        ):
            choices.append(Choice(review, CHECKED))
        return choices


@dataclass(frozen=True)
class Numbers:
    """The numbers of values that narrow, and of all months where statements of none are asked
    for."""

    of: Mapping[Value, int]
    months: frozenset[int]


def numbers_for(narrowings: Iterable[Narrowing], known: Meanings) -> Numbers:
    """The numbers for all of these, by at most one query for values and one for months."""
    values = {choice.value for one in narrowings for choice in one.applied}
    chosen = values - {UNDATED}
    return Numbers(
        numbers_of(chosen, known) if chosen else {},
        months() if UNDATED in values else frozenset(),
    )


def query_of(narrowing: Narrowing, numbers: Numbers) -> Query:
    """Which statements are asked for."""
    wanted: dict[Kind, set[int]] = defaultdict(set)
    unwanted: dict[Kind, set[int]] = defaultdict(set)
    first, last = narrowing.first, narrowing.last
    if first and last and last < first:
        last = None
    for choice in narrowing.applied:
        kind = choice.facet.kind
        if choice.value != UNDATED:
            (unwanted if choice.unwanted else wanted)[kind].add(numbers.of[choice.value])
        elif choice.unwanted:
            first = first or date.min
        else:
            unwanted[kind] |= numbers.months
    return Query(
        narrowing.words,
        {kind: frozenset(values) for kind, values in wanted.items()},
        {kind: frozenset(values) for kind, values in unwanted.items()},
        first,
        last,
    )
