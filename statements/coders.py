"""The codes of one statement side by side: who gave them, and where they differ."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from string import ascii_uppercase

from statements.models import Position, Provision, Treaty


@dataclass(frozen=True)
class Coded:
    """One position with the name of its coder as this reader may know it."""

    position: Position
    coder: str


@dataclass(frozen=True)
class MatterCodes:
    """All codes of a statement on one matter, people's first.

    It is a treaty, a provision, or without either the object that all of them judge.
    `differences` are sentences; empty where there is one coder, or all agree.
    """

    treaty: Treaty | None
    provision: Provision | None
    object: str
    codes: tuple[Coded, ...]
    differences: tuple[str, ...]


def codes_by_matter(positions: Iterable[Position], *, by_name: bool) -> list[MatterCodes]:
    """The positions of one statement by matter, in the order in which matters were first coded.

    Coders go by letters unless the reader may know them `by_name`. Needs coder, treaty and
    provision of each position.
    """
    rows = list(positions)
    names = _coders(rows, by_name=by_name)
    matters: dict[tuple[object, ...], list[Position]] = defaultdict(list)
    for one in rows:
        matters[one.matter].append(one)
    found = []
    for same in matters.values():
        same.sort(key=lambda one: (one.coder_id is None, one.pk))
        codes = tuple(Coded(one, names[one.coder_id]) for one in same)
        first = same[0]
        about = str(first.get_object_display()) if first.treaty is None else ""
        found.append(
            MatterCodes(first.treaty, first.provision, about, codes, _differences(codes))
        )
    return found


def _coders(rows: Sequence[Position], *, by_name: bool) -> dict[int | None, str]:
    """What each coder is called; letters run over the whole statement."""
    people = {row.coder_id: row.coder for row in rows if row.coder is not None}
    called: dict[int | None, str] = {None: "machine"}
    for number, (key, coder) in enumerate(sorted(people.items(), key=lambda one: one[0] or 0)):
        letter = ascii_uppercase[number % 26]
        anonymous = f"editor {letter}" if len(people) > 1 else "an editor"
        called[key] = coder.get_username() if by_name else anonymous
    return called


def _differences(codes: Sequence[Coded]) -> tuple[str, ...]:
    """Sentences on where the codes differ: among people, and the machine from people."""
    people = [one for one in codes if one.position.coder_id is not None]
    return (
        *_on("Editors disagree", people, combinations(people, 2)),
        *_on(
            "The machine and people disagree",
            codes,
            ((a, b) for a, b in combinations(codes, 2) if _mixed(a, b)),
        ),
    )


def _mixed(first: Coded, second: Coded) -> bool:
    return (first.position.coder_id is None) != (second.position.coder_id is None)


def _on(
    who: str, codes: Sequence[Coded], pairs: Iterable[tuple[Coded, Coded]]
) -> Iterable[str]:
    compared = list(pairs)
    if any(a.position.stance != b.position.stance for a, b in compared):
        apart = _apart(compared)
        yield f"{who} on the stance: {_each(codes, 'get_stance_display')}.{apart}"
    if any(a.position.legal != b.position.legal for a, b in compared):
        yield f"{who} on the law: {_each(codes, 'get_legal_display')}."


def _each(codes: Sequence[Coded], shown: str) -> str:
    words = ((one.coder, str(getattr(one.position, shown)())) for one in codes)
    return "; ".join(f"{coder}: {word[:1].lower()}{word[1:]}" for coder, word in words)


def _apart(pairs: Iterable[tuple[Coded, Coded]]) -> str:
    """How far they are apart on the scale at most, where all have a place on it."""
    steps = []
    for first, second in pairs:
        here, there = first.position.value, second.position.value
        if here is None or there is None:
            return " At least one of them has no place on the scale."
        steps.append(abs(here - there))
    most = max(steps, default=0)
    if not most:
        return " Both words have one place on the scale."
    at_most = "up to " if len(steps) > 1 else ""
    return (
        f" They are {at_most}{most} step{'s' if most > 1 else ''} apart on the scale of five."
    )
