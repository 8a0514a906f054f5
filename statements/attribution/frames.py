"""The patterns by which English reports speech, each a named function over one sentence.

A frame says where the speaker's phrase, the cue and the content stand. Who the speaker is and
where the date lies is another stage's work.
"""

from dataclasses import replace

from statements.attribution.channels import (
    Credit,
    find_credits,
    is_main,
)
from statements.attribution.cues import Cue, Span, find_cues
from statements.attribution.found import Found, can_speak, overlap, worth
from statements.attribution.frames_before import according_to, clause_then_speaker
from statements.attribution.frames_behind import speaker_then_content
from statements.attribution.frames_nouns import noun_then_clause, object_then_agent
from statements.attribution.frames_quoted import quote_then_speaker, speaker_and_colon
from statements.attribution.modality import modality_around
from statements.attribution.sentences import Sentence
from statements.attribution.tags import tagged
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    PRONOUNS,
    RELATIVES,
    TITLE_HEADS,
)


def find_frames(sentence: Sentence) -> list[Found]:
    """Return the reports of a sentence in reading order; their contents do not overlap."""
    tokens = sentence.tokens
    cues = list(find_cues(tokens))
    for credit in find_credits(tokens, cues):
        reports = _passed_on(tokens, credit)
        if reports:
            return reports
    return _reports(tokens, cues)


def _reports(tokens: list[Token], cues: list[Cue]) -> list[Found]:
    found: list[Found] = []
    taken: list[Span] = []
    for frame in (
        quote_then_speaker,
        according_to,
        clause_then_speaker,
        speaker_then_content,
        speaker_and_colon,
        noun_then_clause,
        object_then_agent,
    ):
        for report in frame(tokens, cues):
            outer = (report.pieces[0][0], report.pieces[-1][1])
            if any(overlap(outer, other) for other in taken) or not worth(tokens, report):
                continue
            if report.subject is not None and not can_speak(tokens[slice(*report.subject)]):
                continue
            around = report.modality or modality_around(tokens, report)
            found.append(replace(report, modality=around))
            taken.append(outer)
    return sorted(found, key=lambda report: report.pieces[0])


def _passed_on(tokens: list[Token], credit: Credit) -> list[Found]:
    """The reports of a sentence that credits a channel, which is no part of any of them.

    Empty when nobody but the channel speaks, so that it is the speaker.
    """
    kept = tokens[: credit.start] + tokens[credit.end :]
    if not kept or (credit.by is not None and not can_speak(tokens[slice(*credit.by)])):
        return []
    kept = tagged(kept)
    reports = _reports(kept, list(find_cues(kept)))
    speaking = [report for report in reports if _speaks_plainly(kept, report)]
    if not speaking:
        return []
    # A credit behind speaks of the last to speak, one in front of the first.
    subject = speaking[-1 if credit.start else 0].subject
    found = []
    for report in reports:
        whole = _put_back(report, credit)
        if report.subject == subject:
            whole = replace(whole, via=whole.via or credit.by, source=credit.source)
        found.append(whole)
    return found


def _speaks_plainly(tokens: list[Token], report: Found) -> bool:
    """Whether the report is what its sentence says, and its subject somebody who speaks."""
    if report.subject is None or report.rule.startswith(("according", "Q, according")):
        return False
    if not report.rule.startswith("S C"):
        return True
    if not is_main(tokens, report.subject):
        return False
    if report.cue is not None and any(
        t.low in RELATIVES for t in tokens[report.subject[1] : report.cue[0]]
    ):
        return False
    phrase = tokens[slice(*report.subject)]
    cue = CUE_FORMS.get(tokens[report.cue[0]].low) if report.cue else None
    if report.rule not in {"S C NP", "S C NP to-VP", "S C to-VP", "S C clause"}:
        return True
    if cue is None or cue.lemma in {"say", "tell", "add"}:
        return True
    if cue.lemma in {"maintain", "question"}:  # more often acts than words
        return False
    if len(phrase) == 1:
        return phrase[0].low in PRONOUNS or (phrase[0].capital and phrase[0].low[-1] != "s")
    return any(t.low in TITLE_HEADS for t in phrase) or any(t.capital for t in phrase[1:])


def _put_back(report: Found, credit: Credit) -> Found:
    """The report over the tokens of the whole sentence; a piece around the credit is two."""
    width = credit.end - credit.start

    def whole(span: Span) -> list[Span]:
        first, last = span
        if last <= credit.start:
            return [span]
        if first >= credit.start:
            return [(first + width, last + width)]
        return [(first, credit.start), (credit.end, last + width)]

    return replace(
        report,
        pieces=tuple(piece for span in report.pieces for piece in whole(span)),
        subject=whole(report.subject)[0] if report.subject else None,
        cue=whole(report.cue)[0] if report.cue else None,
        told=whole(report.told)[0] if report.told else None,
        via=whole(report.via)[0] if report.via else None,
        pronoun=whole(report.pronoun)[0] if report.pronoun else None,
    )
