"""From a text to its statements: paragraphs, frames, voices, days, confidence."""

from dataclasses import replace
from datetime import date

from statements.attribution.channels import is_medium
from statements.attribution.cues import Span
from statements.attribution.days import day_said
from statements.attribution.entities import People
from statements.attribution.foreign import attribute_foreign, by_language
from statements.attribution.frames import Found, find_frames
from statements.attribution.gazetteer import Gazetteer, gazetteer
from statements.attribution.issuers import joint_statements
from statements.attribution.marks import uses_single_marks
from statements.attribution.register import EMPTY, Register
from statements.attribution.resolve import Resolved, Resolver
from statements.attribution.sentences import Paragraph, Sentence, find_paragraphs
from statements.attribution.tokens import Token
from statements.attribution.transcripts import attribute_transcript, is_transcript
from statements.attribution.values import Attribution, Voice
from statements.attribution.words import PRONOUNS

VERSION = "frames 3"
_LONGEST_TEXT = 1_000_000


def attribute(
    text: str,
    *,
    published_on: date | None = None,
    register: Register = EMPTY,
    source: str | None = None,
) -> list[Attribution]:
    """Return the statements that a text reports, in reading order.

    `published_on` resolves weekdays and checks offices; `source` names the outlet. Offsets
    count characters of `text`; `text[a.start:a.end]` is the statement. Linear in the length
    of the text, and never raises on any string.
    """
    text_read = text[:_LONGEST_TEXT]
    places = gazetteer(register)
    found: list[Attribution] = []
    for language, part in by_language(text_read).items():
        if language == "en":
            found += _english(part, places, published_on)
        elif language:
            found += attribute_foreign(part, language, places, published_on)
    return sorted(found, key=lambda a: (a.start, a.end))


def _english(text: str, places: Gazetteer, published_on: date | None) -> list[Attribution]:
    if is_transcript(text):
        return attribute_transcript(text, places, published_on)
    return _English(text, places, published_on).statements()


