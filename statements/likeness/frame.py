"""What agrees where wordings cannot: between languages, and between a quotation and a summary."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp

from statements.likeness.values import Report
from statements.stance import Passage, propose
from statements.wordings.wording import wording

_UNLIKELY = -1.5
_SILENT = {"unclear", "none", ""}
_FOR = {"defends", "supports", "endorses", "commits"}
_AGAINST = {"condemns", "rejects", "concerned", "criticises", "calls-for-restraint"}
_SAYS_NOTHING = {"", "unknown", "other"}


@dataclass(frozen=True)
class Frame:
    """How two reports stand to each other, apart from their wording.

    `names` and `numbers` count those in common and those of either that the other has not,
    `matters` those in common, with their share of all that the one with fewer speaks of.
    `denied` is 1 where both deny something, 0 where neither does, -1 where one does. `form` and `place` are 1
    for the same, -1 for another, 0 where one does not tell.
    """

    one: Report
    other: Report
    names: int
    names_apart: tuple[int, int]
    numbers: int
    numbers_apart: tuple[int, int]
    matters: int
    matters_of_fewer: float
    denied: int
    form: int
    place: int

    def chance(self, wording: float | None = None) -> int:
        """How likely the reports are of one statement, in per cent.

        `wording` is how alike the words are, from 0 to 1, within one language; None between
        two. The weights were fitted to the tuning half of the labelled pairs (logistic
        regression, forgeries left out) and rounded.
        """
        value = 0.5 * min(self.names, 2) - 0.7 * min(*self.names_apart, 2)
        value += 0.3 * (self.form + self.place)
        value -= 0.8 if self.denied < 0 else 0
        if wording is None:
            value += 0.5 * min(self.numbers, 2) - 2.7 * min(*self.numbers_apart, 1)
            value += 0.5 * min(self.matters, 4) + 3.0 * self.matters_of_fewer - 3.3
        else:
            value += 1.2 * min(self.numbers, 2) - 1.5 * min(*self.numbers_apart, 1)
            value += 0.3 * min(self.matters, 4) + 2.8 * self.matters_of_fewer - 3.9
            value += 3.0 * wording
        # The codes are asked for last: they cost the most.
        value -= 1.1 * self.codes_apart if value > _UNLIKELY else 0
        return round(99 / (1 + exp(-value)))

    @cached_property
    def codes_apart(self) -> int:
        """In how many of stance, law and object the codes of the words differ."""
        pairs = zip(_codes(self.one), _codes(self.other), strict=True)
        return sum(x != y and not {x, y} & _SILENT for x, y in pairs)

    @property
    def opposed(self) -> bool:
        """Whether one is for what the other is against: «welcomed» and «condemned»."""
        sides = {_side(_codes(report)[0]) for report in (self.one, self.other)}
        return sides == {"for", "against"}


def frame(one: Report, other: Report) -> Frame:
    """Compare two reports without their words. Never raises."""
    a, b = wording(one.words, one.language), wording(other.words, other.language)
    return Frame(
        one=one,
        other=other,
        names=len(one.names & other.names),
        names_apart=(len(one.names - other.names), len(other.names - one.names)),
        numbers=len(a.numbers & b.numbers),
        numbers_apart=(len(a.numbers - b.numbers), len(b.numbers - a.numbers)),
        matters=len(a.matters & b.matters),
        matters_of_fewer=len(a.matters & b.matters)
        / (min(len(a.matters), len(b.matters)) or 1),
        denied=_denied(bool(a.negations), bool(b.negations)),
        form=_agree(one.form, other.form),
        place=_agree(one.place, other.place),
    )


def _codes(report: Report) -> tuple[str, str, str]:
    return codes(report.words, report.language)


@lru_cache(maxsize=4096)
def codes(words: str, language: str) -> tuple[str, str, str]:
    """What the rules of the codebook make of the words: stance, legal and object."""
    proposal = propose(Passage(words, 0, len(words), language=language))
    return proposal.stance.code, proposal.legal.code, proposal.about


def _side(stance: str) -> str:
    return "for" if stance in _FOR else "against" if stance in _AGAINST else ""


def _denied(one: bool, other: bool) -> int:
    return int(one) if one == other else -1


def _agree(one: str, other: str) -> int:
    if one in _SAYS_NOTHING or other in _SAYS_NOTHING:
        return 0
    return 1 if one == other else -1
