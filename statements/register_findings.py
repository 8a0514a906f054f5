"""What the register says that cannot all be so, or looks as if one thing stood in it twice.

A finding is no error of the program and stops nothing: facts are corrected by a person who has
read a source. All checks read records alone, from the database or from files.
"""

import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice
from typing import Any

from rapidfuzz.distance import OSA

from statements.register_export import Registers, standing_records
from statements.register_parts import PARTS
from statements.register_values import Record

# Kinds of title (`attribution/lexicon/titles.csv`) of which an actor has one holder at a time.
# Not in it are posts that many hold at once: ambassadors and permanent representatives, who sit
# at different bodies, deputies, ministers without a known portfolio, spokespersons, envoys,
# advisers, party posts, and speakers of parliament, since there are two chambers. Nobody who
# only acts for the holder of a post (`acting`) is counted as holding it.
EXCLUSIVE = frozenset(
    {
        "head-of-state", "president", "president-sac", "prime-minister", "premier",
        "chancellor", "foreign-minister", "secretary-of-state", "foreign-secretary",
        "defence-minister", "secretary-of-defense", "interior-minister", "unification-minister",
        "chief-cabinet-secretary", "national-security-adviser", "nss-secretary-general",
        "security-council-secretary", "head-presidential-office", "chief-of-general-staff",
        "secretary-general", "high-representative", "commission-president",
        "european-council-president", "unga-president", "igo-director-general",
    }
)  # fmt: skip

# How an actor's further names count when two actors have the same: those that stand alone.
_ALONE = {"alias", "native"}
# What happens to a treaty, in the order in which it may.
_COURSE = ("signed", "ratified", "in force", "lose force")
_DIGITS = re.compile(r"[0-9]")
_SHORTEST = 8  # letters of a name in which one other letter makes a likely misspelling
_EARLIEST, _LATEST = date.min, date.max
MOST = 1000  # findings of a check


@dataclass(frozen=True)
class Finding:
    """One contradiction: its check, the rows that it is about, a sentence and the next step."""

    check: str
    rows: tuple[tuple[str, str], ...]
    sentence: str
    advice: str


def registers_now() -> Registers:
    """All records of the register as the database has them."""
    return {name: rows for table in PARTS for name, rows in standing_records(table).items()}


def find(registers: Registers) -> list[Finding]:
    """Return the findings, by check and then in the order of the rows; of each check the first
    thousand, since more of one kind have one cause."""
    return [finding for check in _CHECKS for finding in islice(check(registers), MOST)]


# ---------------------------------------------------------------------- offices


@dataclass(frozen=True)
class Tenure:
    """An office with the days of which it is certain, and those that it may at most cover."""

    key: str
    office: Record
    first: date | None  # the latest day on which it had begun
    last: date | None  # the earliest day until which it lasted
    earliest: date
    latest: date

    @property
    def names_person(self) -> str:
        return str(self.office["speaker"])


def _tenure(key: str, office: Record) -> Tenure:
    start, end = _span(office, "start"), _span(office, "end")
    seen = [_day(office[name]) for name in ("attested_from", "attested_to", "verified_to")]
    days = [day for day in seen if day]
    first = start[1] if start else min(days, default=None)
    last = end[0] if end else max([*days, *([first] if first else [])], default=None)
    return Tenure(
        key,
        office,
        first,
        last,
        start[0] if start else _EARLIEST,
        end[1] if end else _LATEST,
    )


def _tenures(registers: Registers) -> list[Tenure]:
    return [_tenure(key, office) for key, office in registers["offices"].items()]


def _together(one: Tenure, other: Tenure) -> tuple[date, date] | None:
    """The days on which both were certainly held; handing over on one day is no overlap."""
    if None in (one.first, one.last, other.first, other.last):
        return None
    assert one.first
    assert one.last
    assert other.first
    assert other.last
    first, last = max(one.first, other.first), min(one.last, other.last)
    return (first, last) if first < last else None


