"""What a statement says that no person has touched: what its reports say."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now

from sources.models import Snapshot
from statements.attribution import ATTRIBUTED_BY, Attribution, Voice
from statements.models import Actor, Attestation, Office, Party, Position, Speaker, Statement
from statements.models.dates import Precision
from statements.sameness import fingerprint
from statements.stance import VERSION as STANCE_VERSION
from statements.stance import propose_stance
from statements.topics import VERSION as TOPICS_VERSION
from statements.topics import TopicFinder


class VoiceRows:
    """The rows of the register that the voices of a text stand for, asked for all at once."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        voices = [voice for attribution in attributions for voice in attribution.voices]
        speakers = {voice.speaker_id for voice in voices if voice.speaker_id}
        actors = {voice.actor_id for voice in voices if voice.actor_id}
        offices = {int(voice.office_id) for voice in voices if voice.office_id}
        self._speakers = _keys(Speaker.objects.filter(slug__in=speakers), "slug", speakers)
        self._actors = _keys(Actor.objects.filter(code__in=actors), "code", actors)
        self._offices = _keys(Office.objects.filter(pk__in=offices), "pk", offices)

    def parties(
        self, statement: Statement, voices: tuple[Voice, ...], text: str
    ) -> list[Party]:
        """Who speaks, not yet written: the first voice as the speaker, the others co-issuers.

        An office counts as printed only where `text` prints it; the register's stands beside.
        """
        return [
            Party(
                statement=statement,
                role=Party.Role.CO_ISSUER if order else Party.Role.SPEAKER,
                order=order,
                speaker_id=self._speakers.get(voice.speaker_id),
                office_id=self._offices.get(int(voice.office_id or 0)),
                actor_id=self._actors.get(voice.actor_id),
                name=(voice.name or voice.printed or "unnamed speaker")[:300],
                printed=voice.printed[:500],
                printed_office=voice.office[:300] if voice.office in text else "",
                reason=voice.reason[:200],
            )
            for order, voice in enumerate(voices)
        ]


def _keys(rows: "QuerySet[Any]", name: str, wanted: Collection[object]) -> dict[object, int]:
    """The primary keys of the rows by this field; asks nothing when nothing is wanted."""
    return dict(rows.values_list(name, "pk")) if wanted else {}


def untouched(statement: Statement) -> Statement | None:
    """The statement as it stands, if it is the machine's alone: no person has decided about it."""
    row = Statement.objects.get(pk=statement.pk)
    machines = {Statement.Status.PROPOSED, Statement.Status.WITHDRAWN}
    alone = row.status in machines and row.merged_into_id is None
    return row if alone and not row.reviews.exists() else None


def change(row: Statement, values: dict[str, object], *, renamed: bool = False) -> None:
    """Write what differs, as a new version that can be told from the one cited before.

    `renamed` says that its voices were written anew, which is a new version too.
    """
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed and not renamed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    row.changed_at = Now()
    row.save(update_fields=[*changed, "version", "changed_at"])


def describe(
    statement: Statement,
    snapshot: Snapshot,
    attribution: Attribution,
    finder: TopicFinder,
    rows: VoiceRows,
) -> None:
    """Let a statement that no person has touched say what its reports say.

    `attribution` is how one of them, in `snapshot`, was read just now.
    """
    row = untouched(statement)
    if row is None:
        return
    reports = list(row.attestations.order_by("pk"))
    only = len(reports) == 1
    first = reports[0].snapshot_id == snapshot.pk and reports[0].start == attribution.start
    parties = rows.parties(row, attribution.voices, snapshot.text)
    values: dict[str, object] = {"status": Statement.Status.PROPOSED, "status_reason": ""}
    values |= _fullest(row, reports)
    if only or _better_day(row, attribution):
        values |= said_when(attribution)
    change(row, values, renamed=_name_voices(row, parties, first=first, only=only))
    propose_positions(row, snapshot, attribution, finder, only=only)


