"""What a statement says that no person has touched: what its reports say."""

from sources.models import Snapshot
from statements.attribution import ATTRIBUTED_BY, EMPTY, Attribution
from statements.events import VERSION as EVENTS_VERSION
from statements.events import EventFinder
from statements.gazetteer import register_from_database
from statements.in_hand import Hand, InHand
from statements.issuers import together
from statements.judging import judge
from statements.matching import is_joint
from statements.models import Attestation, EventMention, Party, Position, Statement
from statements.models.dates import Precision
from statements.models.positions import EVIDENCE
from statements.sameness import fingerprint
from statements.stance import CODEBOOK, OTHER, Proposal
from statements.stance import VERSION as STANCE_VERSION
from statements.topics import VERSION as TOPICS_VERSION
from statements.topics import Context, TopicFinder
from statements.voices import VoiceRows


def describe(
    one: InHand,
    snapshot: Snapshot,
    attribution: Attribution,
    finder: TopicFinder,
    events: EventFinder,
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
    values |= fullest(one.row, reports) | occasion(reports)
    if only or _better_day(one.row, attribution):
        values |= said_when(attribution)
    one.change(values)
    parties = rows.parties(one.row, attribution.voices, snapshot.text)
    if not only and (is_joint(attribution) or len(one.voices) > 1):
        _rename(one, together(one.voices, parties))
    else:
        _name_voices(one, parties, first=first, only=only)
    one.change(_event(one, events))
    context = _context(snapshot, attribution)
    propose_positions(one, context, snapshot, attribution, finder, hand, only=only)
    mention_events(one, context, snapshot, events, hand, only=only)


def left(one: InHand, hand: Hand) -> None:
    """Let an untouched statement that has lost a report say what the others say, if any."""
    hand.reported_otherwise(one)
    reports = hand.parts(one).reports
    if reports:
        one.change(fullest(one.row, reports) | occasion(reports))
        return
    reason = f"No longer found by {ATTRIBUTED_BY}."
    one.change({"status": Statement.Status.WITHDRAWN, "status_reason": reason})


_HARDLY_LESS = 0.75  # of the characters


def fullest(row: Statement, reports: list[Attestation]) -> dict[str, object]:
    """The fullest words that a report prints in the statement's language, the first of equals.

    What is quoted goes before a report of it in the outlet's words that is hardly fuller.
    """
    fitting = [report for report in reports if report.language == row.language] or reports
    best = max(fitting, key=lambda report: len(report.words))
    quoted = [report for report in fitting if report.mode == Attestation.Mode.QUOTED]
    said = max(quoted, key=lambda report: len(report.words), default=best)
    if len(said.words) >= _HARDLY_LESS * len(best.words):
        best = said
    return {
        "text": best.words,
        "language": best.language,
        "fingerprint": fingerprint(best.words),
    }


def occasion(reports: list[Attestation]) -> dict[str, object]:
    """Form and place as the reports tell them: together from one report, if one tells both."""
    both = next((report for report in reports if report.form and report.place), None)
    form = both or next((report for report in reports if report.form), None)
    place = both or next((report for report in reports if report.place), None)
    return {"form": form.form if form else "", "place": place.place if place else ""}


def _event(one: InHand, events: EventFinder) -> dict[str, object]:
    """The event of the register that the statement was made at, if its facts agree."""
    row = one.row
    exact = row.said_on_precision == Precision.DAY
    voices = [(voice.speaker_id, voice.actor_id) for voice in one.voices]
    found = events.made_at(row.said_on if exact else None, row.form, row.place, voices)
    return {"event_id": found[0] if found else None, "event_reason": found[1] if found else ""}


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


# How well a day is known: named in the text, to the month or the year, or assumed.
_KNOWN = {Precision.DAY: 4, Precision.MONTH: 3, Precision.YEAR: 2, Precision.UNKNOWN: 0}


def _better_day(statement: Statement, attribution: Attribution) -> bool:
    """Whether a report knows the day better: named in the text, or printed earlier."""
    if attribution.said_on is None:
        return False
    known = day_rank(statement.said_on_precision, statement.said_on_basis)
    knows = day_rank(attribution.precision, attribution.said_on_basis)
    if known == knows == _ASSUMED and statement.said_on is not None:
        return attribution.said_on < statement.said_on
    return knows > known


_ASSUMED = 1


def day_rank(precision: str, basis: str) -> int:
    """How well a day is known, from 0 to 4: assumed, to the year, to the month, named."""
    if basis == Statement.DateBasis.PUBLICATION:
        return _ASSUMED
    return _KNOWN[Precision(precision)]


def _name_voices(one: InHand, parties: list[Party], *, first: bool, only: bool) -> None:
    """Name who speaks: as the first report names them, unless another knows more of them."""
    known, knows = (
        sum(p.speaker_id is not None for p in some) for some in (one.voices, parties)
    )
    better = knows > known or (first and knows == known)
    if only or better:
        _rename(one, parties)


def _rename(one: InHand, parties: list[Party]) -> None:
    """Let these be who speaks, if they are others than before."""
    if list(map(_facts, one.voices)) != list(map(_facts, parties)):
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
    context: Context,
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
    topics = finder.topics(context)
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
        instrument = finder.instrument(topic.treaty)
        proposal = judge(
            snapshot.text, snapshot.language, attribution, instrument.states, register
        )
        _code(position, snapshot, proposal, of_law=instrument.resolution)
        position.where, position.named = topic.where, topic.evidence[:200]
        position.version = f"{STANCE_VERSION}.{TOPICS_VERSION}"
        hand.add_position(position)
    if only and machine:
        hand.drop_positions(one, machine.values())


def _code(position: Position, snapshot: Snapshot, proposal: Proposal, *, of_law: bool) -> None:
    """Let a position say what is proposed; a judgement of another matter is no stance on this.

    On a resolution (`of_law`) only what is said of the sanctions is one: that a treaty breaks
    it is its legal code.
    """
    stance, legal, about = proposal.stance.code, proposal.legal.code, proposal.about
    rule = proposal.rule
    elsewhere = about != Position.Object.SANCTIONS if of_law else about == OTHER
    if elsewhere and stance != Position.Stance.UNCLEAR:
        rule = f"{stance}, but of another matter: {rule}"
        stance = Position.Stance.UNCLEAR
    if about == OTHER:
        legal, about = Position.Legal.NONE, Position.Object.UNCLEAR
    position.stance, position.legal, position.object = stance, legal, about
    position.rule = rule[:200]
    position.codebook = CODEBOOK
    position.snapshot = snapshot
    position.spans = [[span.start, span.end] for span in proposal.evidence]
    shown = (snapshot.text[span.start : span.end] for span in proposal.evidence)
    position.evidence = " · ".join(shown)[:EVIDENCE]


def mention_events(
    one: InHand,
    context: Context,
    snapshot: Snapshot,
    events: EventFinder,
    hand: Hand,
    *,
    only: bool,
) -> None:
    """Note the events that the statement speaks of; one of several reports only adds to them."""
    day = one.row.said_on if one.row.said_on_precision == Precision.DAY else None
    spoken = events.spoken_of(context, day or snapshot.published_on)
    mentions = hand.parts(one).mentions
    known = {mention.event_id: mention for mention in mentions}
    for each in spoken:
        mention = known.pop(each.event, None)
        if mention is not None and not only:
            continue
        if mention is None:
            mention = EventMention(statement=one.row, event_id=each.event)
            mentions.append(mention)
        mention.where, mention.printed = each.where, each.printed
        mention.version = EVENTS_VERSION
        hand.add_mention(mention)
    if only and known:
        hand.drop_mentions(one, known.values())


def _context(snapshot: Snapshot, attribution: Attribution) -> Context:
    """The words of a statement with its paragraph, the one before, title and article."""
    text = snapshot.text
    start = text.rfind("\n", 0, attribution.start) + 1
    end = text.find("\n", attribution.end)
    before = text[:start].rstrip()
    return Context(
        words=text[attribution.start : attribution.end],
        paragraph=text[start : end if end >= 0 else len(text)],
        before=before[before.rfind("\n") + 1 :],
        title=snapshot.title,
        article=text,
    )
