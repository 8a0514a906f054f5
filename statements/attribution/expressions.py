"""Expressions of time in a text: «on Tuesday», «two days earlier», «19 июня», «지난달 3일».

What an expression means depends on the day of publication; that is the work of `days`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from statements.attribution.calendars import MONTHS, NEAR, PATTERNS, WEEK

_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_EN_MONTHS = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
# In the genitive («19 июня») and in the prepositional case («в июне»).
_RU_MONTHS = (
    "января январе", "февраля феврале", "марта марте", "апреля апреле", "мая мае", "июня июне",
    "июля июле", "августа августе", "сентября сентябре", "октября октябре", "ноября ноябре",
    "декабря декабре",
)  # fmt: skip
_MONTHS = {
    name: number
    for months in (_EN_MONTHS, _RU_MONTHS)
    for number, names in enumerate(months, 1)
    for name in names.split()
}
_WEEK = {
    "en": _WEEKDAYS,
    "ru": ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"],
    "ko": list("월화수목금토일"),
    "ja": list("月火水木金土日"),
} | WEEK
_COUNTS = {
    word: number
    for number, words in enumerate(
        ("a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
    )
    for word in words.split()
}
# Days from the day of the report.
_NEAR = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1,
    "the day before yesterday": -2, "earlier today": 0, "this morning": 0,
    "this afternoon": 0, "this evening": 0,
    "вчера": -1, "сегодня": 0, "позавчера": -2, "накануне": -1, "завтра": 1,
    "어제": -1, "오늘": 0, "그제": -2, "그저께": -2, "내일": 1,
    "昨日": -1, "きのう": -1, "今日": 0, "きょう": 0, "一昨日": -2, "おととい": -2, "明日": 1,
}  # fmt: skip
# Whole weeks, months and years, counted from that of the report.
_PERIODS = {
    "на прошлой неделе": ("week", -1), "на этой неделе": ("week", 0),
    "в прошлом месяце": ("month", -1), "в этом месяце": ("month", 0),
    "в прошлом году": ("year", -1), "в этом году": ("year", 0), "на выходных": ("weekend", 0),
    "지난주": ("week", -1), "이번 주": ("week", 0), "이번주": ("week", 0),
    "지난달": ("month", -1), "이달": ("month", 0), "이번 달": ("month", 0),
    "지난해": ("year", -1), "작년": ("year", -1), "올해": ("year", 0),
    "先週": ("week", -1), "今週": ("week", 0), "先月": ("month", -1), "今月": ("month", 0),
    "昨年": ("year", -1), "去年": ("year", -1), "今年": ("year", 0),
}  # fmt: skip
# The same day as another one that was named before.
_SAME = {"в тот же день", "이날", "같은 날", "同日"}
_WHICH = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}
_APOSTROPHES = str.maketrans("’ʼ", "''")
_YEAR = r"(?P<year>(?:19|20)\d{2})"


def _any(words: "list[str] | tuple[str, ...] | set[str] | dict[str, int]") -> str:
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True))


def _of(script: str, words: "dict[str, int] | dict[str, tuple[str, int]] | set[str]") -> str:
    return _any({word for word in words if regex.match(script, word)})


_EN_MONTH = _any([n.capitalize() for names in _EN_MONTHS for n in names.split()])
# «a December interview», «her 2023 speech»: in which something was said.
_SAID_IN = (
    "interview|speech|statement|letter|e-?mail|memo|message|post|tweet|conference|briefing|"
    "meeting|summit|address|report|hearing|debate|forum|rally|appearance|event|call|op-ed|essay|"
    "article|column|commentary|lecture|visit|testimony|session"
)
_COUNT = rf"(?P<count>(?i:{_any(_COUNTS)})|\d{{1,2}})"
_PATTERNS = {
    "en": regex.compile(
        rf"""(?<![\p{{L}}\d/-])(?:
        (?P<near>(?i:{_of("[a-z]", _NEAR)}))
        |(?P<same>(?i:the\s+same\s+(?:day|afternoon|evening|morning)|that\s+(?:same\s+)?day))
        |(?i:the\s+(?P<neighbour>previous|next|following)\s+day)(?!\s+of\b)
        |{_COUNT}[\s-](?P<unit>(?i:day|week|month|year|decade)s?)\s+
          (?P<way>(?i:ago|earlier|before|later|after|previously))
        |(?i:a\s+few|several)\s+(?P<few>(?i:day|week))s\s+(?P<way>(?i:ago))
        |(?P<recent>(?i:in\s+recent\s+(?:days|weeks|months)))
        |(?P<habit>(?i:every|each|most)\s+)?(?:(?i:(?:the|this)\s+)?(?P<which>(?i:{_any(_WHICH)}))\s+)?
          (?P<weekday>{_any([day.capitalize() for day in _WEEKDAYS])})\b
        |(?P<date>
           (?:{_EN_MONTH})\.?\s+(?:\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:.]\d|\s+(?:percent|per\ cent|million))
           (?:,?\s+(?:19|20)\d\d(?!\d))?
           |(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_EN_MONTH})\b(?:,?\s+(?:19|20)\d\d(?!\d))?
           |(?:19|20)\d\d-\d\d-\d\d(?!\d))
        |(?:(?i:in|last|this|next|of|since|until|from|by|before|after)\s+)
           (?:(?i:early|mid|late)[\s-]+)?(?P<month>{_EN_MONTH})\b\.?(?!\s+\d{{1,2}}\b)(?:,?\s+(?:of\s+)?{_YEAR})?
        |(?P<month>{_EN_MONTH})\b\.?,?\s+(?:of\s+)?{_YEAR}(?!\d)
        |(?i:an?|the|his|her|its|their)\s+(?:(?i:early|mid|late)[\s-]+)?
           (?:(?P<month>{_EN_MONTH})\b\.?|{_YEAR})(?=\s+(?:\p{{L}}+\s+)?(?:{_SAID_IN})\b)
        |(?i:(?:earlier|later)\s+)?(?P<whole>(?i:last|this|next|over\s+the|at\s+the|the\s+previous))\s+
           (?P<period>(?i:weekend|week|month|year))(?!\s+\p{{L}}+day\b|[’'-])
        |(?i:in)\s+(?:(?i:early|mid|late)[\s-]+)?{_YEAR}(?!\d|[/’'-])
        )(?![\p{{L}}\d])""",
        regex.VERBOSE,
    ),
    "ru": regex.compile(
        rf"\b(?:во?\s+(?:(?P<which>прошл\w+|минувш\w+|следующ\w+)\s+)?(?P<weekday>{_any(_WEEK['ru'])})"
        rf"|(?P<near>{_of('[а-я]', _NEAR)})|(?P<same>{_of('[а-я]', _SAME)})"
        rf"|(?P<whole>{_of('[а-я]', _PERIODS)})"
        rf"|(?P<day>\d{{1,2}})\s+(?P<month>{_any([m.split()[0] for m in _RU_MONTHS])})(?:\s+{_YEAR})?"
        rf"|в\s+(?P<month>{_any([m.split()[1] for m in _RU_MONTHS])})(?:\s+{_YEAR})?"
        rf"|в\s+{_YEAR}\s+году)\b",
        regex.IGNORECASE,
    ),
    "ko": regex.compile(
        rf"(?P<weekday>[월화수목금토일])요일|(?P<near>{_of('[가-힣]', _NEAR)})"
        rf"|(?P<same>{_of('[가-힣]', _SAME)})"
        rf"|(?:(?P<whole>지난달|이달)\s*|(?:{_YEAR}년\s*)?(?:(?P<month>\d{{1,2}})월\s*)?)(?P<day>\d{{1,2}})일(?!\s*(?:간|동안|부터|까지))"
        rf"|(?:{_YEAR}년\s*)?(?P<month>\d{{1,2}})월(?!\s*\d)"
        rf"|(?P<whole>{_of('[가-힣]', _PERIODS)})|{_YEAR}년"
    ),
    "ja": regex.compile(
        rf"(?P<weekday>[月火水木金土日])曜|(?P<near>{_of('[ぁ-ん一-龠]', _NEAR)})"
        rf"|(?P<same>{_of('[一-龠]', _SAME)})"
        rf"|(?:(?P<whole>先月|今月)|(?:{_YEAR}年)?(?:(?P<month>\d{{1,2}})月)?)(?P<day>\d{{1,2}})日(?!間)"
        rf"|(?:{_YEAR}年)?(?P<month>\d{{1,2}})月(?!\d)"
        rf"|(?P<whole>{_of('[一-龠]', _PERIODS)})|{_YEAR}年"
    ),
}
# After the English pattern was made: its words are told from those of the others by their letters.
_PATTERNS |= PATTERNS
_MONTHS |= MONTHS
_NEAR |= NEAR
_DATE = regex.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<month>{_EN_MONTH})\b|(?P<year>(?:19|20)\d\d)|(?P<day>\d{{1,2}})"
)


@dataclass(frozen=True)
class Expression:
    """An expression of time at `start` to `end`.

    `kind` says which of the other fields count: near (`count` days from the report), same
    (`count` of `unit` from a day named before), ago (`count` of `unit` before the report), few
    (some of `unit` before it), weekday (`weekday` from 0 for Monday, `which`), date, month and
    year (`year`, `month`, `day`, None where not said), period (the `unit` that is `which` away).
    """

    start: int
    end: int
    kind: str
    weekday: int = 0
    which: int | None = None
    count: int = 0
    unit: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None


def find_expressions(text: str, start: int, end: int, language: str) -> Iterator[Expression]:
    """Return the expressions of time in `text[start:end]`; `language` is
    en or one of those that `foreign` reads.

    >>> [e.kind for e in find_expressions("On Friday, two days ago, in May 2024", 0, 36, "en")]
    ['weekday', 'ago', 'month']
    """
    for match in _PATTERNS[language].finditer(text, start, end):
        found = _expression(match, language)
        if found is not None:
            yield found


def _expression(match: "regex.Match[str]", language: str) -> Expression | None:
    has = match.groupdict()
    start, end = match.span()
    if has.get("near"):
        return Expression(start, end, "near", count=_NEAR[_plain(match["near"])])
    if has.get("same"):
        return Expression(start, end, "same", unit="day")
    if has.get("neighbour"):
        step = -1 if match["neighbour"].lower() == "previous" else 1
        return Expression(start, end, "same", count=step, unit="day")
    if has.get("way"):
        return _counted(match)
    if has.get("recent"):
        return Expression(
            start, end, "few", unit=match["recent"].split()[-1].lower().rstrip("s")
        )
    if has.get("weekday"):
        if has.get("habit"):
            return None
        day = _WEEK[language].index(_plain(match["weekday"]))
        return Expression(start, end, "weekday", weekday=day, which=_which(has.get("which")))
    if has.get("date"):
        return _named_day(match)
    return _coarse(match, has, language)


def _counted(match: "regex.Match[str]") -> Expression | None:
    start, end = match.span()
    if match["few"]:
        return Expression(start, end, "few", unit=match["few"].lower())
    count = match["count"].lower()
    number = int(count) if count.isdigit() else _COUNTS[count]
    unit, way = match["unit"].lower().rstrip("s"), match["way"].lower()
    if unit == "decade":
        unit, number = "year", 10 * number
    if way == "ago":
        return Expression(start, end, "ago", count=number, unit=unit)
    sign = -1 if way in {"earlier", "before", "previously"} else 1
    return Expression(start, end, "same", count=sign * number, unit=unit)


def _named_day(match: "regex.Match[str]") -> Expression | None:
    """June 19, 2024; the 19th of June; 2024-06-19."""
    start, end = match.span()
    parts: dict[str, int] = {}
    for part in _DATE.finditer(match["date"]):
        if part["iso"]:
            year, month, day = map(int, part["iso"].split("-"))
            return Expression(start, end, "date", year=year, month=month, day=day)
        name = str(part.lastgroup)
        word = part.group().lower()
        parts[name] = _MONTHS[word] if name == "month" else int(word)
    return Expression(
        start, end, "date", year=parts.get("year"), month=parts["month"], day=parts["day"]
    )


def _coarse(
    match: "regex.Match[str]", has: dict[str, str | None], language: str
) -> Expression | None:
    start, end = match.span()
    year = int(match["year"]) if has.get("year") else None
    named = (has.get("month") or "").lower()
    month = (int(named) if named.isdigit() else _MONTHS[named]) if named else None
    whole = _plain(has.get("whole") or "")
    if has.get("day"):
        day = int(match["day"])
        if whole:
            return Expression(start, end, "date", which=_PERIODS[whole][1], day=day)
        return Expression(start, end, "date", year=year, month=month, day=day)
    if has.get("period"):
        which = {"last": -1, "the previous": -1, "next": 1}.get(whole, 0)
        return Expression(start, end, "period", which=which, unit=match["period"].lower())
    if whole:
        unit, which = _PERIODS[whole]
        return Expression(start, end, "period", which=which, unit=unit)
    if month is not None:
        before = match.group().split()[0].lower() if language == "en" else ""
        return Expression(
            start, end, "month", year=year, month=month, which=_which(before or None)
        )
    return Expression(start, end, "year", year=year) if year is not None else None


def _which(word: str | None) -> int | None:
    """-1 for the one before, 1 for the one to come, None where nothing is said."""
    if word is None:
        return None
    low = word.lower()
    if low.startswith(("прошл", "минувш")):
        return -1
    return 1 if low.startswith("следующ") else _WHICH.get(low)


def _plain(words: str) -> str:
    folded: str = regex.sub(r"\s+", " ", words).lower().translate(_APOSTROPHES)
    return folded
