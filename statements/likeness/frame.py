"""What agrees where wordings cannot: between languages, and between a quotation and a summary."""

from dataclasses import dataclass
from functools import lru_cache

from statements.likeness.values import Report
from statements.likeness.wording import wording
from statements.stance import Passage, propose

_SILENT = {"unclear", "none", ""}
_SAYS_NOTHING = {"", "unknown", "other"}


@dataclass(frozen=True)
class Frame:
    """How two reports stand to each other, apart from their wording. Each is a share or a sign.

    `names` and `numbers` count those in common and those of either that the other has not;
    `codes` are codes of stance, law and object that both carry or that differ.
    """

    names: int
    names_apart: tuple[int, int]
    numbers: int
    numbers_apart: tuple[int, int]
    codes: int
    codes_apart: int
    denied: int  # 1 both deny, 0 neither does, -1 one does
    days_apart: int | None
    form: int  # 1 the same, 0 unknown, -1 another
    place: int

    @property
    def score(self) -> int:
        """How well the frames agree, in per cent; 40 where nothing speaks for or against."""
        value = 30
        value += 9 * min(self.names, 4) - 5 * min(*self.names_apart)
        value += 18 * min(self.numbers, 2) - 25 * min(*self.numbers_apart)
        value += 14 * self.codes - 8 * self.codes_apart
        value += {1: 10, 0: 2, -1: -12}[self.denied]
        value += 8 * self.form + 5 * self.place
        if self.days_apart is not None:
            value += 8 if self.days_apart == 0 else -8 * self.days_apart
        return max(0, min(99, value))


def frame(one: Report, other: Report) -> Frame:
    """Compare two reports without their words. Never raises."""
    a, b = wording(one.words, one.language), wording(other.words, other.language)
    mine, theirs = codes(one.words, one.language), codes(other.words, other.language)
    named = list(zip(mine, theirs, strict=True))
    spoken = [(x, y) for x, y in named if x not in _SILENT and y not in _SILENT]
    return Frame(
        names=len(one.names & other.names),
        names_apart=(len(one.names - other.names), len(other.names - one.names)),
        numbers=len(a.numbers & b.numbers),
        numbers_apart=(len(a.numbers - b.numbers), len(b.numbers - a.numbers)),
        codes=sum(x == y for x, y in spoken),
        codes_apart=sum(x != y for x, y in spoken),
        denied=_denied(bool(a.negations), bool(b.negations)),
        days_apart=abs((one.day - other.day).days) if one.day and other.day else None,
        form=_agree(one.form, other.form),
        place=_agree(one.place, other.place),
    )


@lru_cache(maxsize=4096)
def codes(words: str, language: str) -> tuple[str, str, str]:
    """What the rules of the codebook make of the words: stance, legal and object."""
    proposal = propose(Passage(words, 0, len(words), language=language))
    return proposal.stance.code, proposal.legal.code, proposal.about


def _denied(one: bool, other: bool) -> int:
    return int(one) if one == other else -1


def _agree(one: str, other: str) -> int:
    if one in _SAYS_NOTHING or other in _SAYS_NOTHING:
        return 0
    return 1 if one == other else -1
