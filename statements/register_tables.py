"""The register's tables as records: which columns a record has, and what a row says now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models

from sources.models import Source
from sources.registered import Registered
from statements.models import (
    Actor,
    ActorName,
    Event,
    Membership,
    Office,
    Provision,
    Speaker,
    SpeakerName,
    Treaty,
    TreatyAction,
)
from statements.register_values import Record


@dataclass(frozen=True)
class Children:
    """Rows that belong to one row and are written with it, as lists of their columns."""

    model: type[models.Model]
    owner: str
    columns: tuple[str, ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """How records of one table become rows: plain columns, links to rows, children."""

    model: type[models.Model]
    identity: str
    columns: tuple[str, ...]
    links: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    children: dict[str, Children] = field(default_factory=dict)


_COMMON = ("evidence", "confidence", "note")
TABLES = {
    "actors": Table(
        Actor,
        "code",
        ("code", "kind", "name", "official_name", "short_code", "valid_from", "valid_to", *_COMMON),
        links=("parent",),
        children={
            "names": Children(ActorName, "actor", ("kind", "language", "text")),
            "memberships": Children(Membership, "member", ("group", "start", "end"), ("group",)),
        },
    ),
    "speakers": Table(
        Speaker,
        "slug",
        ("slug", "kind", "name", "family_name", "gender", "wikidata_id", *_COMMON),
        links=("actor",),
        children={
            "names": Children(SpeakerName, "speaker", ("kind", "language", "text", "checked"))
        },
    ),
    "offices": Table(
        Office,
        "register_id",
        (
            "title", "title_kind", "rank", "start", "start_precision", "start_basis", "end",
            "end_precision", "end_basis", "attested_from", "attested_to", "verified_to",
            "acting", *_COMMON,
        ),
        links=("speaker", "actor", "organ"),
    ),
    "treaties": Table(
        Treaty,
        "slug",
        (
            "slug", "kind", "short_name", "titles", "aliases", "signed_on", "signed_on_precision",
            "in_force_on", "in_force_on_precision", "summary", *_COMMON,
        ),
        many=("parties", "concerns"),
    ),
    "provisions": Table(
        Provision,
        "register_id",
        ("number", "order", "heading", "summary", "texts", "keywords", "verified", *_COMMON),
        links=("treaty",),
    ),
    "actions": Table(
        TreatyAction,
        "register_id",
        ("kind", "day", "precision", "place", "detail", *_COMMON),
        links=("treaty", "actor"),
        many=("signatories",),
    ),
    "events": Table(
        Event,
        "slug",
        ("slug", "title", "kind", "start", "end", "precision", "place", "symbol", "related", *_COMMON),
        links=("country", "treaty", "provision"),
        many=("actors", "speakers"),
    ),
    "sources": Table(
        Source,
        "slug",
        (
            "slug", "name", "kind", "country", "languages", "homepage", "official",
            "speaks_for", "ownership_group", *_COMMON,
        ),
    ),
}  # fmt: skip


class Keys:
    """By which id a record names a row: its register id, or one made of its code or slug.

    With `survivors`, a row that was merged goes by the id of the row that it became.
    """

    def __init__(self, *, survivors: bool = False) -> None:
        self._survivors = survivors
        self._standing: dict[type[models.Model], dict[str, Any]] = {}

    def of(self, model: type[models.Model]) -> dict[Any, str]:
        """The id of each row of a table, by primary key."""
        return self._all[model]

    def rows(self, model: type[models.Model]) -> dict[str, Any]:
        """The primary key of each standing row of a table, by id."""
        if model not in self._standing:  # asked for each row that is written
            merged = self._merged.get(model, {})
            rows = self._all[model].items()
            self._standing[model] = {key: pk for pk, key in rows if pk not in merged}
        return self._standing[model]

    @cached_property
    def _all(self) -> dict[type[models.Model], dict[Any, str]]:
        actors = self._keys(Actor, lambda row: row["code"].lower(), "code")
        speakers = self._keys(Speaker, lambda row: row["slug"], "slug")
        treaties = self._keys(Treaty, lambda row: row["slug"], "slug")
        return {
            Actor: actors,
            Speaker: speakers,
            Treaty: treaties,
            Event: self._keys(Event, lambda row: row["slug"], "slug"),
            Source: self._keys(Source, lambda row: row["slug"], "slug"),
            Office: self._keys(
                Office, lambda row: f"{speakers[row['speaker']]}.row{row['pk']}", "speaker"
            ),
            Provision: self._keys(
                Provision,
                lambda row: f"{treaties[row['treaty']]}.{row['number']}",
                "treaty",
                "number",
            ),
            TreatyAction: self._keys(
                TreatyAction, lambda row: f"{treaties[row['treaty']]}.row{row['pk']}", "treaty"
            ),
        }

    def _keys(
        self, model: type[Registered], make: Callable[[dict[str, Any]], str], *columns: str
    ) -> dict[Any, str]:
        rows = list(model._default_manager.values("pk", "register_id", *columns))
        keys = {row["pk"]: row["register_id"] for row in rows if row["register_id"]}
        taken = set(keys.values())
        for row in rows:
            if not row["register_id"]:
                key = make(row)
                keys[row["pk"]] = f"{key}.row{row['pk']}" if key in taken else key
        for pk in self._merged.get(model, {}):
            keys[pk] = keys[self._survivor(model, pk)]
        return keys

    @cached_property
    def _merged(self) -> dict[type[models.Model], dict[Any, Any]]:
        if not self._survivors:
            return {}
        return {
            model: dict(
                model._default_manager.filter(merged_into__isnull=False).values_list(
                    "pk", "merged_into"
                )
            )
            for model in (Actor, Speaker)
        }

    def _survivor(self, model: type[models.Model], pk: Any) -> Any:
        """The row at the end of the pointers; they may not lead in a circle, and if they do
        the row stands for itself."""
        seen, at = {pk}, pk
        while at in self._merged[model]:
            at = self._merged[model][at]
            if at in seen:
                return pk
            seen.add(at)
        return at


def rows_of(table: Table) -> "models.QuerySet[Any]":
    """All rows of a table with what their records need."""
    prefetched = [related_name(child) for child in table.children.values()]
    return table.model._default_manager.prefetch_related(*prefetched, *table.many)


def current(table: Table, row: Any, keys: Keys) -> Record:
    """The row as a record, with all its columns."""
    record: Record = {column: _plain(getattr(row, column)) for column in table.columns}
    for link in table.links:
        record[link] = keys.of(linked(table.model, link)).get(getattr(row, f"{link}_id"))
    for name, child in table.children.items():
        cells = [
            [_cell(child, item, column, keys) for column in child.columns]
            for item in getattr(row, related_name(child)).all()
        ]
        record[name] = sorted(cells, key=lambda values: [str(value) for value in values])
    for name in table.many:
        of = keys.of(linked(table.model, name))
        record[name] = sorted({of[item.pk] for item in getattr(row, name).all()})
    return record


def related_tables(table: Table) -> set[str]:
    """The names of the database's tables in which rows of a table and their parts lie."""
    models_of = [table.model, *(child.model for child in table.children.values())]
    through = [getattr(table.model, name).through for name in table.many]
    return {model._meta.db_table for model in [*models_of, *through]}


def linked(model: type[models.Model], link: str) -> type[models.Model]:
    """The model that a link of a model leads to."""
    found = model._meta.get_field(link).related_model
    assert isinstance(found, type)
    return found


def related_name(child: Children) -> str:
    """The name by which the owner reaches these children."""
    relation: Any = child.model._meta.get_field(child.owner)
    return str(relation.remote_field.related_name)


def _cell(child: Children, item: Any, column: str, keys: Keys) -> Any:
    if column in child.links:
        return keys.of(linked(child.model, column))[getattr(item, f"{column}_id")]
    return _plain(getattr(item, column))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
