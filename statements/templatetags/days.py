"""Dates as far as they are known, and lengths of time in words."""

from datetime import date
from functools import lru_cache
from typing import Protocol

from django import template
from django.utils.dateformat import format

from statements.models.dates import Precision, SaidPrecision

register = template.Library()
_FORMATS: dict[str, str] = {
    Precision.DAY: "j F Y",
    Precision.MONTH: "F Y",
    Precision.YEAR: "Y",
}


# A page writes few days, and each of them often.
@lru_cache(maxsize=4096)
def format_date(day: date, form: str) -> str:
    """Write a day as Django's date formats say."""
    return format(day, form)


@register.filter
def to_precision(day: date | None, precision: str) -> str:
    """Write a day with its known parts only; '' when it is not known.

    >>> to_precision(date(2024, 6, 1), "month")
    'June 2024'
    >>> to_precision(None, "unknown")
    ''
    """
    if day is None:
        return ""
    if precision == SaidPrecision.RANGE:
        return f"from {format_date(day, 'j F Y')}"
    return format_date(day, _FORMATS.get(precision, "j F Y"))


class Said(Protocol):
    """A statement, as far as it tells when it was said."""

    @property
    def said_on(self) -> date | None: ...
    @property
    def said_on_to(self) -> date | None: ...
    @property
    def said_on_precision(self) -> str: ...


@register.filter
def day_of_saying(statement: Said) -> str:
    """Write when something was said as far as it is known; '' when it is not.

    >>> from statements.models import Statement
    >>> day_of_saying(Statement(said_on=date(2024, 6, 18), said_on_to=date(2024, 6, 20)))
    '18–20 June 2024'
    """
    first, last = statement.said_on, statement.said_on_to
    if first is None or last is None:
        return to_precision(first, statement.said_on_precision)
    same_month = (first.year, first.month) == (last.year, last.month)
    begins = "j" if same_month else "j F" if first.year == last.year else "j F Y"
    dash = "–" if same_month else " – "
    return f"{format_date(first, begins)}{dash}{format_date(last, 'j F Y')}"


@register.filter
def duration(seconds: int) -> str:
    """Write a number of seconds in its largest fitting unit.

    >>> duration(1800), duration(7200), duration(15)
    ('30 min', '2 h', '15 s')
    """
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size and seconds % (size // 2) == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds} s"
