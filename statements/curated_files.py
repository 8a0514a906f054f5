"""The file of curated statements as checked entries. Asks no database."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from statements.models import Attestation, Position, Statement
from statements.models.dates import SaidPrecision
from statements.register_files import FOLDER, RegisterError

FILE = FOLDER / "statements.yaml"
MOST_WORDS = 12  # of a fragment
_FORMS = {
    "unknown": Statement.Form.UNKNOWN,
    "unsc_meeting": Statement.Form.UN_MEETING,
    "state_media_report": Statement.Form.MEDIA_REPORT,
}
_BASES = {"weekday", "dateline", "inferred", "other_source", "none"}
_CAPACITIES = {"state", "organisation", "state_media", "co-issuer"}
_CONFIDENCE = {
    "high": Attestation.Confidence.CONFIDENT,
    "medium": Attestation.Confidence.LIKELY,
    "low": Attestation.Confidence.DOUBTFUL,
}
_NEEDED = {
    "id", "phase", "actors", "joint", "speakers", "said_on", "precision", "date_basis", "form",
    "venue", "event", "object", "stance", "legal", "modality", "provisions", "summary",
    "reports", "traps", "confidence",
}  # fmt: skip
_ALLOWED = _NEEDED | {"said_on_from", "said_on_to", "relay"}
_REPORT_NEEDED = {
    "seed", "outlet", "printed_attribution", "cue", "directness", "translation", "quotes",
    "persons_named",
}  # fmt: skip
_REPORT_ALLOWED = _REPORT_NEEDED | {"also_reported_as"}


@dataclass(frozen=True)
class Said:
    """One who speaks: ids of the register; `office` is empty when none is named."""

    speaker: str
    office: str
    capacity: str


@dataclass(frozen=True)
class Told:
    """One report of a statement by an outlet; `document` names the article in evidence.yaml."""

    document: str
    title: str
    published_on: date
    source: str
    printed: str
    cue: str
    directness: str
    translation: str
    fragments: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One statement of the file, in the codes of the models; links are ids of the register.

    `record` is what its row and the rows of its documents say, to be compared at the next load.
    """

    id: str
    actors: tuple[str, ...]
    joint: bool
    speakers: tuple[Said, ...]
    said_on: date | None
    said_on_to: date | None
    precision: str
    basis: str
    form: str
    place: str
    event: str
    object: str
    stance: str
    legal: str
    modality: str
    provisions: tuple[str, ...]
    summary: str
    relay: str
    confidence: str
    notes: tuple[str, ...]
    reports: tuple[Told, ...]
    record: dict[str, Any]


@dataclass(frozen=True)
class Curated:
    """The file: its version and its entries, in order."""

    version: str
    entries: tuple[Entry, ...]


