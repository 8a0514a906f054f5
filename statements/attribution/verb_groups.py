"""The verbs around a reporting word, and whether they say that it was said at all."""

from dataclasses import dataclass

from statements.attribution.tags import Tag
from statements.attribution.tokens import Token
from statements.attribution.words import NEGATIONS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# «continued to say»: what stands before «to» and lets its subject speak, by what it makes of it.
_GOES_ON = _words(
    "continue continues continued continuing begin begins began begun start starts started go goes went "
    "gone used quick keen happy careful rushed hastened proceeded dared first last latest "
    "moved sought took takes right wrong correct fair"
)
_REFUSES = _words(
    "refuse refuses refused refusing decline declines declined declining fail fails failed "
    "failing neglected unable unwilling reluctant hesitate hesitated"
)
_MAY = _words(
    "want wants wanted plan plans planned expect expects expected intend intends intended likely set "
    "prepare prepares prepared preparing about going hope hopes hoped ready seek seeks need needs "
    "needed have has had try tries tried trying due willing able scheduled poised free supposed "
    "asked urged pressed expected"
)
# Adverbs with which a writer leaves open whether it was said.
_HEARSAY = _words("allegedly reportedly supposedly purportedly")
_KEEPS = _words("kept keeps keep began begins begin started starts continued continues stopped")
_BY_SAYING = _words(
    "responded replied reacted began opened ended started concluded closed answered followed countered "
    "responds begins opens ends concludes continued continues protested went closed"
)
# «broke down», «hit back»: adverbs that belong to another verb.
_PARTICLES = _words("out up down off back")


@dataclass
class VerbGroup:
    """The verbs around a reporting word: where they begin, and what they make of the saying.

    `infinitive` says that nobody lets it be said («the right to say»), `by` that it was said by
    doing something («ended by saying»).
    """

    start: int
    modality: str = ""
    passive: bool = False
    infinitive: bool = False
    by: bool = False
    progressive: bool = False


def verb_group(tokens: list[Token], index: int, form: str) -> VerbGroup:
    """Return the group of the reporting word at `index`, whose own `form` is past, s, base or ing.

    «has repeatedly said», «is calling on», «continued to say», «refused to say».
    """
    group = VerbGroup(index)
    participle = tokens[index].tag == Tag.PARTICIPLE
    j = index - 1
    have = False
    while j >= 0:
        token = tokens[j]
        if token.low in NEGATIONS or token.low.endswith("n't"):
            group.modality = "denied"
        elif token.low in _HEARSAY:
            group.modality = group.modality or "open"
        elif token.tag == Tag.MODAL:
            group.modality = group.modality or "future"
        elif token.low == "since" and j and tokens[j - 1].tag == Tag.HAVE:
            pass  # «has since said»
        elif token.tag == Tag.HAVE:
            have = True
        elif token.tag == Tag.BE:
            if form == "ing" and j == _skip_adverbs(tokens, index):
                group.progressive = True
            elif participle and not have and form != "ing":
                group.passive = True
        elif token.tag == Tag.TO:
            chained = _chained(tokens, j, group)
            if chained is None:
                group.infinitive = True
                group.start = j
                return group
            j = chained
            participle = have = False
            group.start = j
            j -= 1
            continue
        elif token.tag not in {Tag.ADVERB, Tag.DO} or token.low in _PARTICLES:
            break
        group.start = j
        j -= 1
    if form == "ing" and j >= 0 and not group.progressive:
        if tokens[j].low in _KEEPS and tokens[j].tag == Tag.FINITE:
            group.start, group.progressive = j, True
        elif tokens[j].low == "by" and j and tokens[j - 1].low in _BY_SAYING:
            group.start, group.progressive, group.by = j - 1, True, True
    if group.progressive and group.start > 0 and not group.by:
        finite = tokens[group.start].tag == Tag.FINITE
        outer = verb_group(tokens, group.start, "past") if finite else group
        outer.progressive = True
        return outer
    return group


def _skip_adverbs(tokens: list[Token], index: int) -> int:
    j = index - 1
    while j > 0 and tokens[j].tag == Tag.ADVERB:
        j -= 1
    return j


def _chained(tokens: list[Token], to: int, group: VerbGroup) -> int | None:
    """The token that lets the subject speak in «… to say», or None."""
    j = to - 1
    if (
        j >= 1
        and tokens[j].low == "on"
        and tokens[j - 1].low in {"went", "goes", "gone", "going"}
    ):
        return j - 1
    if j < 0:
        return None
    low = tokens[j].low
    if low in _GOES_ON:
        return j
    if low in _REFUSES:
        group.modality = "denied"
        return j
    if low in _MAY:
        group.modality = group.modality or "future"
        return j
    return None
