"""Where a wording denies: the negating words of the languages that reports are printed in."""

import regex

from statements.likeness.lexicon import lexicon

_NOT_ONLY = r"(?!\s+(?:only|just|merely|least)\b)"
_WORD = regex.compile(r"[\p{L}]+(?:['’][\p{L}]+)?")
# Scripts that put no spaces between words, or endings onto the verb.
_WITHIN = {
    "ja": regex.compile(r"(?:な(?:い(?!か)|かった|く)|ませ?ん|(?<=[\p{Han}らせれえけげてねべめ])ず(?=[、にと])|ざる|ぬ(?=[。、」]|$))"),
    "ko": regex.compile(r"않|못하|못했|못할|아니(?:다|라|며|고|었)|없(?!이는)|말아야"),
    "zh": regex.compile(r"不(?!断|斷|仅|僅|同|少|久|過|过|但)|没有|沒有|无(?!论|線)|無(?!論)|未(?!来|來)|絕非|绝非|勿|并非|並非"),
}  # fmt: skip


def negations(words: str, language: str = "") -> tuple[str, ...]:
    """Return the negating words as printed, in reading order.

    >>> negations("We cannot and won't accept it, not only today", "en")
    ('cannot', "won't")
    >>> negations("받아들일 수 없다", "ko")
    ('없',)
    """
    within = _WITHIN.get(language)
    if within is not None:
        return tuple(match.group() for match in within.finditer(words))
    known = lexicon(language)
    found = []
    for match in _WORD.finditer(words):
        word = match.group().casefold().replace("’", "'")
        if word == "not" and not regex.compile(_NOT_ONLY).match(words, match.end()):
            continue
        if (
            word in known.negations
            or word.endswith("n't")
            or (known.negation_stems and word.startswith(known.negation_stems))
        ):
            found.append(match.group())
    return tuple(found)
