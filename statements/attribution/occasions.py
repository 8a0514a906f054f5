"""When and at what occasion a Russian, Korean or Japanese sentence says that somebody spoke.

In Korean and Japanese both stand between the topic and what was said, as in «장관은 15일
기자회견에서 …» and «外相は15日の記者会見で、…». A day that belongs to what was said («15일
체결된 조약», «15日に署名された条約») is left there.
"""

import regex

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
_RU_NEAR = 40  # characters between the verb and the day


def occasion(text: str, start: int, end: int, language: str) -> tuple[int, str]:
    """Return where the occasion that begins at `start` ends, and the day it names.

    Without one, `start` and the empty string.
    """
    pattern = _OCCASION.get(language)
    match = pattern.match(text, start, end) if pattern else None
    return (match.end(), match["when"] or "") if match else (start, "")


def near_verb(text: str, start: int, end: int, verb: tuple[int, int]) -> list[str]:
    """What stands between commas around a Russian verb of saying, where its day is named."""
    behind = text[verb[1] : min(end, verb[1] + _RU_NEAR)].split(",")[0]
    before = text[max(start, verb[0] - _RU_NEAR) : verb[0]].split(",")[-1]
    return [behind, before]