class _English:
    """One English article; `statements()` walks it once, in reading order."""

    def __init__(self, text: str, places: Gazetteer, published_on: date | None) -> None:
        self.text = text
        self.places = places
        self.published_on = published_on
        self.paragraphs = find_paragraphs(text, single=uses_single_marks(text))
        people = People(text, self.paragraphs, places, published_on)
        issued = joint_statements(text, self.paragraphs, people)
        self.resolver = Resolver(text, people, issued, places, published_on)
        self.found: list[Attribution] = []
        # The statement whose quotation may go on in the next sentence or paragraph.
        self.open: Attribution | None = None
        self.open_paragraph = -1

    def statements(self) -> list[Attribution]:
        number = 0
        seen: set[str] = set()
        for paragraph in self.paragraphs:
            printed = self.text[paragraph.start : paragraph.end]
            repeated = len(printed) > 60 and printed in seen
            seen.add(printed)
            for position, sentence in enumerate(paragraph.sentences):
                if not repeated:
                    self._sentence(paragraph, sentence, number, position)
                number += 1
        return sorted(self.found, key=lambda a: (a.start, a.end))

    def _sentence(
        self, paragraph: Paragraph, sentence: Sentence, number: int, position: int
    ) -> None:
        frames = find_frames(sentence)
        if self._goes_on(paragraph, sentence, position, frames):
            return
        for frame in frames:
            self._report(paragraph, sentence, number, frame)

    # ------------------------------------------------------------------ quotations that go on

    def _goes_on(
        self, paragraph: Paragraph, sentence: Sentence, position: int, frames: list[Found]
    ) -> bool:
        """A sentence that is one whole quotation continues the speaker's, or begins a new one."""
        tokens = [t for t in sentence.tokens if t.kind != "mark"]
        if frames or len(tokens) != 1 or tokens[0].kind != "quote":
            return False
        quote = tokens[0].quote
        assert quote is not None
        if quote.inner_end - quote.inner_start < 20:
            return False
        last = self.found[-1] if self.found else None
        near = last is not None and self.open is last
        if (
            near
            and last is not None
            and position > 0
            and self.open_paragraph == paragraph.number
        ):
            self._extend(last, quote.start, quote.end, paragraph.number)
            return True
        if near and last is not None and position == 0 and self._runs_over(last, paragraph):
            self._extend(last, quote.start, quote.end, paragraph.number)
            return True
        voices = self._silent_speaker(paragraph)
        if not voices:
            return True
        implied = tuple(
            replace(v, start=None, end=None, printed="", reason="speaker of the text before")
            for v in voices
        )
        said_on, precision, basis = day_said([], self.published_on)
        self._add(
            Attribution(
                start=quote.start, end=quote.end, kind="direct", voices=implied,
                rule="whole quoted paragraph", spans=((quote.start, quote.end),), confidence="doubtful",
                said_on=said_on, precision=precision, said_on_basis=basis,
            ),
            paragraph.number,
        )  # fmt: skip
        return True

    def _runs_over(self, last: Attribution, paragraph: Paragraph) -> bool:
        """Whether the quotation before was left open, or is whole and in the paragraph before."""
        previous = self.paragraphs[paragraph.number - 1] if paragraph.number else None
        if previous is None or self.open_paragraph != previous.number:
            return False
        return bool(previous.quotes) and previous.quotes[-1].open_ended

    def _silent_speaker(self, paragraph: Paragraph) -> tuple[Voice, ...]:
        """Who speaks a quotation without a cue: the last speaker, or the subject just before."""
        state = self.resolver.discourse
        people = self.resolver.people
        before = self.paragraphs[paragraph.number - 1] if paragraph.number else None
        if before is not None:
            named = [s for s in people.sightings if before.start <= s.start < before.end]
            spoke = (
                {v.name for v in state.last} if state.last_paragraph >= before.number else set()
            )
            if not spoke and named:
                person = next((s.person for s in named if s.subject), named[0].person)
                country = person.country
                speaker = person.speaker
                return (
                    Voice(
                        name=speaker.name if speaker else person.name,
                        speaker_id=speaker.id if speaker else None,
                        office=person.office,
                        country=country.code if country else "",
                        actor_id=country.id if country else None,
                    ),
                )
        return state.last if state.last_paragraph >= paragraph.number - 1 else ()

    def _extend(self, last: Attribution, start: int, end: int, paragraph: int) -> None:
        grown = replace(last, end=end, spans=(*last.spans, (start, end)))
        self.found[-1] = grown
        self.open, self.open_paragraph = grown, paragraph

    # ------------------------------------------------------------------ one report

    def _report(
        self, paragraph: Paragraph, sentence: Sentence, number: int, frame: Found
    ) -> None:
        tokens = sentence.tokens
        frame = self._cited(tokens, frame)
        pieces = [(tokens[first].start, tokens[last - 1].end) for first, last in frame.pieces]
        kind = _kind(tokens, frame)
        resolved = self._voices(tokens, frame, number, paragraph.number, pieces[0][0])
        start, end = pieces[0][0], pieces[-1][1]
        if kind != "direct":
            start = _without_that(tokens, frame)
            pieces[0] = (start, pieces[0][1])
        cue = frame.cue
        cue_start = tokens[cue[0]].start if cue else None
        cue_end = tokens[cue[1] - 1].end if cue else None
        said_on, precision, basis = day_said(self._near(tokens, frame), self.published_on)
        self._add(
            Attribution(
                start=start,
                end=end,
                kind=kind,
                voices=resolved.voices,
                rule=frame.rule,
                spans=tuple(pieces),
                cue=self.text[cue_start:cue_end] if cue else "",
                cue_start=cue_start,
                cue_end=cue_end,
                confidence=_confidence(frame, kind, resolved),
                warnings=resolved.warnings,
                via=self._via(tokens, frame),
                modality=frame.modality,
                said_on=said_on,
                precision=precision,
                said_on_basis=basis,
            ),
            paragraph.number,
        )
        if frame.modality != "future":
            self.resolver.remember(resolved.voices, number, paragraph.number)

    def _voices(
        self, tokens: list[Token], frame: Found, number: int, paragraph: int, at: int
    ) -> Resolved:
        if frame.subject is None:
            last = self.resolver.discourse.last
            implied = tuple(replace(v, start=None, end=None, printed="") for v in last)
            return Resolved(implied, 0.5)
        phrase = tokens[frame.subject[0] : frame.subject[1]]
        return self.resolver.resolve(phrase, number, paragraph, phrase[0].start)

    def _cited(self, tokens: list[Token], frame: Found) -> Found:
        """«M, citing S, reported X»: S speaks when M is a medium, and when a name stands there."""
        source, subject = frame.source, frame.subject
        if source is None or subject is None or not self._medium(tokens, subject):
            return frame
        if not any(token.capital for token in tokens[source[0] : source[1]]):
            return frame
        return replace(frame, subject=source, via=subject)

    def _via(self, tokens: list[Token], frame: Found) -> str:
        """Who passed the words on, as printed: the channel, or the medium that was told."""
        span = frame.via
        if span is None and frame.told is not None and self._medium(tokens, frame.told):
            span = frame.told
        if span is not None and tokens[span[0]].low in PRONOUNS:
            return ""
        return self.text[tokens[span[0]].start : tokens[span[1] - 1].end] if span else ""

    def _medium(self, tokens: list[Token], span: Span) -> bool:
        phrase = tokens[span[0] : span[1]]
        named = [actor for actor, _, _, _ in self.places.within(phrase)]
        return is_medium(phrase) or any(actor.kind == "media" for actor in named)

    def _near(self, tokens: list[Token], frame: Found) -> list[str]:
        """The text around the cue outside of the content, where a day may be named."""
        inside = [(tokens[a].start, tokens[b - 1].end) for a, b in frame.pieces]
        if frame.cue is None:
            return []
        after = self._outside(tokens[frame.cue[1] - 1].end, tokens[-1].end, inside)
        before = self._outside(tokens[0].start, tokens[frame.cue[0]].start, inside)
        return [after[:120], before[-120:]]

    def _outside(self, start: int, end: int, inside: list[tuple[int, int]]) -> str:
        text = self.text[start:end]
        for first, last in inside:
            if first < end and last > start:
                a, b = max(first, start) - start, min(last, end) - start
                text = text[:a] + " " * (b - a) + text[b:]
        return text

    def _add(self, attribution: Attribution, paragraph: int) -> None:
        self.found.append(attribution)
        self.open, self.open_paragraph = attribution, paragraph


