"""Whether two reports name other people for the same words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from statements.attribution.gazetteer import fold
from statements.comparing.posts import Printed

_PERSON = regex.compile(r"^\p{Lu}[\p{L}.'’-]*(?: (?:[\p{L}'’-]{1,4} )*\p{Lu}[\p{L}.'’-]*)*$")
_SCRIPTS = [regex.compile(rf"\p{{{script}}}") for script in ("Latin", "Cyrillic")]
_ALIKE = 80  # per cent, of two spellings of a name


@dataclass(frozen=True)
class Named:
    """A speaker as one report names them: the clean name and the office as printed.

    `slug` is the register's for somebody it knows under all spellings and scripts; `country` is
    for whom they speak, as far as known.
    """

    name: str
    office: Printed
    slug: str = ""
    country: str = ""

    @property
    def is_person(self) -> bool:
        """Whether a person is named, and not a ministry, «a spokesperson» or «the minister»."""
        return bool(self.slug) or bool(_PERSON.match(self.name) and len(self.name.split()) > 1)


def other_speakers(one: Sequence[Named], two: Sequence[Named]) -> bool:
    """Whether each of two reports names a person whom the other has not.

    A report that names fewer people says less. Names in two scripts are compared only where
    the register has both. Reports that name nobody differ where they speak for other states.

    >>> ada, bo = (Named(name, Printed("")) for name in ("Ada Example", "Bo Sample"))
    >>> other_speakers([ada], [bo]), other_speakers([ada, bo], [bo])
    (True, False)
    """
    people, others = ([n for n in some if n.is_person] for some in (one, two))
    if people and others:
        return bool(_without(people, others)) and bool(_without(others, people))
    if people or others:
        return False
    return _other_states(one, two)


def same_person(one: Named, two: Named) -> bool:
    """Whether two names may be one person's; those that cannot be compared may."""
    if one.slug and two.slug:
        return one.slug == two.slug
    first, second = fold(one.name).split(), fold(two.name).split()
    if not first or not second or _script(one.name) != _script(two.name):
        return True
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return fuzz.ratio(" ".join(first), " ".join(second)) >= _ALIKE or _same_family(
        first, second
    )


def _same_family(first: list[str], second: list[str]) -> bool:
    """«A. Example» and «Ada Example»."""
    return first[-1] == second[-1] and first[0][0] == second[0][0]


def _without(some: Sequence[Named], others: Sequence[Named]) -> list[Named]:
    return [one for one in some if not any(same_person(one, other) for other in others)]


def _script(name: str) -> int | None:
    return next((n for n, script in enumerate(_SCRIPTS) if script.search(name)), None)


def _other_states(one: Sequence[Named], two: Sequence[Named]) -> bool:
    mine, theirs = ({n.country for n in some if n.country} for some in (one, two))
    return bool(mine and theirs) and not mine & theirs
