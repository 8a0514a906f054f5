"""What was found in a text, laid out for a person: the text marked, and why below it. Pure."""

import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from statements.attribution.rules import rule_in_words
from statements.attribution.values import Attribution, Voice

# How a mark looks on a terminal (ECMA-48 «select graphic rendition»), and between which
# brackets without colour. The innermost mark gives a character its colour.
_INKS = {"statement": "36", "speaker": "1;35", "cue": "33;4"}
_BRACKETS = {"statement": ("⟦", "⟧"), "speaker": ("{", "}"), "cue": ("<", ">")}
_LEVELS = {"confident": "32", "likely": "33", "doubtful": "31"}
_DIM, _BOLD, _WARNING, _NUMBER = "2", "1", "31", "30;46"

BASES = {
    "expression": "from a day named in the text",
    "weekday": "from a weekday and the date of publication",
    "occasion": "from the day of the occasion that an earlier sentence tells",
    "publication": "from the date of publication",
}
_DAYS = {"month": "%B %Y", "year": "%Y"}
MODALITIES = {
    "denied": "the text says that it was not said",
    "future": "the text says that it is yet to be said",
    "open": "the text leaves open whether it was said",
}
_MARGIN = " " * 4


@dataclass(frozen=True)
class _Mark:
    """Characters [start:end) of the text, and what they are; `number` is the statement's."""

    start: int
    end: int
    role: str
    number: int


@dataclass
class _Line:
    """A line as it is printed: its characters, and codes that take no place, by offset."""

    shown: list[str] = field(default_factory=list)
    codes: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, ink: str = "") -> None:
        """Append text, in an ink if there is one."""
        if not text:
            return
        if ink:
            self.codes.append((self.length, f"\x1b[{ink}m"))
        self.shown.append(text)
        self.length += len(text)
        if ink:
            self.codes.append((self.length, "\x1b[0m"))

    def printed(self, width: int | None, indent: str = "") -> str:
        """The line with its codes, broken at spaces where it is wider than `width`."""
        text = "".join(self.shown)
        breaks = set(_breaks(text, width, len(indent))) if width else set()
        codes: dict[int, str] = {}
        for at, code in self.codes:
            codes[at] = codes.get(at, "") + code
        pieces, start = [], 0
        for at in sorted({*codes, *breaks, len(text)}):
            pieces.append(text[start:at] + codes.get(at, ""))
            start = at
            if at in breaks:
                pieces.append("\n" + indent)
                start += 1
        return "".join(pieces)


def explain(
    text: str, found: Sequence[Attribution], *, colour: bool = False, width: int | None = None
) -> str:
    """Return the text with its statements marked, and under each paragraph why they are there.

    `found` is what `attribute(text)` returned. Without `colour` the marks are brackets:
    ⟦1 a statement⟧, {its speaker}, <the cue>. Lines longer than `width` columns are broken at
    spaces; None breaks none. Nothing of the text can command a terminal: control characters
    are shown as signs. Takes time in proportion to the text.
    """
    inks = _Inks(colour)
    numbered = deque(enumerate(found, start=1))
    waiting = deque(sorted(_marks(found), key=lambda mark: mark.start))
    running: list[_Mark] = []
    blocks: list[str] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        while waiting and waiting[0].start < end:
            running.append(waiting.popleft())
        if line.strip():
            blocks.append(_marked(text, start, end, running, inks).printed(width))
        while numbered and numbered[0][1].start <= end:
            blocks.append(_reasons(*numbered.popleft(), inks, width))
        running = [mark for mark in running if mark.end > end]
        start = end + 1
    return "\n\n".join([*blocks, _summary(found)]) + "\n"


@dataclass(frozen=True)
class _Inks:
    """The inks of a terminal, or none where there is no colour."""

    colour: bool

    def of(self, ink: str) -> str:
        return ink if self.colour else ""


def _marks(found: Sequence[Attribution]) -> Iterator[_Mark]:
    for number, one in enumerate(found, start=1):
        for start, end in one.spans or ((one.start, one.end),):
            yield _Mark(start, end, "statement", number)
        if one.cue_start is not None and one.cue_end is not None:
            yield _Mark(one.cue_start, one.cue_end, "cue", number)
        # Several voices may stand in one phrase, and statements share a speaker: marked once each.
        for first, last in {(voice.start, voice.end) for voice in one.voices}:
            if first is not None and last is not None:
                yield _Mark(first, last, "speaker", number)


