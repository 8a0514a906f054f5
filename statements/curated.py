"""Write the curated statements, as reviewed ones that stand on references.

They are decided by the account «curated», which cannot sign in. What a person has decided about
since stays as that person left it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from history.acting import acting
from sources.models import Snapshot, Source
from sources.reading import accept_attribution
from sources.references import Description, keep_reference
from statements import review
from statements.curated_files import Curated, Entry, Told
from statements.matching import around
from statements.models import (
    Actor,
    Attestation,
    CuratedEntry,
    Event,
    Office,
    Party,
    Position,
    Provision,
    Speaker,
    Statement,
    Treaty,
)
from statements.models.dates import Precision, SaidPrecision
from statements.register_files import RegisterError
from statements.reported import report_in_reference
from statements.sameness import fingerprint
from statements.search.entries import deferred
from statements.tellings import note_differences
from statements.timeline import MAIN_TREATY
from statements.writing import write_alone

ACCOUNT = "curated"
LANGUAGE = "en"  # of summaries and fragments
_ENTERED_BY = "curated, statements.yaml"


@dataclass
class Loaded:
    """What a load did: entries by outcome, and one sentence for each that stayed as it was."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


@dataclass(frozen=True)
class _Judgement:
    """What an entry says of one instrument, or of its object alone."""

    treaty: Treaty | None
    provision: Provision | None
    stance: str
    legal: str


def load_curated(curated: Curated) -> Loaded:
    """Write all entries; all of them or, when something raises, none.

    Twice changes nothing. Raises `RegisterError` for what the register does not know, and
    `OSError` when the snapshot store cannot be written.
    """
    register = _Register(curated)
    loaded = Loaded()
    by = _account()
    with deferred():
        write_alone()
        known = {one.entry: one for one in CuratedEntry.objects.select_related("statement")}
        for entry in curated.entries:
            why = f"Curated start, version {curated.version}: coded by hand, entry {entry.id}."
            writer = _Writer(entry, register, by, why, str(curated.version))
            row = known.pop(entry.id, None)
            if row is None:
                loaded.statements.append(writer.create())
                loaded.counts["created"] += 1
            elif row.loaded == entry.record:
                loaded.counts["unchanged"] += 1
            elif row.statement.reviews.exclude(by=by).exists():
                loaded.counts["kept"] += 1
                loaded.kept.append(
                    f"{entry.id}: the file has changed, and so has a person statement "
                    f"{row.statement.public_id}, which stays; correct it by hand"
                )
            else:
                writer.update(row)
                loaded.statements.append(row.statement)
                loaded.counts["updated"] += 1
        loaded.kept += [
            f"{key}: is no longer in the file; statement {row.statement.public_id} stays"
            for key, row in known.items()
        ]
    return loaded


def look_for_reports(statements: Iterable[Statement]) -> int:
    """Have the kept texts of about the same days attributed anew, since they may report these.

    Returns how many texts that are; each is a job.
    """
    about = Q(pk__in=[])
    for row in statements:
        days = list(row.attestations.values_list("snapshot__published_on", flat=True))
        for day in filter(None, {row.said_on, row.said_on_to, *days}):
            about |= Q(published_on__range=around(day))
    texts = Snapshot.objects.attributable().filter(about).each_text_once()
    occasion = f"curated {timezone.now().isoformat()}"
    return sum(accept_attribution(text, occasion) for text in texts.with_article())


