"""The register's data files as checked records. Pure."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sources.models import Source
from statements.register_cells import split_list
from statements.register_matters import action_id, provision_id
from statements.register_records import Records
from statements.register_values import Problem, Record

FOLDER = Path(__file__).resolve().parent / "data"
SOURCES_FOLDER = Path(__file__).resolve().parent.parent / "sources" / "data"


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
        folder, sources_folder or (SOURCES_FOLDER if folder.resolve() == FOLDER else folder)
    ).read()


class _Reader:
    def __init__(self, folder: Path, sources_folder: Path) -> None:
        self.folder = folder
        self.sources_folder = sources_folder
        self.problems: list[str] = []
        self.records = Records({})

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
        known = {"actors": set(actors), "speakers": set(speakers), "treaties": set(treaties)}
        known["provisions"] = {
            provision_id(row, article)
            for row in law["treaties"]
            for article in row.get("articles") or []
        }
        records = Records(known)
        self.records = records
        files = RegisterFiles(
            actors={i: records.actor(row) for i, row in actors.items()},
            speakers={i: records.speaker(row) for i, row in speakers.items()},
            offices={o["id"]: records.office(row, o) for row in people for o in row["offices"]},
            treaties={i: records.treaty(row) for i, row in treaties.items()},
            provisions={
                provision_id(row, article): records.provision(row, article, order)
                for row in law["treaties"]
                for order, article in enumerate(row.get("articles") or [])
            },
            actions={
                action_id(row, action, number): records.action(row, action, number)
                for row in law["treaties"]
                for number, action in enumerate(row.get("actions") or [], 1)
            },
            events={row["id"]: records.event(row) for row in events},
            sources={row["id"]: self._source(row) for row in source_rows},
            feeds={row["id"]: self._feeds(row) for row in source_rows},
        )
        self.problems += map(str, records.problems)
        if self.problems:
            raise RegisterError(self.problems)
        return files

    # ------------------------------------------------------------------ files and checks

    def _csv(self, path: Path, required: str) -> list[Record]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
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
        self.problems.append(str(Problem(file, row, field, reason)))

    def _source(self, row: Record) -> Record:
        file, name, records = "sources.csv", row["id"], self.records
        records.link(file, name, "actor", row["actor"], "actors")
        return {
            "slug": name,
            "name": row["name"],
            "kind": records.one_of(file, name, "kind", row["kind"], Source.Kind.values),
            "country": row["country"] if len(row["country"]) == 2 else "",
            "languages": split_list(row["languages"]),
            "homepage": row["homepage"],
            "official": row["official"] == "yes",
            "speaks_for": records.link(file, name, "speaks_for", row["speaks_for"], "actors")
            or "",
            "ownership_group": row["ownership_group"],
            **records.common(
                file,
                name,
                {**row, "evidence": [row["evidence"][:200]] if row["evidence"] else []},
            ),
        }

    def _feeds(self, row: Record) -> list[tuple[str, str, str]]:
        urls, kinds = split_list(row["feed_urls"]), split_list(row["feed_kinds"])
        if urls and len(urls) != len(kinds):
            self._wrong("sources.csv", row["id"], "feed_kinds", "not as many as feed_urls")
            return []
        note = (
            f"{row['feed_status']} on {row['status_date']}"
            if row["status_date"]
            else row["feed_status"]
        )
        return [(url, kind, note) for url, kind in zip(urls, kinds, strict=False)]