def _two_holders(registers: Registers) -> Iterator[Finding]:
    """Two people in one post that has one holder at a time."""
    posts: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for tenure in _tenures(registers):
        office = tenure.office
        if office["title_kind"] in EXCLUSIVE and not office["acting"]:
            posts[office["actor"] or "", office["title_kind"]].append(tenure)
    for tenures in posts.values():
        for one, other in combinations(tenures, 2):
            if one.names_person == other.names_person or not _one_organ(one, other):
                continue
            days = _together(one, other)
            title = one.office["title"]
            people = f"{_person(registers, one)} and {_person(registers, other)}"
            if days:
                yield Finding(
                    "two-holders",
                    (("offices", one.key), ("offices", other.key)),
                    f"{people} both hold the office «{title}» of {_actor(registers, one)} from "
                    f"{days[0]} to {days[1]}.",
                    "Read in a source when one ended and the other began, and correct the "
                    "dates; mark whoever only acted for the other as acting.",
                )
                continue
            earlier, later = sorted(
                (one, other), key=lambda tenure: tenure.first or tenure.earliest
            )
            begun = earlier.first and later.first and earlier.first < later.first
            if begun and not earlier.office["end"]:
                yield Finding(
                    "no-end",
                    (("offices", earlier.key), ("offices", later.key)),
                    f"{_person(registers, earlier)} holds the office «{title}» of "
                    f"{_actor(registers, earlier)} without an end, and "
                    f"{_person(registers, later)} since {later.first}.",
                    "Give the earlier office its end, or correct the start of the later.",
                )


def _two_posts(registers: Registers) -> Iterator[Finding]:
    """One person in two posts of which each has one holder."""
    people: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in _tenures(registers):
        if tenure.office["title_kind"] in EXCLUSIVE and not tenure.office["acting"]:
            people[tenure.names_person].append(tenure)
    for tenures in people.values():
        for one, other in combinations(tenures, 2):
            days = _together(one, other)
            if days:
                yield Finding(
                    "two-posts",
                    (("offices", one.key), ("offices", other.key)),
                    f"{_person(registers, one)} is «{one.office['title']}» and "
                    f"«{other.office['title']}» at once from {days[0]} to {days[1]}.",
                    "Nothing is wrong where a source says so; else correct the dates of one.",
                )


def _own_days(registers: Registers) -> Iterator[Finding]:
    """Days of one office that exclude each other, or its actor's."""
    for tenure in _tenures(registers):
        office, row = tenure.office, (("offices", tenure.key),)
        name = f"{_person(registers, tenure)}, «{office['title']}»"
        if tenure.earliest > tenure.latest:
            yield Finding(
                "start-after-end",
                row,
                f"{name}: the start {office['start']} is after the end {office['end']}.",
                "Exchange or correct the two dates.",
            )
        for field, word in (
            ("attested_from", "attested from"),
            ("attested_to", "attested to"),
            ("verified_to", "verified to"),
        ):
            day = _day(office[field])
            if day and not tenure.earliest <= day <= tenure.latest:
                limits = f"{office['start'] or '?'} to {office['end'] or '?'}"
                yield Finding(
                    "attested-outside",
                    row,
                    f"{name}: {word} {day}, which is outside the office, {limits}.",
                    "A source saw the person in office on that day: correct the start or end, "
                    "or the attested day.",
                )
        actor = registers["actors"].get(office["actor"] or "")
        if actor:
            begun, ended = _day(actor["valid_from"]), _day(actor["valid_to"])
            if (begun and tenure.latest < begun) or (ended and tenure.earliest > ended):
                before_or_after = "before" if begun and tenure.latest < begun else "after"
                yield Finding(
                    "outside-actor",
                    (*row, ("actors", office["actor"])),
                    f"{name}: the office lies {before_or_after} the days of {actor['name']}, "
                    f"{actor['valid_from'] or '?'} to {actor['valid_to'] or '?'}.",
                    "Name the actor that it was at that time, or correct the actor's days.",
                )


def _one_organ(one: Tenure, other: Tenure) -> bool:
    organs = {one.office["organ"], other.office["organ"]} - {None}
    return len(organs) < 2


def _person(registers: Registers, tenure: Tenure) -> str:
    speaker = registers["speakers"].get(tenure.names_person)
    return str(speaker["name"]) if speaker else tenure.names_person


