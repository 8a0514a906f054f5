"""When, where and in which form each statement of an English article was said.

A sentence tells it itself, or the speaker goes on with what an earlier one told: «At a press
conference on Tuesday, S said X. He added Y.»
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import regex

from statements.attribution.clauses import BLANK, SAID, Saying, belongs, of_something_else
from statements.attribution.days import UNKNOWN, Day, published, resolved
from statements.attribution.expressions import Expression, find_expressions
from statements.attribution.forms import english_occasion, held_before
from statements.attribution.gazetteer import Gazetteer
from statements.attribution.marks import Quote
from statements.attribution.sentences import Paragraph, Sentence
from statements.attribution.values import Attribution, Occasion, Voice
from statements.attribution.words import PRONOUNS

# An occasion that is reported this long after it is background: nothing goes on from it.
_FRESH = timedelta(days=10)
# A day is carried on from the paragraph before, not from farther up.
_REACH = 1  # paragraphs
_PAPERS = {"written_statement", "joint_statement"}
_WINDOW = 1000  # characters on either side of a cue
_NAMED_DAYS = {"weekday", "expression", "occasion"}
_COARSE = {"month", "year", "few", "period", "ago"}
_UNTIL = regex.compile(
    r"\b(?:until|till|since|before|(?<!^)by|from|for|through|ahead of|prior to|about|over|between|and|or|to|"
    r"(?<!\b[Aa]s )(?<!morning )(?<!afternoon )(?<!evening )(?<!night )(?<!letter )(?<!statement )(?<!speech )of|"
    r"Good|Black|Ash|Holy|Super|next)\s+(?:the\s+|late\s+|early\s+)*$"
)
_ARTICLE = regex.compile(r"\b(?:a|an|the|this|his|her|its|their)\s+(?:late\s+|early\s+)*$")
_OF_TALKS = regex.compile(
    r"\b(?i:at|in|during|on|through|via|after|following)\s+(?:the\s+|a\s+|their\s+|his\s+|her\s+)?(?:late\s+|early\s+)*$"
)
_OCCASION_NOUN = regex.compile(
    r"(?:[’']s)?\s+(?:\p{L}[\p{L}’'-]*\s+){0,3}?(?:press|news|conference|briefing|speech|statement|interview|"
    r"meeting|session|debate|hearing|address|summit|talks|tweet|post|letter|call|event|rally|report|"
    r"remarks|ceremony|announcement|release|readout|program|programme|show|broadcast)\b"
)
_LONG_AGO = regex.compile(
    r"\b(?:previously|repeatedly|long|once|in the past|frequently|often|consistently|always)\W+(?:\p{L}+\W+)?$"
)
_ATTRIBUTE = regex.compile(r"(?:an?|the|his|her|its|their)\s", regex.IGNORECASE)
_NOMINAL = {
    "comment", "comments", "statement", "statements", "remark", "remarks", "claim", "claims",
    "assertion", "warning", "pledge", "promise", "argument", "contention", "suggestion",
    "allegation", "accusation", "belief", "view", "demand", "insistence", "vow", "threat",
}  # fmt: skip
_NAME_BEFORE = regex.compile(r"\p{Lu}[\p{L}.]*\s+$")
_EARLIER = regex.compile(r"\W*(?:earlier|before)\b|.*\b(?:earlier|once|later)\W+$", regex.S)
_LONG_AGO_BEHIND = regex.compile(r"\W*(?:previously|repeatedly|in the past|often)\b")
_DATELINE = regex.compile(
    r"\W*\p{Lu}{3,}[\p{Lu}\s.,/-]*(?:,?\s+\p{Lu}\p{Ll}+\.?\s+\d{1,2})?\s*(?:\([^)\n]{2,40}\))?\s*[—–-]{1,2}\s"
)


@dataclass(frozen=True)
class Circumstance:
    """When a statement was said, and at what occasion if that is told."""

    day: Day
    occasion: Occasion | None = None


@dataclass(frozen=True)
class _Told:
    """The last statement's speakers, paragraph and circumstances."""

    names: tuple[str, ...]
    paragraph: int
    day: Day
    occasion: Occasion | None


