"""One article in one language: its passages read in order, its findings made attributions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import regex

from statements.attribution.days import day_said
from statements.attribution.foreign.chinese import Chinese
from statements.attribution.foreign.findings import Finding
from statements.attribution.foreign.japanese import Japanese
from statements.attribution.foreign.korean import Korean
from statements.attribution.foreign.lands import lands
from statements.attribution.foreign.passages import Passage, find_passages
from statements.attribution.foreign.people import Cast
from statements.attribution.foreign.reader import Reader
from statements.attribution.foreign.slavic import Slavic
from statements.attribution.foreign.western import Western
from statements.attribution.gazetteer import Gazetteer
from statements.attribution.occasions import OCCASIONS, occasion_of
from statements.attribution.values import Attribution, Occasion

_READERS: dict[str, Callable[[str, str, list[Passage], Cast], Reader]] = {
    "ru": Slavic, "uk": Slavic, "ko": Korean, "ja": Japanese, "zh": Chinese,
    "fr": Western, "es": Western, "de": Western,
}  # fmt: skip
_WORD = regex.compile(r"\w")


def attribute_foreign(
    text: str, language: str, places: Gazetteer, published_on: date | None
) -> list[Attribution]:
    """The statements of a text that is written in one of the languages read here.

    Offsets count from the beginning of `text`. A paragraph or sentence that stands twice gives
    its statements once.
    """
    passages = find_passages(text, language)
    cast = Cast(text, language, places, lands(places, language), published_on)
    reader = _READERS[language](text, language, passages, cast)
    found: list[Attribution] = []
    seen: set[str] = set()
    for passage in passages:
        printed = text[passage.start : passage.end]
        if len(printed) > 30 and printed in seen:
            continue
        seen.add(printed)
        for finding in reader.read(passage):
            # A dash or a stop that stands alone is nobody's words.
            pieces = tuple(p for p in finding.pieces if _WORD.search(text, *p))
            if pieces:
                told = replace(finding, pieces=pieces)
                found.append(_attribution(text, language, passage, told, published_on))
    return sorted(_once(text, found), key=lambda a: (a.start, a.end))


def _once(text: str, found: list[Attribution]) -> list[Attribution]:
    """Without those that lie within another's words, or say the same words of the same speaker."""
    kept: list[Attribution] = []
    said: set[tuple[str, tuple[str, ...]]] = set()
    taken: set[tuple[int, int]] = set()
    for item in found:
        key = (text[item.start : item.end], tuple(v.name for v in item.voices))
        if key in said or any(span in taken for span in item.spans):
            continue
        said.add(key)
        taken.update(item.spans)
        kept.append(item)
    return kept


def _attribution(
    text: str, language: str, passage: Passage, finding: Finding, published_on: date | None
) -> Attribution:
    day = day_said(text, finding.near, published_on, language)
    heard = finding.heard
    cue = finding.cue
    return Attribution(
        start=finding.pieces[0][0], end=finding.pieces[-1][1], kind=finding.kind,
        voices=(heard.voice,), rule=finding.rule_in(language), spans=finding.pieces,
        cue=text[cue[0] : cue[1]] if cue else "",
        cue_start=cue[0] if cue else None, cue_end=cue[1] if cue else None,
        said_on=day.said_on, precision=day.precision, said_on_basis=day.basis,
        day_start=day.start, day_end=day.end, occasion=_occasion(text, language, passage, finding),
        confidence=_confidence(finding), warnings=heard.warnings, via=finding.via,
        modality=finding.modality,
    )  # fmt: skip


def _occasion(text: str, language: str, passage: Passage, finding: Finding) -> Occasion | None:
    """In which form it was said, where the tables have the nouns of the language."""
    if language not in OCCASIONS:
        return None
    at = finding.cue[0] if finding.cue else finding.pieces[0][0]
    sentence = next((s for s in passage.sentences if s.start <= at < s.end), None)
    if sentence is None:
        return None
    return occasion_of(text, (sentence.start, sentence.end), list(finding.pieces), language)


def _confidence(finding: Finding) -> str:
    """Likely when words and speaker are both clear; these languages are never called confident."""
    if finding.modality or not finding.sure or not finding.heard.sure:
        return "doubtful"
    return "likely"
