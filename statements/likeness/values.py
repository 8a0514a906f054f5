"""What the judgement is given and what it answers: frozen values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

SAME, PERHAPS, DIFFERENT = "same", "perhaps", "different"


def _nobody(words: str) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Report:
    """One report's words, and what it tells of the act of saying.

    `language` is a code such as «en», empty when unknown. `day` is the day of saying or of
    printing; `dated` says that the text itself names it. `form` is a value of `Statement.Form`
    or empty, `place` as printed. `find_names` tells the actors, people and treaties that words
    name, whatever the script; it is asked only where names decide.
    """

    words: str
    language: str = ""
    day: date | None = None
    dated: bool = False
    form: str = ""
    place: str = ""
    find_names: Callable[[str], frozenset[str]] = _nobody

    @property
    def names(self) -> frozenset[str]:
        return self.find_names(self.words)


@dataclass(frozen=True)
class Difference:
    """In what two reports differ; `one` and `other` are what stands in either, possibly nothing.

    `kind` is number, negation, doubt, condition, limit, said by others, question, certainty,
    name, day, form, place or language.
    """

    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class Likeness:
    """Whether two reports are of one statement: `verdict`, how alike they are in per cent, and
    the rule that says so: equal, part, spelling, wording, quoted or frame."""

    verdict: str
    score: int
    rule: str
    differences: tuple[Difference, ...] = ()
