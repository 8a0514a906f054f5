"""Run the attribution over a snapshot and record what it proposes.

The machine proposes and a person publishes: nothing here touches a statement that somebody
has judged, except to add one more report of its words.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from sources.jobs import Lease
from sources.models import Snapshot
from statements.attribution import ATTRIBUTED_BY, Attribution, Voice, attribute
from statements.gazetteer import register_from_database
from statements.models import (
    Actor,
    Attestation,
    Office,
    Party,
    Position,
    Speaker,
    Statement,
)
from statements.sameness import fingerprint, same_words
from statements.stance import VERSION as STANCE_VERSION
from statements.stance import propose_stance
from statements.topics import VERSION as TOPICS_VERSION
from statements.topics import TopicFinder

# Reports of one act of saying are printed within a few days of each other.
_SAME_OCCASION = timedelta(days=3)
_MODES = {
    "direct": Attestation.Mode.QUOTED,
    "mixed": Attestation.Mode.MIXED,
    "indirect": Attestation.Mode.PARAPHRASED,
}
# Any number will do, as long as nothing else in the program locks it.
_RECORDING = 7_240_619


@dataclass(frozen=True)
class Recorded:
    """What one run over a snapshot changed, counted in statements and reports."""

    new: int = 0
    joined: int = 0
    kept: int = 0
    retracted: int = 0

    def __str__(self) -> str:
        return (
            f"{self.new} new statements, {self.joined} more reports, "
            f"{self.kept} as before, {self.retracted} retracted"
        )


def propose(snapshot_id: int, lease: Lease) -> None:
    """Find the statements of one snapshot and record them as proposals. Safe to run twice."""
    snapshot = Snapshot.objects.read().with_article().filter(pk=snapshot_id).first()
    if snapshot is None:
        with lease.done("snapshot is gone"):
            return
    found = attribute(
        snapshot.text,
        published_on=snapshot.published_on,
        register=register_from_database(),
        source=snapshot.article.source.name,
    )
    with lease.done() as outcome:
        outcome.result = str(record(snapshot, found))


@transaction.atomic
def record(snapshot: Snapshot, found: list[Attribution]) -> Recorded:
    """Write the attributions of a snapshot as statements, parties, reports and positions.

    The same words of the same voices within a few days are one statement, whoever reports
    them. Reports of an earlier run that are not found any more are taken back, and so is a
    proposed statement that loses its last report; judged statements keep theirs.
    """
    with connection.cursor() as cursor:
        # Two outlets with the same words at the same moment must not make two statements.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_RECORDING])
    reports = {(a.start, a.end): a for a in snapshot.attestations.select_related("statement")}
    finder = TopicFinder.from_database()
    new = joined = kept = 0
    # What somebody did not say, or is expected to say, is nobody's statement.
    for attribution in (a for a in found if not a.modality and a.voices):
        report = reports.pop((attribution.start, attribution.end), None)
        if report is not None:
            _refresh(report, attribution)
            statement, kept = report.statement, kept + 1
        else:
            known = _known_statement(snapshot, attribution)
            statement = known or _new_statement(snapshot, attribution)
            Attestation.objects.create(
                statement=statement,
                snapshot=snapshot,
                start=attribution.start,
                end=attribution.end,
                words=snapshot.text[attribution.start : attribution.end],
                language=snapshot.language,
                **_evidence(attribution),
            )
            new, joined = new + (known is None), joined + (known is not None)
        if statement.status == Statement.Status.PROPOSED:
            _improve(statement, snapshot, attribution)
            _propose_positions(statement, snapshot, attribution, finder)
    retracted = sum(_retract(report) for report in reports.values())
    return Recorded(new, joined, kept, retracted)


def _evidence(attribution: Attribution) -> dict[str, object]:
    """What a report says besides its place and words."""
    voice = attribution.voices[0] if attribution.voices else None
    return {
        "mode": _MODES[attribution.kind],
        "spans": [list(span) for span in attribution.spans],
        "speaker_start": voice.start if voice else None,
        "speaker_end": voice.end if voice else None,
        "cue": attribution.cue[:100],
        "cue_start": attribution.cue_start,
        "cue_end": attribution.cue_end,
        "via": attribution.via[:200],
        "modality": attribution.modality,
        "attributed_by": ATTRIBUTED_BY,
        "rule": attribution.rule,
        "confidence": attribution.confidence,
        "warnings": [warning[:300] for warning in attribution.warnings],
    }


def _refresh(report: Attestation, attribution: Attribution) -> None:
    """Let a later run say how it reads the same words; a judged statement keeps its evidence."""
    if report.statement.status != Statement.Status.PROPOSED:
        return
    for name, value in _evidence(attribution).items():
        setattr(report, name, value)
    report.save()


def _known_statement(snapshot: Snapshot, attribution: Attribution) -> Statement | None:
    """The statement with these words by one of these voices at about this time, if any."""
    voices = _shared_voices(attribution.voices)
    if not voices:
        return None
    words = snapshot.text[attribution.start : attribution.end]
    near = Statement.objects.filter(voices, _same_occasion(attribution.said_on)).distinct()
    near = near.select_related("merged_into").order_by("pk")
    known = near.filter(fingerprint=fingerprint(words)).first() or next(
        (statement for statement in near if same_words(statement.text, words)), None
    )
    return known and (known.merged_into or known)


def _shared_voices(voices: tuple[Voice, ...]) -> Q:
    """Statements by one of the same people; by the same actors where no person is known."""
    people = [voice.speaker_id for voice in voices if voice.speaker_id]
    actors = [voice.actor_id for voice in voices if voice.actor_id]
    unknown = [v.name for v in voices if not v.speaker_id and not v.actor_id and v.name]
    shared = Q()
    if people:
        shared |= Q(parties__role__in=Party.VOICES, parties__speaker__slug__in=people)
    if actors and (not people or len(voices) > 1):
        shared |= Q(parties__role__in=Party.VOICES, parties__actor__code__in=actors)
    elif actors:
        shared |= Q(
            parties__role__in=Party.VOICES,
            parties__speaker__isnull=True,
            parties__actor__code__in=actors,
        )
    if unknown:
        shared |= Q(parties__role__in=Party.VOICES, parties__name__in=unknown)
    return shared


def _same_occasion(said_on: date | None) -> Q:
    if said_on is None:
        return Q()
    around = Q(said_on__range=(said_on - _SAME_OCCASION, said_on + _SAME_OCCASION))
    return around | Q(said_on__isnull=True)


def _new_statement(snapshot: Snapshot, attribution: Attribution) -> Statement:
    words = snapshot.text[attribution.start : attribution.end]
    statement = Statement.objects.create(
        text=words,
        language=snapshot.language,
        fingerprint=fingerprint(words),
        **_date(attribution),
    )
    _write_parties(statement, attribution.voices, snapshot.text)
    return statement


def _date(attribution: Attribution) -> dict[str, object]:
    """The day of saying as the attribution knows it; an unknown day stays unknown."""
    if attribution.said_on is None:
        return {
            "said_on": None,
            "said_on_precision": "unknown",
            "said_on_basis": Statement.DateBasis.NONE,
        }
    return {
        "said_on": attribution.said_on,
        "said_on_precision": attribution.precision,
        "said_on_basis": attribution.said_on_basis,
    }


def _write_parties(statement: Statement, voices: tuple[Voice, ...], text: str) -> None:
    """Write who speaks: the first voice as the speaker, the others as co-issuers.

    An office counts as printed only where `text` prints it; the register's stands beside it.
    """
    for order, voice in enumerate(voices):
        office = None
        if voice.office_id:
            office = Office.objects.filter(pk=int(voice.office_id)).first()
        Party.objects.create(
            statement=statement,
            role=Party.Role.SPEAKER if order == 0 else Party.Role.CO_ISSUER,
            order=order,
            speaker=Speaker.objects.filter(slug=voice.speaker_id).first(),
            office=office,
            actor=Actor.objects.filter(code=voice.actor_id).first(),
            name=(voice.name or voice.printed or "unnamed speaker")[:300],
            printed=voice.printed[:500],
            printed_office=voice.office[:300] if voice.office in text else "",
            reason=voice.reason[:200],
        )


def _improve(statement: Statement, snapshot: Snapshot, attribution: Attribution) -> None:
    """Let a proposed statement gain fuller words, better known voices and a known day."""
    words = snapshot.text[attribution.start : attribution.end]
    gained: dict[str, object] = {}
    if len(words) > len(statement.text) and snapshot.language == statement.language:
        gained |= {"text": words, "fingerprint": fingerprint(words)}
    if _better_day(statement, attribution):
        gained |= _date(attribution)
    if gained:
        for name, value in gained.items():
            setattr(statement, name, value)
        statement.changed_at = Now()
        statement.save(update_fields=[*gained, "changed_at"])
    parties = list(statement.parties.filter(role__in=Party.VOICES))
    known = sum(party.speaker_id is not None for party in parties)
    knows = sum(voice.speaker_id is not None for voice in attribution.voices)
    if knows > known or not parties:
        statement.parties.filter(role__in=Party.VOICES).delete()
        _write_parties(statement, attribution.voices, snapshot.text)


def _better_day(statement: Statement, attribution: Attribution) -> bool:
    """Whether a report knows the day better: named in the text, or printed earlier."""
    if attribution.said_on is None:
        return False
    if statement.said_on is None:
        return True
    assumed = Statement.DateBasis.PUBLICATION
    if statement.said_on_basis != assumed:
        return False
    return attribution.said_on_basis != assumed or attribution.said_on < statement.said_on


def _propose_positions(
    statement: Statement, snapshot: Snapshot, attribution: Attribution, finder: TopicFinder
) -> None:
    """Propose how the statement stands to the treaties named in it or near it."""
    words = snapshot.text[attribution.start : attribution.end]
    topics = finder.topics(
        words, _near(snapshot.text, attribution), snapshot.title, snapshot.text
    )
    stance = propose_stance(words, attribution.cue)
    for topic in topics:
        if statement.positions.filter(treaty=topic.treaty, provision=topic.provision).exists():
            continue
        Position.objects.create(
            statement=statement,
            treaty_id=topic.treaty,
            provision_id=topic.provision,
            stance=stance.stance,
            rule=f"{stance.rule}; treaty named in {_place(topic.where)}"[:60],
            version=f"{STANCE_VERSION}.{TOPICS_VERSION}",
            evidence=" · ".join(filter(None, [stance.evidence, topic.evidence]))[:300],
        )


def _place(where: str) -> str:
    return {"near the words": "its paragraph", "title": "the title"}.get(where, "it")


def _near(text: str, attribution: Attribution) -> str:
    """The paragraph of the words and the one before it."""
    start = text.rfind("\n", 0, attribution.start)
    start = text.rfind("\n", 0, max(start, 0)) + 1
    end = text.find("\n", attribution.end)
    return text[start : end if end >= 0 else len(text)]


def _retract(report: Attestation) -> bool:
    """Take back a report that is not found any more, unless a person judged its statement."""
    statement = report.statement
    if statement.status != Statement.Status.PROPOSED:
        return False
    report.delete()
    if not statement.attestations.exists():
        statement.status = Statement.Status.WITHDRAWN
        statement.status_reason = f"No longer found by {ATTRIBUTED_BY}."
        statement.changed_at = Now()
        statement.save(update_fields=["status", "status_reason", "changed_at"])
    return True
