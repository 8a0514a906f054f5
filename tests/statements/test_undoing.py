"""What one act changed is put back whole, or not at all."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Max

from history.acting import acting
from history.models import Change
from statements import merging, review
from statements.models import Attestation, Party, Position, Review, Speaker, Statement
from statements.review import ReviewError
from statements.undoing import undo
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def proposed(**values: Any) -> Statement:
    statement: Statement = StatementFactory(status="proposed", published_at=None, **values)
    AttestationFactory(statement=statement)
    PartyFactory(statement=statement)
    return statement


def newest_act() -> UUID:
    found = Change.objects.filter(act__isnull=False).order_by("-pk").first()
    assert found is not None
    assert found.act is not None
    return found.act


def everything() -> dict[str, list[Any]]:
    """Every audited row of the room but reviews, without versions and times."""
    tables = [
        *["statement", "party", "attestation", "position", "eventmention", "speaker"],
        *["speakername", "office", "actor", "actorname", "membership", "event_speakers"],
    ]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT (to_jsonb(t) - '{{version,changed_at}}'::text[])::text "
                f"FROM statements_{table} t ORDER BY id"
            )
            found[table] = cursor.fetchall()
    return found


def test_a_wrong_merge_is_undone() -> None:
    duplicate, original, editor = proposed(), proposed(), UserFactory(username="grace")
    treaty = TreatyFactory()
    PositionFactory(statement=duplicate, treaty=treaty)
    before = everything()
    merging.merge(duplicate, original, editor, "Same words.")

    undone = undo(newest_act(), editor, "Another day.")

    assert everything() == before
    assert {one.pk for one in undone.statements} == {duplicate.pk, original.pk}
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None
    assert duplicate.version == 3
    log = duplicate.reviews.get(decision="undo")
    assert log.why.startswith("Undoes merge of ")
    assert log.why.endswith(". Another day.")
    assert (log.before["status"], log.after["status"]) == ("withdrawn", "proposed")


def test_an_undo_is_undone() -> None:
    duplicate, original, editor = proposed(), proposed(), UserFactory()
    merging.merge(duplicate, original, editor)
    merged = everything()

    undo(newest_act(), editor)
    undo(newest_act(), editor)

    assert everything() == merged
    duplicate.refresh_from_db()
    assert duplicate.version == 4
    assert duplicate.reviews.count() == 3


def test_rows_that_went_come_again_and_those_that_came_go() -> None:
    statement, editor = proposed(), UserFactory()
    ruritania = ActorFactory(name="Ruritania")
    before = everything()
    with review.correcting(statement, editor, "Somebody else."):
        statement.parties.all().delete()
        PartyFactory(statement=statement, speaker=None, actor=ruritania)

    undo(newest_act(), editor)

    assert everything() == before


def test_one_act_of_several_decisions_is_undone_together() -> None:
    statement, editor = proposed(), UserFactory()
    before = everything()
    with acting(editor):
        review.edit(statement, editor, place="Strelsau")
        review.code(statement, TreatyFactory(), "condemns", editor)
        review.publish(statement, editor)

    undo(newest_act(), editor)

    after = everything()
    assert after["statement"] == before["statement"]
    assert after["position"] == []
    log = statement.reviews.get(decision="undo")
    assert log.why.startswith("Undoes edit, position, publish of ")


def test_what_changed_since_is_not_undone_and_is_named() -> None:
    statement, editor = proposed(), UserFactory()
    review.edit(statement, editor, place="Streslau")
    act = newest_act()
    review.edit(statement, UserFactory(username="ada"), place="Strelsau")
    before = everything()

    with pytest.raises(ReviewError) as refusal:
        undo(act, editor)

    assert f"Statement {statement.public_id} was changed (place) meanwhile by ada on " in str(
        refusal.value
    )
    assert everything() == before
    assert not Review.objects.filter(decision="undo").exists()


def test_the_program_is_named_too() -> None:
    statement, editor = proposed(), UserFactory()
    review.code(statement, TreatyFactory(), "condemns", editor)
    act = newest_act()
    Position.objects.update(stance="supports")

    with pytest.raises(
        ReviewError, match=r"position of .* was changed \(stance\).* the program"
    ):
        undo(act, editor)


def test_a_row_that_something_newer_rests_on_stays() -> None:
    editor = UserFactory()
    with acting(editor):
        speaker = SpeakerFactory()
        OfficeFactory(speaker=speaker)
    act = newest_act()
    PartyFactory(speaker=None, office=speaker.offices.get(), actor=ActorFactory())

    with pytest.raises(ReviewError, match="A party recorded since stands in the way"):
        undo(act, editor)

    assert speaker.offices.exists()


def test_a_place_that_was_taken_since_is_not_taken_back() -> None:
    statement, editor = proposed(), UserFactory()
    with review.correcting(statement, editor, "Nobody."):
        statement.parties.all().delete()
    act = newest_act()
    PartyFactory(statement=statement)

    with pytest.raises(ReviewError, match="A party recorded since stands in the way"):
        undo(act, editor)

    assert Party.objects.filter(statement=statement).count() == 1


def test_an_act_that_changed_nothing_here_is_refused() -> None:
    editor = UserFactory()
    with acting(editor):
        UserFactory()
    with pytest.raises(ReviewError, match="Nothing is recorded"):
        undo(newest_act(), editor)


def test_an_act_is_not_undone_within_itself() -> None:
    editor = UserFactory()
    with acting(editor):
        SpeakerFactory()
        with pytest.raises(ReviewError, match="within itself"):
            undo(newest_act(), editor)


def test_a_statement_that_was_made_keeps_its_address() -> None:
    editor = UserFactory()
    with acting(editor):
        statement = proposed()

    undo(newest_act(), editor, "Twice entered.")

    statement.refresh_from_db()
    assert statement.status == Statement.Status.WITHDRAWN
    assert statement.status_reason == "An editor took it back. Twice entered."
    assert not statement.attestations.exists()
    undo(newest_act(), editor)
    statement.refresh_from_db()
    assert statement.status == Statement.Status.PROPOSED
    assert statement.attestations.count() == statement.parties.count() == 1


def test_links_of_many_rows_come_back() -> None:
    event, speaker, editor = EventFactory(), SpeakerFactory(), UserFactory()
    event.speakers.add(speaker)
    with acting(editor):
        event.speakers.clear()

    undo(newest_act(), editor)

    assert list(event.speakers.all()) == [speaker]


def test_a_row_of_before_a_column_came_is_filled() -> None:
    """The history may tell of a row that did not have today's columns yet."""
    editor = UserFactory()
    speaker = SpeakerFactory(name="Grace Example")
    with acting(editor):
        Speaker.objects.filter(pk=speaker.pk).delete()
    act = newest_act()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE history_change DISABLE TRIGGER history_is_kept")
        cursor.execute(
            "UPDATE history_change SET before = before - 'note' "
            "WHERE id = (SELECT max(id) FROM history_change WHERE act = %s)",
            [act],
        )
        cursor.execute("ALTER TABLE history_change ENABLE TRIGGER history_is_kept")

    undo(act, editor)

    assert Speaker.objects.get(name="Grace Example").note == ""


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_one() -> None:
    duplicate, original, editor = proposed(), proposed(), UserFactory()
    before = everything()
    merging.merge(duplicate, original, editor)
    act = newest_act()

    undo(act, editor)

    assert everything() == before
    newest = Change.objects.aggregate(Max("transaction"))["transaction__max"]
    assert Change.objects.filter(transaction=newest).values("act").distinct().count() == 1
    assert Attestation.objects.filter(statement=original).count() == 1
