"""Frames without a speaking verb: nouns of saying, and passives with their agent."""

from collections.abc import Iterator

from statements.attribution.cues import Cue, Span, clause_subject
from statements.attribution.ends import end_of_content
from statements.attribution.finite import content_end, main_clause_at
from statements.attribution.found import Found
from statements.attribution.mentions import phrase_after
from statements.attribution.noun_phrases import (
    noun_phrase_before,
    subject_before,
)
from statements.attribution.tags import FINITE_CLASSES, NOMINAL, Tag
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    SAYING_NOUNS,
)


def object_then_agent(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«The raid was condemned by S»: what a passive is about stands before it."""
    for cue in cues:
        word = CUE_FORMS.get(cue.word)
        if not cue.passive or cue.behind is None or word is None or not word.noun_phrase:
            continue
        first = subject_before(tokens, cue.group)
        if first is None or tokens[first].tag in {Tag.PRONOUN, Tag.RELATIVE}:
            continue
        yield Found(
            "NP C by S", ((first, cue.group),), cue.subject, (cue.index, cue.end), cue.modality
        )


def noun_then_clause(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«S's claim that …», «the suggestion by S that …», «S made the point that …»."""
    for index in range(1, len(tokens) - 2):
        token = tokens[index]
        if token.low not in SAYING_NOUNS or token.tag not in {Tag.NOUN, Tag.FINITE}:
            continue
        that = index + 1
        owner: Span | None = None
        if tokens[that].low == "by":
            last = phrase_after(tokens, that + 1)
            if last is None:
                continue
            owner, that = (that + 1, last), last
        if that + 1 < len(tokens) and tokens[that].low in {"is", "was", "were", "are"}:
            that += 1
        if that + 1 >= len(tokens) or tokens[that].low != "that":
            continue
        if (
            not main_clause_at(tokens, that + 1, len(tokens))
            and tokens[that + 1].kind != "quote"
        ):
            continue
        owner = owner or _owner(tokens, index)
        if owner is None:
            continue
        whole = Cue(
            index, 1, token.low, token.low, "noun", subject=owner, start_of_clause=owner[0]
        )
        end = end_of_content(tokens, whole, that + 1, len(tokens), "S C that clause")
        end = _before_verb_of(tokens, owner, that + 1, content_end(tokens, end))
        if end > that + 1:
            yield Found("S's N that clause", ((that + 1, end),), owner, (index, index + 1))


def _owner(tokens: list[Token], noun: int) -> Span | None:
    """Whose word it is: the possessor before the noun, or who made or repeated it."""
    k = noun - 1
    while k > 0 and tokens[k].tag in {
        Tag.ADJECTIVE,
        Tag.NOUN,
        Tag.NUMBER,
        Tag.PARTICIPLE,
        Tag.ADVERB,
    }:
        k -= 1
    if tokens[k].tag == Tag.POSSESSIVE:
        if tokens[k].low != "'s":
            return (k, k + 1) if tokens[k].low in {"his", "her", "their"} else None
        first = noun_phrase_before(tokens, k)
        return (first, k) if first is not None else None
    if tokens[k].tag == Tag.DETERMINER and k and tokens[k - 1].low in _MAKES:
        return clause_subject(tokens, k)
    return None


_MAKES = {
    "made",
    "makes",
    "making",
    "repeated",
    "repeats",
    "issued",
    "offered",
    "rejected",
    "floated",
}


def _before_verb_of(tokens: list[Token], owner: Span, start: int, end: int) -> int:
    """The content without the main verb of the sentence: «his claim that X is wrong drew laughs»."""
    finite = [k for k in range(start, end) if tokens[k].tag in FINITE_CLASSES]
    if len(finite) < 2 or any(t.tag in FINITE_CLASSES for t in tokens[: owner[0]]):
        return end
    for k in finite[1:]:
        if tokens[k - 1].tag not in NOMINAL | {Tag.QUOTE}:
            continue
        subject = subject_before(tokens, k, start)
        predicate = (
            subject is not None
            and subject > start
            and (tokens[subject - 1].tag in FINITE_CLASSES | {Tag.INFINITIVE})
        )
        if subject is None or subject == start or predicate:
            return k
    return end
