"""The form of the timeline: a query string -> what is asked of the search."""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict

from history.moments import Moment, moment
from statements.search import qualifiers
from statements.search.asking import SIZE, Part, Place, Query
from statements.search.kinds import Kind
from statements.search.lexing import Understood, understand
from statements.search.words import TooComplex
from statements.timeline import addresses
from statements.timeline.choosing import MOST_VALUES, Unknown, choose
from statements.timeline.facets import BY_KEY, Facet
from statements.timeline.fields import DayField, PlaceField, place_as_written
from statements.timeline.given import Given, read
from statements.timeline.meanings import Meanings, meanings
from statements.timeline.narrowing import (
    NOT,
    Choice,
    Narrowing,
    Numbers,
    numbers_for,
    query_of,
)
from statements.timeline.values import ALL, CHECKED, UNDATED, Value

LARGEST_SIZE = 100
NEWEST, BEST = "newest", "best"
EXACTLY = "exact"
# Keys that say which page of the list is meant.
PAGED = ("after", "before", "size")


class TimelineForm(forms.Form):
    """What the address of a timeline says.

    Qualifiers typed among the words are taken for the parameters that they are. Values that
    nothing is called are named in `unknown`, as label and value; a value that cannot be read
    leaves its error beside its field, as several do where one is asked for, and the rest is
    applied; but without the words or the days that were meant no list is an answer, and
    `unanswered` says so. `understood` is what was made of the words. `beside` are keys that belong to the page
    and not to the timeline.
    """

    q = forms.CharField(required=False, label="Words or names")
    sort = forms.ChoiceField(
        required=False,
        label="Order",
        choices=[(NEWEST, "newest first"), (BEST, "best first")],
        error_messages={"invalid_choice": "The order is «newest» or «best»."},
    )
    size = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_SIZE, label="Statements on a page"
    )
    after = PlaceField(required=False, max_length=40, label="Page")
    before = PlaceField(required=False, max_length=40, label="Page")
    spell = forms.ChoiceField(
        required=False,
        label="Spelling",
        choices=[(EXACTLY, "as typed")],
        error_messages={"invalid_choice": "The only spelling to ask for is «exact»."},
    )

    def __init__(
        self,
        data: QueryDict,
        beside: Collection[str] = (),
        known: Meanings | None = None,
        now: Moment | None = None,
    ) -> None:
        if known is not None:
            self.known = known
        if now is not None:
            self.moment = now
        self.beside = beside
        self.given = {key: values for key, values in read(data).items() if key not in beside}
        # Of several values none is the one that is meant.
        super().__init__(
            {key: values[0] for key, values in self.given.items() if len(values) == 1}
        )
        # «from» is a word of Python, so these two are added by name.
        self.fields["from"] = DayField(last=False, label="Said from")
        self.fields["to"] = DayField(last=True, label="Said to")
        self.understood = Understood(None)
        self._around: dict[str, addresses.Around] = {}
        chosen = choose(self.given, lambda: self.known)
        self.choices, self.unknown = chosen.choices, chosen.unknown
        self._too_many = chosen.too_many
        keys = {*self.fields, *(NOT + key for key in BY_KEY), *BY_KEY}
        self.unknown += [
            Unknown(key, key, one)
            for key in self.given
            if key not in keys
            for one in self.given[key]
        ]
        self.is_valid()

    @classmethod
    def of(cls, *values: Value) -> "TimelineForm":
        """The form of the address that names these values alone."""
        form = cls(QueryDict())
        form.choices += [Choice(BY_KEY[value.kind], value) for value in values]
        form.narrowing = Narrowing(choices=tuple(form.choices))
        return form

    @cached_property
    def known(self) -> Meanings:
        """What values mean, as of the first time that it is asked."""
        return meanings(self.moment)

    @cached_property
    def moment(self) -> Moment:
        """How far the history has come, as of the first time that it is asked."""
        return moment()

    def at(self, address: str) -> "TimelineForm":
        """The form of another query string, at the same moment."""
        return TimelineForm(QueryDict(address), known=self.known, now=self.moment)

    def without_days(self) -> "TimelineForm":
        """The form of the same address with no days set; months stay, the lack of one does not."""
        months = [one for one in self.said.get(Kind.MONTH, []) if one != UNDATED.address]
        return self.at(self.address(**{"from": [], "to": [], Kind.MONTH.value: months}))

    # ------------------------------------------------------------------ checks

    def clean_q(self) -> str:
        typed: str = self.cleaned_data["q"]
        try:
            self.understood = understand(typed)
        except TooComplex as error:
            raise ValidationError(str(error)) from error
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        self.narrowing = Narrowing(self.understood.words, tuple(self.choices), first, last)
        if first and last and last < first:
            self.add_error("to", "It lies before the day from which statements are asked for.")
        # The best are only counted, from the first on.
        places = {"after": int} if self.best else {"after": Place, "before": Place}
        for key in ("after", "before"):
            place = cleaned.get(key)
            if place is not None and not isinstance(place, places.get(key, ())):
                self.add_error(key, "This page address belongs to another order; start anew.")
        for key, values in self.given.items():
            if key in self.fields and len(values) > 1:
                named = ", ".join(f"«{one}»" for one in sorted(values))
                self.add_error(key, f"Only one value can be asked for: {named}.")
            if len(values) > MOST_VALUES:
                self.add_error(None, f"Use at most {MOST_VALUES} values of «{key}».")
        if self.narrowing.of_months_and_of_none:
            self.add_error("from", "Ask for months or for no month, not for both.")
        return cleaned

    @cached_property
    def problems(self) -> dict[str, list[str]]:
        """One sentence for each thing in the address that is not understood, by its key."""
        found = {
            "address" if key == NON_FIELD_ERRORS else key: [str(one) for one in sentences]
            for key, sentences in self.errors.items()
        }
        for one in self.unknown:
            found.setdefault(one.key, []).append(f"«{one.value}» is not known.")
        return found

    @property
    def unanswered(self) -> str:
        """Why nothing is to be looked for, as words or days could not be read; '' otherwise."""
        wrong = [
            f"{self.fields[key].label}: {sentence}"
            for key in ("q", "from", "to")
            for sentence in self.errors.get(key, [])
        ]
        return " ".join(["Nothing was looked for.", *wrong]) if wrong else ""

    # ------------------------------------------------------------------ what is asked

    @property
    def words(self) -> str:
        """What is looked for in words and names, as typed; '' when nothing or too much is."""
        return str(self.cleaned_data.get("q") or "")

    @property
    def best(self) -> bool:
        """Whether the best come first, which words alone can tell; not those too common."""
        words = self.understood.words is not None or "q" in self.errors
        return self.cleaned_data.get("sort") == BEST and words

    @property
    def days_set(self) -> bool:
        """Whether it asks for what was said from a day on, or up to one."""
        return any(self.cleaned_data.get(key) for key in ("from", "to"))

    def chosen(self, facet: Facet, unwanted: bool = False) -> list[Value]:
        """The values that the address wants of a facet, or leaves out."""
        picked = (one for one in self.choices if one.facet == facet)
        return [one.value for one in picked if one.unwanted == unwanted]

    def narrowed_to(self, facet: Facet) -> list[Value]:
        """The values that are wanted of a facet, by the address or unasked."""
        picked = [*self.narrowing.applied, *(one for one in self.choices if one.value == ALL)]
        return [one.value for one in picked if one.facet == facet and not one.unwanted]

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of the values that narrow."""
        return numbers_for([self.narrowing], self.known)

    @cached_property
    def query(self) -> Query:
        """Which statements are asked for."""
        return query_of(self.narrowing, self.numbers)

    @cached_property
    def part(self) -> Part:
        """Which of them are shown."""
        size = self.cleaned_data.get("size") or SIZE
        after, before = self.cleaned_data.get("after"), self.cleaned_data.get("before")
        if self.best:
            return Part(size, best=True, skipped=after if isinstance(after, int) else 0)
        if isinstance(before, Place):
            return Part(size, before=before)
        return Part(size, after=after if isinstance(after, Place) else None)

    # ------------------------------------------------------------------ how it is said

    @cached_property
    def said(self) -> Given:
        """The parameters in their one form: under the names of today, and no defaults."""
        said = {key: list(held) for key, held in self.given.items() if key in self.fields}
        for key in said:
            if key not in self.errors:
                said[key] = [one for one in [self._as_written(key)] if one]
        for choice in self.choices:
            said.setdefault(choice.key, []).append(choice.value.address)
        if said.get(Kind.REVIEW) == [
            CHECKED.address if settings.PUBLIC_REVIEW else ALL.address
        ]:
            del said[Kind.REVIEW]
        for unknown in self.unknown:
            said.setdefault(unknown.key, []).append(unknown.value)
        for key, left in self._too_many.items():
            said.setdefault(key, []).extend(left)
        return {key: values for key, values in said.items() if values}

    def _as_written(self, key: str) -> str:
        """How the address writes a field that could be read; '' for what needs no saying."""
        (text,), value = self.given[key], self.cleaned_data.get(key)
        match key:
            case "sort":
                return BEST if self.best else ""
            case "spell":
                return text if self.words else ""
            case "size":
                return "" if value == SIZE else str(value)
            case "after" if self.part.before is not None:
                return ""
            case "after" | "before" if isinstance(value, Place):
                return place_as_written(value)
            case "after" | "before":
                return str(value or "")
        return text

    def canonical(self) -> str:
        """The query string in its one form."""
        return addresses.encoded(self.said)

    def address(self, **changes: list[str]) -> str:
        """The query string with other values of some keys, at the beginning of its list."""
        return addresses.changed(self.said, **changes)

    def address_with(self, key: str, value: str) -> str:
        """The query string with one value of a key more, at the beginning of its list."""
        if key not in self._around:
            self._around[key] = addresses.around(self.said, key)
        return self._around[key].with_value(value)

    def toggled(self, key: str, value: str) -> str:
        """The query string with one value of a key more, or less where it is there."""
        return addresses.toggled(self.said, key, value)

    def typed(self) -> str:
        """The whole search as one line of words and qualifiers, which yields it again; without
        what is not known."""
        said = []
        unknown = {(one.key, one.value) for one in self.unknown}
        for key in sorted(self.said):
            name, unwanted = key.removeprefix(NOT), key.startswith(NOT)
            if name in qualifiers.PARAMETERS:
                said += [
                    qualifiers.Said(name, one, unwanted)
                    for one in sorted(self.said[key])
                    if (key, one) not in unknown
                ]
        return qualifiers.join(qualifiers.Typed(" ".join(self.given.get("q", [])), said))
