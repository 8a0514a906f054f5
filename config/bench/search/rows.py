"""Many rows of a model at once, as fast as the database takes them."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import JSONField, Model

Row = TypeVar("Row", bound=Model)
# Writes new rows of one model, which then have their keys.
Insert = Callable[[Iterable[Any]], list[Any]]


def write_rows(rows: Iterable[Row]) -> list[Row]:
    """Write new rows of one model by COPY, for which all triggers fire; they get their keys.

    `bulk_create` costs a placeholder for each value, and here a million statements are written.
    A field that the database fills must have its value already.
    """
    written = list(rows)
    if not written:
        return written
    table, fields = written[0]._meta.db_table, written[0]._meta.concrete_fields
    # Of all others the database's client takes the value as it is.
    prepared = [field for field in fields if isinstance(field, JSONField | ArrayField)]
    plain = [field for field in fields if field not in prepared]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in prepared + plain)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [quote(table), len(written)],
        )
        for row, (key,) in zip(written, cursor.fetchall(), strict=True):
            row.pk = key
        with cursor.copy(f"COPY {quote(table)} ({columns}) FROM STDIN") as copy:
            for row in written:
                copy.write_row(
                    [
                        field.get_db_prep_save(getattr(row, field.attname), connection)
                        for field in prepared
                    ]
                    + [getattr(row, field.attname) for field in plain]
                )
    for row in written:
        row._state.adding = False
    return written
