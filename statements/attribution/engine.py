"""From a text to its statements: paragraphs, frames, voices, days, confidence."""

from collections import deque
from dataclasses import replace
from datetime import date

from statements.attribution.carrying import (
    Before,
    carried,
    mostly_quoted,
    whole_quote,
    without_stop,
)
from statements.attribution.channels import is_medium
from statements.attribution.circumstances import Circumstances, going_on
from statements.attribution.confidence import confidence
from statements.attribution.cues import Span
from statements.attribution.entities import People
from statements.attribution.foreign import attribute_foreign, by_language
from statements.attribution.found import Found, can_speak
from statements.attribution.frames import find_frames
from statements.attribution.gazetteer import Gazetteer, gazetteer
from statements.attribution.issuers import joint_statements, papers
from statements.attribution.labels import Labels
from statements.attribution.marks import uses_single_marks
from statements.attribution.register import EMPTY, Register
from statements.attribution.resolve import Resolved, Resolver
from statements.attribution.sentences import Paragraph, Sentence, find_paragraphs
from statements.attribution.signatures import beside, signed_below
from statements.attribution.tokens import Token
from statements.attribution.transcripts import attribute_turns, find_turns
from statements.attribution.unlisted import unlisted_verb
from statements.attribution.values import Attribution, Voice
from statements.attribution.view import as_printed, as_read
from statements.attribution.voicing import of_another_state
from statements.attribution.words import PRONOUNS

VERSION = "frames 4"
_LONGEST_TEXT = 1_000_000
_SHORTEST_ALONE = 22  # characters of a quotation that stands alone, with its marks
_LONGEST_MENTION = 60  # characters of a phrase that is shown whole as the speaker's
_NEAR = 8  # sentences before a quotation in which its speaker is looked for


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
    view = as_read(text[:_LONGEST_TEXT])
    found = _found(view, gazetteer(register), published_on)
    return found if view == text else [as_printed(attribution, text) for attribution in found]


def _found(text: str, places: Gazetteer, published_on: date | None) -> list[Attribution]:
    found: list[Attribution] = []
    for language, part in by_language(text).items():
        if language == "en":
            found += _english(part, places, published_on)
        elif language:
            foreign = attribute_foreign(part, language, places, published_on)
            found += going_on(foreign, part, published_on)
    return sorted(found, key=lambda a: (a.start, a.end))


def _english(text: str, places: Gazetteer, published_on: date | None) -> list[Attribution]:
    turns = find_turns(text)
    if not turns:
        return _English(text, places, published_on).statements()
    labels = Labels(text, turns, places, published_on)
    head = _English(text[: turns[0].start], places, published_on).statements()
    return head + attribute_turns(text, turns, labels.voice, published_on)


