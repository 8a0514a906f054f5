"""Names as readers misspell them, by rule and not by hand."""

from collections.abc import Iterator
from itertools import pairwise

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    letter: [row[i] for i in (place - 1, place + 1) if 0 <= i < len(row)]
    for row in _KEYBOARD
    for place, letter in enumerate(row)
}
# What one way to write Russian, Korean or Chinese sounds has for another.
_OTHERWISE = (
    ("kh", "h"), ("kh", "ch"), ("v", "w"), ("zh", "j"), ("y", "i"), ("sh", "sch"), ("ch", "tch"),
    ("ya", "ia"), ("yu", "iu"), ("k", "c"), ("ts", "tz"), ("ou", "u"), ("ee", "i"), ("oo", "u"),
    ("j", "y"), ("ov", "ow"), ("ov", "off"), ("u", "ou"),
)  # fmt: skip


def misspellings(name: str) -> Iterator[tuple[str, str]]:
    """Yield a lower-case name with one slip, and the sort of slip: every one of each sort."""
    for at, (one, other) in enumerate(pairwise(name)):
        yield "swapped", name[:at] + other + one + name[at + 2 :]
    for at, letter in enumerate(name):
        yield "dropped", name[:at] + name[at + 1 :]
        yield "doubled", name[:at] + letter + name[at:]
        for near in _NEIGHBOURS.get(letter, ()):
            yield "neighbour", name[:at] + near + name[at + 1 :]
    for usual, other in _OTHERWISE:
        if usual in name:
            yield "transliterated", name.replace(usual, other, 1)
