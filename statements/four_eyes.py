"""What a person has done to a statement that somebody else must stand behind."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q

from history.models import Change
from statements.models import Attestation, Party, Review, Statement

_STATEMENT = Statement._meta.db_table
_REPORT = Attestation._meta.db_table
_PARTY = Party._meta.db_table

# What of a row is judged by the second pair of eyes; a report that only moves to another
# statement says what it said. A judgement of a position is not: each names its coder, and
# others code beside it.
_WEIGHED = {
    _STATEMENT: ("changed its words", ("text", "translation")),
    _REPORT: ("changed its words", ("words", "snapshot_id")),
    _PARTY: ("changed who speaks", ("role", "speaker_id", "office_id", "actor_id", "name")),
}
_ENTERED = {_STATEMENT: "entered it", _REPORT: "entered a report of it"}


def must_leave_to_another(statement: Statement, by: User) -> list[str]:
    """What keeps `by` from publishing a statement, as words that follow «you»; empty when
    nothing does, or when the setting `REVIEW_FOUR_EYES` is off.

    The history tells it, so it counts whatever way the change was made; what an undo took back
    does not count.
    """
    return done_by(statement, by) if settings.REVIEW_FOUR_EYES else []


def done_by(statement: Statement, by: User) -> list[str]:
    """What a person entered or changed of a statement and did not take back.

    Reports that came from another statement bring along what was done to them there.
    """
    of_it = Q(owner_table=_STATEMENT, owner_key=str(statement.pk), table__in=_WEIGHED)
    keys = [str(key) for key in statement.attestations.values_list("pk", flat=True)]
    of_it |= Q(table=_REPORT, key__in=keys)
    changes = Change.objects.filter(of_it, who_id=by.pk).order_by("pk")
    columns = list(changes.values_list("table", "before", "after", "act", "owner_key"))
    gone = _taken_back({int(owner) for *_, owner in columns})
    did = [
        _did(table, before, after)
        for table, before, after, act, _ in columns
        if act not in gone
    ]
    return list(dict.fromkeys(filter(None, did)))


def _taken_back(statements: set[int]) -> set[UUID | None]:
    """The acts about statements that an undo took back and no later undo brought back, and the
    undoing acts, which bring nothing new."""
    undoing = Review.objects.filter(statement__in=statements, undoes__isnull=False)
    pairs = list(undoing.order_by("-pk").values_list("act", "undoes"))
    gone: set[UUID | None] = set()
    for act, undone in pairs:
        if act not in gone:
            gone.add(undone)
    return gone | {act for act, _ in pairs}


def _did(table: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> str | None:
    changed, columns = _WEIGHED[table]
    if before is None:
        return _ENTERED.get(table, changed)
    if after is None or any(before.get(name) != after.get(name) for name in columns):
        return changed
    return None
