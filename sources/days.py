"""Reading a day from how it is written, in the languages of the pages we read. Pure."""

from datetime import date

import regex

_ISO = regex.compile(r"^\s*(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_COMPACT = regex.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:\D|T|\d{6}|$)")
_EAST_ASIAN = regex.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_WORDED = regex.compile(
    r"(?<!\d)(?:(?P<d>\d{1,2})(?:\.|st|nd|rd|th|º|er|-го)?\s+(?:de\s+)?(?P<m>\p{L}{3,12})\.?"
    r"(?:\s+del?)?|(?P<m2>\p{L}{3,12})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?),?\s+(?P<y>\d{4})(?!\d)"
)
# «Thu Jun 20 12:45:00 EDT 2024», as programs print it.
_OF_SOFTWARE = regex.compile(
    r"\b(\p{L}{3}) (\d{1,2}) \d{2}:\d{2}:\d{2} (?:[A-Z]{2,5} |[+-]\d{4} )?(\d{4})"
)
_NUMERIC = regex.compile(
    r"(?<![\d./-])(\d{1,2})(?P<mark>[./-])(\d{1,2})(?P=mark)(\d{4})(?![\d/-])"
)
_ISO_WITHIN = regex.compile(
    r"(?<!\d)(\d{4})(?P<sign>[-/.]) ?(\d{1,2})(?P=sign) ?(\d{1,2})(?!\d)"
)
# The months as the Unicode locale data (CLDR) writes them in a date, wide and abbreviated.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            (
                "january jan januar janvier janv enero ene gennaio gen janeiro stycznia sty ocak oca "
                "января янв січня січ"
            ),
            (
                "february feb februar février févr febrero febbraio fevereiro fev lutego lut şubat "
                "şub февраля февр лютого лют"
            ),
            "march mar märz mars marzo março marca mart марта мар березня бер",
            "april apr avril avr abril abr aprile kwietnia kwi nisan nis апреля апр квітня квіт",
            "may mai mayo maggio mag maio maja maj mayıs мая травня трав",
            (
                "june jun juni juin junio giugno giu junho czerwca cze haziran haz июня июн червня "
                "черв"
            ),
            (
                "july jul juli juillet juil julio luglio lug julho lipca lip temmuz tem июля июл "
                "липня лип"
            ),
            "august aug août agosto ago sierpnia sie ağustos ağu августа авг серпня серп",
            (
                "september sep sept septembre septiembre settembre set setembro września wrz eylül "
                "eyl сентября сент вересня вер"
            ),
            (
                "october oct oktober okt octobre octubre ottobre ott outubro out października paź "
                "ekim eki октября окт жовтня жовт"
            ),
            (
                "november nov novembre noviembre novembro listopada lis kasım kas ноября нояб "
                "листопада лист"
            ),
            (
                "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia gru "
                "aralık ara декабря дек грудня груд"
            ),
        ),
        1,
    )
    for name in names.split()
}
# Where a date of numbers begins with the day, as CLDR writes it.
_DAY_FIRST = {"be", "cs", "da", "de", "fi", "fr", "it", "es", "pl", "pt", "ru", "tr", "uk"}
# What a line may hold that is a date and nothing else.
_BESIDE_DATE = regex.compile(
    rf"{_EAST_ASIAN.pattern}|{_ISO_WITHIN.pattern}|{_WORDED.pattern}|{_NUMERIC.pattern}|"
    r"\d{1,2}\s?[:.時시h]\s?\d{0,2}(?::\d{2})?\s?分?|(?i:[ap]\.?m\.?|at|um|uhr|в|о|à)\b|"
    r"\b(?:UTC|GMT|[ECMP][SD]?T|BST|CET|MSK|KST|JST)\b|\W+"
)


def parse_day(value: str, language: str = "") -> date | None:
    """Return the day that a machine-readable or worded date states, as written there.

    The day is not moved between time zones. A day and month of numbers are read only where the
    language's order or a number above twelve says which is which.

    >>> parse_day("2024-06-20T16:37:00+09:00"), parse_day("June 20, 2024")
    (datetime.date(2024, 6, 20), datetime.date(2024, 6, 20))
    >>> parse_day("20 июня 2024"), parse_day("2024년 6월 20일")
    (datetime.date(2024, 6, 20), datetime.date(2024, 6, 20))
    >>> parse_day("03/04/2024") is None, parse_day("03.04.2024", "de")
    (True, datetime.date(2024, 4, 3))
    """
    for pattern in (_ISO, _COMPACT, _EAST_ASIAN):
        found = pattern.search(value)
        if found:
            return day_of(*map(int, found.groups()[:3]))
    if found := _OF_SOFTWARE.search(value):
        value = f"{found[2]} {found[1]} {found[3]}"
    for found in _WORDED.finditer(value):
        month = _MONTHS.get((found["m"] or found["m2"]).lower())
        if month:
            return day_of(int(found["y"]), month, int(found["d"] or found["d2"]))
    if found := _ISO_WITHIN.search(value):
        return day_of(int(found[1]), int(found[3]), int(found[4]))
    found = _NUMERIC.search(value)
    return _numeric(int(found[1]), int(found[3]), int(found[4]), language) if found else None


def _numeric(first: int, second: int, year: int, language: str) -> date | None:
    if language in _DAY_FIRST or first > 12 or first == second:
        return day_of(year, second, first)
    return day_of(year, first, second) if second > 12 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_only_a_date(text: str) -> bool:
    """Whether a line holds a date, at most with its time, and nothing else.

    >>> is_only_a_date("June 20, 2024, 4:19 PM"), is_only_a_date("Signed on June 20, 2024")
    (True, False)
    >>> is_only_a_date("입력"), is_only_a_date("2024.06.20 10:15"), is_only_a_date("20.06.2024")
    (False, True, True)
    """
    return bool(text.strip()) and not _BESIDE_DATE.sub("", text)
