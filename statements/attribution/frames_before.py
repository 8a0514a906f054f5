"""Frames in which what was said stands before its speaker or source, or around them."""

from collections.abc import Iterator

from statements.attribution.adjuncts import addressee, skip_adjuncts
from statements.attribution.channels import (
    inside_saying,
    to_comma,
)
from statements.attribution.content import takes_object_behind
from statements.attribution.cues import Cue, Span
from statements.attribution.ends import boundary_before
from statements.attribution.finite import content_end, has_verb, main_clause_at
from statements.attribution.found import Found
from statements.attribution.mentions import phrase_after
from statements.attribution.tags import FINITE_CLASSES, Tag
from statements.attribution.tokens import Token


def according_to(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«According to S, clause», «clause, according to S» and in the middle."""
    for index in range(len(tokens) - 2):
        if (tokens[index].low, tokens[index + 1].low) != ("according", "to"):
            continue
        if inside_saying(tokens, index):
            continue
        subject_end = phrase_after(tokens, index + 2)
        if subject_end is None:
            continue
        subject_end = to_comma(tokens, subject_end)
        subject = (index + 2, subject_end)
        cue = (index, index + 2)
        end = content_end(tokens, len(tokens))
        if index == 0:
            first = skip_marks(tokens, subject_end)
            if first < end:
                yield Found("according to S, Q", ((first, end),), subject, cue)
            continue
        begin = _clause_start(tokens, index)
        before_end = _strip_marks_back(tokens, begin, index)
        begin = _behind_opening(tokens, begin, before_end)
        if before_end - begin < 2:
            continue
        rest = skip_marks(tokens, subject_end)
        middle = (
            tokens[index - 1].text == ","
            and subject_end < end
            and tokens[subject_end].text == ","
        )
        broken = middle and rest < end and not _whole_clause(tokens, begin, before_end)
        if broken:
            yield Found(
                "Q, according to S, Q", ((begin, before_end), (rest, end)), subject, cue
            )
        else:
            yield Found("Q, according to S", ((begin, before_end),), subject, cue)


def _behind_opening(tokens: list[Token], begin: int, end: int) -> int:
    """What a source stands for is the main clause, or the last «, which …» alone."""
    for k in range(end - 2, begin + 2, -1):
        if tokens[k].text == "," and tokens[k + 1].low in {"which", "who"}:
            finite = sum(t.tag in FINITE_CLASSES for t in tokens[k + 1 : end])
            commas = any(t.text == "," for t in tokens[k + 1 : end])
            return k + 1 if finite and not commas else begin
    opened = tokens[begin].tag in {Tag.SUBORDINATOR, Tag.GERUND} or tokens[begin].low in {
        "despite"
    }
    if not opened:
        return begin
    for k in range(begin + 1, end):
        if tokens[k].text == "," and main_clause_at(tokens, k + 1, end):
            return k + 1
    return begin


def clause_then_speaker(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«Clause, S C.», «clause, C S.» and «clause, S C, clause»: what was said stands first."""
    for cue in cues:
        if cue.subject is not None and not (cue.shared or cue.relative or cue.passive):
            subject = cue.subject
            before = subject[0]
            rest = cue.end
            rule = "clause, S C"
        elif cue.subject is None:
            last = phrase_after(tokens, cue.end)
            if last is None:
                continue
            subject, before, rest, rule = (cue.end, last), cue.index, last, "clause, C S"
        else:
            continue
        if before and tokens[before - 1].low == "as":
            before -= 1  # «that, as Example says, is a lot»
        quoted = before >= 2 and _ends_with_comma(tokens[before - 1])
        if before < 2 or not (quoted or tokens[before - 1].text in {",", "—", "–"}):
            continue
        clause_end = before if quoted else before - 1
        told = addressee(tokens, cue, rest)
        behind = _behind_adjuncts(tokens, cue, told[1] if told else rest)
        if behind is None:
            continue
        rest = behind
        middle = rest < len(tokens) and tokens[rest].text == ","
        begin = _clause_start(tokens, clause_end)
        end = content_end(tokens, len(tokens))
        goes_on = middle and rest + 1 < end and _goes_on(tokens, cue, cues, rest + 1, end)
        if goes_on:
            later = next((c for c in cues if c.index > rest and not c.shared), None)
            if later is not None:
                boundary = boundary_before(tokens, later, cue)
                end = boundary if boundary is not None else end
            end = content_end(tokens, end)
        if any(
            c.subject is not None
            and c.subject[0] == begin
            and c.index < clause_end
            and not c.relative
            for c in cues
        ):
            continue  # «He said that …, and asked why, he said, “…”»
        if not _whole_clause(tokens, begin, clause_end) and not (
            goes_on and _verb_behind(tokens, begin, rest + 1, end)
        ):
            continue
        pieces: list[Span] = [(begin, clause_end)]
        if goes_on and rest + 1 < end:
            pieces.append((rest + 1, end))
        yield Found(
            rule, tuple(pieces), subject, (cue.index, cue.end), cue.modality,
            via=cue.via, told=told,
        )  # fmt: skip


def _behind_adjuncts(tokens: list[Token], cue: Cue, rest: int) -> int | None:
    """Behind times and places after the cue, when then a comma or the end of the sentence comes.

    None when a clause follows, which would be what is said.
    """
    rest = skip_adjuncts(tokens, rest, len(tokens))
    k = rest
    if k < len(tokens) and takes_object_behind(cue, tokens[k].low):
        return None
    adjunct = k < len(tokens) and tokens[k].tag in {Tag.PREPOSITION, Tag.ADVERB}
    while k < len(tokens):
        token = tokens[k]
        if token.text in {".", "!", "?", ";", ")"} or (
            token.text == "," and tokens[k - 1].kind != "number"
        ):
            return k
        if (
            not adjunct
            or token.tag in FINITE_CLASSES | {Tag.THAT, Tag.RELATIVE}
            or token.text == ":"
        ):
            return None
        if token.kind == "quote" and len(token.text.split()) > 4:
            return None
        k += 1
    return k


def _whole_clause(tokens: list[Token], begin: int, end: int) -> bool:
    """Whether a main clause stands in front of the attribution, behind whatever opens it."""
    while begin < end and tokens[begin].tag in {Tag.CONJUNCTION, Tag.ADVERB}:
        begin += 1
    opened = (
        begin < end
        and tokens[begin].tag in {Tag.SUBORDINATOR, Tag.PREPOSITION, Tag.PARTICIPLE}
        and tokens[begin].low not in {"whether", "how", "why", "what"}
    )
    if not opened:
        return has_verb(tokens, begin, end)
    return any(
        tokens[k].text == ","
        and has_verb(tokens, k + 1, end)
        and main_clause_at(tokens, k + 1, end)
        for k in range(begin, end)
    )


def _verb_behind(tokens: list[Token], begin: int, start: int, end: int) -> bool:
    """«The industry, S said, is growing», «over two years, S said, they will grow»."""
    if tokens[begin].low in {
        "while",
        "if",
        "although",
        "because",
        "whether",
        "though",
        "unless",
        "even",
    }:
        return tokens[start].kind == "quote" or main_clause_at(tokens, start, end)
    if tokens[start].kind == "quote" or all(
        t.tag == Tag.ADVERB or t.kind == "mark" for t in tokens[begin : begin + 1]
    ):
        return False
    k = start
    while k < end and tokens[k].tag == Tag.ADVERB:
        k += 1
    if k < end and tokens[k].tag in FINITE_CLASSES:
        return True
    return main_clause_at(tokens, start, end)


def _goes_on(tokens: list[Token], cue: Cue, cues: list[Cue], start: int, end: int) -> bool:
    """Whether what is said goes on behind the attribution in the middle of the sentence."""
    follows = tokens[start]
    if follows.tag in {Tag.RELATIVE, Tag.GERUND} or follows.low in {"who", "which"}:
        return False
    if follows.low in {"and", "but", "while", "though", "although"}:
        return any(t.kind == "quote" for t in tokens[start:end]) and not any(
            c.index > start for c in cues
        )
    shared = next((c for c in cues if c.index > start and c.shared), None)
    return shared is None or shared.start_of_clause > start


def _ends_with_comma(token: Token) -> bool:
    return token.kind == "quote" and token.text[:-1].rstrip().endswith((",", "?", "!"))


def _clause_start(tokens: list[Token], before: int) -> int:
    """The first token of the clause that ends before `before`: the sentence's, or after «;»."""
    for k in range(before - 1, -1, -1):
        if tokens[k].text == ";":
            return k + 1
        if tokens[k].text == ":" and k + 1 < before:
            whole = tokens[k + 1].kind == "quote" or main_clause_at(tokens, k + 1, before)
            return k + 1 if whole else 0
    first = 0
    while first < before and (
        tokens[first].kind == "mark" or tokens[first].low in {"but", "and", "however"}
    ):
        first += 1
    return first


def skip_marks(tokens: list[Token], index: int) -> int:
    while (
        index < len(tokens)
        and tokens[index].kind == "mark"
        and tokens[index].text in {",", "—", "–", ":", "-"}
    ):
        index += 1
    return index


def _strip_marks_back(tokens: list[Token], begin: int, index: int) -> int:
    while index > begin and tokens[index - 1].kind == "mark":
        index -= 1
    return index
