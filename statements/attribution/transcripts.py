"""Transcripts and interviews: turns that name their speaker («MR. KIRBY:  …», «Question: …»)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import regex

from statements.attribution.headings import heading
from statements.attribution.values import Attribution, Voice

_BEFORE_LABEL = r"^[ \t]*(?P<mark>[“\"]|'')?(?:\*\*|__)?"
_AFTER_LABEL = r"(?:[ \t]*\([^)\n]{1,60}\))?[ \t]*(?:(?:\*\*|__):|:(?:\*\*|__)?)(?=\s|$)"
# Official house style: a label in capitals and a colon, or a lone Q.
_CAPITALS = regex.compile(
    _BEFORE_LABEL + r"(?:(?P<label>[\p{Lu}][\p{Lu}’'.-]+(?:[ \t]+[\p{Lu}][\p{Lu}’'.-]*){0,6}|Q|A)"
    + _AFTER_LABEL + r"|(?P<question>Q)(?=[ \t]+\S))[ \t]*",
    regex.MULTILINE,
)  # fmt: skip
# Ministries and newspapers: «Question:», «Sergey Sample:», «Minister Example (in English):».
_PLAIN = regex.compile(
    _BEFORE_LABEL
    + r"(?P<label>\p{Lu}[\p{L}’'.-]*(?: (?:\p{Lu}[\p{L}’'.-]*|of|the|de|van|von|al|bin|member)){0,6})"
    + _AFTER_LABEL + r"[ \t]*",
    regex.MULTILINE,
)  # fmt: skip
_FEWEST_TURNS = 4
_LONGEST_TURN = 3000  # characters of a turn on average, in a text that consists of turns
_QUESTIONS = {
    "q", "question", "questions", "reporter", "journalist", "correspondent", "interviewer",
    "moderator", "operator", "participant", "audience", "audience member", "all", "crowd",
    "interpreter", "host", "presenter", "questioner", "media", "press",
}  # fmt: skip
_ANSWERS = {"a", "answer", "response", "reply"}
# A label of somebody in office needs no second turn to be believed.
_IN_OFFICE = regex.compile(
    r"(?:THE (?:VICE )?PRESIDENT|(?:MR|MS|MRS|DR|GEN|ADM|SEN|GOV|REP|COL|AMB)\.? \p{Lu}.*"
    r"|(?:VICE |PRIME |FOREIGN )?(?:PRESIDENT|SECRETARY|MINISTER|CHANCELLOR|AMBASSADOR|ADMIRAL|GENERAL) \p{Lu}.*)"
)
_STAGE = regex.compile(r"\s*\((?:[Ll]aughter|[Aa]pplause|[Cc]ross-?talk|[Ii]naudible)\.?\)\s*$")
_SAMPLE = 200_000


@dataclass(frozen=True)
class Turn:
    """What one voice says: the label at `start` to `label_end`, its words behind to `end`."""

    label: str
    start: int
    label_end: int
    words: int
    end: int

    @property
    def asks(self) -> bool:
        """Whether the label only says that somebody unnamed asks, leads through or applauds."""
        return self.label.lower() in _QUESTIONS

    @property
    def answers(self) -> bool:
        """Whether the label only says that somebody answers."""
        return self.label.lower() in _ANSWERS


def find_turns(text: str) -> list[Turn]:
    """Return the turns of a text that consists of them, from some place on; else nothing."""
    for pattern, credible in ((_CAPITALS, _official), (_PLAIN, _spoken)):
        matches = [m for m in pattern.finditer(text) if m.end() < len(text)]
        labels = Counter(_label(match) for match in matches)
        matches = [m for m in matches if credible(_label(m), labels)]
        if matches and _consists_of(text, matches):
            return _turns(text, matches)
    return []


def attribute_turns(
    text: str, turns: list[Turn], speaker: Callable[[Turn], Voice], published_on: date | None
) -> list[Attribution]:
    """Return one direct statement for each turn; questions of unnamed people have no voice."""
    day, occasion = heading(text, turns[0].start if turns else 0, published_on)
    found = []
    for turn in turns:
        voice = replace(
            speaker(turn),
            printed=text[turn.start : turn.label_end],
            start=turn.start,
            end=turn.label_end,
        )
        found.append(
            Attribution(
                start=turn.words, end=turn.end, kind="direct",
                voices=(voice,) if voice.name else (), rule="transcript turn",
                spans=((turn.words, turn.end),),
                cue=":", said_on=day.said_on, precision=day.precision, said_on_basis=day.basis,
                day_start=day.start, day_end=day.end, occasion=occasion,
                confidence="confident" if voice.name else "doubtful",
            )
        )  # fmt: skip
    return found


def _label(match: "regex.Match[str]") -> str:
    return " ".join((match["label"] or "Q").split())


def _official(label: str, labels: Counter[str]) -> bool:
    return (
        label.lower() in _QUESTIONS | _ANSWERS
        or labels[label] > 1
        or _IN_OFFICE.fullmatch(label) is not None
        or len(labels) > 1
    )


def _spoken(label: str, labels: Counter[str]) -> bool:
    """«Question», or a name that speaks again where others speak as well."""
    known = _QUESTIONS | _ANSWERS
    if label.lower() in known:
        return True
    others = any(
        other != label and (n > 1 or other.lower() in known) for other, n in labels.items()
    )
    asked = any(other.lower() in _QUESTIONS for other in labels)
    return (
        others and (labels[label] > 1 or asked) and (asked or " " in label or labels[label] > 2)
    )


def _consists_of(text: str, matches: "list[regex.Match[str]]") -> bool:
    """Whether turns fill the text from the first one on."""
    begun = matches[0].start()
    length = min(len(text), begun + _SAMPLE) - begun
    near = [match for match in matches if match.start() < begun + _SAMPLE]
    spoken = [label for label in map(_label, matches) if label.lower() not in _QUESTIONS]
    if len(near) >= _FEWEST_TURNS and len(near) * _LONGEST_TURN > length:
        return bool(spoken)
    # A few speeches under the labels of people in office, behind a short head.
    return bool(spoken) and all(map(_IN_OFFICE.fullmatch, spoken)) and begun < min(1500, length)


def _turns(text: str, matches: "list[regex.Match[str]]") -> list[Turn]:
    turns = []
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        start, end = match.end(), following.start() if following else len(text)
        if match["mark"]:
            end = min(end, _line_end(text, start))
        start, end = _trimmed(text, start, end, quoted=bool(match["mark"]))
        if start < end:
            begins = match.start("label") if match["label"] else match.start("question")
            last = match.start() + len(match.group().rstrip())
            turns.append(Turn(_label(match), begins, last, start, end))
    return turns


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _trimmed(text: str, start: int, end: int, *, quoted: bool) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    body = _STAGE.sub("", text[start:end].rstrip())
    if quoted:
        body = body.rstrip('”"')
    return start, start + len(body)
