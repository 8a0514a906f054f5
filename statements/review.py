"""What a person decides about a statement. Only this module publishes.

Every decision is one `Review` row with what stood before and after, written in the same
transaction as the change.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now

from history.acting import acting, current_act
from statements.as_printed import NOT_PRINTED, is_as_printed
from statements.four_eyes import changed_alone, must_leave_to_another
from statements.models import (
    Actor,
    Attestation,
    Flag,
    Office,
    Party,
    Position,
    Provision,
    Review,
    Speaker,
    Statement,
    Treaty,
)
from statements.models.dates import SaidPrecision
from statements.printed_before import printed_before, sentence
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


# By these a person stands behind what is published, or puts back what was.
_STANDS = {Decision.PUBLISH, Decision.MERGE, Decision.UNDO}
# What ends the wait for which a statement was flagged.
_SETTLES = {Decision.PUBLISH, Decision.REJECT, Decision.WITHDRAW}


class ReviewError(Exception):
    """The decision does not fit the statement's state; the message says why and what to do."""


def publish(statement: Statement, by: User, why: str = "") -> None:
    """Stand behind a proposed statement, or one that was rejected or withdrawn before."""
    with deciding(statement, Decision.PUBLISH, by, why) as row:
        refuse(row.merged_into_id is not None, "It was merged; publish the other statement.")
        refuse(row.status == Status.PUBLISHED, "It is published already.")
        reports = list(row.attestations.all())
        refuse(not reports, "No report of it is left; add a report first.")
        _must_be_printed(row, reports)
        _must_be_printed_later(row)
        own = must_leave_to_another(row, by)
        refuse(
            bool(own),
            f"You {' and '.join(own)}, so somebody else must publish it. "
            "Save keeps your work for them.",
        )
        row.status = Status.PUBLISHED
        row.status_reason = ""
        row.published_at = Now()


def _must_be_printed(row: Statement, reports: Collection[Attestation]) -> None:
    """Refuse words that no report of the statement prints; without reports it waits for one."""
    printed = not reports or is_as_printed(row.text, reports, summarised=row.summarised)
    refuse(not printed, NOT_PRINTED)


def _must_be_printed_later(row: Statement) -> None:
    """Refuse a day of saying after all reports of the statement."""
    if row.said_on and (day := printed_before(row.pk, row.said_on)):
        raise ReviewError(sentence(day))


def reject(statement: Statement, by: User, why: str) -> None:
    """Judge a proposed statement not to be one; `why` is required."""
    with deciding(statement, Decision.REJECT, by, why) as row:
        refuse(not why.strip(), "Say why it is rejected.")
        refuse(
            row.status != Status.PROPOSED, "Only proposed statements are rejected; withdraw it."
        )
        refuse(
            row.awaits_second, "It was published before: withdraw it, so that readers see why."
        )
        row.status = Status.REJECTED
        row.status_reason = why


def withdraw(statement: Statement, by: User, why: str) -> None:
    """Take back a statement that is or was published; its address stays and shows the reason."""
    with deciding(statement, Decision.WITHDRAW, by, why) as row:
        refuse(not why.strip(), "Say why it is withdrawn.")
        refuse(
            row.status != Status.PUBLISHED and not row.awaits_second,
            "Only published statements are withdrawn.",
        )
        row.status = Status.WITHDRAWN
        row.status_reason = why


def edit(statement: Statement, by: User, why: str = "", **values: Any) -> None:
    """Correct fields of a statement (`EDITABLE` names them); the old values stay in the log.

    Words that none of its reports prints, and a day after all of them, are refused, as `publish`
    refuses them.
    """
    with deciding(statement, Decision.EDIT, by, why) as row:
        unknown = sorted(set(values) - set(EDITABLE))
        refuse(bool(unknown), f"These fields are not edited here: {', '.join(unknown)}.")
        for name, value in values.items():
            setattr(row, name, value)
        if {"text", "summarised"} & set(values):
            _must_be_printed(row, row.attestations.all())
        if "said_on" in values:
            _must_be_printed_later(row)
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