def _kind(tokens: list[Token], frame: Found) -> str:
    """Direct when the pieces are quotations and nothing else; mixed when they hold some."""
    inside = [t for first, last in frame.pieces for t in tokens[first:last]]
    quotes = [t for t in inside if t.kind == "quote"]
    others = [
        t for t in inside if t.kind not in {"quote", "mark"} and t.low not in {"and", "but"}
    ]
    if not quotes:
        return "indirect"
    return "mixed" if others else "direct"


def _without_that(tokens: list[Token], frame: Found) -> int:
    first, last = frame.pieces[0]
    if tokens[first].low == "that" and first + 1 < last:
        first += 1
        if tokens[first].text == "," and first + 1 < last:
            first += 1  # «that, “…”»
    return tokens[first].start


def _confidence(frame: Found, kind: str, resolved: Resolved) -> str:
    """Frame, kind and certainty of the voice together, in three levels."""
    if frame.modality or not resolved.voices or resolved.certainty < 0.5:
        return "doubtful"
    cue_is_plain = kind == "direct" or frame.rule in {
        "S C that clause", "S C clause", "Q, according to S", "according to S, Q",
    }  # fmt: skip
    if cue_is_plain and resolved.certainty >= 0.85 and not resolved.warnings:
        return "confident"
    return "likely"