class Circumstances:
    """Follows the statements of one article in reading order."""

    def __init__(
        self,
        text: str,
        paragraphs: list[Paragraph],
        places: Gazetteer,
        published_on: date | None,
    ) -> None:
        self._text, self._paragraphs = text, paragraphs
        self._places, self._published_on = places, published_on
        self._last: _Told | None = None

    def of(
        self,
        sentence: Sentence,
        inside: list[tuple[int, int]],
        cue: tuple[int, int] | None,
        subject: tuple[int, int] | None,
        voices: tuple[Voice, ...],
        modality: str,
        before: Sequence[tuple[int, int]] = (),
    ) -> Circumstance:
        """The circumstances of a statement whose words stand `inside` its sentence.

        `cue` and `subject` are where they stand in the text; `before` are the words of other
        statements that end in front of the cue: a day that they tell is none of saying this.
        """
        day: Day | None = None
        occasion: Occasion | None = None
        if cue is not None:
            printed, offset = self._blanked(sentence, cue, inside, before)
            near = (cue[0] - offset, cue[1] - offset)
            phrase = None
            if subject is not None and subject[0] >= offset:
                phrase = (subject[0] - offset, subject[1] - offset)
            participle = self._text[cue[0] : cue[1]].split()[0].lower().endswith("ing")
            nominal = self._text[cue[0] : cue[1]].lower() in _NOMINAL
            saying = Saying(near, phrase, participle, nominal)
            earlier = _EARLIER.match(printed[near[1] : near[1] + 12]) or _EARLIER.match(
                printed[max(near[0] - 12, 0) : near[0]]
            )
            day = self._day(printed, offset, sentence, saying, future=modality == "future")
            occasion = english_occasion(printed, saying, self._places)
            if occasion is not None and occasion.start is not None and occasion.end is not None:
                form = occasion.form
                if form == "written_statement" and len(voices) > 1:
                    form = "joint_statement"
                occasion = replace(
                    occasion,
                    form=form,
                    start=occasion.start + offset,
                    end=occasion.end + offset,
                )
            if (earlier or nominal) and not modality:
                day = published(self._published_on) if day is None else day
                return self._remember(day, occasion, sentence.paragraph, voices)
        elif not modality:
            return self.unsaid(sentence.paragraph, voices)
        return self._complete(day, occasion, sentence, subject, voices, modality)

    def unsaid(self, paragraph: int, voices: tuple[Voice, ...]) -> Circumstance:
        """The circumstances of a quotation without a cue: those of the statement before it."""
        told = self._goes_on(voices, paragraph)
        day = self._carried_day(told) if told else None
        occasion = _carried(told.occasion) if told else None
        return self._remember(day or published(self._published_on), occasion, paragraph, voices)

    # ------------------------------------------------------------------ in the sentence itself

    def _blanked(
        self,
        sentence: Sentence,
        near: tuple[int, int],
        inside: list[tuple[int, int]],
        before: Sequence[tuple[int, int]] = (),
    ) -> tuple[str, int]:
        """What the sentence prints around `near` with all that was said blanked out, and where."""
        start = max(sentence.start, near[0] - _WINDOW)
        end = min(sentence.end, near[1] + _WINDOW)
        said = {last for _, last in inside}
        spans = [*inside, *(span for span in before if span[1] > start)]
        if start == sentence.start and (line := _DATELINE.match(self._text, start, end)):
            spans.append((start, line.end()))
        quotes = self._paragraphs[sentence.paragraph].quotes
        for quote in quotes[max(bisect_left(quotes, start, key=_opens) - 1, 0) :]:
            if quote.start >= end:
                break
            spans.append((quote.start, quote.end))
        pieces: list[str] = []
        at = start
        for first, last in sorted(spans, key=lambda span: (span[0], -span[1])):
            a, b = max(first, at), min(last, end)
            if a < b:
                closing = SAID if b in said else BLANK
                pieces += [self._text[at:a], BLANK * (b - a - 1), closing]
                at = b
        return "".join([*pieces, self._text[at:end]]), start

    def _day(
        self, printed: str, offset: int, sentence: Sentence, saying: Saying, *, future: bool
    ) -> Day | None:
        """The day that the nearest expression names; UNKNOWN for what cannot be told."""
        cue = saying.cue
        found = [
            expression
            for expression in find_expressions(printed, 0, len(printed), "en")
            if _tells_the_day(printed, expression, saying)
        ]
        found.sort(key=lambda one: _distance(printed, one, cue))
        anchor: date | None = None
        for expression in found:
            if expression.kind == "same" and anchor is None:
                anchor = self._day_before(sentence)
                if anchor is None and expression.count <= 0:
                    return UNKNOWN
            day = resolved(expression, self._published_on, anchor, future=future)
            if day is not None and day.start is not None and day.end is not None:
                return replace(day, start=day.start + offset, end=day.end + offset)
        if found and any(one.kind == "weekday" for one in found):
            return UNKNOWN
        before = printed[max(cue[0] - 40, 0) : cue[0]]
        if _LONG_AGO.search(before) or _LONG_AGO_BEHIND.match(printed, cue[1]):
            return UNKNOWN
        return None

    def _day_before(self, sentence: Sentence) -> date | None:
        """The day named last before the sentence, in its paragraph or the one before."""
        first = self._paragraphs[max(sentence.paragraph - 1, 0)].start
        first = max(first, sentence.start - _WINDOW)
        day: date | None = None
        for expression in find_expressions(self._text, first, sentence.start, "en"):
            if expression.kind == "same":
                continue
            found = resolved(expression, self._published_on)
            if found is not None and found.precision == "day":
                day = found.said_on
        return day

    # ------------------------------------------------------------------ what goes on

    def _complete(
        self,
        day: Day | None,
        occasion: Occasion | None,
        sentence: Sentence,
        subject: tuple[int, int] | None,
        voices: tuple[Voice, ...],
        modality: str,
    ) -> Circumstance:
        itself = occasion is not None and subject is not None and occasion.start == subject[0]
        paper = occasion.form if occasion is not None and itself else ""
        told = self._goes_on(voices, sentence.paragraph)
        told = told or self._told_before(sentence, voices, paper)
        if told is not None and not modality:
            same_form = (
                occasion is None
                or not occasion.form
                or (told.occasion is not None and told.occasion.form == occasion.form)
            )
            if day is None and same_form:
                day = self._carried_day(told)
            same_day = day is None or day.said_on == told.day.said_on
            if occasion is None and same_day:
                occasion = _carried(told.occasion)
        day = published(self._published_on) if day is None else day
        if modality:
            return Circumstance(day, occasion)
        return self._remember(day, occasion, sentence.paragraph, voices)

    def _remember(
        self, day: Day, occasion: Occasion | None, paragraph: int, voices: tuple[Voice, ...]
    ) -> Circumstance:
        names = tuple(voice.name for voice in voices)
        self._last = _Told(names, paragraph, day, occasion)
        return Circumstance(day, occasion)

    def _goes_on(self, voices: tuple[Voice, ...], paragraph: int) -> _Told | None:
        """The statement just before, if the same speakers go on with it."""
        last = self._last
        if last is None or not voices or paragraph - last.paragraph > _REACH:
            return None
        return last if last.names == tuple(voice.name for voice in voices) else None

    def _told_before(
        self, sentence: Sentence, voices: tuple[Voice, ...], paper: str
    ) -> _Told | None:
        """The occasion told in the sentence before, of the same paragraph and person.

        `paper` is the form of a statement that speaks by itself; it is named there again.
        """
        sentences = self._paragraphs[sentence.paragraph].sentences
        number = bisect_left(sentences, sentence.start, key=_starts)
        if not number or not voices or not (paper or _named_again(voices)):
            return None
        before = sentences[number - 1]
        printed, offset = self._blanked(before, (before.start, before.start), [])
        occasion = held_before(printed, self._places)
        if occasion is None or occasion.start is None or occasion.end is None:
            return None
        if paper and not {paper, occasion.form} <= _PAPERS:
            return None
        near = (occasion.start, occasion.end)
        day = self._day(printed, offset, before, Saying(near), future=False) or UNKNOWN
        moved = replace(occasion, start=near[0] + offset, end=near[1] + offset)
        return _Told((), sentence.paragraph, day, moved)

    def _carried_day(self, told: _Told) -> Day | None:
        """The day of an occasion that goes on, if the text names it and it is fresh.

        A month or a year goes on with the form of the occasion only: «At a rally last week, S
        said X. He added Y.»
        """
        day = told.day
        if day.basis in _NAMED_DAYS and day.precision in {"month", "year"}:
            return (
                replace(day, basis="occasion") if told.occasion and told.occasion.form else None
            )
        if day.basis not in _NAMED_DAYS or day.precision != "day":
            return None
        if day.said_on is None or self._published_on is None:
            return None
        if self._published_on - day.said_on > _FRESH:
            return None
        return replace(day, basis="occasion")


