"""Frames in which a quotation stands before its speaker or behind a colon."""

from collections.abc import Iterator

from statements.attribution.adjuncts import addressee
from statements.attribution.cues import Cue, Span, clause_subject
from statements.attribution.found import Found
from statements.attribution.frames_before import skip_marks
from statements.attribution.mentions import phrase_after
from statements.attribution.tags import NOMINAL, Tag
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CONJUNCTIONS,
    CUE_FORMS,
    TIMES,
    TITLE_HEADS,
)


def quote_then_speaker(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«Q, S C», «Q, C S», with more of the quotation behind: «Q, S C, Q»."""
    for position, token in enumerate(tokens):
        if token.kind != "quote" or not _clause_opens(tokens, position):
            continue
        run_end = position + 1
        after = skip_marks(tokens, run_end)
        for cue in cues:
            if cue.index < after:
                continue
            begins = cue.subject[0] if cue.subject is not None else cue.index
            inverted = cue.subject is None
            if begins > after + 1 or (
                begins != after and tokens[after].low not in CONJUNCTIONS
            ):
                break
            if inverted:
                last = phrase_after(tokens, cue.end)
                if last is None:
                    break
                subject: Span = (cue.end, last)
                rest = last
                rule = "Q, C S"
            else:
                assert cue.subject is not None
                subject = cue.subject
                rest = cue.end
                rule = "Q, S C"
            pieces: list[Span] = [(position, run_end)]
            more = _more_quote(tokens, rest, cues)
            if more is not None:
                pieces.append(more)
                rule = rule.replace("Q,", "Q1,") + ", Q2"
            yield Found(
                rule, tuple(pieces), subject, (cue.index, cue.end), cue.modality,
                via=cue.via, told=addressee(tokens, cue, rest),
            )  # fmt: skip
            break


def _clause_opens(tokens: list[Token], position: int) -> bool:
    """Whether a quote begins its clause: first in the sentence, or after a conjunction or mark."""
    if position == 0:
        return True
    before = tokens[position - 1]
    if before.text == ",":
        # «At the end of the meeting, “…,” S said»: an opening phrase without a verb of saying
        return not any(token.low in CUE_FORMS for token in tokens[:position])
    return position <= 2 and (before.low in CONJUNCTIONS or before.kind == "mark")


def _more_quote(tokens: list[Token], start: int, cues: list[Cue]) -> Span | None:
    """The second half of a split quotation behind the attribution, if no other cue stands there."""
    for index in range(start, len(tokens)):
        if tokens[index].kind == "quote":
            previous = tokens[index - 1]
            joined = (
                previous.text in {",", ":", "—", "–", ";"}
                or previous.low in TIMES
                or index - start <= 1
            )
            return (index, index + 1) if joined else None
        if any(cue.index == index for cue in cues) or tokens[index].low in {
            "and",
            "but",
            "that",
        }:
            return None
    return None


def speaker_and_colon(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«S: Q», «S resisted: Q», «Said S, Q»: a quotation behind a colon has a speaker before it."""
    for colon in range(1, len(tokens) - 1):
        if tokens[colon].text != ":" or tokens[colon + 1].kind != "quote":
            continue
        quote = (colon + 1, colon + 2)
        first = 0
        while first < colon and tokens[first].kind == "mark":
            first += 1
        if all(
            t.tag in NOMINAL | {Tag.PREPOSITION, Tag.DETERMINER} for t in tokens[first:colon]
        ):
            if first < colon <= first + 8 and any(
                t.tag == Tag.PROPER for t in tokens[first:colon]
            ):
                yield Found("S: Q", (quote,), (first, colon), None)
            continue
        if len(tokens[colon + 1].text.split()) < 4:
            continue
        subject = clause_subject(tokens, colon)
        if subject is not None and _somebody(tokens[slice(*subject)]):
            yield Found("S …: Q", (quote,), subject, None)
    if len(tokens) > 3 and tokens[0].low in {
        "said",
        "says",
        "added",
        "wrote",
        "tweeted",
        "asked",
    }:
        last = phrase_after(tokens, 1)
        if (
            last is not None
            and last + 1 < len(tokens)
            and tokens[last].text in {",", ":"}
            and tokens[last + 1].kind == "quote"
        ):
            yield Found("C S: Q", ((last + 1, last + 2),), (1, last), (0, 1))


def _somebody(phrase: list[Token]) -> bool:
    """Whether the phrase names or stands for people: «he», «the minister», «Ada Example»."""
    if len(phrase) == 1 and phrase[0].tag == Tag.PRONOUN:
        return phrase[0].low not in {"it", "this"}
    return any(t.tag == Tag.PROPER or t.low in TITLE_HEADS for t in phrase[-3:])
