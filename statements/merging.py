"""Two statements that are one: the reports move, the addresses lead on, nothing is deleted."""

from django.contrib.auth.models import User

from history.acting import acting
from statements.four_eyes import must_leave_to_another
from statements.issuers import facts, known_as
from statements.models import Attestation, Flag, Party, Review, Statement
from statements.review import deciding, refuse
from statements.search.entries import deferred
from statements.writing import write_alone

Status = Statement.Status
Decision = Review.Decision


def merge(statement: Statement, into: Statement, by: User, why: str = "") -> None:
    """Make `statement` one with `into`: its reports move there and its address leads there.

    Both are changed, so both get a new version and a row in the log. A flag goes along.
    """
    of_other = " ".join(filter(None, [f"{statement.public_id} was merged into it.", why]))
    with deferred(), acting(by, why):
        write_alone()
        with (
            deciding(statement, Decision.MERGE, by, why) as row,
            deciding(into, Decision.MERGE, by, of_other) as target,
        ):
            refuse(target.pk == row.pk, "A statement cannot be merged into itself.")
            refuse(row.merged_into_id is not None, "It was merged already.")
            refuse(
                row.status in {Status.REJECTED, Status.WITHDRAWN},
                f"{row.public_id} is {row.get_status_display().lower()} "
                f"({row.status_reason.rstrip('.')}), so its reports stand behind nothing: publish "
                "it first, or undo that.",
            )
            refuse(target.merged_into_id is not None, "Merge it into the other's successor.")
            refuse(
                target.status in {Status.REJECTED, Status.WITHDRAWN},
                f"{target.public_id} is {target.get_status_display().lower()}: publish it first, "
                "or merge into another.",
            )
            refuse(
                row.status == Status.PUBLISHED and target.status == Status.PROPOSED,
                f"It is published and {target.public_id} is not: merge that one into this one, "
                "or publish it first.",
            )
            if target.status == Status.PUBLISHED != row.status:
                own = must_leave_to_another(row, by)
                refuse(
                    bool(own),
                    f"You {' and '.join(own)}, and {target.public_id} is published, so somebody "
                    "else must merge it. Flag it to ask another editor.",
                )
            by_person = Attestation.Joined.PERSON
            row.attestations.update(statement=target, joined_by=by_person, likeness=None)
            _hand_over_positions(row, target)
            _hand_over_flag(row, target)
            _bring_issuers(row, target)
            known = target.event_mentions.values("event")
            row.event_mentions.exclude(event__in=known).update(statement=target)
            row.merged.update(merged_into=target)
            row.merged_into = target
            row.status = Status.WITHDRAWN
            row.status_reason = f"Merged into {target.public_id}."


def _hand_over_positions(row: Statement, target: Statement) -> None:
    """Move the judgements that go with the reports; the target's own stand before them.

    A person's moves unless the same person judged the target on that matter, a machine's
    unless anybody did. Those that stay are part of what `row` was.
    """
    coders: dict[tuple[int | None, int | None, str], set[int | None]] = {}
    for known in target.positions.all():
        coders.setdefault(known.matter, set()).add(known.coder_id)
    for position in row.positions.all():
        there = coders.get(position.matter, set())
        if position.coder_id in there or (there and position.coder_id is None):
            continue
        position.statement = target
        position.save(update_fields=["statement"])


def _hand_over_flag(row: Statement, target: Statement) -> None:
    """Let what others were asked to look at wait at the target, beside what waits there."""
    flag = Flag.objects.filter(statement=row).select_related("by").first()
    if flag is None:
        return
    known = Flag.objects.filter(statement=target).first()
    if known is None:
        Flag.objects.filter(pk=flag.pk).update(statement=target)
        return
    asked = f"{flag.by} of {row.public_id}: {flag.note or 'look at it'}"
    known.note = "\n".join(filter(None, [known.note, asked]))
    known.save(update_fields=["note"])
    flag.delete()


def _bring_issuers(row: Statement, target: Statement) -> None:
    """Let the target name all who issued a joint statement, as each outlet names some.

    Of any other statement the target names who speaks. A name alone that leads to nobody of
    the register («the statement») says no more than that. `row` keeps what was found.
    """
    issuers = [Party.Role.SPEAKER, Party.Role.CO_ISSUER]
    known = list(target.parties.filter(role__in=issuers))
    more = list(row.parties.filter(role__in=issuers))
    called_joint = Statement.Form.JOINT_STATEMENT in {row.form, target.form}
    if not (called_joint or len(known) > 1 or len(more) > 1):
        return
    if len(more) == 1 and not (more[0].speaker_id or more[0].actor_id):
        return
    for party in more:
        same = known_as(party, known)
        if same is None:
            order = max((one.order for one in known), default=-1) + 1
            same = Party(statement=target, role=Party.Role.CO_ISSUER, order=order)
            known.append(same)
        elif same.speaker_id or not party.speaker_id:
            continue  # where the target names an actor alone, a person stands for it
        for name, value in facts(party).items():
            setattr(same, name, value)
        same.save()
