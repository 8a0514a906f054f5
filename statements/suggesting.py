"""What a person types for somebody in the register, and whom that may mean."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex
from rapidfuzz import fuzz, process

from statements.attribution.register import Register, RegisterActor, RegisterSpeaker
from statements.gazetteer import register_from_database
from statements.name_forms import fold

_ID = regex.compile(r"\(([\w-]+)\)\s*$")
_ALIKE = 70  # per cent, rapidfuzz's WRatio; below it a suggestion is a guess
_SUGGESTED = 8


@dataclass(frozen=True)
class Known:
    """One of the register: `id` is a speaker's slug or an actor's code, `typed` what means it
    alone, `about` what tells it apart for a reader."""

    id: str
    typed: str
    about: str


@dataclass(frozen=True)
class Names:
    """All names of one kind of row, folded, each with whom it may mean."""

    by_name: Mapping[str, tuple[Known, ...]]
    by_id: Mapping[str, Known]

    def meant(self, typed: str) -> tuple[Known, ...]:
        """Those whom the words name exactly: one, several, or nobody."""
        if (found := _ID.search(typed)) and (known := self.by_id.get(found[1])):
            return (known,)
        by_id = self.by_id.get(typed.strip())
        return (by_id,) if by_id else self.by_name.get(fold(typed.strip()), ())

    def suggested(self, typed: str) -> list[Known]:
        """Those whom the words may mean, the likeliest first."""
        words = fold(typed.strip())
        if not words:
            return []
        begun = [name for name in self.by_name if name.startswith(words) or f" {words}" in name]
        alike = process.extract(
            words,
            self.by_name.keys(),
            scorer=fuzz.WRatio,
            score_cutoff=_ALIKE,
            limit=_SUGGESTED,
        )
        names = [*sorted(begun, key=len), *(name for name, *_score in alike)]
        known = (one for name in names for one in self.by_name[name])
        return list({one.id: one for one in known}.values())[:_SUGGESTED]


def speaker_names() -> Names:
    """The speakers of the register as it stands; kept until it changes."""
    return _speaker_names(register_from_database())


def actor_names() -> Names:
    """The states, organisations and bodies of the register as it stands."""
    return _actor_names(register_from_database())


@lru_cache(maxsize=1)
def _speaker_names(register: Register) -> Names:
    shared = _shared(register.speakers)
    known = {one.id: _speaker(one, one.name in shared) for one in register.speakers}
    return Names(_by_name((known[one.id], one.names) for one in register.speakers), known)


@lru_cache(maxsize=1)
def _actor_names(register: Register) -> Names:
    shared = _shared(register.actors)
    known = {one.id: _actor(one, one.name in shared) for one in register.actors}
    names = _by_name((known[one.id], (*one.names, one.code)) for one in register.actors)
    return Names(names, known)


def _speaker(one: RegisterSpeaker, shared: bool) -> Known:
    newest = max(one.offices, key=lambda office: str(office.start or ""), default=None)
    about = f"{newest.title}, {newest.actor}" if newest else ""
    return Known(one.id, f"{one.name} ({one.id})" if shared else one.name, about)


def _actor(one: RegisterActor, shared: bool) -> Known:
    return Known(one.id, f"{one.name} ({one.id})" if shared else one.name, one.id)


def _shared(rows: Iterable[RegisterSpeaker | RegisterActor]) -> set[str]:
    """Names that several rows have."""
    return {name for name, rows_of in Counter(row.name for row in rows).items() if rows_of > 1}


def _by_name(rows: Iterable[tuple[Known, Iterable[str]]]) -> dict[str, tuple[Known, ...]]:
    names: dict[str, dict[str, Known]] = defaultdict(dict)
    for known, theirs in rows:
        for name in theirs:
            names[fold(name)][known.id] = known
    return {name: tuple(those.values()) for name, those in names.items() if name}