def _marked(text: str, start: int, end: int, marks: list[_Mark], inks: _Inks) -> _Line:
    """One paragraph with its marks; each begins and ends within it."""
    within = {
        (max(m.start, start), min(m.end, end), m.role, m.number if m.role == "statement" else 0)
        for m in marks
    }
    cut = [_Mark(*one) for one in sorted(within) if one[0] < one[1]]
    opening: dict[int, list[_Mark]] = {}
    closing: dict[int, list[_Mark]] = {}
    for mark in cut:
        opening.setdefault(mark.start, []).append(mark)
        closing.setdefault(mark.end, []).append(mark)
    line = _Line()
    covering: list[_Mark] = []
    at = start
    for edge in sorted({*opening, *closing, end}):
        line.add(shown(text[at:edge]), inks.of(_INKS[covering[-1].role]) if covering else "")
        # The longest opens first and closes last, so that brackets nest where marks do.
        for mark in sorted(closing.get(edge, ()), key=lambda m: -m.start):
            covering.remove(mark)
            line.add("" if inks.colour else _BRACKETS[mark.role][1])
        for mark in sorted(opening.get(edge, ()), key=lambda m: -m.end):
            covering.append(mark)
            line.add("" if inks.colour else _BRACKETS[mark.role][0])
            if mark.role == "statement":
                number = f" {mark.number} " if inks.colour else f"{mark.number} "
                line.add(number, inks.of(_NUMBER))
        at = edge
    return line


def _reasons(number: int, one: Attribution, inks: _Inks, width: int | None) -> str:
    """One statement: who, how sure, by which rule, and what does not fit."""
    head = _Line()
    head.add(f"{_MARGIN}{number:>3}  ", inks.of(_BOLD))
    head.add("; ".join(map(_who, one.voices)) or "nobody named", inks.of(_BOLD))
    head.add(" · ")
    head.add(one.confidence, inks.of(_LEVELS.get(one.confidence, "")))
    lines = [head.printed(width, _MARGIN + " " * 5)]
    for name, words in _facts(one):
        fact = _Line()
        warning = name == "warning"
        fact.add(f"{_MARGIN}     {name:<9}", inks.of(_WARNING if warning else _DIM))
        fact.add(shown(words), inks.of(_WARNING) if warning else "")
        lines.append(fact.printed(width, _MARGIN + " " * 14))
    return "\n".join(lines)


def _who(voice: Voice) -> str:
    name = voice.name or voice.printed or "nobody named"
    return shown(", ".join(filter(None, [name, voice.office, voice.country])))


def _facts(one: Attribution) -> Iterator[tuple[str, str]]:
    """What is to be said about a statement, each with its name, in reading order."""
    for voice in one.voices:
        printed = f"«{voice.printed}»" if voice.printed else "not printed here"
        known = f", register: {voice.speaker_id}" if voice.speaker_id else ""
        yield "speaker", f"{printed}: {voice.reason or 'no reason given'}{known}"
    yield "kind", one.kind + (f", reported by «{one.cue}»" if one.cue else "")
    sentence = rule_in_words(one.rule)
    yield "rule", f"{sentence} ({one.rule})" if sentence else one.rule
    yield "said on", said_on_in_words(one)
    if one.occasion is not None:
        told = ", ".join(
            filter(None, [one.occasion.form.replace("_", " "), one.occasion.place])
        )
        yield "occasion", told + (" (of an earlier sentence)" if one.occasion.carried else "")
    if one.via:
        yield "via", one.via
    if one.modality:
        yield "but", MODALITIES.get(one.modality, one.modality)
    for warning in one.warnings:
        yield "warning", warning


def said_on_in_words(one: Attribution) -> str:
    """The day of saying, how exactly and from what it is known, as words."""
    if one.said_on is None:
        return "not known"
    day = f"{one.said_on.day} {one.said_on:%B %Y}"
    if one.precision in _DAYS:
        day = f"{one.said_on:{_DAYS[one.precision]}}"
    return f"{day}, {BASES.get(one.said_on_basis, one.said_on_basis)}"


def _summary(found: Sequence[Attribution]) -> str:
    if not found:
        return "No statement was found."
    levels = [one.confidence for one in found]
    counts = [f"{levels.count(level)} {level}" for level in _LEVELS if level in levels]
    noun = "statement" if len(found) == 1 else "statements"
    return f"{len(found)} {noun}: {', '.join(counts)}."


def shown(text: str) -> str:
    r"""The text on one line, with a sign in place of each character that may command a terminal.

    As long as the text. Control characters become their pictures, what turns the direction of
    writing or has no form becomes U+FFFD.

    >>> shown("a\x1b[31mb\tc\u202ed")
    'a␛[31mb c�d'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_sign, text))


def _sign(char: str) -> str:
    if char.isprintable() or char == "\u200d":  # the joiner that some scripts need
        return char
    if char.isspace():
        return " "
    if char < " ":
        return chr(0x2400 + ord(char))
    return "␡" if char == "\x7f" else "�"


def _breaks(text: str, width: int, indent: int) -> Iterator[int]:
    """Where to break a line of `width` columns: at the last space, if there is one.

    The line goes on behind `indent` columns.
    """
    column, since = 0, 0
    space: int | None = None
    margin = len(text) - len(text.lstrip())
    for at, char in enumerate(text):
        column += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if char == " " and at > margin:
            space, since = at, column
        if column > width and space is not None:
            yield space
            column, space = indent + column - since, None
