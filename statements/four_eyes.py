"""What a person has done to a statement that somebody else must stand behind."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

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
    """What a person entered or changed of a statement and did not take back."""
    undoing = Review.objects.filter(statement=statement, undoes__isnull=False).order_by()
    taken_back = {act for pair in undoing.values_list("act", "undoes") for act in pair}
    changes = Change.objects.filter(
        owner_table=_STATEMENT, owner_key=str(statement.pk), who_id=by.pk, table__in=_WEIGHED
    ).order_by("pk")
    columns = changes.values_list("table", "before", "after", "act")
    did = [
        _did(table, before, after)
        for table, before, after, act in columns
        if act not in taken_back
    ]
    return list(dict.fromkeys(filter(None, did)))


def _did(table: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> str | None:
    changed, columns = _WEIGHED[table]
    if before is None:
        return _ENTERED.get(table, changed)
    if after is None or any(before.get(name) != after.get(name) for name in columns):
        return changed
    return None
