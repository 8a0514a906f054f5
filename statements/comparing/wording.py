"""How the words of one report stand to the fullest report's: the same, less, or other. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import Indel

from statements.attribution.marks import find_quotes
from statements.sameness import folded
from statements.word_diff import words_of
from statements.wordings.spelling import spelled


class Verdict(StrEnum):
    """How a report's words stand to the fullest report's."""

    FULLEST = "fullest"
    EXACT = "exact"
    SHORTENED = "shortened"
    REWORDED = "reworded"
    TRANSLATED = "translated"
    UNTOLD = "no words, a summary alone"


@dataclass(frozen=True)
class Change:
    """What stands in the fullest words and in another report's at one place where they differ.

    `inside`: words that both have stand on either side of it.
    """

    gone: tuple[str, ...]
    come: tuple[str, ...]
    inside: bool


@dataclass(frozen=True)
class Wording:
    """A verdict; `percent` is how much of the fullest words a shortened report prints, or how
    much is common to both where it is reworded; None where that cannot be said."""

    verdict: Verdict
    percent: int | None = None
    changes: tuple[Change, ...] = ()

    def __str__(self) -> str:
        if self.percent is None or self.verdict == Verdict.EXACT:
            return str(self.verdict)
        if self.verdict == Verdict.SHORTENED:
            return f"shortened to {self.percent} %"
        return f"reworded, {self.percent} % in common"


def wording(full: str, other: str) -> Wording:
    """Compare two wordings of one language. Case, marks, accents and spelling do not count.

    >>> str(wording("We keep to the text alone.", "we keep to the text"))
    'shortened to 83 %'
    >>> str(wording("We favour the text.", "We favor the text")), str(wording("a b c", "a x c"))
    ('exact', 'reworded, 67 % in common')
    """
    one, two = bare_words(full), bare_words(other)
    if one == two:
        return Wording(Verdict.EXACT, 100)
    changes = tuple(_changes(one, two))
    gone, come = (sum(len(getattr(c, side)) for c in changes) for side in ("gone", "come"))
    common = len(one) - gone
    if not come:
        return Wording(Verdict.SHORTENED, _percent(common, len(one)), changes)
    return Wording(Verdict.REWORDED, _percent(2 * common, len(one) + len(two)), changes)


def bare_words(text: str) -> list[str]:
    """The words of a text in one spelling, characters where words are not spaced."""
    return [spelled(word) for word in words_of(folded(text))]


def quoted(text: str, *, whole: bool) -> str:
    """Return what stands between quotation marks; all of it where `whole` is quoted.

    >>> quoted("that it “must hold” and “will”", whole=False), quoted("“It holds,”", whole=True)
    ('must hold … will', 'It holds,')
    """
    passages = [text[q.inner_start : q.inner_end] for q in find_quotes(text, 0, len(text))]
    if whole and sum(map(len, passages)) < 0.8 * len(text.strip()):
        return text
    return " … ".join(passages)


def _percent(part: int, whole: int) -> int:
    # Not 100 where something differs, and not 0 where something is common.
    return max(min(round(100 * part / whole), 99), 1 if part else 0) if whole else 0


def _changes(one: Sequence[str], two: Sequence[str]) -> Iterator[Change]:
    ids: dict[str, int] = {}
    numbered = [[ids.setdefault(word, len(ids)) for word in words] for words in (one, two)]
    codes = list(Indel.opcodes(*numbered))
    groups = [
        (same, list(group)) for same, group in groupby(codes, lambda code: code.tag == "equal")
    ]
    for index, (same, group) in enumerate(groups):
        if not same:
            yield Change(
                tuple(one[group[0].src_start : group[-1].src_end]),
                tuple(two[group[0].dest_start : group[-1].dest_end]),
                inside=0 < index < len(groups) - 1,
            )
