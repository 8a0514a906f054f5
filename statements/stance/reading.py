"""A passage as sentences, and what stands before and after a word in its sentence."""

from dataclasses import dataclass

import regex

from statements.stance.lexicon import Hit
from statements.stance.values import Passage, Span

# No end after an initial or a short title («U.S. forces», «Mr. Example»), nor at a line's end,
# since some texts are wrapped.
_END = regex.compile(
    r"(?<!\b\p{Lu})(?<!\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St|No))[.?!…]+[\"'”’»)\]]*\s+"
    r"(?=[\"'“‘«(\[]?\p{Lu})|[。！？]+[」』]?|\n[^\S\n]*\n\s*"
)
# «Q    What of the pact?»: in a transcript somebody else goes on.
_INTERVIEWER = regex.compile(r"(?:^|\n)[^\S\n]*Q[^\S\n]+\S")
# Longer sentences are cut, so that looking around in one costs no more than this.
_LONGEST = 600
# Between a cue and the words: «warned of the risk of violating», «voiced».
_GAP = 60


@dataclass(frozen=True)
class Sentence:
    """text[start:end]; `asks` when it ends as a question."""

    start: int
    end: int
    asks: bool


def whole(passage: Passage) -> Span:
    """The words with the cue right before them, up to where an interviewer goes on."""
    start, end = passage.start, passage.end
    cue = passage.cue
    if cue is not None and 0 <= start - cue.end <= _GAP:
        gap = passage.text[cue.end : start]
        start = start if regex.search(r"[.!?:;\n]", gap) else cue.start
    asked = _INTERVIEWER.search(passage.text, passage.start, end)
    return Span(start, asked.start() if asked else end)


def sentences(text: str, span: Span) -> list[Sentence]:
    """Cut text[span] into sentences.

    >>> [(s.start, s.end, s.asks) for s in sentences("A war? U.S. aid. No.", Span(0, 20))]
    [(0, 7, True), (7, 17, False), (17, 20, False)]
    """
    ends = [
        (match.end(), _asks(match.group()))
        for match in _END.finditer(text, span.start, span.end)
    ]
    ends.append((span.end, _asks(text[max(span.start, span.end - 3) : span.end])))
    found: list[Sentence] = []
    start = span.start
    for end, asks in ends:
        while start < end:
            cut = min(end, start + _LONGEST)
            found.append(Sentence(start, cut, asks))
            start = cut
    return found


def before(passage: Passage, sentence: Sentence, hit: Hit) -> str:
    """The sentence up to the word."""
    return passage.text[sentence.start : hit.start]


def after(passage: Passage, sentence: Sentence, hit: Hit) -> str:
    """The sentence from the word on."""
    return passage.text[hit.end : sentence.end]


def _asks(ending: str) -> bool:
    return "?" in ending or "？" in ending
