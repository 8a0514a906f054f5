"""What narrows the timeline, in words, each with the way to take it away."""

from collections.abc import Iterator
from dataclasses import dataclass

from statements.search.finding import how_many
from statements.timeline.form import TimelineForm

# Of so many filters an empty page says how many statements there were without each.
_COUNTED = 12


@dataclass(frozen=True)
class Chip:
    """One filter: its words, and the query string without it."""

    label: str
    address: str


def chips(form: TimelineForm) -> list[Chip]:
    """The filters that the address names, in the order of the form."""
    return list(_chips(form))


def without_each(form: TimelineForm) -> list[tuple[Chip, int | None]]:
    """How many statements there were without each filter; None for those beyond the twelfth."""
    counted = [(chip, how_many(form.at(chip.address).query)) for chip in chips(form)[:_COUNTED]]
    return [*counted, *((chip, None) for chip in chips(form)[_COUNTED:])]


def _chips(form: TimelineForm) -> Iterator[Chip]:
    if form.words:
        yield Chip(f"“{form.words}”", form.address(q=[], sort=[], spell=[]))
    for choice in form.choices:
        label = f"not {choice.value.label}" if choice.unwanted else choice.value.label
        yield Chip(label, form.toggled(choice.key, choice.value.address))
    for key in ("from", "to"):
        if form.cleaned_data.get(key):
            yield Chip(f"{key} {form.said[key][0]}", form.address(**{key: []}))