def _account() -> User:
    """The account that stands behind the curated statements; nobody can sign in with it."""
    user, created = User.objects.get_or_create(
        username=ACCOUNT, defaults={"is_active": False, "first_name": "Curated start"}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


class _Register:
    """The rows of the register that a file names, by their ids in it."""

    def __init__(self, curated: Curated) -> None:
        self.actors = _by_id(Actor.objects.select_related("parent"))
        self.speakers = _by_id(Speaker.objects.all())
        self.offices = _by_id(Office.objects.select_related("actor__parent"))
        self.events = _by_id(Event.objects.all())
        self.sources = _by_id(Source.objects.all())
        self.treaties = _by_id(Treaty.objects.all())
        provisions = Provision.objects.filter(register_id__isnull=False)
        self.provisions = {(row.treaty_id, row.number): row for row in provisions}
        problems = [
            f"statements.yaml: {entry.id}: {sentence}"
            for entry in curated.entries
            for sentence in self._unknown(entry)
        ]
        if problems:
            raise RegisterError(problems)

    def _unknown(self, entry: Entry) -> Iterator[str]:
        named: list[tuple[str, str, dict[str, Any]]] = [
            *(("actors", key, self.actors) for key in entry.actors),
            *(("speakers", one.office, self.offices) for one in entry.speakers if one.office),
            *(("outlet", told.source, self.sources) for told in entry.reports),
            *([("event", entry.event, self.events)] if entry.event else []),
        ]
        people = {**self.actors, **self.speakers}
        named += [("speakers", one.speaker, people) for one in entry.speakers]
        named += [
            ("persons_named", key, people) for told in entry.reports for key in told.named
        ]
        named += [("relay", entry.relay, people)] if entry.relay else []
        for name, key, rows in named:
            if key not in rows:
                yield f"{name}: «{key}» is not in the register; load the register first"
        for one in entry.speakers:
            office = self.offices.get(one.office)
            if office and office.speaker.register_id != one.speaker:
                yield f"speakers: «{one.office}» is no office of {one.speaker}"
        for key in entry.provisions:
            if self.instrument(key) is None:
                yield f"provisions: «{key}» is not in the register; load the register first"
        if all(key in rows for _, key, rows in named):
            states = {_state(party.actor) for party in self.parties(entry) if party.actor}
            if states != set(entry.actors):
                yield (
                    f"actors: {', '.join(entry.actors)} are named, but its speakers speak for "
                    f"{', '.join(sorted(states)) or 'nobody'}"
                )

    def instrument(self, key: str) -> tuple[Treaty, Provision | None] | None:
        """`ru-kp-2024` is a treaty, `ru-kp-2024:4` its article 4."""
        slug, _, number = key.partition(":")
        treaty = self.treaties.get(slug)
        if treaty is None:
            return None
        provision = self.provisions.get((treaty.pk, number))
        return None if number and provision is None else (treaty, provision)

    def name(self, key: str) -> str:
        """The name of a speaker, or of an actor that speaks as one."""
        row: Speaker | Actor = self.speakers.get(key) or self.actors[key]
        return row.name

    def parties(self, entry: Entry) -> list[Party]:
        """Who speaks, not yet of any statement: the named ones, or else the actors."""
        printed = entry.reports[0].printed
        if not entry.speakers:
            parties = [
                Party(actor=(actor := self.actors[key]), name=actor.name)
                for key in entry.actors
            ]
        else:
            parties = [self._party(one.speaker, one.office) for one in entry.speakers]
        for order, party in enumerate(parties):
            party.role = Party.Role.CO_ISSUER if entry.joint else Party.Role.SPEAKER
            party.order = order
            party.reason = "named by the curated file"
            party.printed = printed[:500] if len(parties) == 1 else ""
        return parties

    def _party(self, key: str, office_key: str) -> Party:
        office = self.offices.get(office_key)
        speaker = self.speakers.get(key)
        actor = office.actor if office else speaker.actor if speaker else self.actors[key]
        return Party(speaker=speaker, office=office, actor=actor, name=self.name(key))


class _Writer:
    """Writes one entry."""

    def __init__(
        self, entry: Entry, register: _Register, by: User, why: str, codebook: str
    ) -> None:
        self._entry, self._register = entry, register
        self._by, self._why, self._codebook = by, why, codebook

    def create(self) -> Statement:
        """Make the statement, publish it and code it."""
        with acting(self._by, self._why):
            row = Statement.objects.create(
                fingerprint=fingerprint(self._entry.summary), **self._fields()
            )
            self._name_parties(row)
            self._report(row)
            review.publish(row, self._by, self._why)
            self._judge(row)
            CuratedEntry.objects.create(
                entry=self._entry.id, statement=row, loaded=self._entry.record
            )
        return row

    def update(self, known: CuratedEntry) -> None:
        """Let the statement say what the file says now."""
        row = known.statement
        with acting(self._by, self._why):
            with review.correcting(row, self._by, self._why):
                row.parties.all().delete()
                self._name_parties(row)
                self._report(row)
                row.positions.filter(coder=self._by).delete()
            # Its words and its day are looked up in the reports that it has now.
            review.edit(row, self._by, self._why, **self._fields())
            self._judge(row)
            known.loaded = self._entry.record
            known.save(update_fields=["loaded"])

    def _fields(self) -> dict[str, Any]:
        entry = self._entry
        return {
            "text": entry.summary,
            "summarised": True,
            "language": LANGUAGE,
            "said_on": entry.said_on,
            "said_on_to": entry.said_on_to,
            "said_on_precision": entry.precision,
            "said_on_basis": entry.basis,
            "place": entry.place,
            "event": self._register.events[entry.event] if entry.event else None,
            "form": entry.form,
        }

    def _name_parties(self, row: Statement) -> None:
        parties = self._register.parties(self._entry)
        for party in parties:
            party.statement = row
        Party.objects.bulk_create(parties)

    def _report(self, row: Statement) -> None:
        """Have one reference for each report; those of another load are taken away."""
        kept = [self._report_of(row, told).pk for told in self._entry.reports]
        ours = row.attestations.filter(
            attributed_by=_ENTERED_BY, snapshot__origin=Snapshot.Origin.REFERENCE
        )
        ours.exclude(pk__in=kept).delete()
        note_differences([row.pk])

    def _report_of(self, row: Statement, told: Told) -> Attestation:
        entry, register = self._entry, self._register
        snapshot = keep_reference(
            Description(
                source=register.sources[told.source],
                title=told.title,
                published_on=told.published_on,
                fragments=told.fragments,
                language=LANGUAGE,
                summary=entry.summary,
                summary_language=LANGUAGE,
            ),
            self._by,
        )
        parties = register.parties(entry)
        named = {register.name(key) for key in told.named}
        voices = [party for party in parties if party.name in named] or parties
        exact = entry.precision == SaidPrecision.DAY
        told_day = exact and entry.basis != Statement.DateBasis.OTHER_SOURCE
        translated = told.translation not in {"none", "unknown"}
        return report_in_reference(
            row,
            snapshot,
            entered_by=_ENTERED_BY,
            cue=told.cue[:100],
            directness=told.directness,
            translated=translated,
            translated_by=told.translation if translated else "",
            via=register.name(entry.relay) if entry.relay else "",
            form=entry.form,
            place=entry.place,
            confidence=entry.confidence,
            said_on=entry.said_on if told_day else None,
            said_on_precision=entry.precision if told_day else Precision.UNKNOWN,
            said_on_basis=entry.basis if told_day else Statement.DateBasis.NONE,
            voices=[_voice(party, told.printed) for party in voices],
        )

    def _judge(self, row: Statement) -> None:
        why = [self._why, *self._entry.notes]
        for number, one in enumerate(self._judgements()):
            review.code(
                row,
                one.treaty,
                one.stance,
                self._by,
                provision=one.provision,
                legal=one.legal,
                about=self._entry.object,
                modality=self._entry.modality,
                codebook=self._codebook,
                why=" ".join(why) if number == 0 else self._why,
            )

    def _judgements(self) -> Sequence[_Judgement]:
        """What the entry says of each instrument, that with the stance first.

        The stance is on the entry's object: on the pact itself, on the resolutions if it is the
        sanctions, and else on no instrument at all. Of the others that are named only the legal
        judgement is told, which resolutions are the law of.
        """
        entry = self._entry
        found = []
        for key in entry.provisions:
            treaty, provision = self._register.instrument(key) or (None, None)
            assert treaty is not None  # checked before anything was written
            law = treaty.kind == Treaty.Kind.RESOLUTION
            judged = entry.object == (
                Position.Object.SANCTIONS if law else Position.Object.TREATY
            ) and (law or treaty.slug == MAIN_TREATY)
            stance = entry.stance if judged else Position.Stance.UNCLEAR
            legal = entry.legal if judged or law else Position.Legal.NONE
            found.append(_Judgement(treaty, provision, stance, legal))
        found.sort(key=lambda one: one.stance == Position.Stance.UNCLEAR)
        if not found or found[0].stance == Position.Stance.UNCLEAR:
            found.insert(0, _Judgement(None, None, entry.stance, entry.legal))
        return found


def _voice(party: Party, printed: str) -> dict[str, str]:
    """One who speaks, as `statements.grounds` has a report keep them."""
    actor = party.actor
    return {
        "name": party.name,
        "speaker": party.speaker.slug if party.speaker else "",
        "printed": printed,
        "office": "",
        "country": (actor.parent or actor).short_code if actor else "",
        "kind": "" if party.speaker else "body",
        "actor": actor.code if actor else "",
        "reason": "named by the curated file",
    }


def _by_id(rows: Any) -> dict[str, Any]:
    return {str(row.register_id): row for row in rows.filter(register_id__isnull=False)}


def _state(actor: Actor) -> str:
    """The id of the state or organisation that an actor is, or is an organ of."""
    return str((actor.parent or actor).register_id)
