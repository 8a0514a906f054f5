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
    for whom they speak, as far as known, and `actor` the register's code for the body. `is_body`:
    no person is named, but a state, a body or some of its people.
    """

    name: str
    office: Printed
    slug: str = ""
    country: str = ""
    actor: str = ""
    is_body: bool = False

    @property
    def is_person(self) -> bool:
        """Whether a person is named, and not a ministry, «a spokesperson» or «the minister»."""
        if self.slug or self.is_body:
            return not self.is_body
        return bool(_PERSON.match(self.name) and len(self.name.split()) > 1)

    @property
    def key(self) -> str:
        """What is the same for one speaker however a report names them, as far as known."""
        if self.is_person:
            return self.slug or fold(self.name)
        return self.country or self.actor or fold(self.name)


def other_speakers(one: Sequence[Named], two: Sequence[Named]) -> bool:
    """Whether each of two reports names a person whom the other has not.

    A report that names fewer people says less. Names in two scripts are compared only where
    the register has both. Reports that name no person differ where none of the bodies that they
    name speaks for the same state; «the US» and «the United States» are one.

    >>> ada, bo = (Named(name, Printed("")) for name in ("Ada Example", "Bo Sample"))
    >>> other_speakers([ada], [bo]), other_speakers([ada, bo], [bo])
    (True, False)
    """
    people, others = ([n for n in some if n.is_person] for some in (one, two))
    if people and others:
        return bool(_without(people, others)) and bool(_without(others, people))
    if people or others or not one or not two:
        return False
    return not any(_same_body(a, b) for a in one for b in two)


def _same_body(one: Named, two: Named) -> bool:
    """Whether two bodies may be one, or of one state; those that cannot be compared may."""
    if one.country and two.country:
        return one.country == two.country
    if one.actor and two.actor:
        return one.actor == two.actor
    if {one.country, one.actor, two.country, two.actor} != {""} or not (
        _PERSON.match(one.name) and _PERSON.match(two.name)
    ):
        return True
    return (
        same_person(one, two)
        or _short_for(one.name, two.name)
        or _short_for(two.name, one.name)
    )


def _short_for(short: str, name: str) -> bool:
    """Whether a name is the initials of another, but for its small words."""
    return short.isupper() and short == "".join(
        word[0] for word in name.split() if word[0].isupper()
    )


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


def same_speaker(one: Named, two: Named) -> bool:
    """Whether two names may be those of one speaker: of one person, or of one body."""
    if one.is_person and two.is_person:
        return same_person(one, two)
    return one.key == two.key


def _same_family(first: list[str], second: list[str]) -> bool:
    """«A. Example» and «Ada Example»."""
    return first[-1] == second[-1] and first[0][0] == second[0][0]


def _without(some: Sequence[Named], others: Sequence[Named]) -> list[Named]:
    return [one for one in some if not any(same_person(one, other) for other in others)]


def _script(name: str) -> int | None:
    return next((n for n, script in enumerate(_SCRIPTS) if script.search(name)), None)
