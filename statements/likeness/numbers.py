"""The numbers in a wording, in whichever script and grouping they are printed."""

import unicodedata
from decimal import Decimal

import regex

from statements.likeness.lexicon import lexicon

# «3,000», «3 000», «3.000», «2.5», «1960s»; three digits behind a mark are thousands.
_DIGITS = regex.compile(
    r"(?<![\d.,])\d{1,3}(?:[,.’'\u00a0\u202f ]\d{3})+(?!\d)|(?<![\d])\d+(?:[.,]\d+)?"
)
_NEXT_WORD = regex.compile(r"[\s\u00a0-]*([\p{L}’']+)")
_CJK_SCALES = {"백": 100, "천": 1000, "百": 100, "千": 1000, "만": 10**4, "万": 10**4, "萬": 10**4,
               "억": 10**8, "億": 10**8, "亿": 10**8, "조": 10**12, "兆": 10**12}  # fmt: skip
_CJK_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"兩": 2, "两": 2}
# Only before what is counted: «一» and «三» stand in many words that are no numbers.
_CJK_NUMBER = regex.compile(
    r"[一二三四五六七八九十百千両兩两]+(?=[カか个個ヵケ]?(?:国|國|者|人|名|年|回|次|度|点|點|項|项|件|枚|발|条|カ月|か月))"
)
_KOREAN = {"두": 2, "양": 2, "세": 3, "네": 4, "다섯": 5}
_KOREAN_NUMBER = regex.compile(
    r"(?<!\p{L})(두|양|세|네|다섯)\s?(?:나라|국가|개국|국|차례|번|명|사람|가지)"
)


def numbers(words: str, language: str = "") -> frozenset[str]:
    """Return the numbers of a wording as plain decimals. Ones are left out: «one» is a pronoun.

    >>> sorted(numbers("Some 10,000 troops and two dozen of the 1960s' guns", "en"))
    ['10000', '1960', '24']
    >>> numbers("12 тысяч военных", "ru") == numbers("1만2천 명", "ko") == {"12000"}
    True
    """
    text = unicodedata.normalize("NFKC", words)
    found: list[Decimal] = []
    rest = _DIGITS.sub(lambda match: _blank(match.group()), text)
    end = 0
    for match in _DIGITS.finditer(text):
        if match.start() < end:
            continue
        value, end = _value(match.group()), match.end()
        # «제4조» is an article and not four billions.
        if text[: match.start()][-1:] not in {"제", "第"}:
            value, end = _scaled(value, text, end, language)
        found.append(value)
    found += _in_words(rest, language)
    return frozenset(_plain(value) for value in found if value != 1)


def _value(digits: str) -> Decimal:
    groups = regex.split(r"[,.’'\u00a0\u202f ]", digits)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        return Decimal("".join(groups))
    return Decimal(digits.replace(",", "."))


def _scaled(value: Decimal, text: str, at: int, language: str) -> tuple[Decimal, int]:
    """The value times the scales behind it, and where those end: «2.5 million», «1만2천»."""
    total, end = Decimal(0), at
    while end < len(text) and (scale := _CJK_SCALES.get(text[end])):
        total, end = total + value * scale, end + 1
        more = regex.compile(r"\d+").match(text, end)
        if more is None:
            return total, end
        value, end = Decimal(more.group()), more.end()
    if total:
        return total + value, end
    word = _NEXT_WORD.match(text, at)
    if word and (scale := lexicon(language).scales.get(word[1].casefold())):
        return value * scale, word.end()
    return value, at


def _in_words(text: str, language: str) -> list[Decimal]:
    """Numbers that stand in words: «twenty-four», «three thousand», «三カ国», «두 나라»."""
    known = lexicon(language)
    found: list[Decimal] = []
    current = 0
    for word in [*regex.findall(r"[\p{L}'’]+", text.casefold()), ""]:
        word = word.replace("’", "'")
        if word == "dozen" and current:
            current *= 12
        elif value := known.numbers.get(word):
            current += value
        elif current and (scale := known.scales.get(word)):
            current *= scale
        elif current:
            found.append(Decimal(current))
            current = 0
    found += [Decimal(_of_han(match.group())) for match in _CJK_NUMBER.finditer(text)]
    return found + [Decimal(_KOREAN[match[1]]) for match in _KOREAN_NUMBER.finditer(text)]


def _of_han(characters: str) -> int:
    total, digit = 0, 0
    for character in characters:
        if character in "両兩两":
            digit = 2
        elif character in _CJK_DIGITS:
            digit = _CJK_DIGITS[character]
        else:
            scale = 10 if character == "十" else _CJK_SCALES[character]
            total, digit = total + (digit or 1) * scale, 0
    return total + digit


def _blank(digits: str) -> str:
    return " " * len(digits)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
