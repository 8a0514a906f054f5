"""What one act of a person changed is put back, from the history; an undo is an act itself."""

from contextlib import ExitStack
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import ManyToOneRel
from django.db.models.functions import Now

from history.acting import acting, current_act
from history.models import Change
from history.restoring import differing, model_of, put_back
from statements.four_eyes import hand_in
from statements.models import Actor, Review, Speaker, Statement
from statements.register_moving import renew
from statements.review import ReviewError, deciding, log, refuse
from statements.search.entries import deferred
from statements.writing import write_alone

_STATEMENT = Statement._meta.db_table
_REVIEW = Review._meta.db_table
# What has a public address is left behind when the act that made it is undone.
_LASTING = {model._meta.db_table: model for model in (Statement, Speaker, Actor)}

# A statement that is put back is a new version of it, never its old one.
_ONWARD = {_STATEMENT: {"version", "changed_at"}}


@dataclass(frozen=True)
class Undone:
    """What an undo did: the act it undoes, the act it is, the statements it decided about, how
    many changes it put back, and how many it left, as they are of other tables."""

    of: UUID
    act: UUID
    statements: list[Statement]
    rows: int
    left: int


@deferred()
def undo(act: UUID, by: User, why: str = "") -> Undone:
    """Put back all that one act changed in statements and register.

    Deleted rows come again with their keys, inserted ones go; only statements, speakers and
    actors that the act made stay behind, withdrawn or leading to where their parts went back
    to, so that their addresses answer. Reviews stay, and each statement that the act decided
    about gets one more. Raises `ReviewError` and writes nothing when a
    row is no longer as the act left it, or when something newer rests on it.
    """
    write_alone()
    changes = list(Change.objects.filter(act=act).order_by("-pk"))
    ours = [one for one in changes if one.table in _tables()]
    refuse(current_act() == str(act), "A decision is not undone within itself.")
    refuse(not ours, "Nothing is recorded that this could take back.")
    with acting(by, _told(ours, why)), ExitStack() as decisions:
        rows = []
        decided, beside = _decided(changes), []
        for statement in decided:
            of_it = [one for one in changes if one.owner_key == str(statement.pk)]
            if _is_beside(of_it):
                beside.append((statement, _told(of_it, why)))
                continue
            told = _told(of_it, why)
            decision = deciding(statement, Review.Decision.UNDO, by, told, undoes=act)
            rows.append(decisions.enter_context(decision))
        anothers = ours[0].who_id != by.pk
        hands = [hand_in(row, by) if anothers and not _is_public(row) else [] for row in rows]
        _put_back(ours, why, _touched(ours) - {row.pk for row in decided})
        for statement, told in beside:
            log(statement, Review.Decision.UNDO, by, told, undoes=act)
        for row in rows:
            # The database has raised the version of a row that it saw change; the decision
            # raises it from where it was, and the higher one stands.
            version = row.version
            row.refresh_from_db()
            row.version = version
        for row, hand in zip(rows, hands, strict=True):
            refuse(
                bool(hand) and _is_public(row),
                f"You {' and '.join(hand)}, so somebody else must undo this: "
                f"{row.public_id} would be published by it.",
            )
        own = current_act()
    assert own is not None
    left = sum(one.table not in {*_tables(), _REVIEW} for one in changes)
    return Undone(act, UUID(own), decided, len(ours), left)


def _is_public(row: Statement) -> bool:
    """Whether a person stands behind a statement, or behind what it was merged into."""
    return (row.merged_into or row).status == Statement.Status.PUBLISHED