def _opens(quote: Quote) -> int:
    return quote.start


def _starts(sentence: Sentence) -> int:
    return sentence.start


def going_on(
    found: list[Attribution], text: str, published_on: date | None
) -> list[Attribution]:
    """Let statements that tell no day and no occasion have those of the same speakers' statement
    just before, in the same line or the line before."""
    told: list[Attribution] = []
    for one in found:
        last = told[-1] if told else None
        if last is not None and _follows(last, one, text):
            if one.said_on_basis == "publication" and (day := _gone_on(last, published_on)):
                one = replace(
                    one,
                    said_on=day,
                    said_on_basis="occasion",
                    day_start=last.day_start,
                    day_end=last.day_end,
                )
            if one.occasion is None and one.said_on == last.said_on:
                one = replace(one, occasion=_carried(last.occasion))
        told.append(one)
    return told


def _follows(last: Attribution, one: Attribution, text: str) -> bool:
    names = [[voice.name for voice in each.voices] for each in (last, one)]
    near = len(text[last.end : one.start].split("\n")) <= 2
    return bool(names[0]) and names[0] == names[1] and near and not one.modality


def _gone_on(last: Attribution, published_on: date | None) -> date | None:
    """The day that a statement names, if it is fresh enough to go on."""
    named = last.said_on_basis in _NAMED_DAYS and last.precision == "day"
    if not named or last.said_on is None or published_on is None:
        return None
    return last.said_on if published_on - last.said_on <= _FRESH else None