class _English:
    """One English article; `statements()` walks it once, in reading order."""

    def __init__(self, text: str, places: Gazetteer, published_on: date | None) -> None:
        self.text = text
        self.places = places
        self.published_on = published_on
        self.paragraphs = find_paragraphs(text, single=uses_single_marks(text))
        people = People(text, self.paragraphs, places, published_on)
        issued = joint_statements(text, self.paragraphs, people)
        self.resolver = Resolver(
            text, people, issued, papers(self.paragraphs), places, published_on
        )
        self.circumstances = Circumstances(text, self.paragraphs, places, published_on)
        self.found: list[Attribution] = []
        # Where the last statement ends, whose quotation may go on in the next sentence.
        self.open_sentence = self.open_paragraph = -1
        self.before: deque[Before] = deque(maxlen=_NEAR)

    def statements(self) -> list[Attribution]:
        number = 0
        seen: set[str] = set()
        for paragraph in self.paragraphs:
            # A headline that is printed again may have the length of a video behind it.
            printed = self.text[paragraph.start : paragraph.end].rstrip("0123456789:")
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
        if frames or not self._goes_on(paragraph, sentence, number, position):
            other = None if frames else unlisted_verb(sentence) or beside(sentence)
            if (
                other
                and other.subject
                and not can_speak(sentence.tokens[slice(*other.subject)])
            ):
                other = None
            for frame in [other] if other else frames:
                self._report(paragraph, sentence, number, frame)
        self.before.append(Before(number, paragraph.number, sentence))

    # ------------------------------------------------------------------ quotations that go on

    def _goes_on(
        self, paragraph: Paragraph, sentence: Sentence, number: int, position: int
    ) -> bool:
        """A sentence that is quoted and names nobody goes on with what was said before it."""
        quotes = whole_quote(sentence)
        last = self.found[-1] if self.found and self.open_sentence == number - 1 else None
        within = position > 0 and self.open_paragraph == paragraph.number
        if not quotes:
            if last is None or not within or not mostly_quoted(sentence):
                return False
            end = without_stop(sentence)
            self._carry_on(
                (sentence.start, end), "mixed", last.voices, number, paragraph.number
            )
            return True
        span = (quotes[0].start, quotes[-1].end)
        if last is not None and (within or (position == 0 and self._runs_over(paragraph))):
            if last.kind == "direct":
                self._extend(last, span, number, paragraph.number)
            else:
                self._carry_on(span, "direct", last.voices, number, paragraph.number)
            return True
        voices = self._signed(paragraph, number)
        if not voices and span[1] - span[0] >= _SHORTEST_ALONE:
            near = [b for b in self.before if b.paragraph >= paragraph.number - 1]
            voices = carried(near, self.resolver)
        if voices:
            self._carry_on(span, "direct", voices, number, paragraph.number)
        return True

    def _signed(self, paragraph: Paragraph, number: int) -> tuple[Voice, ...]:
        """Who signs the line below a paragraph that is one quotation."""
        if len(paragraph.sentences) > 1 or paragraph.number + 1 == len(self.paragraphs):
            return ()
        phrase = signed_below(self.paragraphs[paragraph.number + 1])
        if not phrase:
            return ()
        found = self.resolver.resolve(phrase, number + 1, paragraph.number + 1, phrase[0].start)
        return tuple(
            replace(voice, reason="signature of the quotation") for voice in found.voices
        )

    def _runs_over(self, paragraph: Paragraph) -> bool:
        """Whether the quotation of the paragraph before was left open."""
        previous = self.paragraphs[paragraph.number - 1] if paragraph.number else None
        return (
            previous is not None
            and self.open_paragraph == previous.number
            and previous.left_open
        )

    def _carry_on(
        self,
        span: Span,
        kind: str,
        voices: tuple[Voice, ...],
        number: int,
        paragraph: int,
    ) -> None:
        """Add a statement of those who are named before it."""
        told = self.circumstances.unsaid(paragraph, voices)
        self._add(
            Attribution(
                start=span[0], end=span[1], kind=kind, voices=voices, rule="whole quoted paragraph",
                spans=(span,), confidence="doubtful",
                said_on=told.day.said_on, precision=told.day.precision, said_on_basis=told.day.basis,
                day_start=told.day.start, day_end=told.day.end, occasion=told.occasion,
            ),
            number,
            paragraph,
        )  # fmt: skip
        self.resolver.remember(voices, number, paragraph)

    def _extend(self, last: Attribution, span: Span, number: int, paragraph: int) -> None:
        grown = replace(last, end=span[1], spans=(*last.spans, span))
        self.found[-1] = grown
        self.open_sentence, self.open_paragraph = number, paragraph

    def _said_before(self, sentence: Sentence, cue_start: int | None) -> list[Span]:
        """The words of other statements in the sentence that end in front of a cue."""
        spans: list[Span] = []
        for one in reversed(self.found):
            if one.end <= sentence.start:
                break
            spans += [span for span in one.spans if cue_start and span[1] <= cue_start]
        return spans

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
        told = self.circumstances.of(
            sentence,
            pieces,
            (cue_start, cue_end) if cue_start is not None and cue_end is not None else None,
            _reach(tokens, frame.subject) if frame.subject else None,
            resolved.voices,
            frame.modality,
            self._said_before(sentence, cue_start),
        )
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
                confidence=confidence(
                    tokens,
                    frame,
                    kind,
                    resolved.certainty if resolved.voices else 0.0,
                    warned=any(map(of_another_state, resolved.warnings)),
                ),
                warnings=resolved.warnings,
                via=self._via(tokens, frame),
                modality=frame.modality,
                said_on=told.day.said_on,
                precision=told.day.precision,
                said_on_basis=told.day.basis,
                day_start=told.day.start,
                day_end=told.day.end,
                occasion=told.occasion,
            ),
            number,
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
        resolved = self.resolver.resolve(phrase, number, paragraph, phrase[0].start)
        return replace(resolved, voices=_carried_by(self.text, tokens, frame, resolved.voices))

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

    def _add(self, attribution: Attribution, number: int, paragraph: int) -> None:
        self.found.append(attribution)
        self.open_sentence, self.open_paragraph = number, paragraph


def _reach(tokens: list[Token], span: Span) -> tuple[int, int]:
    return tokens[span[0]].start, tokens[span[1] - 1].end


def _carried_by(
    text: str, tokens: list[Token], frame: Found, voices: tuple[Voice, ...]
) -> tuple[Voice, ...]:
    """One voice with the words that carry the attribution: the «who» of «S, who said», and of a
    long phrase the part that names them."""
    if len(voices) != 1 or voices[0].start is None or frame.subject is None:
        return voices
    first, last = frame.pronoun or frame.subject
    if tokens[last - 1].end - tokens[first].start > _LONGEST_MENTION:
        comma = next(
            (k for k in range(first + 1, last) if tokens[k].text in {",", "(", "-", "—", "–"}),
            last,
        )
        named = any(t.capital for t in tokens[first + 1 : comma])
        if named or tokens[first].capital:
            last = comma
    start, end = tokens[first].start, tokens[last - 1].end
    if (
        not frame.pronoun
        and voices[0].end is not None
        and voices[0].end - voices[0].start <= end - start
    ):
        return voices
    return (replace(voices[0], start=start, end=end, printed=text[start:end]),)


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
