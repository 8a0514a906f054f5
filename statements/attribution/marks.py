"""Quotation marks: which passages of a paragraph stand between them.

Marks are read with what stands beside them, so that a curly mark turned the wrong way, a straight
one and a doubled apostrophe all close what another kind opened. A mark without its partner is
mended where it stands; the rest of the paragraph is read as if it were not there.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

# Unicode CLDR «delimiters»; 「」『』 quote in Japanese, 《》 in the DPRK's Korean.
_TYPED = {"«": "»", "‹": "›", "「": "」", "『": "』", "《": "》"}
_CLOSES_TYPED = {closing: opening for opening, closing in _TYPED.items()}
_OPENING_SHAPES = {"“", "„", "‟", "``", "‘‘"}
_CLOSING_SHAPES = {"”", "’’"}
_MARK = regex.compile(r"'{2,}|``|‘‘|’’|[“”„‟\"＂″«»‹›「」『』《》]")
_DOUBLE = regex.compile(r"''|[“”„\"«»]")
_SINGLES = {"'", "‘", "’"}
_MARK_OR_SINGLE = regex.compile(r"[“”„‟\"＂″«»‹›「」『』《》‘’']")
_ANY_MARK = "“”„‟\"＂″«»‹›「」『』《》‘’'`"
_OPENS_AFTER = "([{—–―-:;,/…"
_CLOSES_BEFORE = ".,;:!?)]}—–―-/…"
_CLAUSE_ENDS = ",.?!…"
_ELISION = regex.compile(r"\d\ds?\b|(?:em|tis|twas|til|cause|n|round)\b", regex.IGNORECASE)
_SINGLE = regex.compile(
    r"(?<![\w'‘])[‘'](?=\w)(?:[^‘'\n]|(?<=\w)'(?=\w)|(?<=s)'(?=\s)){15,}?[,.?!][’'](?![\w'’])"
)
_DOUBLE_SPEECH = regex.compile(r"[,.?!](?:''|[”\"»])(?!\w)")
_LOST_CLOSING = regex.compile(r"(?<=[,.?!])[’'](?=\s|$)")
_OPENING_SINGLE = regex.compile(r"(?<!\w)[‘'](?=\w)")


@dataclass(frozen=True)
class Quote:
    """A quoted passage: `start` and `end` with its marks, `inner_*` without.

    `open_ended`: its paragraph ends before it closes, as when a quotation goes on in the next.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    open_ended: bool = False


@dataclass(frozen=True)
class _Mark:
    """One mark at `start` to `end`: what it may do by its neighbours, and the letter before it."""

    start: int
    end: int
    shape: str
    opens: bool
    closes: bool
    family: str
    before: str


def find_quotes(
    text: str, start: int, end: int, *, single: bool = False, begun: bool = False
) -> list[Quote]:
    """Return the outermost quoted passages of `text[start:end]`, in reading order.

    Offsets count from the beginning of `text`. With `single` the marks ‘ ’ and ' quote too,
    where they cannot be apostrophes. `begun` says that the quotation of the paragraph before was
    left open. A mark that never closes reaches to the end.

    >>> [(q.inner_start, q.inner_end) for q in find_quotes("“a “b” c,” she said. «d»", 0, 24)]
    [(1, 9), (22, 23)]
    """
    found = _paired(_without_possessives(list(_marks(text, start, end, single))))
    quotes = [*found.pairs, *_mended(text, start, end, found)]
    closing = found.unopened
    if begun and closing is not None and all(q.start > closing.start for q in quotes):
        quotes.append(Quote(start, closing.end, start, closing.start))
    return _outermost([quote for quote in quotes if quote.inner_start < quote.inner_end])


def has_double_marks(text: str, start: int, end: int) -> bool:
    """Whether any double mark stands in `text[start:end]`."""
    return _DOUBLE.search(text, start, end) is not None


def uses_single_marks(text: str) -> bool:
    """Whether single marks are this text's primary ones.

    They are where no double mark stands, or where more clauses end with a single mark.
    """
    singles = len(_SINGLE.findall(text))
    if not singles or not _DOUBLE.search(text):
        return singles > 0
    return singles > max(1, len(_DOUBLE_SPEECH.findall(text)))


# ------------------------------------------------------------------------------ reading marks


def _marks(text: str, start: int, end: int, single: bool) -> Iterator[_Mark]:
    for match in (_MARK_OR_SINGLE if single else _MARK).finditer(text, start, end):
        first, last = match.span()
        shape = match.group()
        if last - first > 2:  # a single mark inside of a doubled one
            opening = _beside(text, first, last, start, end)[0]
            first, last = (first, first + 2) if opening else (last - 2, last)
            shape = "''"
        opens, closes = _beside(text, first, last, start, end)
        family = "double"
        if shape in _TYPED or shape in _CLOSES_TYPED:
            family = _CLOSES_TYPED.get(shape, shape)
        elif shape in _SINGLES:
            if not (opens or closes) or (
                opens and shape != "‘" and _ELISION.match(text, last, end)
            ):
                continue  # an apostrophe
            family = "single"
        yield _Mark(first, last, shape, opens, closes, family, text[first - 1 : first])


