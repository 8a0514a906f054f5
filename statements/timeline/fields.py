"""What the keys of an address beside the facets hold: days, places in the list, a size."""

import re
from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from statements.search.asking import Place

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)


class DayField(forms.CharField):
    """A year, a month or a day; cleaned to its first or last day."""

    def __init__(self, *, last: bool, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=10, **kwargs)
        self.last = last

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        found = _DAY.fullmatch(text)
        if found is None:
            raise ValidationError("Write a date as 2024, 2024-06 or 2024-06-19.", code="date")
        year, month, day = (None if part is None else int(part) for part in found.groups())
        assert year is not None
        if month is None:
            month = 12 if self.last else 1
        try:
            if day is None:
                day = monthrange(year, month)[1] if self.last else 1
            return date(year, month, day)
        except ValueError:
            named = ("year", "month", "day")[
                sum(part is not None for part in found.groups()) - 1
            ]
            raise ValidationError(f"There is no such {named}: {text}.", code="date") from None


def day_as_written(text: str) -> str:
    """A day, month or year with all its noughts; what is none stays as it is.

    >>> day_as_written("2024-6"), day_as_written("2024"), day_as_written("June")
    ('2024-06', '2024', 'June')
    """
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    return "-".join(part.zfill(2) for part in found.groups() if part)


class PlaceField(forms.CharField):
    """Behind or before which place a page begins.

    `2024-06-20.17`, or `undated.17`, is a statement's place by day and key; a number alone is
    how many of the best matches come before.
    """

    def clean(self, value: Any) -> Place | int | None:
        text = super().clean(value)
        if not text:
            return None
        day, _, key = text.rpartition(".")
        try:
            number = _number(key)
            if not day:
                return number
            return Place(None if day == "undated" else date.fromisoformat(day), number)
        except ValueError:
            raise ValidationError(
                "This page address is damaged; start from the first page."
            ) from None


def place_as_written(place: Place) -> str:
    """The place as addresses carry it."""
    return f"{place.day.isoformat() if place.day else 'undated'}.{place.statement}"


def _number(text: str) -> int:
    """A key or a count; ValueError for what no table could hold."""
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)
