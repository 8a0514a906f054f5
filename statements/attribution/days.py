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
# The days of the week from Monday, and the months, as each language writes them in dates.
_WEEK = {
    "en": _WEEKDAYS,
    "ru": ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"],
    "uk": ["понеділок", "вівторок", "середу", "четвер", "п'ятницю", "суботу", "неділю"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    "de": ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
    "zh": list("一二三四五六日"),
    "ko": list("월화수목금토일"),
    "ja": list("月火水木金土日"),
}
_RU_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
_MONTHS |= {name: number for number, name in enumerate(_RU_MONTHS, 1)}
_UK_MONTHS = (
    "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
    "жовтня", "листопада", "грудня",
)  # fmt: skip
_FR_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_ES_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_DE_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
    "oktober", "november", "dezember",
)  # fmt: skip
for _names in (_UK_MONTHS, _FR_MONTHS, _ES_MONTHS, _DE_MONTHS):
    _MONTHS |= {name: number for number, name in enumerate(_names, 1)}
_YESTERDAY = {
    "yesterday", "вчера", "вчора", "어제", "昨日", "きのう", "昨天", "hier", "ayer", "gestern",
}  # fmt: skip
_APOSTROPHES = str.maketrans("’ʼ", "''")
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_EXPRESSIONS = {
    "en": regex.compile(
        rf"\b(?:(?P<weekday>{'|'.join(_WEEKDAYS)})|(?P<relative>yesterday|today)"
        rf"|(?P<month>{'|'.join(_MONTHS)})\.?\s+(?P<day>\d{{1,2}})(?:,?\s+{_YEAR})?"
        rf"|(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_MONTHS)})\b(?:,?\s+{_YEAR})?)\b",
        regex.IGNORECASE,
    ),
    "ru": regex.compile(
        rf"\b(?:во?\s+(?P<weekday>{'|'.join(_WEEK['ru'])})|(?P<relative>вчера|сегодня)"
        rf"|(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_RU_MONTHS)})(?:\s+{_YEAR})?)\b",
        regex.IGNORECASE,
    ),
    "uk": regex.compile(
        rf"\b(?:[ву]\s+(?P<weekday>понеділок|вівторок|середу|четвер|п['’ʼ]ятницю|суботу|неділю)"
        rf"|(?P<relative>вчора|сьогодні)"
        rf"|(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_UK_MONTHS)})(?:\s+{_YEAR})?)\b",
        regex.IGNORECASE,
    ),
    "fr": regex.compile(
        rf"\b(?:(?P<day>\d{{1,2}})(?:er)?\s+(?P<month>{'|'.join(_FR_MONTHS)})(?:\s+{_YEAR})?"
        rf"|(?P<weekday>{'|'.join(_WEEK['fr'])})|(?P<relative>hier|aujourd[’']hui))\b",
        regex.IGNORECASE,
    ),
    "es": regex.compile(
        rf"\b(?:(?P<day>\d{{1,2}})\s+de\s+(?P<month>{'|'.join(_ES_MONTHS)})(?:\s+de\s+{_YEAR})?"
        rf"|(?P<weekday>{'|'.join(_WEEK['es'])})|(?P<relative>ayer|hoy))\b",
        regex.IGNORECASE,
    ),
    "de": regex.compile(
        rf"\b(?:(?P<day>\d{{1,2}})\.\s*(?P<month>{'|'.join(_DE_MONTHS)})(?:\s+{_YEAR})?"
        rf"|(?P<weekday>{'|'.join(_WEEK['de'])})|(?P<relative>gestern|heute))\b",
        regex.IGNORECASE,
    ),
    "zh": regex.compile(
        rf"(?:星期|周|礼拜)(?P<weekday>[一二三四五六日])|(?P<relative>昨天|今天)"
        rf"|(?:(?:{_YEAR}年)?(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})[日号]"
    ),
    "ko": regex.compile(
        rf"(?P<weekday>[월화수목금토일])요일|(?P<relative>오늘|어제)"
        rf"|(?:(?:{_YEAR}년\s*)?(?P<month>\d{{1,2}})월\s*)?(?P<day>\d{{1,2}})일"
    ),
    "ja": regex.compile(
        rf"(?P<weekday>[月火水木金土日])曜|(?P<relative>きょう|今日|昨日|きのう)"
        rf"|(?:(?:{_YEAR}年)?(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日"
    ),
}


def day_said(
    around: list[str], published_on: date | None, language: str = "en"
) -> tuple[date | None, str, str]:
    """Return the day, its precision and its basis: weekday, expression, publication or none.

    `around` are stretches of text, nearest the cue first; the first expression that can be
    resolved counts. A weekday is the last such day on or before the publication. Without a
    publication date a weekday stays unknown. `language` is en or one
    of those read in `foreign`.

    >>> day_said([" on Thursday"], date(2024, 6, 21))
    (datetime.date(2024, 6, 20), 'day', 'weekday')
    >>> day_said([" on Thursday"], None)
    (None, 'unknown', 'none')
    >>> day_said(["28日の記者会見で"], date(2024, 7, 2), "ja")
    (datetime.date(2024, 6, 28), 'day', 'expression')
    """
    for text in around:
        for match in _EXPRESSIONS[language].finditer(text):
            found = _resolved(match, published_on, _WEEK[language])
            if found is not None:
                return found
    if published_on is not None:
        return published_on, "day", "publication"
    return None, "unknown", "none"


def _resolved(
    match: "regex.Match[str]", published_on: date | None, week: list[str]
) -> tuple[date, str, str] | None:
    if match["weekday"]:
        if published_on is None:
            return None
        back = (
            published_on.weekday()
            - week.index(match["weekday"].lower().translate(_APOSTROPHES))
        ) % 7
        return published_on - timedelta(days=back), "day", "weekday"
    if match["relative"]:
        if published_on is None:
            return None
        back = 1 if match["relative"].lower() in _YESTERDAY else 0
        return published_on - timedelta(days=back), "day", "expression"
    named = match["month"] or ""
    month = int(named) if named.isdigit() else _MONTHS.get(named.lower())
    year = int(match["year"]) if match["year"] else None
    said = _dated(year, month, int(match["day"]), published_on)
    return (said, "day", "expression") if said else None


def _dated(
    year: int | None, month: int | None, day: int, published_on: date | None
) -> date | None:
    """A named day that is not in the future of the publication."""
    if year is None or month is None:
        if published_on is None:
            return None
        year, month = _last(month, day, published_on)
    try:
        said = date(year, month, day)
    except ValueError:
        return None
    return None if published_on is not None and said > published_on else said


def _last(month: int | None, day: int, until: date) -> tuple[int, int]:
    """The year and month of the last such day, of that month or of any, on or before `until`."""
    if month is not None:
        return until.year - ((month, day) > (until.month, until.day)), month
    if day <= until.day:
        return until.year, until.month
    return (until.year, until.month - 1) if until.month > 1 else (until.year - 1, 12)
