"""Names of states, organisations and people of the register, looked up in running tokens."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

import regex

from statements.attribution.bodies import BODIES, Body
from statements.attribution.register import Register, RegisterActor, RegisterSpeaker
from statements.attribution.tokens import Token

_SPLIT = regex.compile(r"[\s\u00a0]+|(?<=\w)(?='s\b)")
_JOINTS = regex.compile(r"[-‐’'.]")
_CITIES = {n for body in BODIES if body.kind in {"city", "region"} for n in body.names}
_LONGEST = 8  # tokens
# Letters whose stroke is no accent to Unicode.
_BARRED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})

# Kinds of actors that are states or as states.
STATES = {"state", "observer", "other"}

# Kinds of names: a proper name, a demonym, a place that may stand for a government.
NAME, DEMONYM, METONYM, CONTEXT = "name", "demonym", "metonym", "context"


class Gazetteer:
    """Looks names up, longest first. Make it with `gazetteer(register)`, which keeps the last."""

    def __init__(self, register: Register) -> None:
        self.actors = {actor.id: actor for actor in register.actors}
        self.speakers = {speaker.id: speaker for speaker in register.speakers}
        self._names: dict[tuple[str, ...], tuple[RegisterActor, str]] = {}
        self._people: dict[tuple[str, ...], list[RegisterSpeaker]] = defaultdict(list)
        self._families: dict[str, list[RegisterSpeaker]] = defaultdict(list)
        self._choices: dict[str, tuple[RegisterActor, ...]] = {}
        for actor in sorted(register.actors, key=_rank):
            self._add_actor(actor)
        self._by_code = {a.code: a for a in register.actors if a.code and a.kind in STATES}
        self._organisations = {
            a.code: a for a in register.actors if a.code and a.kind in {"organisation", "bloc"}
        }
        for body in BODIES:
            self._add_body(body)
        # By the first word as it may be printed: the tokens of the longest name.
        self._longest: dict[str, int] = {}
        for first, *rest in self._names:
            if len(rest) < _LONGEST:
                for printed in (first, first.replace("'", "’")):
                    longest = max(self._longest.get(printed, 0), 1 + len(rest))
                    self._longest[printed] = longest
        for speaker in register.speakers:
            for name in speaker.names:
                key = person_key(name)
                if len(key) > 1 and speaker not in self._people[key]:
                    self._people[key].append(speaker)
            for family in {speaker.family_name, *_family_spellings(speaker)}:
                if family and speaker not in self._families[fold(family)]:
                    self._families[fold(family)].append(speaker)

    def _add_actor(self, actor: RegisterActor) -> None:
        # The seat of an organisation is a city where much else speaks; a state's capital is not.
        seats = () if actor.kind in STATES or actor.code == "EU" else _CITIES
        kinds = (
            (actor.names, NAME),
            (actor.adjectives, DEMONYM),
            (actor.nouns, DEMONYM),
            (tuple(name for name in actor.metonyms if name not in seats), METONYM),
            (actor.context_names, CONTEXT),
        )
        for names, kind in kinds:
            for name in names:
                for spelling in _spellings(name):
                    key = tuple(_SPLIT.split(spelling))
                    if key and key[0]:
                        self._names.setdefault(key, (actor, kind))

    def _add_body(self, body: Body) -> None:
        """A name of the lexicon; it has no id, as the register has no row of it."""
        known = self._organisations if body.kind == "organisation" else self._by_code
        unknown = "organisation" if body.kind == "organisation" else "state"
        owners = [known.get(c) or RegisterActor("", unknown, c, c) for c in body.codes]
        own = body.kind in {"organisation", "territory"} and body.codes[0] not in known
        actor = RegisterActor(
            "",
            body.kind,
            body.codes[0] if own else "",
            body.name,
            parent=None if own else owners[0].id or None,
        )
        self._choices[body.name] = () if own else tuple(owners)
        for names, kind in ((body.names, NAME), (body.adjectives, DEMONYM)):
            for name in names:
                for spelling in _spellings(name):
                    self._names.setdefault(tuple(_SPLIT.split(spelling)), (actor, kind))

    def owners(self, actor: RegisterActor) -> tuple[RegisterActor, ...]:
        """The states or organisations for which an actor may speak; several for «Labour»."""
        if not actor.id and actor.name in self._choices:
            return self._choices[actor.name] or (actor,)
        return (self.state_of(actor),)

    def with_code(self, code: str) -> RegisterActor | None:
        """The state or else the organisation of the register with this code."""
        return self._by_code.get(code) or self._organisations.get(code)

    def at(self, tokens: Sequence[Token], index: int) -> tuple[RegisterActor, str, int] | None:
        """The actor whose longest name begins at this token: actor, kind of name, tokens used."""
        token = tokens[index]
        longest = self._longest.get(token.text, 0)
        if not longest or (token.kind == "word" and not token.capital):
            return None
        words = [_plain(token.text) for token in tokens[index : index + longest]]
        for length in range(len(words), 0, -1):
            if found := self._names.get(tuple(words[:length])):
                return (*found, length)
        return None

    def named(self, word: str) -> bool:
        """Whether one word is the name of an actor by itself."""
        return (_plain(word),) in self._names

    def called(self, name: str) -> tuple[RegisterActor, str] | None:
        """The actor that a whole name stands for, and the kind of name."""
        return self._names.get(tuple(_SPLIT.split(_plain(name))))

    def within(self, tokens: Sequence[Token]) -> Iterator[tuple[RegisterActor, str, int, int]]:
        """All actors named in the tokens: actor, kind of name, first token, tokens used."""
        index = 0
        while index < len(tokens):
            found = self.at(tokens, index) if tokens[index].text in self._longest else None
            if found:
                yield found[0], found[1], index, found[2]
                index += found[2]
            else:
                index += 1

    def state_of(self, actor: RegisterActor) -> RegisterActor:
        """The state or organisation whose organ this is, or itself."""
        if not actor.id and len(self._choices.get(actor.name, ())) > 0:
            return self._choices[actor.name][0]
        while actor.parent and actor.parent in self.actors:
            actor = self.actors[actor.parent]
        return actor

    def people(self, name: str) -> list[RegisterSpeaker]:
        """Speakers of the register with this full name, in any order or spelling."""
        return self._people.get(person_key(name), [])

    def recognise(
        self, name: str, states: Iterable[RegisterActor], day: date | None
    ) -> RegisterSpeaker | None:
        """The one speaker whom a full or family name means, by state and by offices held.

        None when nobody or more than one fits.
        """
        exact = self.people(name)
        if len(exact) == 1:
            return exact[0]
        words = name.split()
        if len(words) != 1:
            return None
        fits = [
            speaker
            for speaker in self.families(words[0])
            if any(office.held_on(day) for office in speaker.offices)
        ]
        ids = {self.state_of(state).id for state in states}
        if ids:
            fits = [s for s in fits if {office.actor for office in s.offices} & ids] or fits
        return fits[0] if len(fits) == 1 else None

    def families(self, name: str) -> list[RegisterSpeaker]:
        """Speakers of the register with this family name."""
        return self._families.get(fold(name), [])


@lru_cache(maxsize=4)
def gazetteer(register: Register) -> Gazetteer:
    """The gazetteer of a register; the last few are kept."""
    return Gazetteer(register)


def person_key(name: str) -> tuple[str, ...]:
    """A name without case, accents, hyphens and order, to be looked up by."""
    return tuple(sorted(fold(name).split()))


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Lower case, no accents, hyphens joined: «Yoon Suk-yeol» and «Yoon Suk Yeol» differ only
    in spaces, which the key keeps apart; hyphens become spaces.

    >>> fold("Kim Jong-un")
    'kim jong un'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_BARRED))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(_JOINTS.sub(" ", plain).split())


def _rank(actor: RegisterActor) -> int:
    """States come first where two actors share a name."""
    order = ["state", "observer", "organisation", "bloc", "organ", "body", "state_organ"]
    return order.index(actor.kind) if actor.kind in order else len(order)


def _spellings(name: str) -> set[str]:
    plain = name.replace("’", "'")
    without = plain.removeprefix("the ").removeprefix("The ")
    return {plain, without}


def _family_spellings(speaker: RegisterSpeaker) -> set[str]:
    """Family names of other spellings: the last word of a two-word alias in Latin letters."""
    spellings = set()
    for name in speaker.names:
        words = name.split()
        if len(words) == 1 and regex.fullmatch(r"\p{Latin}[\p{Latin}’'-]+", name):
            spellings.add(name)
    return spellings


def _plain(text: str) -> str:
    return text.replace("’", "'")
