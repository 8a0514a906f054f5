"""What a statement says that no person has touched: what its reports say."""

from sources.models import Snapshot
from statements.attribution import ATTRIBUTED_BY, EMPTY, Attribution
from statements.gazetteer import register_from_database
from statements.in_hand import Hand, InHand
from statements.judging import judge
from statements.models import Attestation, Party, Position, Statement
from statements.models.dates import Precision
from statements.models.positions import EVIDENCE
from statements.sameness import fingerprint
from statements.stance import OTHER, Proposal
from statements.stance import VERSION as STANCE_VERSION
from statements.topics import VERSION as TOPICS_VERSION
from statements.topics import Topic, TopicFinder
from statements.voices import VoiceRows


def describe(
    one: InHand,
    snapshot: Snapshot,
    attribution: Attribution,
    finder: TopicFinder,
    rows: VoiceRows,
    hand: Hand,
) -> None:
    """Let a statement that no person has touched say what its reports say.

    `attribution` is how one of them, in `snapshot`, was read just now.
    """
    if not hand.untouched(one):
        return
    reports = hand.parts(one).reports
    only = len(reports) == 1
    first = reports[0].snapshot_id == snapshot.pk and reports[0].start == attribution.start
    values: dict[str, object] = {"status": Statement.Status.PROPOSED, "status_reason": ""}
    values |= _fullest(one.row, reports)
    if only or _better_day(one.row, attribution):
        values |= said_when(attribution)
    one.change(values)
    parties = rows.parties(one.row, attribution.voices, snapshot.text)
    _name_voices(one, parties, first=first, only=only)
    propose_positions(one, snapshot, attribution, finder, hand, only=only)


def left(one: InHand, hand: Hand) -> None:
    """Let an untouched statement that has lost a report say what the others say, if any."""
    reports = hand.parts(one).reports
    if reports:
        one.change(_fullest(one.row, reports))
        return
    reason = f"No longer found by {ATTRIBUTED_BY}."
    one.change({"status": Statement.Status.WITHDRAWN, "status_reason": reason})


def _fullest(row: Statement, reports: list[Attestation]) -> dict[str, object]:
    """The fullest words that a report prints in the statement's language, the first of equals."""
    fitting = [report for report in reports if report.language == row.language] or reports
    best = max(fitting, key=lambda report: len(report.words))
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


def _name_voices(one: InHand, parties: list[Party], *, first: bool, only: bool) -> None:
    """Name who speaks: as the first report names them, unless another knows more of them."""
    known, knows = (
        sum(p.speaker_id is not None for p in some) for some in (one.voices, parties)
    )
    better = knows > known or (first and knows == known)
    if (only or better) and list(map(_facts, one.voices)) != list(map(_facts, parties)):
        one.voices, one.renamed = parties, True


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
    one: InHand,
    snapshot: Snapshot,
    attribution: Attribution,
    finder: TopicFinder,
    hand: Hand,
    *,
    only: bool,
) -> None:
    """Propose how the statement stands to the treaties named in it or near it.

    The only report says all; one of several says only what no other said.
    """
    words = snapshot.text[attribution.start : attribution.end]
    topics = finder.topics(
        words, _near(snapshot.text, attribution), snapshot.title, snapshot.text
    )
    register = register_from_database() if topics else EMPTY
    positions = hand.parts(one).positions
    machine = {(p.treaty_id, p.provision_id): p for p in positions}
    for topic in topics:
        position = machine.pop((topic.treaty, topic.provision), None)
        if position is not None and not only:
            continue
        if position is None:
            position = Position(
                statement=one.row, treaty_id=topic.treaty, provision_id=topic.provision
            )
            positions.append(position)
        parties = finder.parties[topic.treaty]
        proposal = judge(snapshot.text, snapshot.language, attribution, parties, register)
        _code(position, snapshot, proposal, topic)
        hand.add_position(position)
    if only and machine:
        hand.drop_positions(one, machine.values())


def _code(position: Position, snapshot: Snapshot, proposal: Proposal, topic: Topic) -> None:
    """Let a position say what is proposed; what is said of another matter says nothing of it."""
    stance, legal, rule = proposal.stance.code, proposal.legal.code, proposal.rule
    about = proposal.about
    if about == OTHER and (stance, legal) != (Position.Stance.UNCLEAR, Position.Legal.NONE):
        rule = f"{stance}, but of another matter: {rule}"
    if about == OTHER:
        stance, legal, about = Position.Stance.UNCLEAR, Position.Legal.NONE, ""
    position.stance, position.legal, position.object = stance, legal, about
    position.rule = f"{rule}; treaty named in {_place(topic.where)}"[:200]
    position.version = f"{STANCE_VERSION}.{TOPICS_VERSION}"
    position.snapshot = snapshot
    position.spans = [[span.start, span.end] for span in proposal.evidence]
    shown = [snapshot.text[span.start : span.end] for span in proposal.evidence]
    position.evidence = " · ".join([*shown, topic.evidence])[:EVIDENCE]


def _place(where: str) -> str:
    return {"near the words": "its paragraph", "title": "the title"}.get(where, "it")


def _near(text: str, attribution: Attribution) -> str:
    """The paragraph of the words and the one before it."""
    start = text.rfind("\n", 0, attribution.start)
    start = text.rfind("\n", 0, max(start, 0)) + 1
    end = text.find("\n", attribution.end)
    return text[start : end if end >= 0 else len(text)]
