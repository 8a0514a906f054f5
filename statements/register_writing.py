"""Records into rows. Who calls decides which rows are new and which may be changed."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from statements.register_following import Following
from statements.register_tables import Children, Keys, Table, linked
from statements.register_values import Record


def create_rows(table: Table, new: list[tuple[str, Record]], *, loaded: bool) -> None:
    """Make rows by register id; `loaded` ones remember their record as that of their file.

    Rows come first and their links, children and sets then, since links may be mutual.
    """
    if not new:
        return
    keys = Keys(survivors=True)
    said = _followed(table, [record for _, record in new], loaded=loaded)
    later = [link for link in table.links if linked(table.model, link) is table.model]
    rows = []
    for (key, record), followed in zip(new, said, strict=True):
        row = table.model(register_id=key, registered=record if loaded else None)
        _fill(table, row, followed, keys, without=later)
        rows.append(row)
    table.model._default_manager.bulk_create(rows)
    keys = Keys(survivors=True)
    for link in later:
        ids = keys.rows(table.model)
        pointing = []
        for row, record in zip(rows, said, strict=True):
            if record.get(link):
                setattr(row, f"{link}_id", ids[record[link]])
                pointing.append(row)
        table.model._default_manager.bulk_update(pointing, [link])
    _write_sets(table, list(zip(rows, said, strict=True)), keys, fresh=True)


def update_rows(table: Table, changed: list[tuple[Any, Record]], *, loaded: bool) -> None:
    """Change rows to what their records say; a column that a record lacks stays as it is."""
    if not changed:
        return
    keys = Keys(survivors=True)
    said = _followed(table, [record for _, record in changed], loaded=loaded)
    for (row, record), followed in zip(changed, said, strict=True):
        _fill(table, row, followed, keys)
        if loaded:
            row.registered = record
        row.save()
    rows = [row for row, _ in changed]
    _write_sets(table, list(zip(rows, said, strict=True)), keys)


def _followed(table: Table, records: list[Record], *, loaded: bool) -> list[Record]:
    """The records as they are written: the project's files name merged rows by their old ids."""
    if not loaded:
        return records
    following = Following()
    return [following.follow(table, record) for record in records]


def _fill(
    table: Table, row: Any, record: Record, keys: Keys, without: Iterable[str] = ()
) -> None:
    for column in table.columns:
        if column in record:
            setattr(row, column, record[column])
    for link in table.links:
        if link in record and link not in without:
            ids = keys.rows(linked(table.model, link))
            setattr(row, f"{link}_id", ids[record[link]] if record[link] else None)


def _write_sets(
    table: Table, rows: list[tuple[Any, Record]], keys: Keys, *, fresh: bool = False
) -> None:
    for name, child in table.children.items():
        _write_children(name, child, rows, keys)
    for name in table.many:
        ids = keys.rows(linked(table.model, name))
        for row, record in rows:
            if record[name] or not fresh:
                getattr(row, name).set([ids[key] for key in record[name]])


def _write_children(
    name: str, child: Children, rows: list[tuple[Any, Record]], keys: Keys
) -> None:
    """Delete and make only those that differ, since each leaves its trace in the history."""
    ids = {link: keys.rows(linked(child.model, link)) for link in child.links}
    columns = [f"{column}_id" if column in ids else column for column in child.columns]
    standing: dict[Any, dict[tuple[Any, ...], Any]] = {row.pk: {} for row, _ in rows}
    owned = child.model._default_manager.filter(**{f"{child.owner}__in": standing})
    for pk, owner, *cells in owned.values_list("pk", f"{child.owner}_id", *columns):
        standing[owner][tuple(map(_text, cells))] = pk
    gone: list[Any] = []
    made: list[models.Model] = []
    for row, record in rows:
        wanted = {}
        for item in record[name]:
            cells = [
                ids[column][cell] if column in ids else cell
                for column, cell in zip(child.columns, item, strict=True)
            ]
            wanted[tuple(map(_text, cells))] = cells
        gone += [pk for cells, pk in standing[row.pk].items() if cells not in wanted]
        made += [
            child.model(**{child.owner: row}, **dict(zip(columns, cells, strict=True)))
            for key, cells in wanted.items()
            if key not in standing[row.pk]
        ]
    child.model._default_manager.filter(pk__in=gone).delete()
    child.model._default_manager.bulk_create(made)


def _text(cell: Any) -> str:
    """A value by which cells of a record and of a row are the same: days are texts in records."""
    return str(cell)
