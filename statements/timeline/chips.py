"""What narrows the timeline, in words, each with the way to take it away."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from statements.search.finding import how_many_each
from statements.search.limits import TooBroad
from statements.timeline.form import MOST_VALUES, TimelineForm
from statements.timeline.narrowing import Narrowing, numbers_for, query_of

# Of so many filters an empty page says how many statements there were without each.
_COUNTED = 12


@dataclass(frozen=True)
class Chip:
    """One filter: its words, the query string without it, and what is asked for then; None where
    one more value of a key that has too many would take its place."""

    label: str
    address: str
    without: Narrowing | None = field(repr=False)
    of_words: bool = False

    @property
    def named(self) -> str:
        """The label as a name within a sentence; words are in quotation marks as they are."""
        return self.label if self.of_words else f"«{self.label}»"


def chips(form: TimelineForm) -> list[Chip]:
    """The filters that the address names, in the order of the form."""
    return list(_chips(form))


def title_of(form: TimelineForm) -> str:
    """The list in a few words: what narrows it, in the order of the form."""
    narrowed = ", ".join(chip.label for chip in _chips(form))
    return f"Statements: {narrowed}" if narrowed else "Statements"


def without_each(
    form: TimelineForm, *more: Narrowing
) -> tuple[list[tuple[Chip, int | None]], list[int | None]]:
    """How many statements there were without each filter, and by what else is asked, by one
    search for all; None for filters beyond the twelfth, and for all where they are too many to
    count."""
    every = chips(form)
    counted = {chip: chip.without for chip in every[:_COUNTED] if chip.without is not None}
    asked = [*counted.values(), *more]
    numbers = numbers_for(asked, form.known)
    try:
        found = how_many_each([query_of(one, numbers) for one in asked])
    except TooBroad:
        return [(chip, None) for chip in every], [None for _ in more]
    counts = dict(zip(counted, found[: len(counted)], strict=True))
    return [(chip, counts.get(chip)) for chip in every], [*found[len(counted) :]]


@dataclass(frozen=True)
class WayOn:
    """What an empty page leads to instead: in words, by which query string, and to how many
    statements; None where they were not counted."""

    label: str
    address: str
    count: int | None


def ways_on(form: TimelineForm) -> list[WayOn]:
    """What there is without one of the filters; where each alone leads to nothing, without all
    of them but the words. Nothing that leads to another empty page."""
    each, (left,) = without_each(form, Narrowing(words=form.narrowing.words))
    found = [
        WayOn(f"Without {chip.named}", chip.address, count)
        for chip, count in each
        if count != 0
    ]
    if any(way.count for way in found) or not (form.choices or form.days_set) or not left:
        return found
    keys = {*(choice.key for choice in form.choices), "from", "to"}
    everything = WayOn("Without all filters", form.address(**{key: [] for key in keys}), left)
    return [*found, everything]


def _chips(form: TimelineForm) -> Iterator[Chip]:
    whole = form.narrowing
    if form.words:
        yield Chip(
            f"“{form.words}”",
            form.address(q=[], sort=[], spell=[]),
            replace(whole, words=None),
            of_words=True,
        )
    for choice in form.choices:
        label = f"not {choice.value.label}" if choice.unwanted else choice.value.heading
        others = tuple(one for one in form.choices if one != choice)
        yield Chip(
            label,
            form.toggled(choice.key, choice.value.address),
            replace(whole, choices=others)
            if len(form.given.get(choice.key, [])) <= MOST_VALUES
            else None,
        )
    for key, without in (
        ("from", replace(whole, first=None)),
        ("to", replace(whole, last=None)),
    ):
        if form.cleaned_data.get(key):
            yield Chip(f"{key} {form.said[key][0]}", form.address(**{key: []}), without)
