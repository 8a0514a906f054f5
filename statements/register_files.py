"""The register's data files as checked records. Pure.

A record is a dict of plain values, as it is kept in `Registered.registered`: scalars, links
as the register id of another record, and sorted lists for names and many-to-many links.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sources.models import Source
from sources.registered import Confidence
from statements.attribution.register import ACTOR_KINDS, SHORT_NAMES
from statements.attribution.words import TITLES

Record = dict[str, Any]

FOLDER = Path(__file__).resolve().parent / "data"
SOURCES_FOLDER = Path(__file__).resolve().parent.parent / "sources" / "data"

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_NATIVE = ("ko", "ja", "ru", "uk", "zh")
_RANKS = {row["id"]: int(row["rank"]) for row in TITLES}
_ACTION_WORDS = {"sign": "signed", "ratify": "ratified", "enter_into_force": "in force"}


class RegisterError(Exception):
    """The files cannot be loaded; `problems` name file, row, field and reason, one a line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class RegisterFiles:
    """Records by register id, one mapping for each table, in the order of the files."""

    actors: dict[str, Record]
    speakers: dict[str, Record]
    offices: dict[str, Record]
    treaties: dict[str, Record]
    provisions: dict[str, Record]
    actions: dict[str, Record]
    events: dict[str, Record]
    sources: dict[str, Record]
    feeds: dict[str, list[tuple[str, str, str]]]


def read_files(folder: Path = FOLDER, sources_folder: Path | None = None) -> RegisterFiles:
    """Read and check all files; raise `RegisterError` with everything that is wrong."""
    return _Reader(
        folder, sources_folder or (SOURCES_FOLDER if folder == FOLDER else folder)
    ).read()


