"""Two reports that print the same words in quotation marks."""

from dataclasses import dataclass

from statements.likeness.alignment import ENOUGH_WORDS, governed
from statements.likeness.wording import Wording

_LONG = 3  # telling words of a piece that is known by itself
_SHORT = 2  # telling words of one that something else must go with


@dataclass(frozen=True)
class Shared:
    """A quoted piece that both reports print: how many telling words it has, and how many more
    telling words they share outside of it. `told_apart`: one denies it and the other does not."""

    telling: int
    words: int
    besides: int
    told_apart: bool

    @property
    def enough(self) -> bool:
        """Whether it makes the reports one."""
        if self.told_apart:
            return False
        if self.telling > _LONG or (self.words >= ENOUGH_WORDS and self.telling == _LONG):
            return True
        return (self.telling >= _SHORT and self.besides >= 1) or (
            self.telling >= 1 and self.words >= 2 and self.besides >= 2
        )


def shared_quotation(one: Wording, other: Wording) -> Shared | None:
    """Return the longest piece that one report quotes and the other prints."""
    found = [
        shared
        for a, b in ((one, other), (other, one))
        for piece in a.pieces
        if (shared := _shared(piece, a, b)) is not None
    ]
    return max(found, key=lambda each: (each.words, each.besides), default=None)


def _shared(piece: Wording, of: Wording, other: Wording) -> Shared | None:
    here, there = _at(piece, of), _at(piece, other)
    if here is None or there is None or not piece.bare:
        return None
    besides = (of.content & other.content) - piece.content
    words = len(piece.bare.replace(" ", "")) // 2 if piece.unspaced else len(piece.tokens)
    apart = not piece.unspaced and governed(of, here) != governed(other, there)
    if of.content - piece.content and other.content - piece.content:
        # Both say more than they quote alike, and one of them denies something.
        apart |= len(of.negations) != len(other.negations)
    return Shared(len(piece.content), words, len(besides), apart)


def _at(piece: Wording, of: Wording) -> int | None:
    """The word, or character in unspaced scripts, at which a piece stands."""
    if piece.unspaced:
        at = of.bare.find(piece.bare)
        return at if at >= 0 else None
    size = len(piece.tokens)
    return next(
        (
            start
            for start in range(len(of.tokens) - size + 1)
            if of.tokens[start : start + size] == piece.tokens
        ),
        None,
    )