def left(row: Statement) -> None:
    """Let an untouched statement that has lost a report say what the others say, if any."""
    reports = list(row.attestations.order_by("pk"))
    if reports:
        change(row, _fullest(row, reports))
        return
    reason = f"No longer found by {ATTRIBUTED_BY}."
    change(row, {"status": Statement.Status.WITHDRAWN, "status_reason": reason})


def _fullest(row: Statement, reports: list[Attestation]) -> dict[str, object]:
    """The fullest words that a report prints in the statement's language, the first of equals."""
    fitting = [report for report in reports if report.language == row.language] or reports
    best = max(fitting, key=lambda report: (len(report.words), -report.pk))
    return {
        "text": best.words,
        "language": best.language,
        "fingerprint": fingerprint(best.words),
    }


def said_when(attribution: Attribution) -> dict[str, object]:
    """The day of saying as the attribution knows it; an unknown day stays unknown."""
    if attribution.said_on is None:
        return {
            "said_on": None,
            "said_on_precision": Precision.UNKNOWN,
            "said_on_basis": Statement.DateBasis.NONE,
        }
    return {
        "said_on": attribution.said_on,
        "said_on_precision": attribution.precision,
        "said_on_basis": attribution.said_on_basis,
    }


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


def _name_voices(row: Statement, parties: list[Party], *, first: bool, only: bool) -> bool:
    """Write who speaks: as the first report names them, unless another knows more of them.

    Returns whether anything was written.
    """
    written = list(row.parties.filter(role__in=Party.VOICES))
    known, knows = (sum(p.speaker_id is not None for p in some) for some in (written, parties))
    better = knows > known or (first and knows == known)
    if not (only or better) or list(map(_facts, written)) == list(map(_facts, parties)):
        return False
    row.parties.filter(role__in=Party.VOICES).delete()
    Party.objects.bulk_create(parties)
    return True


def _facts(party: Party) -> tuple[object, ...]:
    """What makes two parties the same but for their rows."""
    return (
        party.role,
        party.order,
        party.speaker_id,
        party.office_id,
        party.actor_id,
        party.name,
        party.printed,
        party.printed_office,
        party.reason,
    )


def propose_positions(
    statement: Statement,
    snapshot: Snapshot,
    attribution: Attribution,
    finder: TopicFinder,
    *,
    only: bool,
    new: bool = False,
) -> None:
    """Propose how the statement stands to the treaties named in it or near it.

    The only report says all; one of several says only what no other said. A `new` statement
    has no positions yet.
    """
    words = snapshot.text[attribution.start : attribution.end]
    topics = finder.topics(
        words, _near(snapshot.text, attribution), snapshot.title, snapshot.text
    )
    stance = propose_stance(words, attribution.cue)
    if new and not topics:
        return
    machine = {(p.treaty_id, p.provision_id): p for p in statement.positions.by_machine()}
    for topic in topics:
        position = machine.pop((topic.treaty, topic.provision), None)
        if position is not None and not only:
            continue
        position = position or Position(
            statement=statement, treaty_id=topic.treaty, provision_id=topic.provision
        )
        position.stance = stance.stance
        position.rule = f"{stance.rule}; treaty named in {_place(topic.where)}"[:60]
        position.version = f"{STANCE_VERSION}.{TOPICS_VERSION}"
        position.evidence = " · ".join(filter(None, [stance.evidence, topic.evidence]))[:300]
        position.save()
    if only and machine:
        statement.positions.filter(pk__in=[p.pk for p in machine.values()]).delete()


def _place(where: str) -> str:
    return {"near the words": "its paragraph", "title": "the title"}.get(where, "it")


def _near(text: str, attribution: Attribution) -> str:
    """The paragraph of the words and the one before it."""
    start = text.rfind("\n", 0, attribution.start)
    start = text.rfind("\n", 0, max(start, 0)) + 1
    end = text.find("\n", attribution.end)
    return text[start : end if end >= 0 else len(text)]
