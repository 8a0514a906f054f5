"""Which state or organisation a phrase names, by native name, adjective or short form."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import regex

from statements.attribution.foreign.declension import base, bases
from statements.attribution.gazetteer import Gazetteer
from statements.attribution.register import RegisterActor
from statements.attribution.words import read_table

_SCRIPTS = {
    "ru": r"\p{Cyrillic}", "uk": r"\p{Cyrillic}", "ko": r"\p{Hangul}",
    "ja": r"[\p{Han}\p{Katakana}]", "zh": r"\p{Han}",
}  # fmt: skip
_KINDS = {"state", "observer", "other", "organisation", "bloc"}
_WORD = regex.compile(r"[\w’'-]+")
_DEMONYMS = read_table("demonyms.csv")
_LANDS = read_table("lands.csv")


@dataclass(frozen=True)
class Land:
    """A state or organisation: its code, its row of the register if it has one, its name."""

    code: str
    name: str
    actor: RegisterActor | None = None


@dataclass(frozen=True)
class Found:
    """A land named between two offsets of a phrase; `capital`: by its seat of government."""

    start: int
    end: int
    land: Land
    capital: bool = False


class Lands:
    """The lands that a language can name. Make it with `lands(places, language)`."""

    def __init__(self, places: Gazetteer, language: str) -> None:
        self.language = language
        self.places = places
        self._codes = {a.code: a for a in places.actors.values() if a.code and a.kind in _KINDS}
        self._names: dict[str, Land] = {}
        self._capitals: dict[str, Land] = {}
        self._short: dict[str, Land] = {}
        self._adjectives: list[tuple[str, Land]] = []
        self._bodies: dict[str, RegisterActor] = {}
        self._fill()
        self._first_bases: dict[str, list[tuple[list[str], Land, bool]]] = defaultdict(list)
        if language in {"ru", "uk"}:
            self._decline()
        forms = [*self._names, *self._capitals]
        self._pattern = _pattern(forms, language) if forms else None

    def _fill(self) -> None:
        script = regex.compile(_SCRIPTS.get(self.language, r"\p{Latin}"))
        for actor in self.places.actors.values():
            if self.language not in _SCRIPTS:
                continue
            for name in actor.names:
                if not script.search(name) or regex.search(r"\p{Latin}", name):
                    continue
                if actor.kind in _KINDS:
                    self._names.setdefault(name, Land(actor.code, actor.name, actor))
                else:
                    self._bodies.setdefault(name, actor)
        if self.language in {"ru", "uk", "fr", "es", "de"}:
            for name in ("МИД", "ONU", "OTAN", "UE", "UN", "NATO", "Nato", "Otan", "EU", "Uno"):
                self._organisation(name)
        for row in _LANDS:
            for name in row.get(self.language, "").split(";"):
                if name:
                    self._names.setdefault(name, self.coded(row["code"]))
        for row in _DEMONYMS:
            if row["lang"] != self.language:
                continue
            land = self.coded(row["code"])
            for form in row["forms"].split(";"):
                if row["kind"] == "capital":
                    self._capitals.setdefault(form, land)
                elif row["kind"] == "short":
                    self._short[form] = land
                else:
                    self._adjectives.append((form, land))

    def _organisation(self, name: str) -> None:
        code = {
            "ONU": "UN",
            "OTAN": "NATO",
            "UE": "EU",
            "Nato": "NATO",
            "Otan": "NATO",
            "Uno": "UN",
        }.get(name, name)
        if code in {"UN", "NATO", "EU"} and self.language in {"fr", "es", "de"}:
            self._names[name] = self.coded(code)

    def coded(self, code: str) -> Land:
        """The land of a code."""
        actor = self._codes.get(code)
        return Land(code, actor.name if actor else code, actor)

    def _decline(self) -> None:
        for capital, names in ((False, self._names), (True, self._capitals)):
            for name, land in names.items():
                words = [base(word) for word in name.split()]
                if len(words[0]) >= 2:
                    self._first_bases[words[0]].append((words[1:], land, capital))
        for entries in self._first_bases.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def within(self, phrase: str) -> list[Found]:
        """The lands named in a phrase, in reading order, adjectives among them."""
        found = self._declined(phrase) if self._first_bases else self._literal(phrase)
        taken = [(f.start, f.end) for f in found]
        if self._adjectives:
            for match in _WORD.finditer(phrase):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                low = match.group().lower()
                for form, land in self._adjectives:
                    if low.startswith(form.lower()) and len(low) - len(form) <= 5:
                        found.append(Found(match.start(), match.end(), land))
                        break
        return sorted(found, key=lambda f: f.start)

    def _literal(self, phrase: str) -> list[Found]:
        if self._pattern is None:
            return []
        found: list[Found] = []
        for match in self._pattern.finditer(phrase):
            name = match.group()
            capital = name not in self._names
            land = self._capitals[name] if capital else self._names[name]
            found.append(Found(match.start(), match.end(), land, capital))
        return found

    def _declined(self, phrase: str) -> list[Found]:
        words = list(_WORD.finditer(phrase))
        found: list[Found] = []
        index = 0
        while index < len(words):
            hit = self._declined_at(words, index)
            if hit is None:
                index += 1
                continue
            used, land, capital = hit
            found.append(
                Found(words[index].start(), words[index + used - 1].end(), land, capital)
            )
            index += used
        return found

    def _declined_at(
        self, words: "list[regex.Match[str]]", index: int
    ) -> tuple[int, Land, bool] | None:
        if not words[index].group()[0].isupper():
            return None
        for stem in bases(words[index].group()):
            for rest, land, capital in self._first_bases.get(stem, ()):
                following = words[index + 1 : index + 1 + len(rest)]
                if len(following) == len(rest) and all(
                    stem in bases(word.group())
                    for stem, word in zip(rest, following, strict=True)
                ):
                    return 1 + len(rest), land, capital
        return None

    @property
    def nominatives(self) -> list[str]:
        """All names of lands and their seats, as they stand in the nominative."""
        return [*self._names, *self._capitals]

    def first(self, phrase: str) -> Land | None:
        """The first land that a phrase names."""
        found = self.within(phrase)
        return found[0].land if found else None

    def last(self, phrase: str) -> Land | None:
        """The last land that a phrase names."""
        found = self.within(phrase)
        return found[-1].land if found else None

    def short(self, sign: str) -> Land | None:
        """The land of a short form, as 米 before a title."""
        return self._short.get(sign)

    def body(self, name: str) -> RegisterActor | None:
        """The organ or medium of the register with this native name."""
        return self._bodies.get(name)

    @property
    def bodies(self) -> dict[str, RegisterActor]:
        """All organs and media of the register by native name."""
        return self._bodies

    def of(self, actor: RegisterActor) -> Land:
        """The land whose organ this is, or which it is."""
        state = self.places.state_of(actor)
        return Land(state.code, state.name, state)


def _pattern(forms: list[str], language: str) -> "regex.Pattern[str]":
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    body = "|".join(map(regex.escape, longest_first))
    if language in {"ko", "ja", "zh"}:
        return regex.compile(body)
    return regex.compile(rf"(?<![\w-])(?:{body})(?!\w)")


@lru_cache(maxsize=32)
def lands(places: Gazetteer, language: str) -> Lands:
    """The lands of a register in a language; the last ones are kept."""
    return Lands(places, language)