def _actor(registers: Registers, tenure: Tenure) -> str:
    actor = registers["actors"].get(tenure.office["actor"] or "")
    return str(actor["name"]) if actor else str(tenure.office["actor"])


# ---------------------------------------------------------------------- names


def _same_names(registers: Registers) -> Iterator[Finding]:
    """One name that stands for two rows, so that it names neither."""
    for table, noun in (("speakers", "people"), ("actors", "actors")):
        owners: dict[str, dict[str, str]] = defaultdict(dict)
        for key, record in registers[table].items():
            for text in _standing_names(table, record):
                owners[_folded(text)].setdefault(key, text)
        for found in owners.values():
            if len(found) > 1:
                keys = sorted(found)
                names = ", ".join(registers[table][key]["name"] for key in keys)
                yield Finding(
                    "one-name",
                    tuple((table, key) for key in keys),
                    f"«{found[keys[0]]}» is a name of {len(keys)} {noun}: {names}.",
                    "Keep it for the one whom it names alone"
                    + (
                        ", or make it a name that needs context."
                        if table == "actors"
                        else ", or merge the rows if they are one person."
                    ),
                )


def _standing_names(table: str, record: Record) -> Iterator[str]:
    yield record["name"]
    if table == "actors" and record["official_name"]:
        yield record["official_name"]
    for kind, _, text, *_ in record["names"]:
        if table == "speakers" or kind in _ALONE:
            yield text


def _one_wikidata(registers: Registers) -> Iterator[Finding]:
    owners: dict[str, list[str]] = defaultdict(list)
    for key, record in registers["speakers"].items():
        if record.get("wikidata_id"):
            owners[record["wikidata_id"]].append(key)
    for wikidata_id, keys in owners.items():
        if len(keys) > 1:
            names = ", ".join(registers["speakers"][key]["name"] for key in keys)
            yield Finding(
                "one-wikidata-id",
                tuple(("speakers", key) for key in keys),
                f"{wikidata_id} is the Wikidata id of {len(keys)} speakers: {names}.",
                "Merge them if they are one person; else correct the id of one.",
            )


def _likely_twice(registers: Registers) -> Iterator[Finding]:
    """Names that differ by order, accents, hyphens or one letter; each name is told once."""
    for table, noun in (("speakers", "person"), ("actors", "actor")):
        firsts: dict[str, tuple[str, str]] = {}
        for key, record in sorted(registers[table].items()):
            firsts.setdefault(_folded(record["name"]), (key, record["name"]))
        rows = list(firsts.values())
        for one, other in _alike([_spelling(name, noun) for _, name in rows]):
            (key, name), (other_key, other_name) = rows[one], rows[other]
            yield Finding(
                "likely-twice",
                ((table, key), (table, other_key)),
                f"«{name}» and «{other_name}» differ only in spelling.",
                f"If they are one {noun}, merge them; if not, leave them as they are.",
            )


def _alike(spellings: list[str]) -> list[tuple[int, int]]:
    """The pairs of spellings, by their places, that one slip or none makes the same.

    A slip is a letter too many, too few or another, or two that changed places: without one
    letter each, the two are the same. So they meet under what is left of them, and no register
    is compared name by name with itself.
    """
    meeting: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, text in enumerate(spellings):
        digits = "".join(_DIGITS.findall(text))
        meeting[text, digits].add(place)
        if len(text) < _SHORTEST - 1:
            continue
        for at, sign in enumerate(text):
            if not _DIGITS.match(sign):
                meeting[text[:at] + text[at + 1 :], digits].add(place)
    pairs = {pair for places in meeting.values() for pair in combinations(sorted(places), 2)}
    return sorted(pair for pair in pairs if _one_slip(*(spellings[place] for place in pair)))


def _one_slip(one: str, other: str) -> bool:
    if one == other:
        return True
    return max(len(one), len(other)) >= _SHORTEST and OSA.distance(one, other) <= 1


