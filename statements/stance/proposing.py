"""From the words that count to one code on each axis."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from math import inf

import regex

from statements.stance import objects
from statements.stance.guards import objection
from statements.stance.legal import NONE, legal_of
from statements.stance.lexicon import Hit, hits, language_of
from statements.stance.reading import Sentence, sentences, whole
from statements.stance.values import OTHER, Judgement, Passage, Proposal, Span

VERSION = "2"

# Highest register first (rule a): within one sentence, and among sentences on one matter.
REGISTER = (
    "condemns", "denies", "rejects", "warns", "criticises", "concerned", "calls-for-restraint",
    "endorses", "defends", "supports", "commits", "no-comment",
)  # fmt: skip
AGAINST = frozenset({"condemns", "rejects", "criticises", "concerned", "calls-for-restraint"})
FOR = frozenset({"endorses", "defends", "supports"})

# Sentences at the start in which a speaker declines to answer, and of a short statement.
_DECLINES_WITHIN = 2
_SHORT = 3
# Languages whose words of calling are said of acts of restraint alone, in our rows.
_CALLS_ALONE = frozenset({"ko", "ja"})
# Characters between «will» and what will follow.
_FOLLOWS = 60

_WORDS = frozenset({"verb", "own", "word", "soft", "call", "phrase", "part"})
_IN_A_CUE = frozenset({"verb", "call", "cue", "phrase", "word", "own"})
_CONDITION = regex.compile(
    r"\b(?:if|unless|should (?=\w+ \w+,)|in case|once|were .{1,40} to)\b|если|(?:한|하)다면|場合",
    regex.IGNORECASE,
)
_WILL = regex.compile(r"(?:\b(?:will|would|they['’]re|are)\b|['’]ll\b)", regex.IGNORECASE)
_WARNS = regex.compile(r"warn(?:s|ed|ing)?|threaten(?:s|ed|ing)?", regex.IGNORECASE)
# Words of a feeling, whose object follows; that of «worrying» and «a threat» stands before.
_FELT = regex.compile(
    r"concern(?!ing)|worried|alarmed|troubled|disturbed|uneas", regex.IGNORECASE
)
# What follows a verb in its first words.
_LEADS = r"\W{0,2}(?:[\w'’.-]+\s+){0,4}?"
_CHARGED = regex.compile(
    _LEADS + r"(?:accusations?|allegations?|charges?|reports?)\b", regex.IGNORECASE
)
_CLAIMED = regex.compile(_LEADS + r"(?:claims?|suggestions?|assertions?)\b", regex.IGNORECASE)
_CRITICISM = regex.compile(
    _LEADS + r"(?:criticism|condemnation|concerns?|fears?|objections?|worries|complaints?)\b",
    regex.IGNORECASE,
)
_REACTION = regex.compile(
    _LEADS
    + r"(?:reactions?|responses?|interference|pressure|hysteria|attempts?|statements?|remarks)\b",
    regex.IGNORECASE,
)


@dataclass(frozen=True)
class Sign:
    """A code that counts, its rule, what shows it, and the object it is about."""

    code: str
    rule: str
    evidence: tuple[Span, ...]
    about: str = ""


def propose(passage: Passage) -> Proposal:
    """Propose both axes for a passage. Never raises on any text."""
    text = passage.text
    language = language_of(passage.language, text[passage.start : passage.end])
    span = whole(passage)
    parts = sentences(text, span)
    legal = legal_of(passage, language, parts)
    signs: list[Sign] = []
    objections: list[tuple[str, Hit]] = []
    outlet = None
    if passage.cue is not None:
        signs += _in_cue(passage, language, parts)
        shown = hits("stance", language, text, *_ends(passage.cue), kinds={"outlet"})
        outlet = shown[0] if shown else None
    for number, sentence in enumerate(parts):
        found = _in_sentence(passage, language, sentence, legal, objections)
        found += _conditional(passage, language, sentence)
        if number >= _DECLINES_WITHIN:
            found = [sign for sign in found if sign.code != "no-comment"]
        if len(parts) > _SHORT:
            found = [_placed(passage, language, sign, parts, number) for sign in found]
        signs += found
    signs = _below_no_call(parts, signs)
    signs += _by_law(passage, language, parts, legal, signs)
    return _decided(passage, language, span, signs, legal, objections, outlet)


def _in_cue(passage: Passage, language: str, parts: list[Sentence]) -> list[Sign]:
    """What the verb of the report shows: «condemned the pact»."""
    cue, text = passage.cue, passage.text
    assert cue is not None
    signs = []
    first = parts[0] if parts else Sentence(passage.start, passage.end, asks=False)
    for hit in hits("stance", language, text, *_ends(cue), kinds=_IN_A_CUE | {"asking"}):
        code, rule = hit.row.code, "verb of the report"
        if hit.row.kind in {"asking", "call"} or code == "calls-for-restraint":
            signs += _call(passage, language, first, hit)
            continue
        if code in {"reports", "neutral"} and not (passage.by or passage.medium):
            continue
        about = objects.about(passage, language, first, cue, ahead=True)
        signs.append(_answered(passage, Sign(code, rule, (hit.span,), about), cue.end))
    if passage.medium and not signs:
        signs.append(Sign("reports", "a state's medium narrates", (cue,)))
    return signs


def _in_sentence(
    passage: Passage,
    language: str,
    sentence: Sentence,
    legal: Judgement,
    objections: list[tuple[str, Hit]],
) -> list[Sign]:
    """What the words of a sentence show, but for those that a guard objects to."""
    signs = []
    cue = passage.cue
    for hit in hits(
        "stance", language, passage.text, sentence.start, sentence.end, kinds=_WORDS
    ):
        if (
            cue is not None
            and hit.start < cue.end
            and cue.start < hit.end
            and hit.end <= cue.end
        ):
            continue
        if reason := objection(passage, sentence, hit):
            objections.append((reason, hit))
        elif hit.row.kind == "call":
            signs += _call(passage, language, sentence, hit)
        else:
            shown = passage.text[hit.start : hit.end]
            ahead = hit.row.kind in {"verb", "own"} or bool(_FELT.search(shown))
            about = objects.about(
                passage, language, sentence, hit.span, ahead=ahead, besides=legal.evidence
            )
            if hit.row.kind in {"own", "soft"} and about in {"", OTHER}:
                objections.append(("nothing judged is named", hit))
                continue
            sign = Sign(hit.row.code, _named(hit), (hit.span,), about)
            if hit.row.kind in {"verb", "own"}:
                sign = _answered(passage, sign, hit.end)
            elif sign.code == "rejects" and _REACTION.match(passage.text, hit.end, passage.end):
                sign = replace(sign, about=OTHER)  # «cannot accept such a statement»
            signs.append(sign)
    return signs


def _answered(passage: Passage, sign: Sign, end: int) -> Sign:
    """Who rejects an allegation denies it (rule c), who rejects criticism of the pact defends it,
    and who blames the answer of others blames another matter."""
    if sign.code not in AGAINST:
        return sign
    text, last = passage.text, passage.end
    # A claim is one of fact where it is of arms, troops or nothing named; else of law or policy.
    factual = _CHARGED.match(text, end, last) or (
        sign.about in {"", OTHER, "arms-transfers", "troops"}
        and _CLAIMED.match(text, end, last)
    )
    if sign.code == "rejects" and factual:
        return replace(sign, code="denies", rule="rejects an allegation of fact (rule c)")
    if sign.code == "rejects" and _CRITICISM.match(text, end, last):
        return replace(sign, code="defends", rule="rejects criticism")
    if _REACTION.match(text, end, last):
        return replace(sign, about=OTHER)
    return sign


def _placed(
    passage: Passage, language: str, sign: Sign, parts: list[Sentence], number: int
) -> Sign:
    """In a long speech, what names no object goes with the sentence before, or with none."""
    if sign.about or sign.code == "no-comment":
        return sign
    before = parts[number - 1] if number else parts[0]
    about = objects.named(passage, language, Span(before.start, before.end))
    return replace(sign, about=about or OTHER)


def _call(passage: Passage, language: str, sentence: Sentence, call: Hit) -> list[Sign]:
    """A call for restraint: to a party, or for an act of restraint; its object with it."""
    text, end = passage.text, max(sentence.end, passage.start)
    start = max(call.end, sentence.start)
    acts = hits("act", language, text, start, end)
    asked = objects.called_upon(passage, sentence, call.span)
    if not acts and language not in _CALLS_ALONE:
        return []
    about = objects.named(passage, language, Span(start, end))
    if asked == OTHER and about not in objects.ON_THE_PACT - {""}:
        about = about or OTHER
    shown = (call.span, acts[0].span) if acts else (call.span,)
    rule = "a call to a party" if asked == "party" else "a call for restraint"
    return [Sign("calls-for-restraint", rule, shown, about)]


def _conditional(passage: Passage, language: str, sentence: Sentence) -> list[Sign]:
    """«If …, we will reconsider»: a consequence announced for another's act."""
    if sentence.asks:
        return []
    text, cue = passage.text, passage.cue
    found = hits("stance", language, text, sentence.start, sentence.end, kinds={"condition"})
    warned = cue is not None and _WARNS.fullmatch(text, cue.start, cue.end) is not None
    condition = _CONDITION.search(text, sentence.start, sentence.end)
    will = _WILL.search(text, sentence.start, sentence.end)
    found = [
        hit
        for hit in found
        if _WILL.search(text, max(sentence.start, hit.start - _FOLLOWS), hit.start)
    ]
    if condition and will and found:
        shown = (Span(condition.start(), condition.end()), found[0].span)
        about = objects.named(passage, language, Span(found[0].end, sentence.end))
        about = about or objects.named(passage, language, Span(sentence.start, sentence.end))
        return [Sign("warns", "a consequence under a condition", shown, about)]
    if warned and cue is not None and will and (condition or found):
        shown = (cue, found[0].span if found else Span(will.start(), will.end()))
        return [Sign("warns", "a warning of what will follow", shown)]
    return []