def _beside(text: str, first: int, last: int, start: int, end: int) -> tuple[bool, bool]:
    """Whether a mark may open and may close by its neighbours; other marks are looked through."""
    left, right = first - 1, last
    while left >= start and first - left <= 4 and text[left] in _ANY_MARK:
        left -= 1
    while right < end and right - last < 4 and text[right] in _ANY_MARK:
        right += 1
    before = text[left] if left >= start else " "
    after = text[right] if right < end else " "
    ends = after.isspace() or (after in _CLOSES_BEFORE and text[right : right + 2] != "..")
    opens = (before.isspace() or before in _OPENS_AFTER) and not ends
    closes = not (before.isspace() or before in "([{") and ends
    return opens, closes


# ------------------------------------------------------------------------------ pairing


@dataclass(frozen=True)
class _Paired:
    """The pairs of a paragraph at every depth, the marks that open and never close, and the
    first closing mark that nothing opened."""

    pairs: list[Quote]
    unclosed: list[_Mark]
    unopened: _Mark | None


def _paired(marks: list[_Mark]) -> _Paired:
    pairs: list[Quote] = []
    stack: list[_Mark] = []
    depth: Counter[str] = Counter()
    first_unopened: _Mark | None = None
    unopened: _Mark | None = None
    for mark in marks:
        inside = depth[mark.family] > 0
        if _opening(mark, inside):
            stack.append(mark)
            depth[mark.family] += 1
            unopened = None
        elif inside:
            while stack[-1].family != mark.family:
                depth[stack.pop().family] -= 1
            opened = stack.pop()
            depth[mark.family] -= 1
            pairs.append(Quote(opened.start, mark.end, opened.end, mark.start))
        elif unopened is not None and unopened.shape == mark.shape:
            pairs.append(Quote(unopened.start, mark.end, unopened.end, mark.start))
            unopened = None
        elif not mark.before.isdigit():  # no length in inches
            unopened = mark
            first_unopened = first_unopened or mark
    return _Paired(pairs, stack, first_unopened)


def _opening(mark: _Mark, inside: bool) -> bool:
    """Whether a mark opens: by its neighbours first, by its shape next, else by turns."""
    if mark.family not in {"double", "single"}:
        return mark.shape in _TYPED
    if mark.opens != mark.closes:
        return mark.opens or (mark.shape in _OPENING_SHAPES and not inside)
    if mark.opens:  # between two dashes
        return mark.shape in _OPENING_SHAPES or not (inside or mark.shape in _CLOSING_SHAPES)
    return not inside and mark.shape not in _CLOSING_SHAPES


def _without_possessives(marks: list[_Mark]) -> list[_Mark]:
    """The marks without those of «the envoys' note»: a later one behind a stop closes instead."""
    kept: list[_Mark] = []
    closes_later = False
    for mark in reversed(marks):
        if mark.family == "single":
            if mark.closes and closes_later and mark.before in {"s", "S"}:
                continue
            closes_later = mark.closes and (closes_later or mark.before in _CLAUSE_ENDS)
        kept.append(mark)
    return kept[::-1]


# ------------------------------------------------------------------------------ mending


def _mended(text: str, start: int, end: int, found: _Paired) -> Iterator[Quote]:
    """What the marks quote that never close: up to a single mark in its place, or to the end.

    Where another quotation begins a sentence of its own behind it, the mark counts for nothing.
    """
    pairs = sorted(found.pairs, key=lambda pair: pair.start)
    for number, mark in enumerate(found.unclosed):
        if mark.family == "single" and mark.start > start:
            continue
        at = bisect_right(pairs, mark.start, key=lambda pair: pair.start)
        inner = pairs[at] if at < len(pairs) else None
        later = found.unclosed[number + 1].start if number + 1 < len(found.unclosed) else end
        until = min(inner.start if inner else end, later)
        lost = _LOST_CLOSING.search(text, mark.end, until)
        if lost is not None and not _OPENING_SINGLE.search(text, mark.end, lost.start()):
            yield Quote(mark.start, lost.end(), mark.end, lost.start())
        elif until == end or (
            inner is not None and until == inner.start and _is_a_word(text, inner)
        ):
            yield Quote(mark.start, end, mark.end, end, open_ended=True)


def _is_a_word(text: str, quote: Quote) -> bool:
    """Whether a quotation is a word or phrase of the sentence around it."""
    before = text[: quote.start][-2:].rstrip()[-1:]
    return before.isalnum() and text[quote.inner_end - 1] not in _CLAUSE_ENDS


def _outermost(quotes: list[Quote]) -> list[Quote]:
    """Those quotes that lie in no other, in reading order."""
    kept: list[Quote] = []
    for quote in sorted(quotes, key=lambda q: (q.start, -q.end)):
        if not kept or quote.start >= kept[-1].end:
            kept.append(quote)
    return kept