def correct_words(
    statement: Statement, report: Attestation, start: int, end: int, by: User, why: str = ""
) -> None:
    """Let a report begin and end elsewhere in its text: [start:end) are character offsets.

    Its words are again the very characters there. Where the statement shows the report's
    words, it shows the new ones, in the same decision.
    """
    with deciding(statement, Decision.EDIT, by, why) as row:
        refuse(report.statement_id != row.pk, "The report is of another statement by now.")
        text = report.snapshot.text
        refuse(
            report.snapshot.described,
            "A reference is reported as a whole: correct the reference itself.",
        )
        refuse(not 0 <= start < end <= len(text), "These places are not within the article.")
        same = Attestation.objects.filter(snapshot=report.snapshot_id, start=start, end=end)
        other = same.exclude(pk=report.pk).select_related("statement").first()
        if other is not None:
            raise ReviewError(
                f"Exactly these words are a report of {other.statement.public_id} already: "
                "choose others, or merge the two."
            )
        before, words = report.words, text[start:end]
        printed = is_as_printed(row.text, row.attestations.all(), summarised=row.summarised)
        report.start, report.end, report.words = start, end, words
        report.spans = [
            [max(a, start), min(b, end)] for a, b in report.spans if a < end and start < b
        ]
        report.save(update_fields=["start", "end", "words", "spans"])
        if row.text == before:
            row.text, row.fingerprint = words, fingerprint(words)
        elif printed:
            _must_be_printed(row, row.attestations.all())


@dataclass(frozen=True)
class Taking:
    """How somebody takes part: `party` is the row so far, None for a new one; `gone` takes it
    away. `name` is what readers see."""

    party: Party | None
    role: str
    name: str
    speaker: Speaker | None = None
    office: Office | None = None
    actor: Actor | None = None
    gone: bool = False


def name_parties(
    statement: Statement, given: Sequence[Taking], by: User, why: str = ""
) -> None:
    """Say who takes part, as one decision. What the reports print stays beside each."""
    with deciding(statement, Decision.EDIT, by, why) as row:
        for one in given:
            party = one.party or Party(statement=row)
            refuse(party.statement_id != row.pk, "One who takes part was moved meanwhile.")
            if one.gone:
                party.delete()
                continue
            if party.pk is None or party.role != one.role:
                last = row.parties.filter(role=one.role).order_by("-order").first()
                party.order = last.order + 1 if last else 0
            party.role, party.name = one.role, one.name
            party.speaker, party.office, party.actor = one.speaker, one.office, one.actor
            party.reason = "named by an editor"
            party.save()
        refuse(
            not row.parties.filter(role__in=Party.VOICES).exists(),
            "Somebody must have said it: leave one who speaks.",
        )


def flag(statement: Statement, by: User, note: str = "") -> None:
    """Ask others to look at a statement. Nothing of it changes, so neither does its version."""
    with transaction.atomic(), acting(by, note):
        write_alone()
        row = Statement.objects.get(pk=statement.pk)
        Flag.objects.update_or_create(
            statement=row, defaults={"by": by, "note": note, "at": Now()}
        )
        log(row, Decision.FLAG, by, note)


def unflag(statement: Statement, by: User, note: str = "") -> None:
    """Take the flag off: somebody has looked."""
    with transaction.atomic(), acting(by, note):
        write_alone()
        row = Statement.objects.get(pk=statement.pk)
        gone, _ = Flag.objects.filter(statement=row).delete()
        refuse(not gone, "It is not flagged any more.")
        log(row, Decision.UNFLAG, by, note)


def log(
    row: Statement, decision: Decision, by: User, why: str, undoes: UUID | None = None
) -> None:
    """Log a decision that changes nothing of the statement itself, within the caller's act."""
    state = _state(row)
    Review.objects.create(
        statement=row,
        decision=decision,
        by=by,
        why=why,
        before=state,
        after=state,
        act=current_act(),
        undoes=undoes,
    )


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

    Without a treaty the judgement is on what it is `about` alone, and there is one for each
    such object. `codebook` is the version of the codebook that was followed.
    """
    with deciding(statement, Decision.POSITION, by, why) as row:
        refuse(
            provision is not None and (treaty is None or provision.treaty_id != treaty.pk),
            "The article belongs to another treaty.",
        )
        refuse(treaty is None and not about, "Say what is judged: a treaty or an object.")
        same = Position.objects.filter(object=about) if treaty is None else Position.objects
        same.update_or_create(
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
    statement: Statement, decision: Decision, by: User, why: str, undoes: UUID | None = None
) -> Iterator[Statement]:
    """Let the caller change the row, save it as a new version and log the decision.

    `undoes` is the act that the decision takes back. Under the two-person rule a change of words
    or speakers puts what is published up for another editor.
    """
    with transaction.atomic(), acting(by, why):
        write_alone()
        row = Statement.objects.get(pk=statement.pk)
        before = _state(row)
        yield row
        if decision not in _STANDS and changed_alone(row, before, by):
            row.status = Status.PROPOSED
        # The database may have raised it already, for what the caller wrote; a decision is one.
        row.version = before["version"] + 1
        row.changed_at = Now()
        row.save()
        row.refresh_from_db()
        note_differences([row.pk])
        if decision in _SETTLES:
            Flag.objects.filter(statement=row).delete()
        Review.objects.create(
            statement=row,
            decision=decision,
            by=by,
            why=why,
            before=before,
            after=_state(row),
            act=current_act(),
            undoes=undoes,
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
