"""Cut a text into marked and unmarked segments, for pages that show words in their place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

# How much of a paragraph is shown on either side of the words, in characters.
AROUND = 900
NEIGHBOUR = 500
# The key of what a stance rests on.
EVIDENCE = "evidence"


@dataclass(frozen=True)
class Mark:
    """Characters [start:end) of a text, marked for `key`."""

    start: int
    end: int
    key: str


@dataclass(frozen=True)
class Segment:
    """A piece of text; `keys` are the marks that cover it, the shortest mark first.

    `opens` and `closes` are those of them that start and end with this piece.
    """

    text: str
    keys: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """The paragraph before some words, the paragraphs that hold them, cut, and the one after.

    `at` is where the segments begin in the text; an ellipsis in front counts as if it were of it.
    """

    before: str
    segments: tuple[Segment, ...]
    after: str
    at: int = 0


def cut(
    text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None
) -> list[Segment]:
    """Cut text[start:end] wherever a mark starts or ends; marks may overlap.

    The segments, joined, are the text. Marks that are empty or lie outside are left out.

    >>> [(s.text, s.keys) for s in cut("He said «no» twice.", [Mark(9, 11, "a")])]
    [('He said «', ()), ('no', ('a',)), ('» twice.', ())]
    >>> [(s.text, s.keys) for s in cut("abcd", [Mark(0, 3, "x"), Mark(1, 2, "y")])]
    [('a', ('x',)), ('b', ('y', 'x')), ('c', ('x',)), ('d', ())]
    """
    end = len(text) if end is None else end
    within = [
        Mark(max(m.start, start), min(m.end, end), m.key)
        for m in sorted(marks, key=lambda m: (m.end - m.start, m.start))
        if max(m.start, start) < min(m.end, end)
    ]
    edges = sorted({start, end, *(m.start for m in within), *(m.end for m in within)})
    opening: dict[int, list[Mark]] = {}
    for mark in within:
        opening.setdefault(mark.start, []).append(mark)
    segments: list[Segment] = []
    covering: list[Mark] = []
    for left, right in pairwise(edges):
        covering = [m for m in covering if m.end > left] + opening.get(left, [])
        covering.sort(key=lambda m: m.end - m.start)
        segments.append(
            Segment(
                text[left:right],
                keys=tuple(m.key for m in covering),
                opens=tuple(m.key for m in covering if m.start == left),
                closes=tuple(m.key for m in covering if m.end == right),
            )
        )
    return segments


def paragraphs(text: str, marks: Iterable[Mark]) -> list[list[Segment]]:
    """Cut a whole text into its paragraphs, and each of them into segments.

    A mark that runs over a paragraph's end is marked in each of the paragraphs. Blank lines
    are left out.

    >>> [[s.text for s in p] for p in paragraphs("ab\\n\\ncd", [Mark(1, 5, "k")])]
    [['a', 'b'], ['c', 'd']]
    """
    waiting = sorted(marks, key=lambda m: m.start)
    cut_paragraphs = []
    running: list[Mark] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        while waiting and waiting[0].start < end:
            running.append(waiting.pop(0))
        if line.strip():
            cut_paragraphs.append(cut(text, running, start, end))
        running = [m for m in running if m.end > end]
        start = end + 1
    return cut_paragraphs


def beginnings(text: str) -> list[int]:
    """Where the paragraphs of a text begin, as `paragraphs` cuts them.

    >>> beginnings("ab\\n\\ncd")
    [0, 4]
    """
    start, found = 0, []
    for line in text.split("\n"):
        if line.strip():
            found.append(start)
        start += len(line) + 1
    return found


def in_context(
    text: str,
    start: int,
    end: int,
    pieces: Iterable[tuple[int, int]] = (),
    evidence: Iterable[tuple[int, int]] = (),
) -> Context:
    """Return text[start:end] marked, amid its paragraph and between its neighbours.

    `pieces` are the unbroken parts of a split quotation, marked instead of the whole;
    `evidence` is marked as such, within the words and beside them. Long paragraphs are shortened with an ellipsis; the words themselves never are.

    >>> context = in_context("One.\\nShe said «no» here.\\nThree.", 15, 17)
    >>> context.before, [s.text for s in context.segments], context.after
    ('One.', ['She said «', 'no', '» here.'], 'Three.')
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    left, right = max(first, start - AROUND), min(last, end + AROUND)
    marks = [Mark(a, b, "words") for a, b in pieces] or [Mark(start, end, "words")]
    marks += [Mark(a, b, EVIDENCE) for a, b in evidence]
    segments = cut(text, marks, left, right)
    at = left
    if left > first:
        segments.insert(0, Segment("… "))
        at -= len("… ")
    if right < last:
        segments.append(Segment(" …"))
    return Context(_last_line(text[:first]), tuple(segments), _first_line(text[last:]), at)


def _last_line(text: str) -> str:
    line = text.rstrip()
    line = line[line.rfind("\n") + 1 :].strip()
    return line if len(line) <= NEIGHBOUR else f"… {line[-NEIGHBOUR:]}"


def _first_line(text: str) -> str:
    line = text.lstrip().split("\n", 1)[0].strip()
    return line if len(line) <= NEIGHBOUR else f"{line[:NEIGHBOUR]} …"
