"""The day on which something was said, from an expression of time and the publication date."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from statements.attribution.expressions import Expression, find_expressions

_ONE = timedelta(days=1)
# A day without a year that is so near behind the report is one to come, not last year's.
_SOON = timedelta(days=60)
# «a few days ago», «in recent weeks»: from how long before the report until when, in days.
_FEW = {"day": (9, 1), "week": (35, 6), "month": (150, 25)}


@dataclass(frozen=True)
class Day:
    """When something was said: the first day of what is known of the date, or None.

    `precision` is day, month, year or unknown. `basis` says how it is known: weekday,
    expression, occasion (named earlier in the text), publication or none. `start` and `end`
    are where the expression is printed.
    """

    said_on: date | None = None
    precision: str = "unknown"
    basis: str = "none"
    start: int | None = None
    end: int | None = None


UNKNOWN = Day()


def published(on: date | None) -> Day:
    """The day of publication, which counts where no other day is named."""
    return Day(on, "day", "publication") if on is not None else UNKNOWN


def day_said(
    text: str,
    near: Iterable[tuple[int, int]],
    published_on: date | None,
    language: str = "en",
    anchor: date | None = None,
) -> Day:
    """Return the day that the first expression names that can be resolved.

    `near` are stretches of `text`, the nearest to the cue first. A weekday is the last such day
    on or before the publication; without a publication date it stays unknown. `anchor` is the
    day named last before. `language` is en or one of those that `foreign` reads.

    >>> day_said("He said on Thursday", [(0, 19)], date(2024, 6, 21)).said_on
    datetime.date(2024, 6, 20)
    >>> day_said("He said on Thursday", [(0, 19)], None).precision
    'unknown'
    >>> day_said("28日の記者会見で", [(0, 9)], date(2024, 7, 2), "ja").said_on
    datetime.date(2024, 6, 28)
    """
    for start, end in near:
        for expression in find_expressions(text, start, end, language):
            if found := resolved(expression, published_on, anchor):
                return found
    return published(published_on)


def resolved(
    expression: Expression,
    published_on: date | None,
    anchor: date | None = None,
    *,
    future: bool = False,
) -> Day | None:
    """Return the day that an expression names, with its precision, or None.

    A stretch of several days within one month gives the month, within one year the year.
    Nothing lies after the publication unless it is in the `future` that the text looks at.
    «The next day» needs the `anchor` that it counts from.
    """
    reach = _reach(expression, published_on, anchor, future)
    if reach is None:
        return None
    first, last = reach
    if published_on is not None and not future:
        if first > published_on:
            return None
        last = min(last, published_on)
    basis = "weekday" if expression.kind == "weekday" else "expression"
    said_on, precision = _known(first, last)
    if said_on is None:
        return None
    return Day(said_on, precision, basis, expression.start, expression.end)


def _known(first: date, last: date) -> tuple[date | None, str]:
    if first == last:
        return first, "day"
    if (first.year, first.month) == (last.year, last.month):
        return first.replace(day=1), "month"
    if first.year == last.year:
        return first.replace(month=1, day=1), "year"
    return None, "unknown"


def _reach(
    one: Expression, published_on: date | None, anchor: date | None, future: bool
) -> tuple[date, date] | None:
    """The first and the last day that an expression allows."""
    try:
        if one.kind == "date":
            day = _dated(one, published_on, future)
            return (day, day) if day else None
        if one.kind == "month":
            return _month(one, published_on, future)
        if one.kind == "year":
            return date(one.year or 1, 1, 1), date(one.year or 1, 12, 31)
        if one.kind == "same":
            return _counted(anchor, one.count, one.unit) if anchor else None
        if published_on is None:
            return None
        if one.kind == "near":
            return _counted(published_on, one.count, "day")
        if one.kind == "ago":
            return _counted(published_on, -one.count, one.unit)
        if one.kind == "few":
            far, close = _FEW[one.unit]
            return published_on - far * _ONE, published_on - close * _ONE
        if one.kind == "weekday":
            day = _weekday(one, published_on, future)
            return day, day
        return _period(one, published_on)
    except (ValueError, OverflowError):  # the 31st of June, the year before 1
        return None


def _counted(start: date, count: int, unit: str) -> tuple[date, date]:
    """`count` of a unit from `start`: «three weeks ago» may be said of any day of that week."""
    if unit == "day":
        day = start + count * _ONE
        return day, day
    if unit == "week":
        middle = start + 7 * count * _ONE
        return middle - 3 * _ONE, middle + 3 * _ONE
    if unit == "month":
        return _whole_month(*_months_on(start, count))
    return date(start.year + count, 1, 1), date(start.year + count, 12, 31)


def _weekday(one: Expression, published_on: date, future: bool) -> date:
    back = (published_on.weekday() - one.weekday) % 7
    if one.which == 1 or (future and one.which is None):
        return published_on + ((-back) % 7 or 7 * (one.which == 1)) * _ONE
    if one.which == -1 and back == 0:
        back = 7  # «last Friday» on a Friday
    return published_on - back * _ONE


def _period(one: Expression, published_on: date) -> tuple[date, date]:
    which = one.which or 0
    if one.unit == "year":
        return date(published_on.year + which, 1, 1), date(published_on.year + which, 12, 31)
    if one.unit == "month":
        return _whole_month(*_months_on(published_on, which))
    monday = published_on - published_on.weekday() * _ONE + 7 * which * _ONE
    if one.unit == "week":
        return monday, monday + 6 * _ONE
    # The weekend that has begun last; «last weekend» is no other one.
    saturday = published_on - ((published_on.weekday() - 5) % 7) * _ONE
    saturday += 7 * max(which, 0) * _ONE
    return saturday, saturday + _ONE


def _month(
    one: Expression, published_on: date | None, future: bool
) -> tuple[date, date] | None:
    """The month in the year that is said, or the last such month that has begun."""
    assert one.month is not None
    if one.year is not None:
        return _whole_month(one.year, one.month)
    if published_on is None:
        return None
    year, now = published_on.year, published_on.month
    if future or one.which == 1:
        return _whole_month(year + (one.month < now), one.month)
    earlier = one.month > now or (one.which == -1 and one.month == now)
    return _whole_month(year - earlier, one.month)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _months_on(start: date, count: int) -> tuple[int, int]:
    months = start.year * 12 + start.month - 1 + count
    return months // 12, months % 12 + 1


def _dated(one: Expression, published_on: date | None, future: bool) -> date | None:
    """A named day; where no year or month is said, the last such day, or the next one."""
    assert one.day is not None
    year, month = one.year, one.month
    if year is None or month is None:
        if published_on is None:
            return None
        if one.which is not None:
            year, month = _months_on(published_on, one.which)
        elif month is not None:
            year = published_on.year
            later = (month, one.day) > (published_on.month, published_on.day)
            if later and not future and date(year, month, one.day) - published_on < _SOON:
                return None
            if later != future:
                year += 1 if future else -1
        else:
            step = 0 if (one.day <= published_on.day) != future else (1 if future else -1)
            year, month = _months_on(published_on, step)
    return date(year, month, one.day)
