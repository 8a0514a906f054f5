"""Frames in which what was said stands behind its speaker and a verb of saying."""

from collections.abc import Iterator

from statements.attribution.adjuncts import addressee, without_occasion
from statements.attribution.channels import (
    carrier,
)
from statements.attribution.content import content_after
from statements.attribution.cues import Cue, Span
from statements.attribution.ends import boundary_before, end_of_content
from statements.attribution.finite import content_end
from statements.attribution.found import Found
from statements.attribution.frames_before import skip_marks
from statements.attribution.tokens import Token
from statements.attribution.words import (
    WEEKDAYS,
)


def speaker_then_content(tokens: list[Token], cues: list[Cue]) -> Iterator[Found]:
    """«S C (that) clause», «S C: Q», «S C NP», participles and conjuncts among them."""
    covered = 0
    for number, cue in enumerate(cues):
        if cue.subject is None or cue.index < covered:
            continue
        limit = len(tokens)
        for later in cues[number + 1 :]:
            if later.shared and later.modality:
                continue  # «he can and may declare»: what is said, not another saying
            if later.shared and content_after(tokens, later, len(tokens)) is None:
                continue
            boundary = boundary_before(tokens, later, cue)
            if boundary is not None:
                limit = min(limit, boundary)
                break
        content = content_after(tokens, cue, limit)
        if content is None:
            continue
        start, rule = skip_marks(tokens, content[0]), content[1]
        end = end_of_content(tokens, cue, start, limit, rule)
        end = without_occasion(tokens, start, content_end(tokens, end))
        if end <= start:
            continue
        covered = end
        yield Found(
            rule,
            _pieces(tokens, start, end, rule),
            cue.subject,
            (cue.index, cue.end),
            cue.modality,
            via=cue.via,
            told=addressee(tokens, cue, cue.end)
            or carrier(tokens, cue.end, start)
            or (None if number else carrier(tokens, 0, cue.subject[0])),
            pronoun=cue.pronoun,
            lemma=cue.lemma,
            shared=cue.shared,
        )


def _pieces(tokens: list[Token], start: int, end: int, rule: str) -> tuple[Span, ...]:
    """The unbroken pieces of a content: «“…” and “…”» is two."""
    if rule == "S C NP":
        return _around_day(tokens, start, end)
    inside = tokens[start:end]
    if rule == "S C Q" and all(
        t.kind == "quote" or t.low in {"and", "but", ","} for t in inside
    ):
        return tuple((k, k + 1) for k in range(start, end) if tokens[k].kind == "quote")
    return ((start, end),)


def _around_day(tokens: list[Token], start: int, end: int) -> tuple[Span, ...]:
    """«concern on Thursday about the raid» without the day, which is that of the saying."""
    for k in range(start + 1, min(start + 5, end - 2)):
        if tokens[k].low == "on" and tokens[k + 1].low in WEEKDAYS:
            if tokens[k + 2].low in {"about", "over", "at", "for", "that", "with", "regarding"}:
                return ((start, k), (k + 2, end))
            break
    return ((start, end),)
