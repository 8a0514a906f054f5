"""Reports that are of another act of saying become a statement of their own."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.contrib.auth.models import User

from history.acting import acting
from statements.describing import day_rank, fullest, occasion
from statements.matches import keep_apart
from statements.models import (
    Actor,
    Attestation,
    EventMention,
    Party,
    Position,
    Review,
    Statement,
)
from statements.register_lookup import actor_called, office_on, speaker_called
from statements.review import deciding, refuse
from statements.sameness import fingerprint
from statements.search.entries import deferred
from statements.writing import write_alone

_OCCASION = (
    "said_on", "said_on_to", "said_on_precision", "said_on_basis", "event", "event_reason"
)  # fmt: skip
_NO_TRANSLATION = {"translation": "", "translation_language": "", "translated_by": ""}


def split(
    statement: Statement, reports: Collection[Attestation], by: User, why: str = ""
) -> Statement:
    """Make `reports` of `statement` a statement of their own, proposed, and return it.

    It has the voices that those reports name, else copies of the statement's; judgements whose
    evidence stands in those reports go with them. Both get a new version and a row in the log,
    and no run joins or offers the two again.
    Raises `ReviewError` where nothing would stay or nothing would go.
    """
    new = Statement(status=Statement.Status.PROPOSED)
    told = " ".join(filter(None, [f"Reports were split off to {new.public_id}.", why]))
    told_of_new = " ".join(filter(None, [f"Split off from {statement.public_id}.", why]))
    with deferred(), acting(by, why):
        write_alone()
        with deciding(statement, Review.Decision.SPLIT, by, told) as row:
            chosen = {report.pk for report in reports}
            here = list(row.attestations.select_related("snapshot").order_by("pk"))
            going = [report for report in here if report.pk in chosen]
            staying = [report for report in here if report.pk not in chosen]
            refuse(row.merged_into_id is not None, "It was merged; split the other statement.")
            refuse(len(going) != len(chosen), "A chosen report is not one of this statement.")
            refuse(not going, "Choose the reports that are of another statement.")
            refuse(not staying, "At least one report must stay with the statement.")
            _word(new, row, going)
            new.save()
            with deciding(new, Review.Decision.SPLIT, by, told_of_new) as other:
                Party.objects.bulk_create(_parties(other, row, going))
                moved = row.attestations.filter(pk__in=chosen)
                by_person = Attestation.Joined.PERSON
                moved.update(statement=other, joined_by=by_person, likeness=None)
                _take_along(row, other, going, staying)
            _leave(row, going, staying)
        keep_apart(statement, new, by, why)
    return new


def _word(new: Statement, row: Statement, going: list[Attestation]) -> None:
    """Let the new statement say what its reports say; what they do not say is as before."""
    new.language = row.language
    for name in _OCCASION:
        setattr(new, name, getattr(row, name))
    values = {**_shown(new, going), **occasion(going), **_day(going)}
    if values["text"] == row.text:
        values |= {name: getattr(row, name) for name in _NO_TRANSLATION}
    for name, value in values.items():
        setattr(new, name, value)


def _day(reports: list[Attestation]) -> dict[str, object]:
    """The day as the report tells it that knows it best, the earliest of equals."""
    telling = [report for report in reports if report.said_on]
    if not telling:
        return {}
    best = min(
        telling,
        key=lambda one: (-day_rank(one.said_on_precision, one.said_on_basis), one.said_on),
    )
    return {
        "said_on": best.said_on,
        "said_on_to": None,
        "said_on_precision": best.said_on_precision,
        "said_on_basis": best.said_on_basis,
    }


def _leave(row: Statement, going: list[Attestation], staying: list[Attestation]) -> None:
    """Let the old statement show words that one of its reports still prints."""
    if _tells(staying, row.text) or not _tells(going, row.text):
        return
    for name, value in {**_shown(row, staying), **_NO_TRANSLATION}.items():
        setattr(row, name, value)


def _tells(reports: list[Attestation], text: str) -> bool:
    return any(text in {report.words, report.summary} for report in reports)


def _shown(row: Statement, reports: list[Attestation]) -> dict[str, object]:
    """The fullest words that the reports print; an editor's summary where none prints more."""
    if printing := [report for report in reports if not report.is_summary]:
        return {**fullest(row, printing), "summarised": False}
    summary = next((report.summary for report in reports if report.summary), "")
    values = fullest(row, reports)
    text = summary or str(values["text"])
    return {
        **values,
        "text": text,
        "fingerprint": fingerprint(text),
        "summarised": bool(summary),
    }


def _parties(new: Statement, row: Statement, going: list[Attestation]) -> Iterator[Party]:
    """Who takes part: the voices that the reports name, and the others as they were."""
    known = list(row.parties.all())
    named: Sequence[dict[str, str]] = next((r.voices for r in going if r.voices), [])
    for order, voice in enumerate(named):
        names = {voice["name"], voice["printed"]} - {""}
        same = (p for p in known if p.role in Party.VOICES and {p.name, p.printed} & names)
        party = next(same, None)
        party = _copied(party, new) if party else _from_register(voice, new, row.said_on)
        party.role = Party.Role.CO_ISSUER if order else Party.Role.SPEAKER
        party.order = order
        yield party
    for party in known:
        if not named or party.role not in Party.VOICES:
            yield _copied(party, new)


def _copied(party: Party, new: Statement) -> Party:
    fields = [field.name for field in Party._meta.concrete_fields]
    values = {name: getattr(party, name) for name in fields if name != "id"}
    return Party(**{**values, "statement": new})


def _from_register(voice: dict[str, str], new: Statement, day: date | None) -> Party:
    """A voice as a party, with what the register has under exactly this name, if one row has."""
    name = voice["name"] or voice["printed"] or "unnamed speaker"
    party = Party(
        statement=new,
        name=name[:300],
        printed=voice["printed"][:500],
        printed_office=voice["office"][:300],
        reason=voice["reason"][:200],
    )
    if speaker := speaker_called(name):
        party.speaker, party.office = speaker, office_on(speaker, day)
        party.actor = party.office.actor if party.office else speaker.actor
    else:
        of_state = Actor.objects.standing().filter(short_code=voice["country"] or None)
        party.actor = actor_called(name) or of_state.first()
    return party


def _take_along(
    row: Statement, new: Statement, going: list[Attestation], staying: list[Attestation]
) -> None:
    """Move what rests on the reports that go: positions by their evidence, events by their words."""
    for position in row.positions.with_evidence():
        if _rests_on(position, going) and not _rests_on(position, staying):
            position.statement = new
            position.save(update_fields=["statement"])
    for mention in row.event_mentions.all():
        if not any(mention.printed in report.words for report in going):
            continue
        if any(mention.printed in report.words for report in staying):
            fields = {"event": mention.event, "where": mention.where}
            fields |= {"printed": mention.printed, "version": mention.version}
            EventMention.objects.create(statement=new, **fields)
        else:
            mention.statement = new
            mention.save(update_fields=["statement"])


def _rests_on(position: Position, reports: list[Attestation]) -> bool:
    """Whether the evidence of a position stands in the words or at the cue of a report.

    Where it has no places, its text alone tells of which report it is.
    """
    for report in reports:
        if report.snapshot_id != position.snapshot_id:
            continue
        starts = [p for p in (report.start, report.cue_start) if p is not None]
        ends = [p for p in (report.end, report.cue_end) if p is not None]
        if not position.spans or any(
            min(starts) <= start and end <= max(ends) for start, end in position.spans
        ):
            return True
    return False
