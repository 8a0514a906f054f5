"""What the judgement is given and what it answers: frozen values."""

from dataclasses import dataclass
from datetime import date

SAME, PERHAPS, DIFFERENT = "same", "perhaps", "different"


@dataclass(frozen=True)
class Report:
    """One report's words, and what it tells of the act of saying.

    `language` is a code such as «en», empty when unknown. `day` is the day of saying or of
    printing; `dated` says that the text itself names it. `form` is a value of `Statement.Form`
    or empty, `place` as printed. `names` are keys of the actors, people and treaties that the
    words name, whatever the script.
    """

    words: str
    language: str = ""
    day: date | None = None
    dated: bool = False
    form: str = ""
    place: str = ""
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Difference:
    """In what two reports differ; `one` and `other` are what stands in either, possibly nothing.

    `kind` is number, negation, modal, name, day, form, place, language or words.
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
