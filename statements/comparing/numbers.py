"""The numbers that words name, as figures: «10,000», «ten thousand», «1만», «10 тысяч». Pure.

Ordinals, «one» and what stands in dates and in citations of articles and resolutions are left
out: they count nothing. So are the native numerals of Korean, which a translation may write as
«both».
"""

from fractions import Fraction

import regex

from statements.comparing.citations import without_citations


def _table(text: str) -> dict[str, int]:
    pairs = (pair.split("=") for pair in text.split())
    return {word: int(value) for word, value in pairs}


_ENGLISH = _table(
    "two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 "
    "thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 "
    "twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90"
)
_LARGE_ENGLISH = _table(
    "hundred=100 thousand=1000 million=1000000 billion=1000000000 trillion=1000000000000"
)
# Stems, since cases change the endings.
_RUSSIAN = _table(
    "две=2 два=2 двух=2 двум=2 двумя=2 три=3 трёх=3 трех=3 четыре=4 четырех=4 четырёх=4 пять=5 пяти=5 "
    "шесть=6 шести=6 семь=7 семи=7 восемь=8 восьми=8 девять=9 девяти=9 десять=10 десяти=10 "
    "одиннадцать=11 двенадцать=12 пятнадцать=15 двадцать=20 двадцати=20 тридцать=30 сорок=40 "
    "пятьдесят=50 шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90 сто=100 двести=200 триста=300 "
    "дві=2 чотири=4 шість=6 сім=7 вісім=8 дев'ять=9 десять=10 п'ять=5"
)
_LARGE_RUSSIAN = [
    (r"тыс(?:\.|яч\p{L}*)?|тис(?:\.|яч\p{L}*)?", 1000),
    (r"млн\.?|миллион\p{L}*|мільйон\p{L}*", 1_000_000),
    (r"млрд\.?|миллиард\p{L}*|мільярд\p{L}*", 1_000_000_000),
]
_EASTERN_UNITS = {
    "십": 10, "백": 100, "천": 1000, "十": 10, "百": 100, "千": 1000,
    "만": 10_000, "万": 10_000, "萬": 10_000, "억": 10**8, "億": 10**8, "亿": 10**8,
    "조": 10**12, "兆": 10**12,
}  # fmt: skip
_EASTERN_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True)) | {
    "両": 2,
    "两": 2,
    "兩": 2,
}

_FIGURE = r"\d+(?:[,.\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?"
_ORDINAL = regex.compile(r"(?:st|nd|rd|th|-?(?:й|я|е|го|му|м|ю|х))\b", regex.IGNORECASE)
_SCALE = regex.compile(
    r"[\s\u00a0-]*(?:(?P<en>hundred|thousand|million|billion|trillion|bn|mln)\b"
    + "".join(
        f"|(?P<ru{n}>{pattern})(?!\\p{{L}})" for n, (pattern, _) in enumerate(_LARGE_RUSSIAN)
    )
    + r")",
    regex.IGNORECASE,
)
_EASTERN = regex.compile(
    r"(?:(?:\d[\d,]*(?:\.\d+)?)\s?[십백천十百千]?\s?[만万萬억億亿조兆](?:\s?\d[\d,]*\s?[천千]?|\s?[천千])?)+"
    r"|\d[\d,]*\s?[천千](?!\p{Hangul})|\d[\d,]*\s?천(?=\s?(?:명|여|발|개|톤|달러|대))"
    r"|(?<!第)[一二三四五六七八九十百千万萬億亿両两〇]{2,}|(?<!第)[二三四五六七八九十両两](?=[カヶか国國回名人件年日月か个個])"
)
_EASTERN_PART = regex.compile(r"(\d[\d,]*(?:\.\d+)?)|(\p{Han}|\p{Hangul})")
_WORD = regex.compile(r"[\p{Latin}\p{Cyrillic}][\p{Latin}\p{Cyrillic}'’]*")
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATES = regex.compile(
    rf"\b\d{{1,2}}\s+{_MONTHS}\b(?:,?\s+\d{{4}})?|\b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?"
    r"|\b\d{1,2}\s+(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}*(?:\s+\d{4})?"
    r"|\d{1,4}\s?[년年]|\d{1,2}\s?[월月]|\d{1,2}\s?[일日](?!\p{Han})|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b(?:in|since|of|until|from|в|с|до)\s+(?:19|20)\d{2}(?:s)?\b|\b(?:19|20)\d{2}s\b"
    r"|\b(?:19|20)\d{2}[-–]\d{2,4}\b|\b\d+/\d+\b",
    regex.IGNORECASE,
)


