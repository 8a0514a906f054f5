"""How many statements were said in each month, as bars that lead to them."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from statements.search.asking import Answer
from statements.search.kinds import Kind
from statements.timeline.facets import MONTHS
from statements.timeline.form import TimelineForm
from statements.timeline.narrowing import NOT
from statements.timeline.values import UNDATED, Value, month_label

BARS = 36
HEIGHT = 48  # of the highest bar, in pixels


@dataclass(frozen=True)
class Bar:
    """One month: how many statements, how high, the query string that yields them, and whether
    all its days are asked for (`chosen`) or only some (`partly`). `year` is written under the
    first bar and each January."""

    label: str
    count: int
    height: int
    address: str
    chosen: bool
    partly: bool
    year: str


@dataclass(frozen=True)
class Histogram:
    """Months next to each other up to the newest with statements, or the last asked for, or from
    the first asked for on;
    `elsewhere` counts those with statements that are not shown, `undated` the statements of no
    month, unless days are asked for, which they would not fit."""

    bars: list[Bar]
    elsewhere: int
    undated: int
    undated_address: str
    note: str = MONTHS.note


def histogram(form: TimelineForm, answer: Answer, meanings: Mapping[int, Value]) -> Histogram:
    """The histogram of what the form asks for, as if no day were set.

    The answer is one with counts of the months.
    """
    counts = answer.counts[Kind.MONTH]
    by_month = {meanings[number].key: n for number, n in counts.items() if number in meanings}
    shown = list(_shown(form, by_month))
    peak = max((by_month.get(month, 0) for month in shown), default=0)
    bars = [
        _bar(form, month, by_month.get(month, 0), peak, first=month == shown[0])
        for month in shown
    ]
    return Histogram(
        bars,
        len(by_month.keys() - set(shown)),
        0 if _asked_for(form) else answer.undated,
        form.address(**_days([], []) | {Kind.MONTH.value: [UNDATED.address]}),
    )


def _shown(form: TimelineForm, by_month: Mapping[str, int]) -> Iterator[str]:
    """The months of the bars, the oldest first: the newest, or from the first day asked for on,
    or up to the last one where there is no first; where that lies before all, the oldest."""
    if not by_month:
        return
    oldest, newest = _ordinal(min(by_month)), _ordinal(max(by_month))
    start = max(newest - BARS + 1, oldest)
    first: date | None = form.cleaned_data.get("from")
    last: date | None = form.cleaned_data.get("to")
    if first is not None:
        start = max(min(start, _ordinal(_month(first))), oldest)
    elif last is not None and _ordinal(_month(last)) >= oldest:
        newest = min(newest, _ordinal(_month(last)))
        start = max(newest - BARS + 1, oldest)
    elif last is not None:
        start = oldest
    for month in range(start, min(start + BARS - 1, newest) + 1):
        yield f"{month // 12:04}-{month % 12 + 1:02}"


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _ordinal(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def _bar(form: TimelineForm, month: str, count: int, peak: int, *, first: bool) -> Bar:
    days = _asked_for(form)
    chosen, partly = _covered(month, *days) if days else (False, False)
    return Bar(
        month_label(month),
        count,
        max(round(HEIGHT * count / peak), 2) if count else 0,
        form.address(**_days([month], [month])),
        chosen=chosen,
        partly=partly,
        year=month[:4] if first or month.endswith("-01") else "",
    )


def _asked_for(form: TimelineForm) -> tuple[date, date] | None:
    """The first and the last day that the address asks for; None where it sets neither."""
    first, last = form.cleaned_data.get("from"), form.cleaned_data.get("to")
    if first is None and last is None:
        return None
    return first or date.min, last or date.max


def _covered(month: str, first: date, last: date) -> tuple[bool, bool]:
    """Whether days from the first to the last are the whole month, and whether only a part."""
    begin = date.fromisoformat(f"{month}-01")
    end = begin.replace(day=monthrange(begin.year, begin.month)[1])
    whole = first <= begin and end <= last
    return whole, not whole and first <= end and begin <= last


def _days(first: list[str], last: list[str]) -> dict[str, list[str]]:
    """Days instead of whatever days and months the address has."""
    return {"from": first, "to": last, Kind.MONTH.value: [], f"{NOT}{Kind.MONTH.value}": []}
