"""Whether everything that writes and guards the history still stands as the migrations made it."""

import re
from collections.abc import Iterator

from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader

from history.auditing import Audit

# A trigger's kind as PostgreSQL counts it: 1 for each row, 2 before, then what it fires on.
_FIRES_ON = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_ROW, _BEFORE = 1, 2
_GUARDS = [
    ("history_change", "history_seal", "history_seal", _ROW | _FIRES_ON["INSERT"]),
    *[
        guard
        for table in ("history_change", "history_seal")
        for guard in (
            (
                table, "history_is_kept", "history_is_kept",
                _ROW | _BEFORE | _FIRES_ON["UPDATE"] | _FIRES_ON["DELETE"],
            ),
            (
                table, "history_is_not_emptied", "history_is_kept",
                _BEFORE | _FIRES_ON["TRUNCATE"],
            ),
        )
    ],
]  # fmt: skip
_TRIGGERS = """
SELECT c.relname, t.tgname, p.proname, t.tgtype, t.tgenabled, t.tgargs, t.tgqual IS NOT NULL,
       t.tgattr::text <> ''
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
"""
_BODIES = """
SELECT proname, prosrc FROM pg_proc
 WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'history\\_%%'
"""


def audits() -> list[Audit]:
    """What the migrations that ran have audited, one for each table, the latest of each."""
    return list({one.table: one for one in _operations() if isinstance(one, Audit)}.values())


def faults() -> Iterator[str]:
    """Yield a sentence for each trigger or function of the history that is not as it was made."""
    found = _triggers()
    for audit in audits():
        kind = _ROW | sum(_FIRES_ON[word] for word in audit.on.split(" OR "))
        yield from _fault(found, audit.table, "history_record", "history_record", kind)
        trigger = found.get((audit.table, "history_record"))
        if trigger and trigger[3] != audit.arguments:
            yield f"table {audit.table}: its trigger history_record has other arguments"
    for guard in _GUARDS:
        yield from _fault(found, *guard)
    written = "\n".join(str(one.sql) for one in _operations() if isinstance(one, RunSQL))
    made = set(re.findall(r"CREATE (?:OR REPLACE )?FUNCTION (history_\w+)", written))
    with connection.cursor() as cursor:
        cursor.execute(_BODIES)
        bodies = dict(cursor.fetchall())
    for name in sorted(made):
        if name not in bodies:
            yield f"function {name}: missing"
        elif bodies[name] not in written:
            yield f"function {name}: it is not the one that the migrations made"


_Trigger = tuple[str, int, str, tuple[str, ...], bool]


def _triggers() -> dict[tuple[str, str], _Trigger]:
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        return {
            (table, name): (
                function, kind, enabled, _arguments(arguments), condition or columns,
            )
            for table, name, function, kind, enabled, arguments, condition, columns in cursor
        }  # fmt: skip


def _arguments(raw: bytes) -> tuple[str, ...]:
    return tuple(bytes(raw).decode().split("\0")[:-1])


def _fault(
    found: dict[tuple[str, str], _Trigger], table: str, name: str, function: str, kind: int
) -> Iterator[str]:
    trigger = found.get((table, name))
    if trigger is None:
        yield f"table {table}: its trigger {name} is missing"
    elif trigger[2] not in {"O", "A"}:
        yield f"table {table}: its trigger {name} is switched off"
    elif trigger[:2] != (function, kind) or trigger[4]:
        yield f"table {table}: its trigger {name} is not the one that the migrations made"


def _operations() -> Iterator[object]:
    """The operations of all migrations that ran, those of one app in their order."""
    loader = MigrationLoader(connection)
    for key in sorted(loader.disk_migrations):
        if key in loader.applied_migrations:
            yield from loader.disk_migrations[key].operations
