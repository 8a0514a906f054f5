"""Notes against positions: anybody leaves one, within limits, and an editor answers it."""

import ipaddress
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sources.cleaning import clean_text
from statements import review
from statements.models import Dispute, DisputeSender, Position, Statement
from statements.models.disputes import LONGEST
from statements.writing import write_alone

PERIOD = timedelta(hours=1)
MOST_FROM_ADDRESS = 5  # in that period
MOST_FROM_ACCOUNT = 60
MOST_ON_STATEMENT = 20  # that wait for an answer
MOST_WAITING = 500


class DisputeRefused(Exception):
    """The note or answer is not taken; the message says why and what to do."""


class TooManyNotes(DisputeRefused):
    """Too much waits, or comes from one place, just now."""


def leave_note(
    position: Position, text: str, *, by: User | None, address: str | None
) -> Dispute:
    """Keep a note against a position; `address` is where an unnamed reader sends it from.

    Raises `TooManyNotes` beyond the limits, and `DisputeRefused` without text, beyond its
    length, or when the position is no more.
    """
    said = clean_text(text).strip()
    if len(said) > LONGEST or not any(map(str.isalnum, said)):
        raise DisputeRefused(f"Say in at most {LONGEST} characters what is wrong with it.")
    sender, most = _sender(by, address), MOST_FROM_ACCOUNT if by else MOST_FROM_ADDRESS
    _refuse_flood(sender, most)  # before anybody has to wait for it
    with transaction.atomic():
        write_alone()  # nobody drops the position meanwhile, and nobody is counted twice
        rows = Position.objects.select_related("statement", "provision", "treaty")
        now = rows.filter(pk=position.pk).first()
        if now is None:
            raise DisputeRefused("This position was coded anew meanwhile: look at it again.")
        _refuse_flood(sender, most)
        _refuse_pile(now.statement)
        DisputeSender.objects.filter(at__lt=timezone.now() - PERIOD).delete()
        DisputeSender.objects.create(sender=sender)
        return Dispute.objects.create(
            statement=now.statement,
            position=now,
            treaty=now.treaty,
            provision=now.provision,
            object=now.object,
            disputed=_in_words(now)[:500],
            text=said,
            by=by,
        )


def accept(
    dispute: Dispute,
    answer: str,
    by: User,
    *,
    stance: str,
    legal: str = Position.Legal.NONE,
    about: str = Position.Object.UNCLEAR,
) -> None:
    """Agree with a note: code the matter anew as the editor's own judgement, and say so."""
    with transaction.atomic():
        row = _to_answer(dispute, answer)
        target = row.about
        if target.status == Statement.Status.WITHDRAWN:
            raise DisputeRefused("The statement was withdrawn: decline the note and say so.")
        if row.treaty is None and about != row.object:
            raise DisputeRefused(
                f"The position is on {row.get_object_display()} alone: keep that as what is judged."
            )
        review.code(
            target,
            row.treaty,
            stance,
            by,
            provision=row.provision,
            legal=legal,
            about=about,
            why=f"A note disputed it. {answer.strip()}",
        )
        _answer(row, Dispute.State.ACCEPTED, answer, by)
    dispute.refresh_from_db()


def decline(dispute: Dispute, answer: str, by: User) -> None:
    """Keep the position as it is and say why."""
    with transaction.atomic():
        _answer(_to_answer(dispute, answer), Dispute.State.DECLINED, answer, by)
    dispute.refresh_from_db()


def _refuse_flood(sender: str, most: int) -> None:
    since = timezone.now() - PERIOD
    if DisputeSender.objects.filter(sender=sender, at__gte=since).count() >= most:
        raise TooManyNotes(
            f"{most} notes came from here within the hour, and more are not taken. "
            "Keep your text and send it in an hour."
        )


def _refuse_pile(statement: Statement) -> None:
    if statement.disputes.open().count() >= MOST_ON_STATEMENT:
        raise TooManyNotes(
            f"{MOST_ON_STATEMENT} notes on this statement wait for an answer already. "
            "Keep your text and come back when an editor has answered them."
        )
    if Dispute.objects.open().count() >= MOST_WAITING:
        raise TooManyNotes(
            "More notes wait for the editors than they can answer. Keep your text and come back "
            "in some days."
        )


def _sender(by: User | None, address: str | None) -> str:
    """A keyed hash of who sends: an account, or an address; of IPv6 the network of one line."""
    if by is not None:
        who = f"account {by.pk}"
    elif address is None:
        who = "unknown"
    else:
        parsed = ipaddress.ip_address(address)
        network = ipaddress.ip_network(f"{address}/{64 if parsed.version == 6 else 32}", False)
        who = str(network)
    return salted_hmac("statements.disputes", who, algorithm="sha256").hexdigest()


def _in_words(position: Position) -> str:
    coder = "an editor" if position.coder_id else f"machine, version {position.version}"
    legal = ""
    if position.legal != Position.Legal.NONE:
        legal = f", {position.get_legal_display()}"
    of = f" on {position.get_object_display()}" if position.object else ""
    return (
        f"{position.get_stance_display()}{of}{legal}; coded by {coder}, "
        f"codebook {position.codebook}"
    )


def _to_answer(dispute: Dispute, answer: str) -> Dispute:
    """The note, kept for this transaction; raises `DisputeRefused` when it is answered."""
    if not answer.strip() or len(answer) > LONGEST:
        raise DisputeRefused(f"Answer in at most {LONGEST} characters.")
    write_alone()
    rows = Dispute.objects.select_related(
        "statement__merged_into",
        "position__statement__merged_into",
        "treaty",
        "provision",
        "answered_by",
    )
    row = rows.get(pk=dispute.pk)
    if row.state != Dispute.State.OPEN:
        raise DisputeRefused(
            f"{row.answered_by} answered it meanwhile: {row.get_state_display().lower()}. "
            "Nothing was written."
        )
    return row


def _answer(row: Dispute, state: str, answer: str, by: User) -> None:
    row.state = state
    row.answer = clean_text(answer).strip()
    row.answered_by = by
    row.answered_at = Now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
