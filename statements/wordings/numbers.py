"""The numbers that words name, as figures: «10,000», «ten thousand», «1만», «10 тысяч». Pure."""

import unicodedata
from collections.abc import Iterator
from fractions import Fraction

import regex

from statements.wordings.citations import without_citations
from statements.wordings.lexicon import Lexicon, lexicon

_EASTERN_UNITS = {
    "십": 10, "백": 100, "천": 1000, "十": 10, "百": 100, "千": 1000,
    "만": 10**4, "万": 10**4, "萬": 10**4, "억": 10**8, "億": 10**8, "亿": 10**8,
    "조": 10**12, "兆": 10**12,
}  # fmt: skip
_HAN = {c: n for n, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("両两兩", 2)
_KOREAN = {"두": 2, "양": 2, "세": 3, "네": 4, "다섯": 5}
_KOREAN_NUMBER = regex.compile(
    r"(?<!\p{L})(두|양|세|네|다섯)\s?(?:나라|국가|개국|국|차례|번|명|사람|가지)"
)
# «第4条» and «제4조» are an article and not four billions. Single characters are numbers only
# before what is counted: «一» and «三» stand in many words that are none.
_EASTERN = regex.compile(
    r"(?:(?<![제第]\s?)(?:\d[\d,]*(?:\.\d+)?)\s?[십백천十百千]?\s?[만万萬억億亿조兆](?:\s?\d[\d,]*\s?[천千]?|\s?[천千])?)+"
    r"|\d[\d,]*\s?[백천百千](?!\p{Hangul})|\d[\d,]*\s?[백천](?=\s?(?:명|여|발|개|톤|달러|대))"
    r"|(?!万一|萬一)[一二三四五六七八九十百千万萬億亿両两兩〇]{2,}"
    r"|[二三四五六七八九十百千両两兩](?=[カヶか个個ヵケ]?(?:国|國|回|名|人|者|件|次|度|点|點|項|项|枚|条|年|日|月))"
)
_EASTERN_PART = regex.compile(r"(\d[\d,]*(?:\.\d+)?)|(\p{Han}|\p{Hangul})")
# «3,000», «3 000», «3.000», «2.5»; three digits behind a mark are thousands.
_FIGURE = regex.compile(
    r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|(?<![\d.,])\d{1,3}(?:[.’'\u00a0\u202f ]\d{3})+(?!\d)"
    r"|(?<!\d)\d+(?:[.,]\d+)?"
)
_NEXT_WORD = regex.compile(r"[\s\u00a0-]*([\p{L}’']+)")
_WORD = regex.compile(r"[\p{Latin}\p{Cyrillic}][\p{Latin}\p{Cyrillic}'’]*")
_ONE = regex.compile(r"\b(?:a|one|per|eine?|une?|una|один|одна|одну)[\s-]+$", regex.IGNORECASE)
# What counts nothing: dates, ordinals, and the figures of «KN-23» and «F-16».
_ORDINAL = regex.compile(r"(?:st|nd|rd|th|-?(?:й|я|е|го|му|м|ю|х))\b", regex.IGNORECASE)
_MODEL = regex.compile(r"[\p{Latin}\p{Cyrillic}\d_.]$|\p{L}-$")
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


def numbers(words: str, language: str = "") -> frozenset[str]:
    """Return the numbers in words of a language; in words of any for ''.

    Ones are left out: «one» is a pronoun.

    >>> sorted(numbers("Some 10,000 troops and two dozen of the 1960s' guns", "en"))
    ['10000', '1960', '24']
    >>> numbers("12 тысяч военных", "ru") == numbers("1만2천 명", "ko") == {"12000"}
    True
    """
    return _read(unicodedata.normalize("NFKC", words), language)


def counted(words: str, language: str = "") -> frozenset[str]:
    """Return the numbers with which words count something.

    Ordinals, what stands in dates and in citations of articles and resolutions, and the names of
    models are left out.

    >>> counted("1만 명") == counted("10 тысяч") == counted("10,000 men") == counted("一万人")
    True
    >>> counted("Article 4, signed on 19 June 2024, is the 3rd of the two", "en")
    frozenset({'2'})
    """
    text = unicodedata.normalize("NFKC", words)
    return _read(_DATES.sub(" ; ", without_citations(text)), language, counting=True)


def ungrouped(text: str) -> str:
    """Return the text with its figures in one piece: «1700» for «1,700».

    >>> ungrouped("1,700 km, 2.5 per cent, 10 000 men")
    '1700 km, 2.5 per cent, 10000 men'
    """
    return str(_FIGURE.sub(lambda match: _whole(match.group()), text))


def _whole(digits: str) -> str:
    value = _figure(digits)
    return _written(value) if value.denominator == 1 else digits


def _read(text: str, language: str, *, counting: bool = False) -> frozenset[str]:
    known = lexicon(language)
    found: list[Fraction] = []

    def eastern(match: "regex.Match[str]") -> str:
        if not (counting and match.string[match.start() - 1 : match.start()] == "第"):
            found.append(_eastern_value(match.group()))
        return _blank(match)

    text = _EASTERN.sub(eastern, text)
    for match in _FIGURE.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if counting and (_ORDINAL.match(after) or _MODEL.search(before[-2:])):
            continue
        found.append(_figure(match.group()) * _scale(after, known))
    found += _in_words(_FIGURE.sub(_blank, text), known)
    found += [Fraction(_KOREAN[match[1]]) for match in _KOREAN_NUMBER.finditer(text)]
    return frozenset(_written(value) for value in found if value != 1)


def _figure(digits: str) -> Fraction:
    """«10,000» and «10 000» are ten thousand, «1.5» and «1,5» one and a half."""
    if regex.fullmatch(r"\d+(?:,\d{3})+(?:\.\d+)?", digits):
        return Fraction(digits.replace(",", ""))
    if regex.fullmatch(r"\d+(?:[.’'\u00a0\u202f ]\d{3})+", digits):
        return Fraction(regex.sub(r"\D", "", digits))
    return Fraction(digits.replace(",", "."))


def _scale(after: str, known: Lexicon) -> int:
    """By how much the word right behind a figure multiplies it."""
    word = _NEXT_WORD.match(after)
    return known.scales.get(word[1].casefold(), 1) if word else 1


def _eastern_value(text: str) -> Fraction:
    """«1만 2천» and «一万二千»: twelve thousand."""
    total, section, current = Fraction(0), Fraction(0), Fraction(0)
    for digits, char in _EASTERN_PART.findall(text):
        if digits:
            current = Fraction(digits.replace(",", ""))
        elif char in _HAN:
            current = current * 10 + _HAN[char]
        elif (unit := _EASTERN_UNITS.get(char, 0)) >= 10_000:
            total += (section + current or Fraction(1)) * unit
            section = current = Fraction(0)
        elif unit:
            section += (current or Fraction(1)) * unit
            current = Fraction(0)
    return total + section + current


def _in_words(text: str, known: Lexicon) -> Iterator[Fraction]:
    """Numbers written out, such as «twenty-four» and «three hundred and forty thousand»."""
    total = current = last = 0
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("’", "'")
        gap, last = text[last : match.start()].strip(" \u00a0-"), match.end()
        if word == "and" and current >= 100 and not gap:
            continue
        value, scale = known.numbers.get(word, 0), known.scales.get(word, 0)
        running = total or current
        # «a hundred» is a number, «hundreds» is none.
        begins = value or (scale and _ONE.search(text[: match.start()]))
        if running and (gap or not (scale or _goes_on(current, value))):
            yield Fraction(total + current)
            total = current = running = 0
        if value:
            current += value
        elif scale and (running or begins):
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0
    if total or current:
        yield Fraction(total + current)


def _goes_on(current: int, value: int) -> bool:
    """Whether a number is the rest of the one before: «four» behind «twenty» or «hundred»."""
    if not value:
        return False
    tens = current % 100
    return tens == 0 or (value < 10 and tens >= 20 and tens % 10 == 0)


def _blank(match: "regex.Match[str]") -> str:
    return " " * (len(match.group()) - 1) + ";"


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))
