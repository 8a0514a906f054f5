"""Records of who speaks: states and bodies, persons and their offices. Pure."""

import re
from typing import Any

from statements.attribution.register import ACTOR_KINDS, SHORT_NAMES
from statements.attribution.words import TITLES
from statements.models import ActorName, SpeakerName
from statements.register_values import Problem, Record, Values, each_once, listed, several

NATIVE = ("ko", "ja", "ru", "uk", "zh")
RANKS = {row["id"]: int(row["rank"]) for row in TITLES}
# Where an actor's further names stand, by kind.
NAME_COLUMNS = {
    "alias": "aliases", "context": "context_aliases", "adjective": "adjectives", "noun": "nouns",
    "capital": "capital", "metonym": "metonyms",
}  # fmt: skip
STATELIKE = ("state", "observer_state", "entity")
COUNCIL = "un-sc"


class VoiceRecords(Values):
    """Makes records of rows of `actors.csv` and `speakers.yaml`."""

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
            for text in listed(row.get(column))
        ]
        names += [
            ["native", language, row[f"name_{language}"]]
            for language in NATIVE
            if row.get(f"name_{language}")
        ]
        names += [["native", "", text] for text in listed(row.get("aliases_native"))]
        names += self._more_names(file, row, ActorName.Kind.values, checked=False)
        first, _ = self.day(file, name, "valid_from", row.get("valid_from"))
        last = self.last_day(file, name, "valid_to", row.get("valid_to"))
        self.in_order(file, name, "valid_from", first, last)
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
            "names": each_once(names),
            "memberships": each_once(self._memberships(file, row)),
        }

    def speaker(self, row: Record) -> Record:
        """One person of `speakers.yaml`, without offices."""
        file, name = "speakers.yaml", row["id"]
        checked = set(row.get("native_checked") or [])
        names = [["alias", "", text, False] for text in row.get("aliases") or []]
        names += [
            ["native", language, text, language in checked]
            for language, texts in (row.get("native") or {}).items()
            for text in several(texts)
        ]
        names += self._more_names(file, row, SpeakerName.Kind.values, checked=True)
        record = {
            "slug": row.get("slug") or name,
            "kind": row.get("kind") or "person",
            "name": row["name"],
            "family_name": row.get("family_name") or "",
            "gender": self.one_of(file, name, "gender", row.get("gender") or "", ["m", "f"]),
            **self.common(file, name, row),
            "names": each_once(names),
        }
        if "wikidata_id" in row:
            record["wikidata_id"] = row["wikidata_id"] or ""
        if "actor" in row:
            record["actor"] = self.link(file, name, "actor", row["actor"], "actors")
        return record

    def office(self, person: Record, row: Record) -> Record:
        """One office of a person."""
        file, name = "speakers.yaml", row["id"]
        start, start_precision = self.dated(file, name, "start", row)
        end, end_precision = self.dated(file, name, "end", row)
        self.in_order(file, name, "start", start, end)
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
        for item in listed(row.get("more_names")):
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
        for item in listed(row.get("groups")):
            group, start, end = _membership(item)
            if group not in self.known["actors"]:
                self.left_out.append(
                    Problem(file, row["id"], "groups", f"«{item}» is not in the register")
                )
                continue
            first = self.first_day(file, row["id"], "groups", start)
            last = self.last_day(file, row["id"], "groups", end)
            self.in_order(file, row["id"], "groups", first, last)
            found.append([group, first, last])
        return found


def actor_code(row: Record) -> str:
    """The code that follows from a row's id, kind and ISO code."""
    if row.get("iso3") and row["kind"] in STATELIKE:
        return str(row["iso3"])
    if row["kind"] == "organ":
        return str(row["id"]).upper()
    return f"X-{row['id'].upper()}"


def _membership(group: str) -> tuple[str, str | None, str | None]:
    """`UNSC2024` is a year's seat on the Council, `un@1991-09-17/` one from a day on; other
    groups are open at both ends."""
    if found := re.fullmatch(r"UNSC(\d{4})", group):
        return COUNCIL, f"{found[1]}-01-01", f"{found[1]}-12-31"
    if found := re.fullmatch(r"(.+)@([^/]*)/([^/]*)", group):
        return found[1], found[2] or None, found[3] or None
    return group.lower(), None, None
