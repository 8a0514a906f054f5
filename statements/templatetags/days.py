"""Dates as far as they are known, and lengths of time in words."""

from datetime import date

from django import template
from django.utils.dateformat import format as format_date

from statements.models.dates import Precision

register = template.Library()
_FORMATS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}


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
    return format_date(day, _FORMATS.get(Precision(precision), "j F Y"))


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
