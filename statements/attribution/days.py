"""The day on which something was said, from the nearest expression and the publication date."""

from datetime import date, timedelta

import regex

_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sep sept", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_EXPRESSION = regex.compile(
    r"\b(?:(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?P<relative>yesterday|today)"
    r"|(?P<month>"
    + "|".join(_MONTHS)
    + r")\.?\s+(?P<day>\d{1,2})(?:,?\s+(?P<year>(?:19|20)\d{2}))?"
    r"|(?P<day2>\d{1,2})\s+(?P<month2>"
    + "|".join(_MONTHS)
    + r")\b(?:,?\s+(?P<year2>(?:19|20)\d{2}))?)\b",
    regex.IGNORECASE,
)


def day_said(around: list[str], published_on: date | None) -> tuple[date | None, str, str]:
    """Return the day, its precision and its basis: weekday, expression, publication or none.

    `around` are stretches of text, nearest the cue first; the first expression that can be
    resolved counts. A weekday is the last such day on or before the publication. Without a
    publication date a weekday stays unknown.

    >>> day_said([" on Thursday"], date(2024, 6, 21))
    (datetime.date(2024, 6, 20), 'day', 'weekday')
    >>> day_said([" on Thursday"], None)
    (None, 'unknown', 'none')
    """
    for text in around:
        for match in _EXPRESSION.finditer(text):
            found = _resolved(match, published_on)
            if found is not None:
                return found
    if published_on is not None:
        return published_on, "day", "publication"
    return None, "unknown", "none"


def _resolved(
    match: "regex.Match[str]", published_on: date | None
) -> tuple[date, str, str] | None:
    if match["weekday"]:
        if published_on is None:
            return None
        wanted = _WEEKDAYS.index(match["weekday"].lower())
        back = (published_on.weekday() - wanted) % 7
        return published_on - timedelta(days=back), "day", "weekday"
    if match["relative"]:
        if published_on is None:
            return None
        back = 1 if match["relative"].lower() == "yesterday" else 0
        return published_on - timedelta(days=back), "day", "expression"
    month = _MONTHS[(match["month"] or match["month2"]).lower()]
    day = int(match["day"] or match["day2"])
    year = match["year"] or match["year2"]
    return _dated(int(year) if year else None, month, day, published_on)


def _dated(
    year: int | None, month: int, day: int, published_on: date | None
) -> tuple[date, str, str] | None:
    """A named day; without a year the last such day on or before the publication."""
    if year is None:
        if published_on is None:
            return None
        year = published_on.year
        if (month, day) > (published_on.month, published_on.day):
            year -= 1
    try:
        said = date(year, month, day)
    except ValueError:
        return None
    if published_on is not None and said > published_on:
        return None
    return said, "day", "expression"
