"""A text without the paragraphs that the page shows more than once. Pure."""

from collections.abc import Iterator

import regex

# A paragraph of this weight is not said twice by chance; «Thank you.» is.
_LONG = 100
_SHORTEST_BEGINNING = 60
_WIDE = regex.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CUT = regex.compile(r"\s*(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*$")


def weight(text: str) -> int:
    """How much a text holds, in characters of an alphabet; a Han or Hangul one counts double."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def without_repeats(text: str) -> str:
    """Return the text with each long paragraph where it first stands, and only there.

    Pages print an article twice, for paper and for phones, or its beginning once more as a
    teaser. Short lines go only where they stand between or next to long ones that go, in the
    same order as the first time; a teaser that breaks off goes if the paragraph itself follows.
    """
    lines = text.split("\n")
    kept = _without_second_copies(lines, _teasers(lines))
    return "\n".join(line for line, stays in zip(lines, kept, strict=True) if stays)


def _teasers(lines: list[str]) -> set[int]:
    """The lines that break off and are the beginning of a later, longer one."""
    long_lines = {line for line in lines if weight(line) >= _LONG}
    beginnings = {line[:_SHORTEST_BEGINNING]: line for line in long_lines}
    found = set()
    for number, line in enumerate(lines):
        if "…" not in line and "..." not in line:
            continue
        begun = _CUT.sub("", line)
        if begun != line and len(begun) >= _SHORTEST_BEGINNING:
            whole = beginnings.get(begun[:_SHORTEST_BEGINNING], "")
            if whole != line and whole.startswith(begun):
                found.add(number)
    return found


def _without_second_copies(lines: list[str], teasers: set[int]) -> list[bool]:
    first: dict[str, int] = {}
    kept = [number not in teasers for number in range(len(lines))]
    for number, line in enumerate(lines):
        if not kept[number] or weight(line) < _LONG:
            continue
        before = first.setdefault(line, number)
        if before == number:
            continue
        for second in (number, *_alike(lines, kept, before, number)):
            kept[second] = False
    return kept


def _alike(lines: list[str], kept: list[bool], before: int, number: int) -> Iterator[int]:
    """The lines on both sides of a second copy that are the same as around the first."""
    for step, end in ((-1, before), (1, len(lines))):
        one, other = before + step, number + step
        # The copies must not grow into each other.
        while (
            one >= 0 and one != number and other != end
            and kept[other] and lines[one] == lines[other]
        ):  # fmt: skip
            yield other
            one, other = one + step, other + step
