"""Whether all that writes and guards the history, and the words, is as the migrations made it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader

from history.auditing import Audit

# A trigger's kind as PostgreSQL counts it: 1 for each row, 2 before, then what it fires on.
_FIRES_ON = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_ROW, _BEFORE = 1, 2
_MADE_TRIGGER = re.compile(
    r"""CREATE\s+(?:CONSTRAINT\s+)?TRIGGER\s+(?P<name>\w+)\s+(?P<when>BEFORE|AFTER)\s+
        (?P<events>[\w\s,]+?)\s+ON\s+"?(?P<table>\w+)"?(?P<how>[^;]*?)
        EXECUTE\s+FUNCTION\s+(?P<function>\w+)\((?P<arguments>[^;]*)\)""",
    re.VERBOSE,
)
_CONDITION = re.compile(r"WHEN \((.*)\)", re.DOTALL)
_MADE_FUNCTION = re.compile(
    r"CREATE (?:OR REPLACE )?FUNCTION (\w+)(?:(?!\$\$).)*\$\$(.*?)\$\$", re.DOTALL
)
_DROPPED_TRIGGER = re.compile(r'DROP TRIGGER (?P<name>\w+) ON "?(?P<table>\w+)"?')
_DROPPED_FUNCTION = re.compile(r"DROP FUNCTION (\w+)")
_SET = re.compile(r"ALTER FUNCTION (\w+)\([^)]*\) SET (\w+) TO '(\w+)'")
_TRIGGERS = r"""
SELECT c.relname, t.tgname, p.proname, t.tgtype, t.tgargs, t.tgattr::text = '',
       coalesce(substring(pg_get_triggerdef(t.oid) FROM ' WHEN \((.*)\) EXECUTE FUNCTION '), ''),
       t.tgenabled IN ('O', 'A'), t.tgisinternal
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE c.relnamespace = current_schema()::regnamespace
   AND (NOT t.tgisinternal OR t.tgenabled NOT IN ('O', 'A'))
"""
_FUNCTIONS = """
SELECT proname, prosrc, prosecdef, coalesce(proconfig, '{}') FROM pg_proc
 WHERE pronamespace = current_schema()::regnamespace
"""
_RULES = "SELECT tablename, rulename FROM pg_rules WHERE schemaname = current_schema()"


@dataclass(frozen=True)
class _Trigger:
    """What a trigger does: its function with arguments, and when it fires."""

    function: str
    kind: int
    arguments: tuple[str, ...]
    every_column: bool
    condition: str  # as PostgreSQL shows it, in brackets; empty without one


@dataclass(frozen=True)
class _Function:
    """The body of a function, its settings, and whether it runs as who made it."""

    body: str
    settings: frozenset[str]
    as_owner: bool = False


def audits() -> list[Audit]:
    """What the migrations that ran have audited, one for each table, the latest of each."""
    return list({one.table: one for one in _operations() if isinstance(one, Audit)}.values())


def faults() -> Iterator[str]:
    """Yield a sentence for each trigger or function that is not as it was made, for each that
    nobody made, and for each migration that did not run, as what it made is not looked for."""
    loader = MigrationLoader(connection)
    for app, name in sorted(set(loader.disk_migrations) - set(loader.applied_migrations)):
        yield f"migration {app}.{name}: it has not run here"
    written = "\n".join(_forward(one) for one in _operations() if isinstance(one, RunSQL))
    yield from _wrong_triggers(written)
    yield from _wrong_functions(written)
    with connection.cursor() as cursor:
        cursor.execute(_RULES)
        for table, rule in cursor.fetchall():
            yield f"table {table}: it has a rule that no migration made, {rule}"


def _wrong_triggers(written: str) -> Iterator[str]:
    made: dict[tuple[str, str], _Trigger] = {}
    for one in _in_order(written, _MADE_TRIGGER, _DROPPED_TRIGGER):
        if one.re is _MADE_TRIGGER:
            made[one["table"], one["name"]] = _as_written(one)
        else:
            made.pop((one["table"], one["name"]), None)
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        rows = cursor.fetchall()
    standing = {(table, name): row for table, name, *row, internal in rows if not internal}
    for (table, name), wanted in sorted(made.items()):
        if (table, name) not in standing:
            yield f"table {table}: its trigger {name} is missing"
            continue
        function, kind, arguments, every_column, condition, enabled = standing[table, name]
        found = _Trigger(function, kind, _arguments(arguments), every_column, condition)
        if not enabled:
            yield f"table {table}: its trigger {name} is switched off"
        elif found != wanted:
            yield f"table {table}: its trigger {name} is not the one that the migrations made"
    for table, name in sorted(standing.keys() - made.keys()):
        yield f"table {table}: it has a trigger that no migration made, {name}"
    for table in sorted({table for table, *_, internal in rows if internal}):
        yield f"table {table}: what refers to its rows, or they to, is not checked any more"


def _as_written(found: re.Match[str]) -> _Trigger:
    events = [event.split() for event in found["events"].split(" OR ")]
    kind = sum(_FIRES_ON[word] for word, *_ in events)
    kind |= _BEFORE if found["when"] == "BEFORE" else 0
    kind |= _ROW if "FOR EACH ROW" in found["how"] else 0
    arguments = tuple(re.findall(r"'([^']*)'", found["arguments"]))
    every_column = all(len(event) == 1 for event in events)
    condition = _CONDITION.search(found["how"])
    shown = f"({condition[1]})" if condition else ""
    return _Trigger(found["function"], kind, arguments, every_column, shown)


def _arguments(raw: bytes) -> tuple[str, ...]:
    return tuple(bytes(raw).decode().split("\0")[:-1])


def _wrong_functions(written: str) -> Iterator[str]:
    settings: dict[str, set[str]] = {}
    for name, setting, value in _SET.findall(written):
        settings.setdefault(name, set()).add(f"{setting}={value}".lower())
    made: dict[str, _Function] = {}
    for found in _in_order(written, _MADE_FUNCTION, _DROPPED_FUNCTION):
        if found.re is _MADE_FUNCTION:
            made[found[1]] = _Function(found[2], frozenset(settings.get(found[1], ())))
        else:
            made.pop(found[1], None)
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS)
        standing = {
            name: _Function(body, frozenset(map(str.lower, set_to)), as_owner)
            for name, body, as_owner, set_to in cursor
        }
    for name, wanted in sorted(made.items()):
        if name not in standing:
            yield f"function {name}: missing"
        elif standing[name] != wanted:
            yield f"function {name}: it is not the one that the migrations made"


def _in_order(written: str, *patterns: re.Pattern[str]) -> list[re.Match[str]]:
    """What the patterns find, as it stands one behind the other."""
    found = (match for pattern in patterns for match in pattern.finditer(written))
    return sorted(found, key=lambda match: match.start())


def _forward(operation: RunSQL) -> str:
    sql = operation.sql
    return sql if isinstance(sql, str) else "\n".join(map(str, sql))


def _operations() -> Iterator[object]:
    """The operations of all migrations that ran, those of one app in their order."""
    loader = MigrationLoader(connection)
    for key in sorted(loader.disk_migrations):
        if key in loader.applied_migrations:
            yield from loader.disk_migrations[key].operations
