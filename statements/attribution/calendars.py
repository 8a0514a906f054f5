"""How Ukrainian, Chinese, French, Spanish and German write days; the others stand in `expressions`.

Their patterns have the same groups: weekday, near, day, month and year.
"""

import regex

_YEAR = r"(?P<year>(?:19|20)\d{2})"
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

MONTHS = {
    name: number
    for months in (_UK_MONTHS, _FR_MONTHS, _ES_MONTHS, _DE_MONTHS)
    for number, name in enumerate(months, 1)
}
WEEK = {
    "uk": ["понеділок", "вівторок", "середу", "четвер", "п'ятницю", "суботу", "неділю"],
    "zh": list("一二三四五六日"),
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    "de": ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
}
# Days from the day of the report.
NEAR = {
    "вчора": -1, "сьогодні": 0, "昨天": -1, "今天": 0, "hier": -1, "aujourd'hui": 0,
    "ayer": -1, "hoy": 0, "gestern": -1, "heute": 0,
}  # fmt: skip


def _pattern(body: str) -> "regex.Pattern[str]":
    return regex.compile(rf"\b(?:{body})\b".replace("'", "['’ʼ]"), regex.IGNORECASE)


def _days(language: str, months: tuple[str, ...], before: str, between: str) -> str:
    """Weekdays and dates of a language that writes the day before the month."""
    return (
        rf"{before}(?P<weekday>{'|'.join(WEEK[language])})"
        rf"|(?P<day>\d{{1,2}})(?:er|\.)?{between}(?P<month>{'|'.join(months)})(?:{between}{_YEAR})?"
    )


PATTERNS = {
    "uk": _pattern(_days("uk", _UK_MONTHS, r"[ву]\s+", r"\s+") + r"|(?P<near>вчора|сьогодні)"),
    "fr": _pattern(_days("fr", _FR_MONTHS, "", r"\s+") + r"|(?P<near>hier|aujourd'hui)"),
    "es": _pattern(_days("es", _ES_MONTHS, "", r"\s+de\s+") + r"|(?P<near>ayer|hoy)"),
    "de": _pattern(_days("de", _DE_MONTHS, "", r"\s+") + r"|(?P<near>gestern|heute)"),
    "zh": regex.compile(
        rf"(?:星期|周|礼拜)(?P<weekday>[一二三四五六日])|(?P<near>昨天|今天)"
        rf"|(?:(?:{_YEAR}年)?(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})[日号]"
    ),
}
