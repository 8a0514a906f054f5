"""What a person has done to a statement that somebody else must stand behind.

The history tells it, so it counts whatever way the change was made.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q

from history.acting import current_act
from history.models import Change
from statements.models import Actor, Attestation, Party, Review, Speaker, Statement

_STATEMENT = Statement._meta.db_table
_REPORT = Attestation._meta.db_table
_PARTY = Party._meta.db_table
_REVIEW = Review._meta.db_table
_REGISTER = (Speaker._meta.db_table, Actor._meta.db_table)

# What of a row is judged by the second pair of eyes; a report that only moves to another
# statement says what it said. A judgement of a position is not: each names its coder, and
# others code beside it.
_WEIGHED = {
    _STATEMENT: ("changed its words", ("text", "translation", "summarised")),
    _REPORT: ("changed its words", ("words", "snapshot_id")),
    _PARTY: ("changed who speaks", ("role", "speaker_id", "office_id", "actor_id", "name")),
}
_ENTERED = {_STATEMENT: "entered it", _REPORT: "entered a report of it"}

_TAKEN_BACK = {Review.Decision.WITHDRAW, Review.Decision.REJECT}


def must_leave_to_another(statement: Statement, by: User) -> list[str]:
    """What keeps `by` from publishing a statement, as words that follow «you».

    Empty when nothing does, and when the rule does not bind them.
    """
    return unconfirmed(statement, by) if binds(by) else []


def hand_in(statement: Statement, by: User) -> list[str]:
    """What keeps `by` from having a statement published by undoing what another decided: all
    that they did to it, confirmed or not; as words that follow «you»."""
    return done_by(statement, by) if binds(by) else []


def changed_alone(row: Statement, before: Mapping[str, Any], by: User) -> bool:
    """Whether the act that is going on has changed words or speakers of a published statement.

    `row` may not be written yet; `before` has its words as they were.
    """
    if row.status != Statement.Status.PUBLISHED or not binds(by):
        return False
    if any(getattr(row, name) != before[name] for name in _WEIGHED[_STATEMENT][1]):
        return True
    changes = Change.objects.filter(
        act=current_act(), owner_table=_STATEMENT, owner_key=str(row.pk)
    )
    told = changes.filter(table__in=[_REPORT, _PARTY]).values_list("table", "before", "after")
    return any(_did(*one) for one in told)


def put_up() -> str:
    """How many published statements the act that goes on has put up for a second editor, as a
    sentence; '' for none."""
    decided = Review.objects.filter(act=current_act(), act__isnull=False)
    rows = Statement.objects.filter(pk__in=decided.values("statement"))
    waiting = rows.filter(status=Statement.Status.PROPOSED, published_at__isnull=False).count()
    if not waiting:
        return ""
    them = "statement waits" if waiting == 1 else "statements wait"
    return f"{waiting} published {them} for another editor to confirm what changed."


def binds(by: User) -> bool:
    """Whether the setting `REVIEW_FOUR_EYES` is on and `by` a person: with an account that is
    not active, as «curated», nobody signs in."""
    return bool(settings.REVIEW_FOUR_EYES) and by.is_active


def done_by(statement: Statement, by: User) -> list[str]:
    """What a person entered or changed of a statement and did not take back, and whether it is
    found in a text that they gave.

    Reports that came from another statement bring along what was done to them there, and so
    do those who speak in what was merged into it.
    """
    deeds, _ = _deeds(statement, by)
    return list(dict.fromkeys(deeds))


def unconfirmed(statement: Statement, by: User) -> list[str]:
    """Those of a person's deeds that nobody else has stood behind since, by publishing the
    statement or by merging into it, published, what they were done to."""
    deeds, confirmed = _deeds(statement, by)
    return list(dict.fromkeys(deeds[confirmed:]))


def _deeds(statement: Statement, by: User) -> tuple[list[str], int]:
    """What a person did, in order, and how much of it others stand behind."""
    changes = _changes(statement, by)
    undone, gone = _taken_back({statement.pk, *(int(one.owner_key) for one in changes)})
    # Those who speak in one of two say so of both.
    same = {one.act for one in changes if _decision(one) == Review.Decision.MERGE}
    same |= _register_merges(changes)
    deeds: list[str] = []
    confirmed = 0
    for one in changes:
        if one.act in gone:
            continue
        if one.table == _REVIEW:
            if _decision(one) in _TAKEN_BACK:
                confirmed = 0
            elif one.act not in undone and _stands_behind(one.after or {}, by):
                confirmed = len(deeds)
        elif one.who_id != by.pk:
            deeds.append("gave a text that it is reported in")
        elif one.table != _PARTY or one.act not in same:
            deeds += filter(None, [_did(one.table, one.before, one.after)])
    return deeds, confirmed


def _changes(statement: Statement, by: User) -> list[Change]:
    """The person's changes of what is weighed, what the machine found in texts that they gave, and
    everybody's decisions, oldest first."""
    own = Q(owner_table=_STATEMENT, owner_key=str(statement.pk))
    changed = own & Q(table__in=_WEIGHED)
    changed |= Q(table=_REPORT, key__in=_keys(statement.attestations))
    merged = _keys(statement.merged)
    changed |= Q(owner_table=_STATEMENT, owner_key__in=merged, table=_PARTY)
    given = _keys(statement.attestations.filter(snapshot__given_by=by))
    found = Q(table=_REPORT, key__in=given, operation=Change.Operation.INSERT)
    of_it = (changed & Q(who_id=by.pk)) | found | (own & Q(table=_REVIEW))
    columns = ("table", "owner_key", "before", "after", "act", "who_id")
    return list(Change.objects.filter(of_it).only(*columns).order_by("pk"))


def _keys(rows: Any) -> list[str]:
    return [str(key) for key in rows.values_list("pk", flat=True)]


def _decision(change: Change) -> str:
    return str((change.after or {}).get("decision", ""))


def _stands_behind(review: Mapping[str, Any], person: User) -> bool:
    """Whether by this decision somebody else than a person stands behind the statement."""
    if review["by_id"] == person.pk:
        return False
    if review["decision"] == Review.Decision.MERGE:
        return bool(review["after"].get("status") == Statement.Status.PUBLISHED)
    return bool(review["decision"] == Review.Decision.PUBLISH)


def _taken_back(statements: Collection[int]) -> tuple[set[UUID | None], set[UUID | None]]:
    """The acts about statements that an undo ever took back; and those that no later undo
    brought back, with the undoing acts, which bring nothing new."""
    undoing = Review.objects.filter(statement__in=statements, undoes__isnull=False)
    pairs = list(undoing.order_by("-pk").values_list("act", "undoes"))
    gone: set[UUID | None] = set()
    for act, undone in pairs:
        if act not in gone:
            gone.add(undone)
    return {undone for _, undone in pairs}, gone | {act for act, _ in pairs}


def _register_merges(changes: Collection[Change]) -> set[UUID | None]:
    """The acts by which two entries of the register were found to be one: the same speaks."""
    acts = {one.act for one in changes if one.table == _PARTY}
    if not acts:
        return set()
    rows = Change.objects.filter(
        act__in=acts, table__in=_REGISTER, operation=Change.Operation.UPDATE
    )
    return {
        act
        for act, before, after in rows.values_list("act", "before", "after")
        if before and after and not before["merged_into_id"] and after["merged_into_id"]
    }


def _did(table: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> str | None:
    changed, columns = _WEIGHED[table]
    if before is None:
        return _ENTERED.get(table, changed)
    if after is None or any(before.get(name) != after.get(name) for name in columns):
        return changed
    return None
