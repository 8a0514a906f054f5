"""What a file of the register says of one row, as a checked record. Pure.

A record is a dict of plain values, as it is kept in `Registered.registered`: scalars, links
as the register id of another record, and sorted lists for names and many-to-many links. The
same words are read from the project's own files and from files that are uploaded in the admin.
A column that a file need not say, and does not, is missing in the record.
"""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sources.registered import Confidence
from statements.attribution.register import ACTOR_KINDS, SHORT_NAMES
from statements.attribution.words import TITLES
from statements.models import ActorName, SpeakerName, Treaty
from statements.models.dates import Precision
from statements.register_cells import split_list

Record = dict[str, Any]

NATIVE = ("ko", "ja", "ru", "uk", "zh")
RANKS = {row["id"]: int(row["rank"]) for row in TITLES}
# Where an actor's further names stand, by kind.
NAME_COLUMNS = {
    "alias": "aliases", "context": "context_aliases", "adjective": "adjectives", "noun": "nouns",
    "capital": "capital", "metonym": "metonyms",
}  # fmt: skip
STATELIKE = ("state", "observer_state", "entity")
COUNCIL = "un-sc"

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_ACTION_WORDS = {
    "sign": "signed", "ratify": "ratified", "enter_into_force": "in force",
    "authorise_signature": "authorise signature", "publish_text": "publish text",
    "submit_to_parliament": "submit to parliament", "parliament_approves": "parliament approves",
    "exchange_instruments": "exchange instruments", "lose_force": "lose force",
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be read: its file, its id, the field and a reason."""

    file: str
    row: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.row}: {self.field}: {self.reason}"


class Records:
    """Makes records of rows, and gathers everything that is wrong with them.

    `known` has the ids that a row may name, by table: actors, speakers, treaties, provisions.
    Links to others are problems. `left_out` has what was read and is not kept, which is none.
    """

    def __init__(self, known: dict[str, set[str]]) -> None:
        self.known: dict[str, set[str]] = defaultdict(set, known)
        self.problems: list[Problem] = []
        self.left_out: list[Problem] = []

    # ------------------------------------------------------------------ records

    def actor(self, row: Record) -> Record:
        """One row of `actors.csv`."""
        file, name = "actors.csv", row["id"]
        kind = ACTOR_KINDS.get(row["kind"], "")
        if not kind:
            self.wrong(
                file, name, "kind", f"«{row['kind']}» is none of {', '.join(ACTOR_KINDS)}"
            )
        names = [
            [kind_of_name, "", text]
            for kind_of_name, column in NAME_COLUMNS.items()
            for text in _list(row.get(column))
        ]
        names += [
            ["native", language, row[f"name_{language}"]]
            for language in NATIVE
            if row.get(f"name_{language}")
        ]
        names += [["native", "", text] for text in _list(row.get("aliases_native"))]
        names += self._more_names(file, row, ActorName.Kind.values, checked=False)
        first, _ = self.day(file, name, "valid_from", row.get("valid_from"))
        last = self.last_day(file, name, "valid_to", row.get("valid_to"))
        self._in_order(file, name, "valid_from", first, last)
        short = row.get("iso2") or SHORT_NAMES.get(name, "")
        return {
            "code": row.get("code") or actor_code(row),
            "kind": kind,
            "name": row["name"],
            "official_name": row.get("official_name") or "",
            "short_code": "" if short == "none" else short,
            "parent": self.link(file, name, "parent", row.get("parent"), "actors"),
            "valid_from": first,
            "valid_to": last,
            **self.common(file, name, row),
            "names": _sorted(names),
            "memberships": _sorted(self._memberships(file, row)),
        }

    def speaker(self, row: Record) -> Record:
        """One person of `speakers.yaml`, without offices."""
        file, name = "speakers.yaml", row["id"]
        checked = set(row.get("native_checked") or [])
        names = [["alias", "", text, False] for text in row.get("aliases") or []]
        names += [
            ["native", language, text, language in checked]
            for language, texts in (row.get("native") or {}).items()
            for text in _several(texts)
        ]
        names += self._more_names(file, row, SpeakerName.Kind.values, checked=True)
        record = {
            "slug": row.get("slug") or name,
            "kind": row.get("kind") or "person",
            "name": row["name"],
            "family_name": row.get("family_name") or "",
            "gender": self.one_of(file, name, "gender", row.get("gender") or "", ["m", "f"]),
            **self.common(file, name, row),
            "names": _sorted(names),
        }
        if "wikidata_id" in row:
            record["wikidata_id"] = row["wikidata_id"] or ""
        if "actor" in row:
            record["actor"] = self.link(file, name, "actor", row["actor"], "actors")
        return record

    def office(self, person: Record, row: Record) -> Record:
        """One office of a person."""
        file, name = "speakers.yaml", row["id"]
        start, start_precision = self._dated(file, name, "start", row)
        end, end_precision = self._dated(file, name, "end", row)
        self._in_order(file, name, "start", start, end)
        days = {
            field: self.day(file, name, field, row.get(field))[0]
            for field in ("attested_from", "attested_to", "verified_to")
        }
        actor = self.link(file, name, "actor", row.get("actor"), "actors")
        if not row.get("actor"):
            self.wrong(file, name, "actor", "is missing; write the id of the actor")
        return {
            "speaker": person["id"],
            "actor": actor,
            "organ": self.link(file, name, "organ", row.get("organ"), "actors"),
            "title": row["title"],
            "title_kind": row.get("title_id") or "",
            "rank": self._rank(file, row),
            "start": start,
            "start_precision": start_precision,
            "start_basis": row.get("start_basis") or "",
            "end": end,
            "end_precision": end_precision,
            "end_basis": row.get("end_basis") or "",
            **days,
            "acting": bool(row.get("acting")),
            **self.common(file, name, row),
        }

    def treaty(self, row: Record) -> Record:
        """One treaty, resolution or mechanism, without its articles and actions."""
        file, name = "treaties.yaml", row["id"]
        signed = row.get("signed") or {}
        if not isinstance(signed, dict):
            signed = {"date": signed}
        days = {
            **row,
            "signed": signed.get("date") or row.get("date"),
            "signed_precision": signed.get("precision") or row.get("signed_precision"),
        }
        signed_on, signed_on_precision = self._dated(file, name, "signed", days)
        in_force_on, in_force_on_precision = self._dated(file, name, "in_force", days)
        number = row.get("number")
        titles = row.get("titles") or {}
        aliases = row.get("aliases") or {}
        if number:
            titles = {"en": [f"Security Council resolution {number} ({row['year']})"]}
            # Other ways to name a number are the same for all: `topics` knows them.
            aliases = {"en": [f"resolution {number}", f"UNSCR {number}"]}
        for field, forms in (("titles", titles), ("aliases", aliases)):
            self.left_out += [
                Problem(file, name, field, f"«{key}» is no list of names in a language")
                for key, value in forms.items()
                if not isinstance(value, list)
            ]
        return {
            "slug": row.get("slug") or name,
            "kind": treaty_kind(row),
            "short_name": row.get("short_name")
            or (f"Resolution {number}" if number else row.get("subject") or name),
            "titles": {k: v for k, v in titles.items() if isinstance(v, list)},
            "aliases": {k: v for k, v in aliases.items() if isinstance(v, list)},
            "signed_on": signed_on,
            "signed_on_precision": signed_on_precision,
            "in_force_on": in_force_on,
            "in_force_on_precision": in_force_on_precision,
            "summary": row.get("summary") or row.get("subject") or "",
            **self.common(file, name, row),
            "parties": self.links(file, name, "parties", row.get("parties"), "actors"),
            "concerns": self.links(file, name, "concerns", row.get("concerns"), "actors"),
        }

    def provision(self, treaty: Record, row: Record, order: int) -> Record:
        """One article of a treaty; `order` is its place among them where it says none."""
        file, name = "treaties.yaml", provision_id(treaty, row)
        record = {
            "treaty": treaty["id"],
            "number": str(row["path"]),
            "order": self._count(file, name, "order", row.get("order"), order),
            "heading": row.get("heading") or "",
            "summary": row.get("summary") or "",
            "keywords": [str(clause) for clause in row.get("clauses") or []],
            "verified": row.get("verified") or "",
            **self.common(file, name, row),
        }
        if "texts" in row:
            record["texts"] = row["texts"] or {}
        return record

    def action(self, treaty: Record, row: Record, number: int) -> Record:
        """What happened to a treaty; `number` is its place among the actions, from 1."""
        file, name = "treaties.yaml", action_id(treaty, row, number)
        day, precision = self._dated(file, name, "date", row, precision="precision")
        by = _several(row.get("by"))
        people = sorted(set(by) & self.known["speakers"])
        return {
            "treaty": treaty["id"],
            "kind": _ACTION_WORDS.get(row["kind"], row["kind"]),
            "actor": self.link(file, name, "actor", row.get("actor"), "actors"),
            "day": day,
            "precision": precision,
            "place": row.get("place") or "",
            "detail": row.get("what") or "",
            **self.common(file, name, row),
            "signatories": people,
        }

    def event(self, row: Record) -> Record:
        """One dated occasion."""
        file, name = "events.yaml", row["id"]
        start, precision = self._dated(file, name, "start", row, precision="precision")
        # What is known of both is known as exactly: `precision` is that of the end as well.
        read_end = self.last_day if precision == Precision.DAY else self._first_day
        end = read_end(file, name, "end", row.get("end"))
        self._in_order(file, name, "start", start, end)
        if not row.get("start"):
            self.wrong(file, name, "start", "is missing")
        actors = self.links(file, name, "actors", row.get("actors"), "actors")
        speakers = self.links(file, name, "speakers", row.get("speakers"), "speakers")
        for one in row.get("participants") or []:
            if one in self.known["actors"]:
                actors.append(one)
            if one in self.known["speakers"]:
                speakers.append(one)
            if one not in self.known["actors"] | self.known["speakers"]:
                self._unknown(file, name, "participants", one)
        treaty = self.link(file, name, "treaty", row.get("treaty"), "treaties")
        return {
            "slug": row.get("slug") or name,
            "title": row["title"],
            "kind": row["kind"],
            "start": start,
            "end": end,
            "precision": precision,
            "place": row.get("place") or "",
            "country": self.link(file, name, "country", row.get("country"), "actors"),
            "treaty": treaty,
            "provision": self._provision_of(file, name, treaty, row.get("provision")),
            "symbol": row.get("symbol") or "",
            "related": [str(item) for item in row.get("related") or []],
            **self.common(file, name, row),
            "actors": sorted(set(actors)),
            "speakers": sorted(set(speakers)),
        }

    def common(self, file: str, name: str, row: Record) -> Record:
        """What every record says of its own provenance."""
        evidence = row.get("evidence") or []
        return {
            "evidence": [str(item) for item in _several(evidence, split=True)],
            "confidence": self.one_of(
                file, name, "confidence", row.get("confidence") or "", Confidence.values
            ),
            "note": str(row.get("note") or ""),
        }

    # ------------------------------------------------------------------ values

    def wrong(self, file: str, row: str, field: str, reason: str) -> None:
        """Note why a field of a row cannot be taken."""
        self.problems.append(Problem(file, row, field, reason))

    def day(self, file: str, row: str, field: str, value: Any) -> tuple[str | None, str]:
        """The first day that a written date allows, and its precision."""
        if value in (None, ""):
            return None, "unknown"
        text = str(value)
        full = (text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10]
        if not _DATE.fullmatch(text):
            self.wrong(
                file,
                row,
                field,
                f"«{text}» is not a date like 2024, 2024-06 or 2024-06-19; write it so",
            )
        elif not _is_day(full):
            self.wrong(file, row, field, f"«{text}» is no day of the calendar")
        else:
            return full, str(_PRECISIONS[len(text)])
        return None, "unknown"

    def last_day(self, file: str, row: str, field: str, value: Any) -> str | None:
        """The last day that a written date allows: of a year, 31 December."""
        day, precision = self.day(file, row, field, value)
        if day is None or precision == Precision.DAY:
            return day
        first = date.fromisoformat(day)
        month = 12 if precision == Precision.YEAR else first.month
        return f"{first.replace(month=month, day=monthrange(first.year, month)[1])}"

    def _first_day(self, file: str, row: str, field: str, value: Any) -> str | None:
        return self.day(file, row, field, value)[0]

    def link(self, file: str, row: str, field: str, value: Any, table: str) -> str | None:
        """A link to another record, which must be there."""
        if value in (None, ""):
            return None
        if value not in self.known[table]:
            self._unknown(file, row, field, value)
            return None
        return str(value)

    def links(self, file: str, row: str, field: str, value: Any, table: str) -> list[str]:
        """Links to several other records, sorted and each once."""
        found = (self.link(file, row, field, one, table) for one in value or [])
        return sorted({one for one in found if one})

    def one_of(
        self, file: str, row: str, field: str, value: str, allowed: Iterable[str]
    ) -> str:
        """A word that must be one of those allowed, or empty."""
        if value and value not in allowed:
            self.wrong(file, row, field, f"«{value}» is none of {', '.join(allowed)}")
        return value

    def _unknown(self, file: str, row: str, field: str, value: Any) -> None:
        self.wrong(
            file,
            row,
            field,
            f"«{value}» is not in the register; add it first, or correct the id",
        )

    def _dated(
        self, file: str, name: str, field: str, row: Record, precision: str = ""
    ) -> tuple[str | None, str]:
        """A date and how exactly it is known: as the row says, else as the date is written."""
        day, written = self.day(file, name, field, row.get(field))
        column = precision or f"{field}_precision"
        said = self.one_of(file, name, column, row.get(column) or "", Precision.values)
        if day is None or not said:
            return day, written
        if written != Precision.DAY and said != written:
            self.wrong(file, name, column, f"«{said}» does not fit the date {row[field]}")
        return day, said

    def _in_order(
        self, file: str, row: str, field: str, first: str | None, last: str | None
    ) -> None:
        if first and last and first > last:
            self.wrong(file, row, field, f"{first} is after {last}")

    def _count(self, file: str, row: str, field: str, value: Any, default: int) -> int:
        if value in (None, ""):
            return default
        if not re.fullmatch(r"\d{1,4}", str(value)):
            self.wrong(file, row, field, f"«{value}» is not a number from 0 to 9999")
            return default
        return int(value)

    def _rank(self, file: str, row: Record) -> int | None:
        """The rank that is said, else that of the kind of title."""
        said = row.get("rank")
        if said in (None, ""):
            return RANKS.get(row.get("title_id") or "")
        if said == "none":
            return None
        if not re.fullmatch(r"[1-9]", str(said)):
            self.wrong(file, row["id"], "rank", f"«{said}» is not a number from 1 to 9")
            return None
        return int(said)

    def _more_names(
        self, file: str, row: Record, kinds: list[str], *, checked: bool
    ) -> list[list[Any]]:
        """Names that fit no column: `kind:language:text`, or `kind:language:yes:text` where a
        name is `checked` or not."""
        names: list[list[Any]] = []
        for item in _list(row.get("more_names")):
            kind, *rest = item.split(":", 3 if checked else 2)
            if kind not in kinds or len(rest) != (3 if checked else 2):
                form = "kind:language:yes:name" if checked else "kind:language:name"
                self.wrong(
                    file,
                    row["id"],
                    "more_names",
                    f"«{item}» is not {form}, with a kind of {', '.join(kinds)}",
                )
            elif checked:
                names.append([kind, rest[0], rest[2], rest[1] == "yes"])
            else:
                names.append([kind, *rest])
        return names

    def _memberships(self, file: str, row: Record) -> list[list[str | None]]:
        found = []
        for item in _list(row.get("groups")):
            group, start, end = _membership(item)
            if group not in self.known["actors"]:
                self.left_out.append(
                    Problem(file, row["id"], "groups", f"«{item}» is not in the register")
                )
                continue
            first = self._first_day(file, row["id"], "groups", start)
            last = self.last_day(file, row["id"], "groups", end)
            self._in_order(file, row["id"], "groups", first, last)
            found.append([group, first, last])
        return found

    def _provision_of(self, file: str, name: str, treaty: str | None, value: Any) -> str | None:
        if not value or not treaty:
            return None
        whole = f"{treaty}.{value}"
        known = self.known["provisions"]
        return (
            whole if whole in known else self.link(file, name, "provision", value, "provisions")
        )


def provision_id(treaty: Record, row: Record) -> str:
    """The register id of a treaty's article."""
    return str(row.get("id") or f"{treaty['id']}.{row['path']}")


def action_id(treaty: Record, row: Record, number: int) -> str:
    """The register id of what happened to a treaty."""
    return str(row.get("id") or f"{treaty['id']}.action.{number}")


def actor_code(row: Record) -> str:
    """The code that follows from a row's id, kind and ISO code."""
    if row.get("iso3") and row["kind"] in STATELIKE:
        return str(row["iso3"])
    if row["kind"] == "organ":
        return str(row["id"]).upper()
    return f"X-{row['id'].upper()}"


def treaty_kind(row: Record) -> str:
    """The kind of an instrument, said in the program's words or in those of the files."""
    if row["kind"] in Treaty.Kind.values:
        return str(row["kind"])
    if row["kind"] == "unsc_resolution":
        return "resolution"
    return "charter" if row["id"].startswith("un-charter") else "mechanism"


def _membership(group: str) -> tuple[str, str | None, str | None]:
    """`UNSC2024` is a year's seat on the Council, `un@1991-09-17/` one from a day on; other
    groups are open at both ends."""
    if found := re.fullmatch(r"UNSC(\d{4})", group):
        return COUNCIL, f"{found[1]}-01-01", f"{found[1]}-12-31"
    if found := re.fullmatch(r"(.+)@([^/]*)/([^/]*)", group):
        return found[1], found[2] or None, found[3] or None
    return group.lower(), None, None


def _list(value: Any) -> list[str]:
    """The items of a cell, or those of a list."""
    return _several(value, split=True)


def _several(value: Any, *, split: bool = False) -> list[str]:
    if not value:
        return []
    if isinstance(value, list):
        return value
    return split_list(value) if split else [value]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sorted(rows: Iterable[list[Any]]) -> list[list[Any]]:
    unique = {tuple(row): row for row in rows}
    key: Callable[[list[Any]], list[str]] = lambda row: [str(cell) for cell in row]
    return sorted(unique.values(), key=key)
