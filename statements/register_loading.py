"""The project's files into rows: what is new is made, what nobody edited follows its file.

A row that a person edited is never overwritten, and one that was merged or withdrawn never
comes back; if its file says something else, the conflict
is reported field by field. Loading the same files again writes nothing.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sources.models import Feed, Source
from statements.register_files import RegisterError, RegisterFiles
from statements.register_following import Following, left_behind
from statements.register_tables import TABLES, Keys, Table, current, rows_of
from statements.register_values import Record
from statements.register_writing import create_rows, update_rows
from statements.search.entries import deferred


@dataclass
class Loaded:
    """What a load did: rows by table and outcome, and one sentence for each conflict."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)


@deferred()
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
    keys, following = Keys(survivors=True), Following()
    gone = left_behind(table.model)
    rows = {row.register_id: row for row in rows_of(table).filter(register_id__isnull=False)}
    loaded.vanished += [
        f"{name}: {key} is no longer in its file; the row stays"
        for key, row in sorted(rows.items())
        if key not in records and row.registered is not None
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
        if row.pk in gone:
            counts["merged or withdrawn"] += 1
            continue
        now = current(table, row, keys)
        # A column that is new since the last load is nobody's edit.
        if row.registered is not None and all(
            now.get(column) == value
            for column, value in following.follow(table, row.registered).items()
        ):
            changed.append((row, record))
            continue
        # A row that an import brought is a person's, and may say the same.
        said = following.follow(table, record)
        differing = [column for column in said if said[column] != now.get(column)]
        counts["kept" if differing or row.registered is not None else "unchanged"] += 1
        loaded.conflicts += [
            f"{name}: {key}: {column}: the file has {said[column]!r}, the edited row {now[column]!r}"
            for column in differing
        ]
    create_rows(table, new, loaded=True)
    update_rows(table, changed, loaded=True)
    counts["created"] = len(new)
    counts["updated"] = len(changed)
    return counts


def _made_by_hand(table: Table, records: dict[str, Record]) -> list[str]:
    """The records whose code or slug a row made by hand has already."""
    if table.identity == "register_id":
        return []
    rows = table.model._default_manager.filter(register_id__isnull=True)
    taken = set(rows.values_list(table.identity, flat=True))
    return [key for key, record in records.items() if record[table.identity] in taken]


def _load_feeds(files: RegisterFiles) -> Counter[str]:
    """Make the catalogue's feeds, switched off; what became of them is the admin's business."""
    known = set(Feed.objects.values_list("url", flat=True))
    sources = Keys().rows(Source)
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
