"""Records of what is spoken of: treaties, their articles, what became of them, events. Pure."""

from typing import Any

from statements.models import Treaty
from statements.models.dates import Precision
from statements.register_values import Problem, Record, Values, several

_ACTION_WORDS = {
    "sign": "signed", "ratify": "ratified", "enter_into_force": "in force",
    "authorise_signature": "authorise signature", "publish_text": "publish text",
    "submit_to_parliament": "submit to parliament", "parliament_approves": "parliament approves",
    "exchange_instruments": "exchange instruments", "lose_force": "lose force",
}  # fmt: skip


class MatterRecords(Values):
    """Makes records of rows of `treaties.yaml` and `events.yaml`."""

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
        signed_on, signed_on_precision = self.dated(file, name, "signed", days)
        in_force_on, in_force_on_precision = self.dated(file, name, "in_force", days)
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
            "order": self.count(file, name, "order", row.get("order"), order),
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
        day, precision = self.dated(file, name, "date", row, precision="precision")
        by = several(row.get("by"))
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
        start, precision = self.dated(file, name, "start", row, precision="precision")
        # What is known of both is known as exactly: `precision` is that of the end as well.
        read_end = self.last_day if precision == Precision.DAY else self.first_day
        end = read_end(file, name, "end", row.get("end"))
        self.in_order(file, name, "start", start, end)
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
                self.unknown(file, name, "participants", one)
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


def treaty_kind(row: Record) -> str:
    """The kind of an instrument, said in the program's words or in those of the files."""
    if row["kind"] in Treaty.Kind.values:
        return str(row["kind"])
    if row["kind"] == "unsc_resolution":
        return "resolution"
    return "charter" if row["id"].startswith("un-charter") else "mechanism"