def numbers(text: str) -> frozenset[str]:
    """Return the numbers that a text counts with, as figures.

    >>> sorted(numbers("more than ten thousand troops and 1.5 million shells"))
    ['10000', '1500000']
    >>> numbers("1만 명") == numbers("10 тысяч") == numbers("10,000 men") == numbers("一万人")
    True
    >>> numbers("Article 4, signed on 19 June 2024, is one of the two")
    frozenset({'2'})
    """
    rest = _DATES.sub(" ; ", without_citations(text))
    found: set[str] = set()

    def eastern(match: "regex.Match[str]") -> str:
        found.add(_written(_eastern_value(match.group())))
        return " ; "

    rest = _EASTERN.sub(eastern, rest)

    def figure(match: "regex.Match[str]") -> str:
        after = rest[match.end() :]
        if not _ORDINAL.match(after):
            found.add(_written(_figure(match.group()) * _scale(after)))
        return " ; "

    worded = regex.sub(rf"(?<![\w.])(?<!\p{{L}}-)(?:{_FIGURE})", figure, rest)
    found |= {_written(value) for value in _in_words(worded)}
    return frozenset(found)


def _figure(text: str) -> Fraction:
    """«10,000» and «10 000» are ten thousand, «1.5» and «1,5» one and a half."""
    grouped = regex.fullmatch(r"\d+(?:[,.\u00a0\u202f ]\d{3})+(?:\.\d+)?", text)
    if grouped:
        whole, point, part = (
            text.partition(".") if text.count(".") == 1 and "," in text else (text, "", "")
        )
        return Fraction(regex.sub(r"\D", "", whole) + (point + part if part else ""))
    return Fraction(text.replace(",", "."))


def _scale(after: str) -> int:
    match = _SCALE.match(after)
    if match is None:
        return 1
    if match["en"]:
        short = {"bn": 10**9, "mln": 10**6}
        word = match["en"].casefold()
        return short.get(word) or _LARGE_ENGLISH[word]
    return next(value for n, (_, value) in enumerate(_LARGE_RUSSIAN) if match[f"ru{n}"])


def _eastern_value(text: str) -> Fraction:
    """«1만 2천» and «一万二千»: twelve thousand."""
    total, section, current = Fraction(0), Fraction(0), Fraction(0)
    for digits, char in _EASTERN_PART.findall(text):
        if digits:
            current = Fraction(digits.replace(",", ""))
        elif char in _EASTERN_DIGITS:
            current = current * 10 + _EASTERN_DIGITS[char]
        elif (unit := _EASTERN_UNITS.get(char, 0)) >= 10_000:
            total += (section + current or Fraction(1)) * unit
            section = current = Fraction(0)
        elif unit:
            section += (current or Fraction(1)) * unit
            current = Fraction(0)
    return total + section + current


def _in_words(text: str) -> list[Fraction]:
    """Numbers written out: runs of number words that stand together."""
    values: list[Fraction] = []
    total = current = Fraction(0)
    running = False
    last = 0
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("’", "'")
        gap = text[last : match.start()]
        last = match.end()
        value, scale = _ENGLISH.get(word, _RUSSIAN.get(word)), _word_scale(word)
        # «a hundred» is a number, «hundreds» is none.
        if running and (
            gap.strip(" \u00a0-") or (value is None and scale is None and word != "and")
        ):
            values.append(total + current)
            total = current = Fraction(0)
            running = False
        if value is not None:
            current += value
            running = True
        elif scale is not None and (running or _article_before(text, match.start())):
            current = (current or Fraction(1)) * scale
            if scale >= 1000:
                total, current = total + current, Fraction(0)
            running = True
    if running:
        values.append(total + current)
    return values


def _word_scale(word: str) -> int | None:
    if word in _LARGE_ENGLISH:
        return _LARGE_ENGLISH[word]
    for pattern, value in _LARGE_RUSSIAN:
        if regex.fullmatch(pattern, word):
            return value
    return None


def _article_before(text: str, at: int) -> bool:
    return bool(regex.search(r"\b(?:a|one|per)[\s-]+$", text[:at], regex.IGNORECASE))


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))