def read_curated(file: Path = FILE, evidence: Path = FOLDER / "evidence.yaml") -> Curated:
    """Read and check the file; raise `RegisterError` with everything that is wrong."""
    try:
        whole = yaml.safe_load(file.read_text(encoding="utf-8"))
        seen = yaml.safe_load(evidence.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RegisterError([f"{file.name}: cannot be read: {error}"]) from error
    rows = whole.get("statements") if isinstance(whole, dict) else None
    if not isinstance(rows, list):
        raise RegisterError([f"{file.name}: there is no list «statements»"])
    documents = {str(row.get("ref")): row for row in seen if isinstance(row, dict)}
    reader = _Reader(file.name, documents)
    entries = [
        entry for number, row in enumerate(rows, 1) if (entry := reader.entry(number, row))
    ]
    twice = [key for key, n in Counter(entry.id for entry in entries).items() if n > 1]
    reader.problems += [f"{file.name}: {key}: there are two of this id" for key in twice]
    if reader.problems:
        raise RegisterError(reader.problems)
    return Curated(str(whole.get("version", "")), tuple(entries))


class _Reader:
    """Turns rows into entries and notes what is wrong with them."""

    def __init__(self, name: str, documents: dict[str, dict[str, Any]]) -> None:
        self._name, self._documents = name, documents
        self._key = ""
        self.problems: list[str] = []

    def entry(self, number: int, row: Any) -> Entry | None:
        """The entry of a row; None when it has problems."""
        before = len(self.problems)
        self._key = (
            str(row.get("id") or f"row {number}") if isinstance(row, dict) else f"row {number}"
        )
        if not isinstance(row, dict):
            self._wrong("row", "is not a mapping")
            return None
        self._fields("", row, _NEEDED, _ALLOWED)
        if len(self.problems) > before:
            return None
        first, last = self._days(row)
        reports = tuple(
            told
            for each in self._list(row, "reports")
            if (told := self._report(each)) is not None
        )
        if not reports:
            self._wrong("reports", "there is none")
        if not str(row["summary"] or "").strip():
            self._wrong("summary", "is empty")
        entry = Entry(
            id=str(row["id"]),
            actors=self._list(row, "actors"),
            joint=row["joint"] is True,
            speakers=tuple(
                said for each in self._list(row, "speakers") if (said := self._voice(each))
            ),
            said_on=first,
            said_on_to=last,
            precision=self._code("precision", row["precision"], SaidPrecision.values),
            basis=self._code("date_basis", row["date_basis"], _BASES),
            form=self._form(row["form"]),
            place=str(row["venue"] or ""),
            event=str(row["event"] or ""),
            object=self._code("object", row["object"], Position.Object.values),
            stance=self._code("stance", row["stance"], Position.Stance.values),
            legal=self._code("legal", row["legal"], Position.Legal.values),
            modality=self._code("modality", row["modality"], Position.Modality.values),
            provisions=self._list(row, "provisions"),
            summary=str(row["summary"]),
            relay=str(row.get("relay") or ""),
            confidence=_CONFIDENCE.get(
                self._code("confidence", row["confidence"], _CONFIDENCE), ""
            ),
            notes=self._list(row, "traps"),
            reports=reports,
            record={**row, "documents": [self._document(told.document) for told in reports]},
        )
        if not entry.actors:
            self._wrong("actors", "there is none")
        return entry if len(self.problems) == before else None

    def _report(self, row: Any) -> Told | None:
        if not isinstance(row, dict):
            self._wrong("reports", "one is not a mapping")
            return None
        before = len(self.problems)
        self._fields("reports: ", row, _REPORT_NEEDED, _REPORT_ALLOWED)
        if len(self.problems) > before:
            return None
        quotes = self._list(row, "quotes")
        for quote in quotes:
            if len(str(quote).split()) > MOST_WORDS:
                self._wrong("quotes", f"«{quote}» is longer than {MOST_WORDS} words")
        if str(row["seed"]) not in self._documents:
            self._wrong("seed", f"«{row['seed']}» is not in evidence.yaml")
            return None
        document = self._document(str(row["seed"]))
        day = self._day("date in evidence.yaml", document["date"])
        if day is None:
            return None
        translators = {"none", "unknown", *Attestation.Translator.values}
        return Told(
            document=str(row["seed"]),
            title=f"[{str(document['shows']).partition(';')[0]}]",
            published_on=day,
            source=str(row["outlet"]),
            printed=str(row["printed_attribution"]),
            cue=str(row["cue"] or ""),
            directness=self._code(
                "directness", row["directness"], Attestation.Directness.values
            ),
            translation=self._code("translation", row["translation"], translators),
            fragments=tuple(map(str, quotes)),
            named=self._list(row, "persons_named"),
        )

    def _document(self, ref: str) -> dict[str, Any]:
        return {name: self._documents[ref].get(name) for name in ("id", "date", "shows")}

    def _voice(self, row: Any) -> Said | None:
        if not isinstance(row, dict) or not row.get("speaker"):
            self._wrong("speakers", f"«{row}» names no speaker")
            return None
        capacity = self._code("capacity", row.get("capacity"), _CAPACITIES)
        return Said(str(row["speaker"]), str(row.get("office") or ""), capacity)

    def _days(self, row: dict[str, Any]) -> tuple[date | None, date | None]:
        """The day of saying; the first and the last one where it is one of several."""
        several = row["precision"] == SaidPrecision.RANGE
        if several:
            first = self._day("said_on_from", row.get("said_on_from"))
            last = self._day("said_on_to", row.get("said_on_to"))
            if first and last and first >= last:
                self._wrong("said_on_to", "is not later than said_on_from")
            return first, last
        if row["said_on"] is None:
            if row["precision"] != SaidPrecision.UNKNOWN or row["date_basis"] != "none":
                self._wrong("said_on", "is missing; precision or date_basis says it is known")
            return None, None
        if row["date_basis"] == "none":
            self._wrong("date_basis", "says nothing of how the day is known")
        return self._day("said_on", row["said_on"]), None

    def _day(self, field: str, value: object) -> date | None:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self._wrong(field, f"«{value}» is not a day, such as 2024-06-19")
            return None

    def _form(self, value: object) -> str:
        code = self._code("form", value, {*Statement.Form.values, *_FORMS})
        return _FORMS.get(code, code)

    def _code(self, field: str, value: object, codes: Collection[str]) -> str:
        known = {str(code) for code in codes if code}
        if str(value) not in known:
            self._wrong(field, f"«{value}» is none of {', '.join(sorted(known))}")
        return str(value)

    def _list(self, row: dict[str, Any], field: str) -> tuple[Any, ...]:
        if not isinstance(row[field], list):
            self._wrong(field, "is not a list")
            return ()
        return tuple(row[field])

    def _fields(
        self, where: str, row: dict[str, Any], needed: set[str], allowed: set[str]
    ) -> None:
        for name in sorted(needed - row.keys()):
            self._wrong(f"{where}{name}", "is missing")
        for name in sorted(row.keys() - allowed):
            self._wrong(f"{where}{name}", "there is no such field")

    def _wrong(self, field: str, what: str) -> None:
        self.problems.append(f"{self._name}: {self._key}: {field}: {what}")