def _spelling(name: str, noun: str) -> str:
    """The letters of a name without accents; of a person's, whatever the order of its words."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)
    )
    words = re.findall(r"\w+", bare.casefold())
    return "".join(sorted(words) if noun == "person" else words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


# ---------------------------------------------------------------------- actors, treaties, events


def _above_itself(registers: Registers) -> Iterator[Finding]:
    """An actor that is part of itself, by way of others."""
    actors = registers["actors"]
    for key, record in actors.items():
        seen, at = {key}, record["parent"]
        while at in actors and at not in seen:
            seen.add(at)
            at = actors[at]["parent"]
        if at == key:
            yield Finding(
                "above-itself",
                (("actors", key),),
                f"{record['name']} is part of itself: its parents lead back to it.",
                "Correct the parent of one of them.",
            )


def _treaty_days(registers: Registers) -> Iterator[Finding]:
    actions: dict[str, list[tuple[str, Record]]] = defaultdict(list)
    for key, action in registers["actions"].items():
        actions[action["treaty"]].append((key, action))
    for key, treaty in registers["treaties"].items():
        name, row = treaty["short_name"], ("treaties", key)
        signed, in_force = _span(treaty, "signed_on"), _span(treaty, "in_force_on")
        if signed and in_force and in_force[1] < signed[0]:
            yield Finding(
                "in-force-before-signed",
                (row,),
                f"{name} is in force from {_told(treaty, 'in_force_on')}, before it was signed on "
                f"{_told(treaty, 'signed_on')}.",
                "Correct one of the two days.",
            )
        yield from _course(name, row, actions[key])
        for kind, days, column in (
            ("signed", signed, "signed_on"),
            ("in force", in_force, "in_force_on"),
        ):
            for action_key, action in actions[key]:
                span = _span(action, "day", "precision")
                if action["kind"] != kind or not span or not days:
                    continue
                if span[1] < days[0] or days[1] < span[0]:
                    yield Finding(
                        "action-day",
                        (row, ("actions", action_key)),
                        f"{name} is {kind} on {_told(treaty, column)}, and its action «{kind}» "
                        f"says {_told(action, 'day', 'precision')}.",
                        "Correct the day of the treaty or that of the action.",
                    )


def _course(
    name: str, row: tuple[str, str], actions: list[tuple[str, Record]]
) -> Iterator[Finding]:
    """Actions that come before what must go before them."""
    spans = {key: _span(action, "day", "precision") for key, action in actions}
    for step, later in enumerate(_COURSE):
        for earlier in _COURSE[:step]:
            before = [
                (span[0], key)
                for key, action in actions
                if action["kind"] == earlier and (span := spans[key])
            ]
            if not before:
                continue
            first, first_key = min(before)
            for key, action in actions:
                span = spans[key]
                if action["kind"] == later and span and span[1] < first:
                    yield Finding(
                        "action-order",
                        (row, ("actions", first_key), ("actions", key)),
                        f"{name}: «{later}» on {action['day']} lies before «{earlier}» on {first}.",
                        "Correct the day of one of the two actions.",
                    )


def _event_days(registers: Registers) -> Iterator[Finding]:
    for key, event in registers["events"].items():
        start, end = _day(event["start"]), _day(event["end"])
        if start and end and end < start:
            yield Finding(
                "event-end",
                (("events", key),),
                f"{event['title']} ends on {end}, before it begins on {start}.",
                "Exchange or correct the two days.",
            )


# ---------------------------------------------------------------------- days


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _told(record: Record, field: str, precision: str = "") -> str:
    """A date as far as it is known: `2024-06` for a month."""
    shown = {"month": 7, "year": 4}.get(record[precision or f"{field}_precision"])
    return str(record[field])[:shown]


def _span(record: Record, field: str, precision: str = "") -> tuple[date, date] | None:
    """The first and last day that a date allows by its precision."""
    day = _day(record[field])
    if day is None:
        return None
    match record[precision or f"{field}_precision"]:
        case "month":
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


_CHECKS: Iterable[Callable[[Registers], Iterator[Finding]]] = (
    _two_holders,
    _two_posts,
    _own_days,
    _same_names,
    _one_wikidata,
    _likely_twice,
    _above_itself,
    _treaty_days,
    _event_days,
)
