"""Checked records into rows: what is new is made, what nobody edited follows its file.

A row that a person edited is never overwritten; if its file says something else, the conflict
is reported field by field. Loading the same files again writes nothing.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction

from sources.models import Feed, Source
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
from statements.register_files import Record, RegisterError, RegisterFiles


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
        ("slug", "kind", "name", "family_name", "gender", *_COMMON),
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
        ("slug", "kind", "short_name", "titles", "aliases", "signed_on", "in_force_on", "summary", *_COMMON),
        many=("parties", "concerns"),
    ),
    "provisions": Table(
        Provision,
        "register_id",
        ("number", "order", "heading", "summary", "keywords", "verified", *_COMMON),
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


@dataclass
class Loaded:
    """What a load did: rows by table and outcome, and one sentence for each conflict."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)


@transaction.atomic
def load(files: RegisterFiles) -> Loaded:
    """Write the records; all of them or, when something raises, none."""
    loaded = Loaded()
    for name, table in TABLES.items():
        loaded.counts[name] = _load_table(name, table, getattr(files, name), loaded)
    loaded.counts["feeds"] = _load_feeds(files)
    return loaded


def _load_table(
    name: str, table: Table, records: dict[str, Record], loaded: Loaded
) -> Counter[str]:
    counts: Counter[str] = Counter()
    by_hand = _made_by_hand(table, records)
    if by_hand:
        raise RegisterError(
            [
                f"{name}: {key}: {table.identity}: a row made by hand has "
                f"{records[key][table.identity]}; delete or rename it, then load again"
                for key in by_hand
            ]
        )
    rows = {row.register_id: row for row in _rows(table)}
    loaded.vanished += [
        f"{name}: {key} is no longer in its file; the row stays"
        for key in sorted(set(rows) - set(records))
    ]
    new: list[tuple[str, Record]] = []
    changed: list[tuple[Any, Record]] = []
    for key, record in records.items():
        row = rows.get(key)
        if row is None:
            new.append((key, record))
            continue
        if row.registered == record:
            counts["unchanged"] += 1
            continue
        now = _current(table, row)
        # A column that is new since the last load is nobody's edit.
        if all(now.get(column) == value for column, value in row.registered.items()):
            changed.append((row, record))
            continue
        counts["kept"] += 1
        loaded.conflicts += [
            f"{name}: {key}: {column}: the file has {record[column]!r}, the edited row {now[column]!r}"
            for column in record
            if record[column] != now.get(column)
        ]
    _create(table, new)
    _update(table, changed)
    counts["created"] = len(new)
    counts["updated"] = len(changed)
    return counts


def _rows(table: Table) -> "models.QuerySet[Any]":
    rows = table.model._default_manager.filter(register_id__isnull=False)
    prefetched = [_related_name(child) for child in table.children.values()]
    return rows.select_related(*table.links).prefetch_related(*prefetched, *table.many)


def _made_by_hand(table: Table, records: dict[str, Record]) -> list[str]:
    """The records whose code or slug a row made by hand has already."""
    if table.identity == "register_id":
        return []
    rows = table.model._default_manager.filter(register_id__isnull=True)
    taken = set(rows.values_list(table.identity, flat=True))
    return [key for key, record in records.items() if record[table.identity] in taken]


def _create(table: Table, new: list[tuple[str, Record]]) -> None:
    """Make the rows first and their links, children and sets then, since links may be mutual."""
    if not new:
        return
    later = [link for link in table.links if _linked(table.model, link) is table.model]
    ids = _ids_of_links(table)
    rows = [
        table.model(
            register_id=key,
            registered=record,
            **{column: record[column] for column in table.columns},
            **{
                f"{link}_id": ids[link].get(record[link])
                for link in table.links
                if link not in later
            },
        )
        for key, record in new
    ]
    table.model._default_manager.bulk_create(rows)
    for link in later:
        ids[link] = _ids(table.model)
        linked = []
        for row, (_, record) in zip(rows, new, strict=True):
            if record[link]:
                setattr(row, f"{link}_id", ids[link][record[link]])
                linked.append(row)
        table.model._default_manager.bulk_update(linked, [link])
    _write_children(table, list(zip(rows, (record for _, record in new), strict=True)))


def _update(table: Table, changed: list[tuple[Any, Record]]) -> None:
    ids = _ids_of_links(table)
    for row, record in changed:
        for column in table.columns:
            setattr(row, column, record[column])
        for link in table.links:
            setattr(row, f"{link}_id", ids[link].get(record[link]))
        row.registered = record
        row.save()
        for child in table.children.values():
            child.model._default_manager.filter(**{child.owner: row}).delete()
    _write_children(table, changed)


def _write_children(table: Table, rows: list[tuple[Any, Record]]) -> None:
    for name, child in table.children.items():
        ids = {link: _ids(_linked(child.model, link)) for link in child.links}
        child.model._default_manager.bulk_create(
            child.model(
                **{child.owner: row},
                **{
                    f"{column}_id" if column in ids else column: ids[column][cell]
                    if column in ids
                    else cell
                    for column, cell in zip(child.columns, cells, strict=True)
                },
            )
            for row, record in rows
            for cells in record[name]
        )
    for name in table.many:
        ids_of = _ids(_linked(table.model, name))
        for row, record in rows:
            wanted = [ids_of[key] for key in record[name]]
            if wanted or row.registered != record:
                getattr(row, name).set(wanted)


def _ids_of_links(table: Table) -> dict[str, dict[Any, int]]:
    return {link: _ids(_linked(table.model, link)) for link in table.links}


def _linked(model: type[models.Model], link: str) -> type[models.Model]:
    """The model that a link of a model leads to."""
    linked = model._meta.get_field(link).related_model
    assert isinstance(linked, type)
    return linked


def _related_name(child: Children) -> str:
    """The name by which the owner reaches these children."""
    relation: Any = child.model._meta.get_field(child.owner)
    return str(relation.remote_field.related_name)


def _ids(model: type[models.Model]) -> dict[Any, int]:
    return dict(
        model._default_manager.filter(register_id__isnull=False).values_list(
            "register_id", "pk"
        )
    )


def _current(table: Table, row: Any) -> Record:
    """The row as a record, to be compared with what was loaded."""
    record: Record = {column: _plain(getattr(row, column)) for column in table.columns}
    for link in table.links:
        linked = getattr(row, link)
        record[link] = linked.register_id if linked else None
    for name, child in table.children.items():
        related = _related_name(child)
        cells = [
            [
                getattr(item, column).register_id
                if column in child.links
                else _plain(getattr(item, column))
                for column in child.columns
            ]
            for item in getattr(row, related).all()
        ]
        record[name] = sorted(cells, key=lambda values: [str(value) for value in values])
    for name in table.many:
        record[name] = sorted(str(item.register_id) for item in getattr(row, name).all())
    return record


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _load_feeds(files: RegisterFiles) -> Counter[str]:
    """Make the catalogue's feeds, switched off; what became of them is the admin's business."""
    known = set(Feed.objects.values_list("url", flat=True))
    sources = _ids(Source)
    kinds = set(Feed.Kind.values)
    new = {
        url: Feed(source_id=sources[key], url=url, kind=kind, note=note, enabled=False)
        for key, feeds in files.feeds.items()
        for url, kind, note in feeds
        if url not in known and kind in kinds and key in sources
    }
    Feed.objects.bulk_create(new.values())
    listed = sum(len(feeds) for feeds in files.feeds.values())
    return Counter(created=len(new), unchanged=listed - len(new))
