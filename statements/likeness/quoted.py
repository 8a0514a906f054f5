"""Two reports that print the same words in quotation marks."""

from dataclasses import dataclass

from statements.likeness.alignment import ENOUGH_WORDS, parts_of
from statements.wordings.sense import same_sense
from statements.wordings.wording import Wording

_LONG = 3  # telling words of a piece that is known by itself
_SHORT = 2  # telling words of one that something else must go with


@dataclass(frozen=True)
class Shared:
    """A quoted piece that both reports print: how many telling words it has, and how many more
    telling words they share outside of it. `told_apart`: what
    stands beside it turns it in one of them."""

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
    if not piece.bare:
        return None
    here, there = next(parts_of(piece, of), None), next(parts_of(piece, other), None)
    if here is None or there is None:
        return None
    besides = (of.content & other.content) - piece.content
    words = len(piece.bare.replace(" ", "")) // 2 if piece.unspaced else len(piece.tokens)
    apart = not same_sense(of, here, other, there)
    if of.content - piece.content and other.content - piece.content:
        # Both say more than they quote alike, and one of them denies something.
        apart |= len(of.negations) != len(other.negations)
    return Shared(len(piece.content), words, len(besides), apart)