class _Reader:
    def __init__(self, folder: Path, sources_folder: Path) -> None:
        self.folder = folder
        self.sources_folder = sources_folder
        self.problems: list[str] = []

    def read(self) -> RegisterFiles:
        actor_rows = self._csv(self.folder / "actors.csv", "name")
        people = self._yaml(self.folder / "speakers.yaml", list, "name")
        law = self._yaml(self.folder / "treaties.yaml", dict, "")
        events = self._yaml(self.folder / "events.yaml", list, "title")
        source_rows = self._csv(self.sources_folder / "sources.csv", "name")
        if self.problems:
            raise RegisterError(self.problems)
        actors = {row["id"]: row for row in actor_rows}
        speakers = {row["id"]: row for row in people}
        treaties = {
            row["id"]: row
            for part in ("treaties", "resolutions", "mechanisms")
            for row in law[part]
        }
        known = {"actor": set(actors), "speaker": set(speakers), "treaty": set(treaties)}
        files = RegisterFiles(
            actors={i: self._actor(row, known) for i, row in actors.items()},
            speakers={i: self._person(row) for i, row in speakers.items()},
            offices={
                o["id"]: self._office(row, o, known) for row in people for o in row["offices"]
            },
            treaties={i: self._treaty(row, known) for i, row in treaties.items()},
            provisions={
                f"{row['id']}.{article['path']}": self._provision(row, article, order)
                for row in law["treaties"]
                for order, article in enumerate(row.get("articles") or [])
            },
            actions={
                f"{row['id']}.action.{number}": self._action(row, action, known)
                for row in law["treaties"]
                for number, action in enumerate(row.get("actions") or [], 1)
            },
            events={row["id"]: self._event(row, known) for row in events},
            sources={row["id"]: self._source(row, known) for row in source_rows},
            feeds={row["id"]: self._feeds(row) for row in source_rows},
        )
        if self.problems:
            raise RegisterError(self.problems)
        return files

    # ------------------------------------------------------------------ files and checks

    def _csv(self, path: Path, required: str) -> list[Record]:
        try:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(f"{path.name}: cannot be read: {error}")
            return []
        for number, row in enumerate(rows, 3):
            if None in row or None in row.values():
                self._wrong(
                    path.name, f"line {number}", "columns", "not as many cells as the header"
                )
        rows = [row for row in rows if None not in row and None not in row.values()]
        return self._identified(path.name, rows, required)

    def _yaml(self, path: Path, shape: type, required: str) -> Any:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            self.problems.append(f"{path.name}: cannot be read: {error}")
            return shape()
        if not isinstance(data, shape):
            self.problems.append(f"{path.name}: holds no {shape.__name__} of rows")
            return shape()
        if isinstance(data, list):
            return self._identified(path.name, data, required)
        assert isinstance(data, dict)
        for part in ("treaties", "resolutions", "mechanisms"):
            data[part] = self._identified(path.name, data.get(part) or [], "id")
        return data

    def _identified(self, file: str, rows: list[Record], required: str) -> list[Record]:
        """The rows that have an id of their own and the required field."""
        counted = Counter(str(row.get("id") or "") for row in rows)
        for number, row in enumerate(rows, 1):
            if not row.get("id"):
                self._wrong(file, f"row {number}", "id", "is missing")
            elif not row.get(required):
                self._wrong(file, str(row["id"]), required, "is missing")
        for name, times in counted.items():
            if name and times > 1:
                self._wrong(file, name, "id", f"stands {times} times")
        return [row for row in rows if row.get("id")]

    def _wrong(self, file: str, row: str, field: str, reason: str) -> None:
        self.problems.append(f"{file}: {row}: {field}: {reason}")

    def _day(self, file: str, row: str, field: str, value: Any) -> tuple[str | None, str]:
        """The first day a written date allows, and its precision."""
        if value in (None, ""):
            return None, "unknown"
        text = str(value)
        if not _DATE.fullmatch(text):
            self._wrong(
                file, row, field, f"«{text}» is not a date like 2024, 2024-06 or 2024-06-19"
            )
            return None, "unknown"
        full = (text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10]
        return full, _PRECISIONS[len(text)]

    def _known(
        self, file: str, row: str, field: str, value: Any, known: set[str]
    ) -> str | None:
        """A link to another record, which must be there."""
        if value in (None, ""):
            return None
        if value not in known:
            self._wrong(file, row, field, f"«{value}» is not in the register")
            return None
        return str(value)

    def _one_of(
        self, file: str, row: str, field: str, value: str, allowed: Iterable[str]
    ) -> str:
        if value and value not in allowed:
            self._wrong(file, row, field, f"«{value}» is none of {', '.join(allowed)}")
        return value

    def _in_order(self, file: str, row: str, first: str | None, last: str | None) -> None:
        if first and last and first > last:
            self._wrong(file, row, "start", f"{first} is after {last}")

    # ------------------------------------------------------------------ records

    def _actor(self, row: Record, known: dict[str, set[str]]) -> Record:
        file, name = "actors.csv", row["id"]
        kind = ACTOR_KINDS.get(row["kind"], "")
        if not kind:
            self._wrong(
                file, name, "kind", f"«{row['kind']}» is none of {', '.join(ACTOR_KINDS)}"
            )
        names = [["alias", "", text] for text in _list(row["aliases"])]
        names += [["context", "", text] for text in _list(row["context_aliases"])]
        names += [["adjective", "", text] for text in _list(row["adjectives"])]
        names += [["noun", "", text] for text in _list(row["nouns"])]
        names += [["capital", "", text] for text in _list(row["capital"])]
        names += [["metonym", "", text] for text in _list(row["metonyms"])]
        names += [
            ["native", language, row[f"name_{language}"]]
            for language in _NATIVE
            if row[f"name_{language}"]
        ]
        names += [["native", "", text] for text in _list(row["aliases_native"])]
        first, _ = self._day(file, name, "valid_from", row["valid_from"])
        last, _ = self._day(file, name, "valid_to", row["valid_to"])
        self._in_order(file, name, first, last)
        return {
            "code": _actor_code(row),
            "kind": kind,
            "name": row["name"],
            "official_name": row["official_name"],
            "short_code": row["iso2"] or SHORT_NAMES.get(name, ""),
            "parent": self._known(file, name, "parent", row["parent"], known["actor"]),
            "valid_from": first,
            "valid_to": last,
            **self._common(file, name, row),
            "names": _sorted(names),
            "memberships": _sorted(
                _membership(g)
                for g in _list(row["groups"])
                if _membership(g)[0] in known["actor"]
            ),
        }

    def _person(self, row: Record) -> Record:
        file, name = "speakers.yaml", row["id"]
        checked = set(row.get("native_checked") or [])
        names = [["alias", "", text, False] for text in row.get("aliases") or []]
        names += [
            ["native", language, text, language in checked]
            for language, text in (row.get("native") or {}).items()
        ]
        return {
            "slug": name,
            "kind": "person",
            "name": row["name"],
            "family_name": row.get("family_name") or "",
            "gender": self._one_of(file, name, "gender", row.get("gender") or "", ["m", "f"]),
            **self._common(file, name, row),
            "names": _sorted(names),
        }

    def _office(self, person: Record, row: Record, known: dict[str, set[str]]) -> Record:
        file, name = "speakers.yaml", row["id"]
        start, start_precision = self._day(file, name, "start", row.get("start"))
        end, end_precision = self._day(file, name, "end", row.get("end"))
        self._in_order(file, name, start, end)
        days = {
            field: self._day(file, name, field, row.get(field))[0]
            for field in ("attested_from", "attested_to", "verified_to")
        }
        actor = self._known(file, name, "actor", row.get("actor"), known["actor"])
        if actor is None:
            self._wrong(file, name, "actor", "is missing or unknown")
        return {
            "speaker": person["id"],
            "actor": actor,
            "organ": self._known(file, name, "organ", row.get("organ"), known["actor"]),
            "title": row["title"],
            "title_kind": row.get("title_id") or "",
            "rank": _RANKS.get(row.get("title_id") or ""),
            "start": start,
            "start_precision": start_precision,
            "start_basis": row.get("start_basis") or "",
            "end": end,
            "end_precision": end_precision,
            "end_basis": row.get("end_basis") or "",
            **days,
            "acting": bool(row.get("acting")),
            **self._common(file, name, row),
        }

    def _treaty(self, row: Record, known: dict[str, set[str]]) -> Record:
        file, name = "treaties.yaml", row["id"]
        signed = row.get("signed") or {}
        signed_on, _ = self._day(file, name, "signed", signed.get("date") or row.get("date"))
        in_force, _ = self._day(file, name, "in_force", row.get("in_force"))
        number = row.get("number")
        titles = row.get("titles") or {}
        aliases = {k: v for k, v in (row.get("aliases") or {}).items() if isinstance(v, list)}
        if number:
            titles = {"en": [f"Security Council resolution {number} ({row['year']})"]}
            # Other ways to name a number are the same for all: `topics` knows them.
            aliases = {"en": [f"resolution {number}", f"UNSCR {number}"]}
        return {
            "slug": name,
            "kind": _treaty_kind(row),
            "short_name": row.get("short_name")
            or (f"Resolution {number}" if number else row.get("subject", name)),
            "titles": {k: v for k, v in titles.items() if isinstance(v, list)},
            "aliases": aliases,
            "signed_on": signed_on,
            "in_force_on": in_force,
            "summary": row.get("summary") or row.get("subject") or "",
            **self._common(file, name, row),
            **{
                field: sorted(
                    filter(
                        None,
                        (
                            self._known(file, name, field, actor, known["actor"])
                            for actor in row.get(field) or []
                        ),
                    )
                )
                for field in ("parties", "concerns")
            },
        }

    def _provision(self, treaty: Record, row: Record, order: int) -> Record:
        return {
            "treaty": treaty["id"],
            "number": str(row["path"]),
            "order": order,
            "heading": row.get("heading") or "",
            "summary": row.get("summary") or "",
            "keywords": [str(clause) for clause in row.get("clauses") or []],
            "verified": row.get("verified") or "",
            **self._common("treaties.yaml", f"{treaty['id']}.{row['path']}", row),
        }

    def _action(self, treaty: Record, row: Record, known: dict[str, set[str]]) -> Record:
        file, name = "treaties.yaml", f"{treaty['id']} {row['kind']}"
        day, precision = self._day(file, name, "date", row.get("date"))
        by = row.get("by")
        people = [by] if isinstance(by, str) and by in known["speaker"] else []
        return {
            "treaty": treaty["id"],
            "kind": _ACTION_WORDS.get(row["kind"], row["kind"].replace("_", " ")),
            "actor": self._known(file, name, "actor", row.get("actor"), known["actor"]),
            "day": day,
            "precision": precision,
            "place": row.get("place") or "",
            "detail": row.get("what") or "",
            **self._common(file, name, row),
            "signatories": people,
        }

    def _event(self, row: Record, known: dict[str, set[str]]) -> Record:
        file, name = "events.yaml", row["id"]
        start, precision = self._day(file, name, "start", row.get("start"))
        end, _ = self._day(file, name, "end", row.get("end"))
        self._in_order(file, name, start, end)
        if start is None:
            self._wrong(file, name, "start", "is missing")
        participants = row.get("participants") or []
        for participant in participants:
            self._known(
                file, name, "participants", participant, known["actor"] | known["speaker"]
            )
        treaty = self._known(file, name, "treaty", row.get("treaty"), known["treaty"])
        provision = row.get("provision")
        return {
            "slug": name,
            "title": row["title"],
            "kind": row["kind"],
            "start": start,
            "end": end,
            "precision": precision,
            "place": row.get("place") or "",
            "country": self._known(file, name, "country", row.get("country"), known["actor"]),
            "treaty": treaty,
            "provision": f"{treaty}.{provision}" if treaty and provision else None,
            "symbol": row.get("symbol") or "",
            "related": [str(item) for item in row.get("related") or []],
            **self._common(file, name, row),
            "actors": sorted(p for p in participants if p in known["actor"]),
            "speakers": sorted(p for p in participants if p in known["speaker"]),
        }

    def _source(self, row: Record, known: dict[str, set[str]]) -> Record:
        file, name = "sources.csv", row["id"]
        self._known(file, name, "actor", row["actor"], known["actor"])
        return {
            "slug": name,
            "name": row["name"],
            "kind": self._one_of(file, name, "kind", row["kind"], Source.Kind.values),
            "country": row["country"] if len(row["country"]) == 2 else "",
            "languages": _list(row["languages"]),
            "homepage": row["homepage"],
            "official": row["official"] == "yes",
            "speaks_for": self._known(
                file, name, "speaks_for", row["speaks_for"], known["actor"]
            )
            or "",
            "ownership_group": row["ownership_group"],
            **self._common(
                file, name, {**row, "evidence": [row["evidence"]] if row["evidence"] else []}
            ),
        }

    def _feeds(self, row: Record) -> list[tuple[str, str, str]]:
        urls, kinds = _list(row["feed_urls"]), _list(row["feed_kinds"])
        if urls and len(urls) != len(kinds):
            self._wrong("sources.csv", row["id"], "feed_kinds", "not as many as feed_urls")
            return []
        note = (
            f"{row['feed_status']} on {row['status_date']}"
            if row["status_date"]
            else row["feed_status"]
        )
        return [(url, kind, note) for url, kind in zip(urls, kinds, strict=False)]

    def _common(self, file: str, name: str, row: Record) -> Record:
        """What every record says of its own provenance. A source of evidence is 200 long at most."""
        evidence = row.get("evidence") or []
        if isinstance(evidence, str):
            evidence = _list(evidence)
        return {
            "evidence": [str(item)[:200] for item in evidence],
            "confidence": self._one_of(
                file, name, "confidence", row.get("confidence") or "", Confidence.values
            ),
            "note": str(row.get("note") or ""),
        }


def _actor_code(row: Record) -> str:
    if row["iso3"] and row["kind"] in {"state", "observer_state", "entity"}:
        return str(row["iso3"])
    if row["kind"] == "organ":
        return str(row["id"]).upper()
    return f"X-{row['id'].upper()}"


def _membership(group: str) -> list[str | None]:
    """`UNSC2024` is a year's seat on the Council; other groups are open-ended."""
    if found := re.fullmatch(r"UNSC(\d{4})", group):
        return ["un-sc", f"{found[1]}-01-01", f"{found[1]}-12-31"]
    return [group.lower(), None, None]


def _treaty_kind(row: Record) -> str:
    if row["kind"] in {"bilateral_treaty", "declaration"}:
        return str(row["kind"])
    if row["kind"] == "unsc_resolution":
        return "resolution"
    return "charter" if row["id"].startswith("un-charter") else "mechanism"


def _list(cell: str) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _sorted(rows: Iterable[list[Any]]) -> list[list[Any]]:
    unique = {tuple(row): row for row in rows}
    key: Callable[[list[Any]], list[str]] = lambda row: [str(cell) for cell in row]
    return sorted(unique.values(), key=key)
