"""A text, or what of a long one stands around the words looked for. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 600  # characters of a text that is shown whole
_BEFORE = 120  # characters shown before what was found
_MOST_WINDOWS = 2
# A window begins with a sentence or a word that begins within so many characters.
_NEAR = 60
# Behind what matches, which has no more characters than that.
_SENTENCE = re.compile(r"(?:[.!?…][\"”»’]?\s|[。！？])(?=\S)")
_WORD = re.compile(r"\s(?=\S)")
_BETWEEN = 3

Place = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it is one of the words looked for."""

    text: str
    found: bool = False


def pieces(text: str, found: Sequence[Place]) -> list[Piece]:
    """Cut a text at the places found, which are in order and do not overlap.

    >>> [piece.text for piece in pieces("The treaties of 1961", [(4, 12)]) if piece.found]
    ['treaties']
    """
    return list(_cut(text, 0, len(text), found))


def snippet(text: str, found: Sequence[Place], longest: int = LONGEST) -> list[Piece]:
    """The whole text when it is not longer than `longest` characters, else as much of it around
    the first places found, or its beginning; «…» stands for what is left out.

    >>> "".join(p.text for p in snippet("One two three four five.", [(14, 18)], longest=12))
    '…four five.'
    """
    if len(text) <= longest:
        return pieces(text, found)
    shown: list[Piece] = []
    end = 0
    for start, stop in _windows(text, found, longest):
        if start > end:
            shown.append(Piece("…" if not shown else " … "))
        shown += _cut(text, start, stop, found)
        end = stop
    return [*shown, Piece("…")] if end < len(text) else shown


def _windows(text: str, found: Sequence[Place], longest: int) -> list[Place]:
    """Up to two stretches of a text, in order and apart, that are together not longer."""
    if not found:
        return [(0, _ending(text, 0, longest))]
    each = longest // _MOST_WINDOWS
    windows: list[Place] = []
    for start, stop in found:
        if windows and stop <= windows[-1][1]:
            continue
        if len(windows) == _MOST_WINDOWS:
            break
        begin = _beginning(text, start, min(_BEFORE, each // 2))
        if windows and begin <= windows[-1][1] + 1:
            # It goes on where the one before ends.
            windows[-1] = (windows[-1][0], _ending(text, windows[-1][0], longest))
            break
        # What was found may hold a blank itself.
        windows.append((begin, max(stop, _ending(text, begin, max(each, stop - begin)))))
    if len(windows) == 1:
        # Near the end more is shown of what stands before.
        begin = min(windows[0][0], _beginning(text, len(text) - longest + _NEAR, _NEAR))
        least = min(found[0][1], begin + longest)
        windows = [(begin, max(least, _ending(text, begin, longest)))]
    return windows


def _beginning(text: str, found: int, before: int) -> int:
    """Where a window begins that shows at most so much before what was found."""
    least = max(found - before, 0)
    if least == 0:
        return 0
    for form in (_SENTENCE, _WORD):
        most = min(found + 1, least + _NEAR)
        for match in form.finditer(text, max(least - _BETWEEN, 0), most):
            if match.end() >= least:
                return match.end()
    return least


def _ending(text: str, begin: int, longest: int) -> int:
    """Where a window of at most that length ends, behind a whole word if one ends near."""
    most = begin + longest
    if most >= len(text):
        return len(text)
    least = max(most - _NEAR, begin + 1)
    space = max(text.rfind(" ", least, most + 1), text.rfind("\n", least, most + 1))
    if space >= 0:
        return space
    stop = max(text.rfind(sign, least, most) for sign in "。、，！？")
    return stop + 1 if stop >= 0 else most


def _cut(text: str, start: int, stop: int, found: Sequence[Place]) -> Iterator[Piece]:
    at = start
    for first, last in found:
        first, last = max(first, start), min(last, stop)
        if first >= last:
            continue
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], found=True)
        at = last
    if at < stop:
        yield Piece(text[at:stop])
