"""A statement that a person enters from words of a kept text.

It begins as a proposal with its first decision in the log, so that no run of the machine takes
it back; an editor publishes it as any other.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from history.acting import acting, current_act
from sources.models import Snapshot
from statements.models import Actor, Attestation, Office, Party, Review, Speaker, Statement
from statements.models.dates import Precision
from statements.models.statements import ENTERED
from statements.printed_before import printed_before, sentence
from statements.reported import report_in_reference, whole_of
from statements.sameness import fingerprint
from statements.selecting import find_words, trimmed
from statements.writing import write_alone


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

    Of a reference the whole is entered, as what it says of its document: the offsets of the
    entry do not count. Raises `NotEntered` for no words, no voice, a day after the text was
    printed, and for words that are recorded already.
    """
    if not entry.voices:
        raise NotEntered("Say who speaks.")
    start, end = stretch_of(snapshot, entry.start, entry.end)
    if start >= end:
        raise NotEntered("No words are chosen. Choose them in the text.")
    text, language, summarised = _text(snapshot, start, end)
    with transaction.atomic(), acting(by, entry.why):
        write_alone()
        known = snapshot.attestations.filter(start=start, end=end).first()
        if known is not None:
            raise NotEntered(
                "These very words are recorded already. Correct that statement instead.",
                known.statement,
            )
        row = Statement.objects.create(
            text=text,
            language=language,
            summarised=summarised,
            fingerprint=fingerprint(text),
            place=entry.place,
            form=entry.form,
            **_day(entry),
        )
        Party.objects.bulk_create(_parties(row, entry))
        if snapshot.described:
            report_in_reference(row, snapshot, entered_by=ENTERED)
        else:
            _report(row, snapshot, start, end, entry)
        if entry.said_on and (day := printed_before(row.pk, entry.said_on)):
            raise NotEntered(sentence(day))
        Review.objects.create(
            statement=row,
            decision=Review.Decision.ENTER,
            by=by,
            why=entry.why,
            act=current_act(),
            after={
                "status": row.status,
                "version": row.version,
                "text": text,
                "voices": [voice.name for voice in entry.voices],
                "said_on": entry.said_on.isoformat() if entry.said_on else None,
            },
        )
    return row


def stretch_of(snapshot: Snapshot, start: int, end: int) -> tuple[int, int]:
    """The offsets of what is entered: of a reference the whole, else the chosen words, trimmed."""
    if snapshot.described:
        return whole_of(snapshot)
    return trimmed(snapshot.text, start, end)


def _text(snapshot: Snapshot, start: int, end: int) -> tuple[str, str, bool]:
    """What the statement shows, in which language, and whether it is an editor's summary."""
    if snapshot.described and snapshot.reference.summary:
        return snapshot.reference.summary, snapshot.reference.summary_language, True
    return snapshot.text[start:end], snapshot.language, False


def _report(row: Statement, snapshot: Snapshot, start: int, end: int, entry: Entry) -> None:
    Attestation.objects.create(
        statement=row,
        snapshot=snapshot,
        mode=entry.mode,
        start=start,
        end=end,
        words=snapshot.text[start:end],
        spans=[[start, end]],
        language=snapshot.language,
        attributed_by=ENTERED,
        **_printed(snapshot.text, start, end, entry.voices[0].printed),
    )


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
