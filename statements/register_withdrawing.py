"""An entry of the register that was a mistake: its page says so for ever."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from history.acting import acting
from statements.models import (
    ActorName,
    Membership,
    Office,
    Party,
    Speaker,
    SpeakerName,
    Statement,
)
from statements.register_merging import locked, merge_entries, refuse_gone
from statements.register_moving import Entry, Moving, pointing, renew
from statements.review import refuse
from statements.writing import write_alone

# What belongs to an entry alone, and stays with it.
_OWN = {
    (SpeakerName, "speaker_id"), (Office, "speaker_id"), (ActorName, "actor_id"),
    (Membership, "member_id"),
}  # fmt: skip


def withdraw_entry(entry: Entry, by: User, why: str, successor: Entry | None = None) -> None:
    """Take back a speaker or an actor that was entered by mistake; readers see why.

    A `successor` takes over what points to it, but none of its names. Without one, nothing
    published may name it and nothing else of the register; statements that wait for review
    keep the name as printed. Raises `ReviewError`.
    """
    refuse(not why.strip(), "Say why it is withdrawn.")
    if successor is not None:
        merge_entries(entry, successor, by, why, mistake=True)
        return
    with transaction.atomic(), acting(by, why):
        write_alone()
        row = locked(entry)
        refuse_gone(row)
        needed = needed_by(row)
        refuse(
            bool(needed),
            f"{row} is named by {', '.join(needed)}: choose a successor, or correct them first.",
        )
        parties = _parties(row)
        statements = list(parties.values_list("statement", flat=True).distinct())
        gone = (
            {"speaker": None, "office": None} if isinstance(row, Speaker) else {"actor": None}
        )
        parties.update(**gone)
        renew(statements)
        rows = type(row)._default_manager
        rows.filter(pk=row.pk).update(withdrawn_at=Now(), withdrawn_why=why.strip())
    entry.refresh_from_db()


def needed_by(entry: Entry) -> list[str]:
    """What keeps an entry from being withdrawn without a successor, in words with counts."""
    published = _parties(entry).filter(statement__status=Statement.Status.PUBLISHED)
    count = published.values("statement").distinct().count()
    found = [f"{count} published statement{'s' if count != 1 else ''}"] if count else []
    for model, column in pointing(entry):
        if model is Party or (model, column) in _OWN:
            continue
        rows = model._default_manager.filter(**{column: entry.pk})
        if keys := tuple(rows.values_list("pk", flat=True)):
            found.append(f"{len(keys)} {Moving(model, column, keys).label}")
    return found


def _parties(entry: Entry) -> "QuerySet[Party]":
    if isinstance(entry, Speaker):
        return Party.objects.filter(Q(speaker=entry) | Q(office__speaker=entry))
    return Party.objects.filter(actor=entry)