def _below_no_call(parts: list[Sentence], signs: list[Sign]) -> list[Sign]:
    """Leave out what stands within a call: «urge both to abandon reckless acts» is a call."""
    first: dict[int, int] = {}
    for sign in signs:
        if sign.code == "calls-for-restraint":
            at = sign.evidence[0]
            number = _number(parts, at.start)
            first[number] = min(at.end, first.get(number, at.end))
    return [
        sign
        for sign in signs
        if sign.code in {"calls-for-restraint", "warns"}
        or sign.evidence[0].start < first.get(_number(parts, sign.evidence[0].start), inf)
    ]


def _number(parts: list[Sentence], at: int) -> int:
    """The number of the sentence at a place; a cue before the words goes with the first."""
    return max(bisect_right(parts, at, key=lambda part: part.start) - 1, 0)


def _by_law(
    passage: Passage, language: str, parts: list[Sentence], legal: Judgement, signs: list[Sign]
) -> list[Sign]:
    """Rule b and its like: a legal judgement without an evaluative verb."""
    code = {
        "violates-unscr": "criticises", "violates-charter": "criticises",
        "would-violate-unscr": "concerned", "must-comply-unscr": "calls-for-restraint",
        "compatible": "defends", "denies-violation": "defends",
    }.get(legal.code)  # fmt: skip
    judged = {sign.code for sign in signs} & (AGAINST | FOR | {"denies", "warns"})
    if code is None or judged:
        return []
    at = legal.evidence[0]
    sentence = next((part for part in parts if part.start <= at.start < part.end), parts[0])
    about = objects.about(passage, language, sentence, at, ahead=False, besides=legal.evidence)
    rule = "accusation of breach (rule b)" if code == "criticises" else legal.rule
    return [Sign(code, rule, legal.evidence, about)]