def _carried(occasion: Occasion | None) -> Occasion | None:
    return replace(occasion, carried=True) if occasion is not None else None


def _named_again(voices: tuple[Voice, ...]) -> bool:
    """Whether a pronoun, or nothing, stands for a speaker whom the text has named before."""
    printed = voices[0].printed.casefold()
    return len(voices) == 1 and (not printed or printed in PRONOUNS)


def _tells_the_day(printed: str, one: Expression, saying: Saying) -> bool:
    """Whether an expression is of the saying and not of what the sentence speaks about."""
    if one.which == 1:
        return False
    loose = one.kind not in _COARSE and one.kind != "date"
    if not belongs(printed, (one.start, one.end), saying, loose=loose):
        return False
    cue = saying.cue
    if one.kind in {"month", "year"} and _ATTRIBUTE.match(printed, one.start):
        return not _UNTIL.search(printed[: one.start])
    leading, behind = printed[: one.start], printed[one.end :]
    if one.kind in {"month", "year", "period"} and _before_cue_far(printed, one, saying):
        return False
    if one.kind in {"month", "year"}:
        # «of May», «since 2023»: only what was said in them counts.
        first = printed[one.start : one.end].split()[0].lower()
        if first in {"of", "since", "until", "from", "by", "before", "after", "next"}:
            return False
        if one.start >= cue[1] and len(printed[cue[1] : one.start].split()) > (
            12 if one.year else 7
        ):
            return False
    if one.kind == "near" and printed[one.start].isupper() and _NAME_BEFORE.search(leading):
        return False  # «USA Today»
    possessive = regex.match(r"[’']s?\b", behind) is not None
    noun = _OCCASION_NOUN.match(behind) is not None
    if possessive or (_ARTICLE.search(leading) and one.kind in {"weekday", "date"}):
        subject = saying.subject
        itself = subject is not None and subject[0] <= one.start < subject[1]
        return noun and (itself or _OF_TALKS.search(leading) is not None)
    return not _UNTIL.search(leading) and not of_something_else(printed, one.start, saying)


def _before_cue_far(printed: str, one: Expression, saying: Saying) -> bool:
    """Whether a coarse expression before the cue neither opens the sentence nor is next to it."""
    if one.start >= saying.cue[1]:
        return False
    between = printed[one.end : saying.cue[0]]
    return bool(printed[: one.start].strip()) and len(between.split()) > 3


def _distance(printed: str, one: Expression, cue: tuple[int, int]) -> tuple[int, int]:
    """How far an expression is from the cue, in characters that are not blanked out."""
    behind = one.start >= cue[1]
    between = printed[cue[1] : one.start] if behind else printed[one.end : cue[0]]
    return len(between.replace(BLANK, "")), one.start
