"""What a frame finds in a sentence, and what it may not find."""

from dataclasses import dataclass, field
from itertools import takewhile

from statements.attribution.cues import Span
from statements.attribution.tags import Tag
from statements.attribution.tokens import Token
from statements.attribution.words import (
    ABSTRACT_ENDINGS,
    BODIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
)


@dataclass(frozen=True)
class Found:
    """One report in one sentence: token spans of speaker, cue and content pieces.

    `pronoun` is the «who» that stands for the subject. `via` is who the sentence credits besides the speaker; `told` is to whom it was said or by
    whom it was carried, who is credited when that is a medium. `source` is whom the subject cites.
    """

    rule: str
    pieces: tuple[Span, ...]
    subject: Span | None
    cue: Span | None
    modality: str = ""
    via: Span | None = None
    told: Span | None = None
    source: Span | None = None
    pronoun: Span | None = None
    lemma: str = ""
    shared: bool = field(default=False)


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def worth(tokens: list[Token], report: Found) -> bool:
    """Whether the content is more than punctuation, and a clause more than a word or two."""
    words = sum(
        1 if t.kind != "quote" else 3
        for first, last in report.pieces
        for t in tokens[first:last]
        if t.kind != "mark"
    )
    if words >= 2:
        return True
    first, last = report.pieces[0]
    return report.rule == "S C NP" and any(t.tag == Tag.PROPER for t in tokens[first:last])


# Determiners that may speak for themselves: «some said», «others argue».
_PRONOMINAL = {
    "some",
    "many",
    "others",
    "another",
    "most",
    "all",
    "both",
    "few",
    "several",
    "neither",
    "none",
}


# What is law when it heads the speaker's phrase: «the North Atlantic Treaty», «Article 4».
_LAW = {
    "article", "treaty", "charter", "constitution", "clause", "pact", "resolution", "memorandum",
    "convention", "protocol", "accord", "accords",
}  # fmt: skip


def can_speak(subject: list[Token]) -> bool:
    """Whether a phrase may name a speaker.

    The text of a treaty is no person's word, and abstract things do not speak.
    """
    words = [token for token in subject if token.low not in DETERMINERS]
    if not words:
        return subject[-1].low in _PRONOMINAL
    plain = list(takewhile(lambda t: t.low not in PREPOSITIONS and t.text != ",", words))
    heads = [t.low for t in plain if t.kind == "word"][-1:]
    if _LAW & {*heads, *(token.low for token in words[:2])}:
        return False
    if any(token.capital for token in words) or words[0].low in PRONOUNS | {"one", "both"}:
        return words[0].low not in {"this", "that", "there"}
    nouns = [t for t in words if t.kind == "word"]
    first_phrase = list(takewhile(lambda token: token.low not in PREPOSITIONS, nouns))
    head = first_phrase[-1].low if first_phrase else ""
    singular = head.removesuffix("s")
    return singular in BODIES or head in BODIES or not singular.endswith(ABSTRACT_ENDINGS)