def _decided(
    passage: Passage,
    language: str,
    span: Span,
    signs: list[Sign],
    legal: Judgement,
    objections: list[tuple[str, Hit]],
    outlet: Hit | None,
) -> Proposal:
    """The highest register on the pact, or else on another matter; unclear when torn."""
    ranked = [sign for sign in signs if sign.code in REGISTER]
    on_pact = [sign for sign in ranked if sign.about in objects.ON_THE_PACT]
    counted = on_pact or ranked
    if not counted:
        return _without(passage, language, span, signs, legal, objections, outlet)
    top = min(counted, key=lambda sign: REGISTER.index(sign.code))
    torn = [
        sign
        for sign in counted
        if {sign.code, top.code} & AGAINST and {sign.code, top.code} & FOR
    ]
    if torn:
        both = (top.evidence[0], torn[0].evidence[0])
        return Proposal(Judgement("unclear", "speaks for and against", both), legal, top.about)
    if top.code == "denies":
        legal = _denied(passage, span, top, legal)
    return Proposal(Judgement(top.code, top.rule, top.evidence), legal, top.about)


def _without(
    passage: Passage,
    language: str,
    span: Span,
    signs: list[Sign],
    legal: Judgement,
    objections: list[tuple[str, Hit]],
    outlet: Hit | None,
) -> Proposal:
    """What is left when no word judges: a report or a note, or unclear with the reason."""
    about = objects.named(passage, language, span)
    plain = next((sign for sign in signs if sign.code in {"reports", "neutral"}), None)
    if plain is not None and not objections and legal is NONE:
        return Proposal(Judgement(plain.code, plain.rule, plain.evidence), legal, about)
    if outlet is not None:
        judgement = Judgement(
            "unclear", "an outlet's verb decides nothing (rule d)", (outlet.span,)
        )
    elif objections:
        reason, hit = objections[0]
        judgement = Judgement("unclear", reason, (hit.span,))
    else:
        judgement = Judgement("unclear", "no word of the codebook")
    return Proposal(judgement, legal, about)


def _denied(passage: Passage, span: Span, sign: Sign, legal: Judgement) -> Judgement:
    """Who denies arms dealings or an alleged breach denies the breach that others see."""
    if legal.code not in {"none", "compatible"}:
        return legal
    if sign.about in {
        "arms-transfers",
        "troops",
        "sanctions",
        "military-cooperation",
        "dprk-weapons",
    }:
        return Judgement("denies-violation", "what would be a breach is denied", sign.evidence)
    return legal


def _named(hit: Hit) -> str:
    kind = {
        "verb": "the speaker's verb",
        "own": "the speaker's verb",
        "part": "praise by a party",
    }.get(hit.row.kind, "word")
    source = "of the codebook" if hit.row.source == "codebook" else "of our list"
    return f"{kind} {source}" if kind == "word" else f"{kind}, {source}"


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
