"""When and at what occasion a Russian, Korean or Japanese sentence says that somebody spoke.

In Korean and Japanese both stand between the topic and what was said, as in «장관은 15일
기자회견에서 …» and «外相は15日の記者会見で、…». A day that belongs to what was said («15일
체결된 조약», «15日に署名された条約») is left there.
"""

from functools import cache

import regex

from statements.attribution.clauses import BLANK
from statements.attribution.values import Occasion
from statements.attribution.words import read_table

_KO_DAY = (
    r"(?P<when>(?:(?:\d{4}년\s*)?\d{1,2}월\s*)?\d{1,2}일|[월화수목금토일]요일|오늘|어제)"
    r"(?:\s?\([^()]{1,12}\))?(?:에)?\s+"
)
_KO_SPEECH = r"(?:회견|브리핑|인터뷰|성명|담화|연설|간담회|논평|입장문|보도자료)"
_KO_SITTING = r"(?:회의|이사회|안보리|총회|국회|위원회|회담|방송|라디오|포럼|세미나)"
_KO_AT = r"(?:에서|을\s+통해|를\s+통해|을\s+내고|를\s+내고|에\s+출연해),?\s+"
# «체결된 조약», but not «북한 병력»: a verb that describes the noun behind it.
_KO_VERB = r"(?!\S*(?:된|(?<![북남미러대])한|던|린)\s)"
_JA_DAY = (
    r"(?P<when>(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日|[月火水木金土日]曜日|きょう|今日|昨日|きのう)"
    r"(?:夜|朝|夕|午前|午後)?"
)
_JA_SPEECH = r"(?:会見|声明|談話|演説|インタビュー|講演|ブリーフィング)"
_JA_SITTING = r"(?:会合|会議|委員会|国会|理事会|安保理|総会|番組|会談)"
_JA_AT = r"(?:で|において|を通じて|の中で|を出し)、?"

_OCCASION = {
    "ko": regex.compile(
        rf"(?:이날\s+)?(?:{_KO_DAY}(?:(?:[^\s,]+\s){{0,3}}?\S*(?:{_KO_SPEECH}|{_KO_SITTING}){_KO_AT}|{_KO_VERB})"
        rf"|(?:[^\s,]+\s){{0,2}}?\S*{_KO_SPEECH}{_KO_AT})"
    ),
    "ja": regex.compile(
        rf"(?:{_JA_DAY}(?:[、のに][^、。「」]{{0,24}}?(?:{_JA_SPEECH}|{_JA_SITTING}){_JA_AT}|、)"
        rf"|[^、。「」]{{0,16}}?{_JA_SPEECH}{_JA_AT})"
    ),
}
# What stands before and behind the noun of an occasion, and behind or before its place.
_NOUN_AT = {
    "ru": (
        r"\b(?:[Нн]а|[Вв]о?|[Вв] ходе|[Вв]о время)\s+(?:\p{Ll}[\p{L}-]*\s+){0,3}?",
        r"\p{Ll}{0,3}\b(?:\s+\p{L}[\p{L}»«-]*){0,3}?(?:\s+в\s+(?P<place>\p{Lu}[\p{L}-]+))?",
    ),
    "ko": (
        r"(?:(?P<place>\p{Hangul}{2,8})에서\s(?:열린|개최된|가진|연|한|진행된|진행한)\s(?:\S+\s){0,3}?)?(?:\S+\s)?\S*?",
        r"(?:에서|을\s?통해|를\s?통해|을\s내고|를\s내고|에\s출연해|에\s글을|에게|에)",
    ),
    "ja": (
        r"(?:(?P<place>[\p{Han}\p{Katakana}ー]{2,10})で(?:開かれた|開いた|行われた|行った)[^、。]{0,16}?)?",
        r"(?:後)?(?:で|において|を通じて|の中で|を出し|に対し|に)",
    ),
}


# The languages whose nouns of occasions `occasions.csv` has, besides English.
OCCASIONS = frozenset(_NOUN_AT)


def occasion(
    text: str, start: int, end: int, language: str
) -> tuple[int, tuple[int, int] | None]:
    """Return where the occasion that begins at `start` ends, and where the day it names stands.

    Without one, `start` and None.
    """
    pattern = _OCCASION.get(language)
    match = pattern.match(text, start, end) if pattern else None
    if match is None:
        return start, None
    return match.end(), match.span("when") if match["when"] else None


def occasion_of(
    text: str,
    sentence: tuple[int, int],
    inside: list[tuple[int, int]],
    language: str,
) -> Occasion | None:
    """Return in which form a Russian, Korean or Japanese statement was said, and where.

    The phrase stands in the `sentence` and not `inside` of what was said.
    """
    start, end = sentence
    printed = text[start:end]
    for first, last in inside:
        a, b = max(first, start) - start, min(last, end) - start
        if a < b:
            printed = printed[:a] + BLANK * (b - a) + printed[b:]
    pattern, forms = _nouns(language)
    for match in pattern.finditer(printed):
        if BLANK not in match.group():
            form = forms[(match["noun"] or match["told"]).casefold()]
            return Occasion(
                form, match["place"] or "", start + match.start(), start + match.end()
            )
    return None


@cache
def _nouns(language: str) -> tuple["regex.Pattern[str]", dict[str, str]]:
    """A pattern for the occasions of a language, and the form that each noun stands for."""
    rows = [row for row in read_table("occasions.csv") if row["lang"] == language]
    forms = {
        word.casefold(): row["form"]
        for row in rows
        for word in [row["phrase"], *row["forms"].split(";")]
        if word
    }
    told = {row["id"] for row in rows if row["use"] == "told"}
    words: dict[bool, list[str]] = {True: [], False: []}
    for row in rows:
        words[row["id"] in told] += [w for w in [row["phrase"], *row["forms"].split(";")] if w]
    noun, to = (
        "|".join(sorted(map(regex.escape, words[key]), key=len, reverse=True))
        for key in (False, True)
    )
    before, behind = _NOUN_AT[language]
    addressed = (
        rf"\b(?P<told>{to})\b" if language == "ru" else rf"(?P<told>{to})(?:에게|과|와|に)"
    )
    pattern = rf"{before}(?P<noun>{noun}){behind}|{addressed}"
    return regex.compile(pattern, regex.IGNORECASE if language == "ru" else 0), forms
