"""A statement as it stood, rebuilt from the recorded changes of its rows; `past` reads them.

Version n is the statement with its parties, positions, reports and mentions as they were when
the first transaction that made version n + 1 began. Reports may be added within a version.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, prefetch_related_objects

from history.models import Change
from sources.models import Snapshot
from statements.models import Attestation, EventMention, Party, Position, Review, Statement

Row = dict[str, Any]
STATEMENT = Statement._meta.db_table
# The rows that belong to a statement and are shown with it.
PARTS: dict[str, type[models.Model]] = {
    model._meta.db_table: model for model in (Party, Position, Attestation, EventMention)
}


@dataclass(frozen=True)
class State:
    """A statement's row and those of its parts, by table and key, as they were recorded."""

    row: Row = field(default_factory=dict)
    parts: dict[str, dict[str, Row]] = field(default_factory=dict)

    def of(self, model: type[models.Model]) -> list[Row]:
        """The rows of one kind of part, in the order in which they were made."""
        rows = self.parts.get(model._meta.db_table, {})
        return [rows[key] for key in sorted(rows, key=int)]

    def after(self, change: Change, statement: str) -> "State":
        """The state that a change of the statement with this key leaves."""
        if change.table == STATEMENT:
            return replace(self, row=change.after or {})
        if change.table not in PARTS:
            return self
        rows = dict(self.parts.get(change.table, {}))
        if change.after is None or change.owner_key != statement:
            rows.pop(change.key, None)
        else:
            rows[change.key] = change.after
        return replace(self, parts={**self.parts, change.table: rows})


@dataclass(frozen=True)
class Version:
    """One version: the change that gave it its number, what a person decided with it, all changes
    up to the next version, the state at its end, and when the next one began; None while it is
    the newest."""

    number: int
    began: Change
    decision: Review.Decision | None
    changes: Sequence[Change]
    state: State
    ended: datetime | None

    @property
    def later(self) -> list[Change]:
        """What was added within it, after the transaction that made it."""
        made = self.began.transaction
        shown = [one for one in self.changes if one.table in PARTS]
        return [one for one in shown if one.transaction != made]

    @property
    def is_baseline(self) -> bool:
        """Whether it is how the statement stood when its history began to be kept."""
        return self.began.operation == Change.Operation.BASELINE

    @property
    def read_by(self) -> str:
        """The version of the attribution that found what was recorded with it; may be ''."""
        rows = (one.after for one in self.changes if one.table == Attestation._meta.db_table)
        return next((str(row["attributed_by"]) for row in rows if row), "")


def around(made: Sequence[Change]) -> dict[int, tuple[State, State]]:
    """For changes of statements' rows: what their deeds changed, before and after, in one query.

    By primary key of the change. The parts that a deed left alone are in neither state.
    """
    keys = {one.key for one in made}
    recorded = Change.objects.filter(
        Q(owner_key__in=keys) | Q(left_key__in=keys),
        transaction__in={one.transaction for one in made},
        owner_table=STATEMENT,
    )
    deeds: dict[Any, list[Change]] = defaultdict(list)
    for change in recorded.order_by("pk"):
        for key in filter(None, (change.owner_key, change.left_key)):
            deeds[change.transaction, change.act, key].append(change)
    return {one.pk: _around(one, deeds[one.transaction, one.act, one.key]) for one in made}


def _around(made: Change, deed: Iterable[Change]) -> tuple[State, State]:
    before: dict[str, dict[str, Row]] = defaultdict(dict)
    after: dict[str, dict[str, Row]] = defaultdict(dict)
    seen = set()
    for change in deed:
        if change.table not in PARTS:
            continue
        came = change.owner_key == made.key and change.left_key
        if (change.table, change.key) not in seen and change.before and not came:
            before[change.table][change.key] = change.before
        seen.add((change.table, change.key))
        after[change.table].pop(change.key, None)
        if change.after and change.owner_key == made.key:
            after[change.table][change.key] = change.after
    return State(made.before or {}, before), State(made.after or {}, after)


def as_statement(state: State) -> Statement:
    """The statement of a state with its parts, as rows that are not to be saved.

    They lead to the register and to the snapshots as these are today. Parts whose treaty, event
    or snapshot is no longer there are left out.
    """
    row: Statement = _instance(Statement, state.row)
    prefetch_related_objects([row], "event", "merged_into")
    _forget_what_is_gone([row])
    parts = {
        "parties": _parts(state, Party, "speaker", "office__actor", "actor"),
        "positions": _parts(state, Position, "treaty", "provision__treaty", "coder"),
        "event_mentions": _parts(state, EventMention, "event"),
        "attestations": _parts(
            state, Attestation, models.Prefetch("snapshot", _SNAPSHOTS.all())
        ),
    }
    for part in [one for some in parts.values() for one in some]:
        part.statement = row
    # As Django's own prefetching does: the managers give these rows and ask nobody.
    row.__dict__["_prefetched_objects_cache"] = parts
    return row


_SNAPSHOTS = Snapshot.objects.select_related("article__source", "reference").defer("headers")


def _parts(state: State, model: type[models.Model], *related: Any) -> list[Any]:
    rows = [_instance(model, row) for row in state.of(model)]
    prefetch_related_objects(rows, *related)
    return _forget_what_is_gone(rows)


def _instance(model: type[models.Model], row: Row) -> Any:
    known = [one for one in model._meta.concrete_fields if one.column in row]
    return model(**{one.attname: one.to_python(row[str(one.column)]) for one in known})


def _forget_what_is_gone(rows: list[Any]) -> list[Any]:
    """Let links to rows that were deleted since lead nowhere; leave out what needs them."""
    kept = []
    for row in rows:
        stands = True
        for one in row._meta.concrete_fields:
            if not one.is_relation or one.name == "statement" or one.is_cached(row):
                continue
            if getattr(row, one.attname) is not None:
                stands = stands and one.null
                setattr(row, one.name, None)
        if stands:
            kept.append(row)
    return kept
