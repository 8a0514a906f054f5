"""Whether words deny: negation that stands there, or might be hidden in another word. Pure."""

from enum import StrEnum

import regex

_I = regex.IGNORECASE
_NOT_NEGATION = {
    "en": regex.compile(r"\bnot (?:only|just|merely)\b|\bno (?:doubt|less than|more than|sooner)\b|\bno\. ?\d", _I),
    "ru": regex.compile(r"\bне только\b|\bне менее\b|\bне более\b|\bтем не менее\b", _I),
    "uk": regex.compile(r"\bне (?:тільки|лише)\b|\bне менше\b|\bне більше\b", _I),
    "fr": regex.compile(r"\bnon seulement\b|\bsans doute\b|\bne\b[^.]{1,40}\bque\b", _I),
    "de": regex.compile(r"\bnicht nur\b", _I),
    "es": regex.compile(r"\bno (?:solo|sólo|obstante)\b", _I),
    "ko": regex.compile(r"지\s*않으면\s*안|않을\s*수\s*없|뿐만?\s*아니라|에\s*불과하지|지\s*않을까"),
    "ja": regex.compile(r"(?:なければ|なくては|ないと)(?:なら|いけ)ない|(?:なければ|なくては)なりません|だけで(?:は)?なく|にほかならない|かもしれない|かもしれません|ざるを得ない|に違いない"),
    "zh": regex.compile(r"不仅|不僅|不断|不斷|无不|不得不|不但|非常|未来|未來|不久"),
}  # fmt: skip
_NEGATION = {
    "en": regex.compile(r"\b(?:not|never|no|none|nobody|nothing|neither|nor|nowhere|cannot|without)\b|n['’ ]t\b", _I),
    "ru": regex.compile(r"\b(?:не|нет|ни|никто|ничто|ничего|никогда|никак\p{L}{1,3}|нельзя|без)\b", _I),
    "uk": regex.compile(r"\b(?:не|немає|ні|ніхто|ніщо|нічого|ніколи|жодн\p{L}{1,3}|без)\b", _I),
    "fr": regex.compile(r"\b(?:ne|pas|jamais|aucun\p{L}*|rien|sans|ni)\b|\bn['’]", _I),
    "de": regex.compile(r"\b(?:nicht|kein\p{L}*|nie|niemals|nichts|niemand|ohne|weder)\b", _I),
    "es": regex.compile(r"\b(?:no|nunca|jamás|ning[uú]n\p{L}*|nada|nadie|sin|ni)\b", _I),
    "ko": regex.compile(r"(?:지\s*(?:는|도)?\s*(?:않|못|아니|말)|아니|없|안\s)"),
    "ja": regex.compile(r"な(?:い|かった|く)|ません|ず(?:に|、)|ぬ|あり得ない|ではない"),
    "zh": regex.compile(r"[不没沒未无無非]"),
}  # fmt: skip
# Words that deny without a negation, so that other words for the same may need one.
_HIDDEN = {
    "en": regex.compile(
        r"\b(?:un|in|im|il|ir|non|dis|mis|anti)\p{L}{4,}|\b(?:refus|reject|den(?:y|ie)|fail|lack|stop|oppos|rule[sd]? out"
        r"|prevent|avoid|refrain|absen|illegal|against|cease|end|hardly|barely|few|little|only|far from|instead|rather"
        r"|prohibit|forbid|ban|block|abandon|halt|abstain|free of|exclud|beyond|break|abide|reject)\p{L}*", _I),
    "ru": regex.compile(r"\b(?:не|без|бес|анти|против)\p{L}{3,}|\b(?:отказ|отверг|отриц|прекра|запре|исключ|лиш|только)\p{L}*", _I),
    "uk": regex.compile(r"\b(?:не|без|анти|проти)\p{L}{3,}|\b(?:відмов|відкид|запереч|припин|заборон|виключ|лише|тільки)\p{L}*", _I),
    "ko": regex.compile(r"불[가법허안]|무[효단조]|비[난판핵]|거부|반대|부인|금지|중단|포기|거절|위반|밖에|뿐|불법"),
    "ja": regex.compile(r"[不無非反未]|否|禁|拒|断|止|違反|だけ|しか"),
    "zh": regex.compile(r"反|否|禁|拒|止|违|違|只"),
}  # fmt: skip


class Polarity(StrEnum):
    """What can be told of words: they deny, they do not, or it cannot be told."""

    NEGATED = "negated"
    PLAIN = "not negated"
    OPEN = ""


def polarity(text: str, language: str) -> Polarity:
    """Return whether words hold a negation; open where another word may hide one.

    >>> polarity("It will not hold.", "en"), polarity("It will hold.", "en")
    (<Polarity.NEGATED: 'negated'>, <Polarity.PLAIN: 'not negated'>)
    >>> polarity("We reject it.", "en"), polarity("Not only we hold it.", "en")
    (<Polarity.OPEN: ''>, <Polarity.PLAIN: 'not negated'>)
    """
    pattern = _NEGATION.get(language)
    if pattern is None:
        return Polarity.OPEN
    rest = _NOT_NEGATION[language].sub(" ", text) if language in _NOT_NEGATION else text
    if pattern.search(rest):
        return Polarity.NEGATED
    hidden = _HIDDEN.get(language)
    return Polarity.OPEN if hidden is None or hidden.search(rest) else Polarity.PLAIN


def sentences(text: str) -> int:
    """About how many sentences and clauses words have; one alone may be compared as a whole."""
    return 1 + len(
        regex.findall(
            r"[.!?;:。！？；]\s*(?=\S)|,\s+(?:and|but|which|while|that)\b", text.strip()
        )
    )
