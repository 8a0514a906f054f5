"""The register as a value: who may speak, under which names, in which office and when.

Ids are opaque strings. `read_register` makes the value from the project's data files; a
program with a database makes the same value from its tables.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class RegisterActor:
    """A state, organisation or organ. `code` is alpha-2 or the organisation's short name.

    `names` stand for it alone, `context_names` only beside other signs; `metonyms` are places
    that may speak for it; `parent` is the actor whose organ it is.
    """

    id: str
    kind: str
    code: str
    name: str
    names: tuple[str, ...] = ()
    context_names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True)
class RegisterOffice:
    """A post held for an actor from one day to another; unknown limits are None."""

    id: str
    title: str
    kind: str
    actor: str
    organ: str | None = None
    start: date | None = None
    end: date | None = None
    acting: bool = False

    def held_on(self, day: date | None) -> bool:
        """Whether the known limits allow that the post was held on this day."""
        if day is None:
            return True
        return (self.start is None or self.start <= day) and (
            self.end is None or day <= self.end
        )


@dataclass(frozen=True)
class RegisterSpeaker:
    """A person or body; `names` are all spellings, also in other scripts."""

    id: str
    name: str
    family_name: str = ""
    gender: str = ""
    names: tuple[str, ...] = ()
    offices: tuple[RegisterOffice, ...] = ()


@dataclass(frozen=True, eq=False)
class Register:
    """Everybody whom the attribution may recognise. It is long: two are one only if they are it."""

    actors: tuple[RegisterActor, ...] = ()
    speakers: tuple[RegisterSpeaker, ...] = ()


EMPTY = Register()

# The kinds of `actors.csv` and the words by which the program calls them.
ACTOR_KINDS = {
    "state": "state", "observer_state": "observer", "historical_state": "historical",
    "igo": "organisation", "igo_organ": "organ", "bloc": "bloc", "body": "body",
    "organ": "state_organ", "media_voice": "media", "entity": "other",
}  # fmt: skip

# Short names of organisations, as the attribution reports whom somebody speaks for.
SHORT_NAMES = {
    "un": "UN", "eu": "EU", "nato": "NATO", "au": "AU", "who": "WHO", "g7": "G7",
    "iaea": "IAEA", "oic": "OIC", "imf": "IMF", "interpol": "INTERPOL", "asean": "ASEAN",
    "osce": "OSCE", "csto": "CSTO", "sco": "SCO", "brics": "BRICS",
}  # fmt: skip


def read_register(folder: Path = DATA) -> Register:
    """Read `actors.csv` and `speakers.yaml` of a folder. Raises `OSError` when they are missing."""
    with (folder / "actors.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    people = yaml.load(
        (folder / "speakers.yaml").read_text(encoding="utf-8-sig"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    return Register(
        actors=tuple(_actor(row) for row in rows),
        speakers=tuple(_speaker(person) for person in people),
    )


def _actor(row: Mapping[str, str]) -> RegisterActor:
    native = [row[f"name_{language}"] for language in ("ko", "ja", "ru", "uk", "zh")]
    return RegisterActor(
        id=row["id"],
        kind=ACTOR_KINDS.get(row["kind"], row["kind"]),
        code=row["iso2"] or SHORT_NAMES.get(row["id"], ""),
        name=row["name"],
        names=_once(
            [
                row["name"],
                row["official_name"],
                *_list(row["aliases"]),
                *native,
                *_list(row["aliases_native"]),
            ]
        ),
        context_names=_once(_list(row["context_aliases"])),
        adjectives=_once(_list(row["adjectives"])),
        nouns=_once(_list(row["nouns"])),
        metonyms=_once([row["capital"], *_list(row["metonyms"])]),
        parent=row["parent"] or None,
    )


def _speaker(person: Mapping[str, object]) -> RegisterSpeaker:
    native = person.get("native") or {}
    aliases = person.get("aliases") or []
    offices = person.get("offices") or []
    assert isinstance(native, dict)
    assert isinstance(aliases, list)
    assert isinstance(offices, list)
    return RegisterSpeaker(
        id=str(person["id"]),
        name=str(person["name"]),
        family_name=str(person.get("family_name") or ""),
        gender=str(person.get("gender") or ""),
        names=_once([str(person["name"]), *map(str, aliases), *map(str, native.values())]),
        offices=tuple(
            RegisterOffice(
                id=str(office["id"]),
                title=str(office["title"]),
                kind=str(office.get("title_id") or ""),
                actor=str(office["actor"]),
                organ=office.get("organ") or None,
                start=_first_day(office.get("start")),
                end=_last_day(office.get("end")),
                acting=bool(office.get("acting")),
            )
            for office in offices
        ),
    )


def _first_day(value: object) -> date | None:
    """The first day that «2024», «2024-06» or «2024-06-19» allows."""
    if not value:
        return None
    parts = [int(part) for part in str(value).split("-")]
    return date(*([*parts, 1, 1])[:3])


def _last_day(value: object) -> date | None:
    """The last day of a year, about the last of a month, or the day itself."""
    if not value:
        return None
    parts = [int(part) for part in str(value).split("-")]
    return date(*(parts + [12, 28][len(parts) - 1 :])[:3])


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
