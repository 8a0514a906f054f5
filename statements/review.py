"""What a person decides about a statement. Only this module publishes.

Every decision is one `Review` row with what stood before and after, written in the same
transaction as the change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now

from history.acting import acting
from statements.models import (
    Party,
    Position,
    Provision,
    Review,
    Speaker,
    Statement,
    Treaty,
)
from statements.models.dates import SaidPrecision
from statements.register_lookup import office_on
from statements.sameness import fingerprint
from statements.stance import CODEBOOK
from statements.tellings import note_differences
from statements.writing import write_alone

Status = Statement.Status
Decision = Review.Decision

EDITABLE = [
    "text",
    "summarised",
    "language",
    "translation",
    "translation_language",
    "translated_by",
    "said_on",
    "said_on_to",
    "said_on_precision",
    "said_on_basis",
    "place",
    "event",
    "form",
]


class ReviewError(Exception):
    """The decision does not fit the statement's state; the message says why and what to do."""


def publish(statement: Statement, by: User, why: str = "") -> None:
    """Stand behind a proposed statement, or one that was rejected or withdrawn before."""
    with deciding(statement, Decision.PUBLISH, by, why) as row:
        refuse(row.merged_into_id is not None, "It was merged; publish the other statement.")
        refuse(row.status == Status.PUBLISHED, "It is published already.")
        refuse(not row.attestations.exists(), "No report of it is left; add a report first.")
        row.status = Status.PUBLISHED
        row.status_reason = ""
        row.published_at = Now()


def reject(statement: Statement, by: User, why: str) -> None:
    """Judge a proposed statement not to be one; `why` is required."""
    with deciding(statement, Decision.REJECT, by, why) as row:
        refuse(not why.strip(), "Say why it is rejected.")
        refuse(
            row.status != Status.PROPOSED, "Only proposed statements are rejected; withdraw it."
        )
        row.status = Status.REJECTED
        row.status_reason = why


def withdraw(statement: Statement, by: User, why: str) -> None:
    """Take back a published statement; its address stays and shows the reason."""
    with deciding(statement, Decision.WITHDRAW, by, why) as row:
        refuse(not why.strip(), "Say why it is withdrawn.")
        refuse(row.status != Status.PUBLISHED, "Only published statements are withdrawn.")
        row.status = Status.WITHDRAWN
        row.status_reason = why


def edit(statement: Statement, by: User, why: str = "", **values: Any) -> None:
    """Correct fields of a statement (`EDITABLE` names them); the old values stay in the log."""
    with deciding(statement, Decision.EDIT, by, why) as row:
        unknown = sorted(set(values) - set(EDITABLE))
        refuse(bool(unknown), f"These fields are not edited here: {', '.join(unknown)}.")
        for name, value in values.items():
            setattr(row, name, value)
        if row.said_on_precision != SaidPrecision.RANGE:
            row.said_on_to = None
        elif row.said_on is None or row.said_on_to is None or row.said_on >= row.said_on_to:
            raise ReviewError("Say the first and the last of the days, in this order.")
        if "event" in values:
            row.event_reason = ""  # the machine's reason for its own candidate
        row.fingerprint = fingerprint(row.text)


@contextmanager
def correcting(statement: Statement, by: User, why: str) -> Iterator[None]:
    """Log what the block changes about who takes part, as one decision."""
    with deciding(statement, Decision.EDIT, by, why):
        yield


def name_speaker(statement: Statement, speaker: Speaker, by: User, why: str = "") -> None:
    """Say whose words these are: `speaker`, in the office held on the day of saying.

    What the reports print stays beside it.
    """
    with deciding(statement, Decision.EDIT, by, why) as row:
        office = office_on(speaker, row.said_on)
        party = row.parties.filter(role=Party.Role.SPEAKER).first()
        party = party or Party(statement=row, role=Party.Role.SPEAKER)
        party.speaker = speaker
        party.office = office
        party.actor = office.actor if office else speaker.actor
        party.name = speaker.name
        party.reason = "named by an editor"
        party.save()


def resolve_voice(
    statement: Statement, name: str, speaker: Speaker, by: User, why: str
) -> None:
    """Say that the voices called `name`, whom the register did not know, are `speaker`."""
    with deciding(statement, Decision.EDIT, by, why) as row:
        office = office_on(speaker, row.said_on)
        for party in row.parties.filter(role__in=Party.VOICES, name=name, speaker=None):
            party.speaker, party.office = speaker, office
            party.actor = office.actor if office else party.actor or speaker.actor
            party.name, party.reason = speaker.name, "named by an editor"
            party.save()


def code(
    statement: Statement,
    treaty: Treaty | None,
    stance: str,
    by: User,
    *,
    provision: Provision | None = None,
    legal: str = Position.Legal.NONE,
    about: str = Position.Object.UNCLEAR,
    modality: str = Position.Modality.UNCODED,
    codebook: str = CODEBOOK,
    why: str = "",
) -> None:
    """Judge how a statement stands to a treaty or provision; one judgement for each coder.

    Without a treaty the judgement is on what it is `about` alone. `codebook` is the version of
    the codebook that was followed.
    """
    with deciding(statement, Decision.POSITION, by, why) as row:
        refuse(
            provision is not None and (treaty is None or provision.treaty_id != treaty.pk),
            "The article belongs to another treaty.",
        )
        refuse(treaty is None and not about, "Say what is judged: a treaty or an object.")
        Position.objects.update_or_create(
            statement=row,
            treaty=treaty,
            provision=provision,
            coder=by,
            rule="",
            defaults={
                "stance": stance,
                "legal": legal,
                "object": about,
                "modality": modality,
                "codebook": codebook,
                "coded_at": Now(),
            },
        )


@contextmanager
def deciding(
    statement: Statement, decision: Decision, by: User, why: str
) -> Iterator[Statement]:
    """Let the caller change the row, save it as a new version and log the decision."""
    with transaction.atomic(), acting(by, why):
        write_alone()
        row = Statement.objects.get(pk=statement.pk)
        before = _state(row)
        yield row
        row.version += 1
        row.changed_at = Now()
        row.save()
        row.refresh_from_db()
        note_differences([row.pk])
        Review.objects.create(
            statement=row, decision=decision, by=by, why=why, before=before, after=_state(row)
        )
    statement.refresh_from_db()


def _state(row: Statement) -> dict[str, Any]:
    """The reviewed fields as plain values for the log."""
    fields = ["status", "status_reason", "merged_into_id", "version", *EDITABLE]
    values = {name: getattr(row, name) for name in fields if name != "event"}
    values["event_id"] = row.event_id
    voices = row.parties.filter(role__in=Party.VOICES)
    values["voices"] = list(voices.values_list("name", flat=True))
    values["positions"] = [str(p) for p in row.positions.by_person().order_by("pk")]
    values["reports"] = row.attestations.count()
    for name in ("said_on", "said_on_to"):
        values[name] = values[name].isoformat() if values[name] else None
    return values


def refuse(condition: bool, sentence: str) -> None:
    """Raise `ReviewError` with `sentence` where `condition` holds."""
    if condition:
        raise ReviewError(sentence)