def _put_back(changes: list[Change], why: str, renewed: set[int]) -> None:
    """Write what stood before; statements that are `renewed` get a version and no decision."""
    try:
        # Within a transaction of its own, so that a refusal can still ask who stands in the way.
        with transaction.atomic():
            for change in changes:
                ignored = _ONWARD.get(change.table, set())
                if columns := differing(change, ignored):
                    raise ReviewError(_meanwhile(change, columns))
                if change.table in _LASTING and change.before is None:
                    _leave_behind(change, changes, why)
                else:
                    put_back(change, ignored)
            renew(renewed)
            with connection.cursor() as cursor:
                # What refers to a row that went is found now, and not at the end. Entries of the
                # search come first: whoever has sealed the history must not wait for others.
                cursor.execute("SET CONSTRAINTS statement_is_indexed IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise ReviewError(_in_the_way(error)) from error


def _leave_behind(change: Change, changes: list[Change], why: str) -> None:
    """Withdraw what the act made; it leads to where the parts that it took went back to."""
    model = _LASTING[change.table]
    naming = [
        (relation.related_model._meta.db_table, relation.field.attname)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.field.name != "merged_into"
    ]
    homes = {
        one.before[column]
        for one in changes
        for table, column in naming
        if one.table == table
        and one.before is not None
        and one.after is not None
        and str(one.after.get(column)) == change.key
        and one.before.get(column) != one.after[column]
    } - {None}
    told = " ".join(filter(None, ["An editor took it back.", why]))
    home = homes.pop() if len(homes) == 1 else None
    values: dict[str, object] = {"merged_into_id": home}
    if model is Statement:
        values |= {"status": Statement.Status.WITHDRAWN, "status_reason": told}
    elif home is None:
        values |= {"withdrawn_at": Now(), "withdrawn_why": told}
    model._default_manager.filter(pk=change.key).update(**values)


def _decided(changes: list[Change]) -> list[Statement]:
    """The statements that an act decided about or of whose own row it changed more than its
    version."""
    keys = {
        int(one.owner_key)
        for one in changes
        if one.table == _REVIEW or (one.table == _STATEMENT and _says_more(one))
    }
    return list(Statement.objects.filter(pk__in=keys).order_by("pk"))


def _is_beside(of_it: list[Change]) -> bool:
    """Whether an act left a statement and its version as they were: it was flagged, or kept
    apart from another."""
    made = {one.after["decision"] for one in of_it if one.table == _REVIEW and one.after}
    return made <= set(Review.BESIDE) and not any(one.table == _STATEMENT for one in of_it)


def _says_more(change: Change) -> bool:
    was, now_is = change.before or {}, change.after or {}
    names = set(was) | set(now_is)
    return any(was.get(n) != now_is.get(n) for n in names - _ONWARD[_STATEMENT])


def _touched(changes: list[Change]) -> set[int]:
    """The statements to which something that an act changed belongs."""
    of = [one for one in changes if one.owner_table == _STATEMENT]
    return {int(key) for one in of for key in (one.owner_key, one.left_key) if key}


def _tables() -> set[str]:
    """The tables that are put back: those of this room but for the reviews, which are kept."""
    room = apps.get_app_config("statements").get_models(include_auto_created=True)
    return {model._meta.db_table for model in room} - {_REVIEW}


def _told(changes: list[Change], why: str) -> str:
    """What is undone, for the history: «Undoes merge of 3 May 2026.»

    Readers see it beside what was undone, so it names no editor.
    """
    newest = changes[0]
    made = [
        Review.Decision(one.after["decision"]).label.lower()
        for one in reversed(changes)
        if one.table == _REVIEW and one.after is not None
    ]
    decisions = ", ".join(dict.fromkeys(made)) or "a change"
    sentence = f"Undoes {decisions} of {newest.at:%-d %B %Y}."
    return " ".join(filter(None, [sentence, why]))


def _meanwhile(change: Change, columns: list[str]) -> str:
    """Who changed what since, and what to do."""
    since = Change.objects.filter(table=change.table, key=change.key, pk__gt=change.pk)
    last = since.exclude(act=change.act).order_by("-pk").first()
    if columns == ["id"]:
        done = "was deleted" if change.after is not None else "came back"
    else:
        named = ", ".join(name.removesuffix("_id").replace("_", " ") for name in columns)
        done = f"was changed ({named})"
    if last is None:
        who = "past the history"
    else:
        who = f"by {last.who or 'the program'} on {last.at:%-d %B %Y, %H:%M} UTC"
    return (
        f"{_named(change)} {done} meanwhile {who}, so nothing was undone. "
        "Undo that first, or correct it by hand."
    )


def _named(change: Change) -> str:
    """The row of a change in words: «Statement KX3», «The party of statement KX3»."""
    kind = str(model_of(change.table)._meta.verbose_name)
    owner = model_of(change.owner_table)
    row = owner._default_manager.filter(pk=change.owner_key or None).first()
    label = row.public_id if isinstance(row, Statement) else str(row or change.owner_key)
    of_owner = f"{owner._meta.verbose_name} {label}"
    if change.table == change.owner_table:
        return of_owner[0].upper() + of_owner[1:]
    return f"The {kind} of {of_owner}"


def _in_the_way(error: IntegrityError) -> str:
    """Which newer row keeps an older one from going or coming back."""
    diagnosis = getattr(error.__cause__, "diag", None)
    table = getattr(diagnosis, "table_name", None)
    try:
        kind = str(model_of(table or "")._meta.verbose_name)
    except KeyError:
        kind = "row"
    return (
        f"A {kind} recorded since stands in the way, so nothing was undone "
        f"({getattr(diagnosis, 'constraint_name', None) or 'integrity'}). "
        "Undo what made it first, or correct by hand."
    )
