"""A statement that a person enters from words of a kept text.

It begins as a proposal with its first decision in the log, so that no run of the machine takes
it back; an editor publishes it as any other.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from history.acting import acting
from sources.models import Snapshot
from statements.models import Actor, Attestation, Office, Party, Review, Speaker, Statement
from statements.models.dates import Precision
from statements.sameness import fingerprint
from statements.selecting import find_words, trimmed
from statements.writing import write_alone

ENTERED = "entered by hand"


@dataclass(frozen=True)
class Voice:
    """One who speaks: a person or an actor of the register, or a name that it has not.

    `printed` is name and title as the text prints them.
    """

    name: str
    speaker: Speaker | None = None
    office: Office | None = None
    actor: Actor | None = None
    printed: str = ""
    printed_office: str = ""


@dataclass(frozen=True)
class Entry:
    """What a person says of words at [start:end] of a text; the first voice is the speaker."""

    start: int
    end: int
    mode: str
    voices: tuple[Voice, ...]
    said_on: date | None = None
    precision: str = Precision.UNKNOWN
    place: str = ""
    form: str = ""
    why: str = ""


class NotEntered(Exception):
    """The entry cannot be written; the message says why and what to do.

    `known` is the statement that has these very words already, if that is why.
    """

    def __init__(self, sentence: str, known: Statement | None = None) -> None:
        super().__init__(sentence)
        self.known = known


def enter(snapshot: Snapshot, entry: Entry, by: User) -> Statement:
    """Record words of a kept text as a proposed statement of the named voices.

    Raises `NotEntered` for no words, no voice, and for words that are recorded already.
    """
    start, end = trimmed(snapshot.text, entry.start, entry.end)
    if start >= end:
        raise NotEntered("No words are chosen. Choose them in the text.")
    if not entry.voices:
        raise NotEntered("Say who speaks.")
    words = snapshot.text[start:end]
    with transaction.atomic(), acting(by, entry.why):
        write_alone()
        known = snapshot.attestations.filter(start=start, end=end).first()
        if known is not None:
            raise NotEntered(
                "These very words are recorded already. Correct that statement instead.",
                known.statement,
            )
        row = Statement.objects.create(
            text=words,
            language=snapshot.language,
            fingerprint=fingerprint(words),
            place=entry.place,
            form=entry.form,
            **_day(entry),
        )
        Party.objects.bulk_create(_parties(row, entry))
        Attestation.objects.create(
            statement=row,
            snapshot=snapshot,
            mode=entry.mode,
            start=start,
            end=end,
            words=words,
            spans=[[start, end]],
            language=snapshot.language,
            attributed_by=ENTERED,
            **_printed(snapshot.text, start, end, entry.voices[0].printed),
        )
        Review.objects.create(
            statement=row,
            decision=Review.Decision.ENTER,
            by=by,
            why=entry.why,
            after={
                "status": row.status,
                "version": row.version,
                "text": words,
                "voices": [voice.name for voice in entry.voices],
                "said_on": entry.said_on.isoformat() if entry.said_on else None,
            },
        )
    return row


def _day(entry: Entry) -> dict[str, object]:
    if entry.said_on is None:
        return {}
    return {
        "said_on": entry.said_on,
        "said_on_precision": entry.precision,
        "said_on_basis": Statement.DateBasis.EDITOR,
    }


def _parties(row: Statement, entry: Entry) -> list[Party]:
    roles = [Party.Role.SPEAKER, *[Party.Role.CO_ISSUER] * (len(entry.voices) - 1)]
    return [
        Party(
            statement=row,
            role=role,
            order=order,
            speaker=voice.speaker,
            office=voice.office,
            actor=voice.actor,
            name=voice.name,
            printed=voice.printed,
            printed_office=voice.printed_office,
            reason=ENTERED,
        )
        for order, (role, voice) in enumerate(zip(roles, entry.voices, strict=True))
    ]


def _printed(text: str, start: int, end: int, printed: str) -> dict[str, int]:
    """Where the text prints the speaker: at the nearest place to the words."""
    places = find_words(text, printed)
    if not places:
        return {}
    nearest = min(places, key=lambda one: min(abs(one.end - start), abs(one.start - end)))
    return {"speaker_start": nearest.start, "speaker_end": nearest.end}
