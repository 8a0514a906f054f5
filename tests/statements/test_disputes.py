"""Anybody may dispute a position, within limits; an editor answers, and text stays text."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from history.models import Change
from statements import disputes, review
from statements.disputes import DisputeRefused, TooManyNotes, accept, decline, leave_note
from statements.merging import merge
from statements.models import Dispute, DisputeSender, Position, Review, Statement
from statements.models.disputes import LONGEST
from tests.factories import (
    AttestationFactory,
    PositionFactory,
    ProvisionFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CLIENT, OTHER = "203.0.113.7", "203.0.113.8"


@pytest.fixture
def position() -> Position:
    provision = ProvisionFactory(number="4")
    found: Position = PositionFactory(
        treaty=provision.treaty, provision=provision, stance="condemns", version="3.2"
    )
    return found


@pytest.fixture
def editor() -> User:
    user: User = UserFactory()
    user.groups.add(Group.objects.get(name="editor"))
    return user


def form_of(position: Position) -> str:
    return reverse("dispute", args=[position.statement.public_id, position.pk])


def send(position: Position, text: str = "It only regrets.", **client: Any) -> Any:
    return Client(**client).post(form_of(position), {"text": text})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# Leaving a note


def test_a_reader_leaves_a_note_and_gets_the_address_of_its_answer(position: Position) -> None:
    response = send(position)

    note = Dispute.objects.get()
    assertRedirects(response, f"/disputes/{note.public_id}/")
    assert (note.by, note.position, note.treaty) == (None, position, position.treaty)
    assert note.disputed == "Condemns; coded by machine, version 3.2, codebook 1"
    receipt = Client().get(f"/disputes/{note.public_id}/")
    assertContains(receipt, "The editors have it")
    assertNotContains(receipt, "It only regrets")
    assert receipt.headers["X-Robots-Tag"] == "noindex"


def test_every_position_has_a_link_and_readers_do_not_see_the_notes(
    position: Position,
) -> None:
    send(position)

    page = Client().get(f"/s/{position.statement.public_id}/")

    assertContains(page, f'href="{form_of(position)}"')
    assertNotContains(page, "It only regrets")


def test_who_is_signed_in_is_named(position: Position, editor: User) -> None:
    signed_in(editor).post(form_of(position), {"text": "No."})

    assert Dispute.objects.get().by == editor


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "a\x00", "a" * (LONGEST + 1)])
def test_no_text_or_too_much_is_refused_and_kept_on_the_page(
    text: str, position: Position
) -> None:
    response = send(position, text)

    assert response.status_code in {409, 422}
    assertContains(response, "Nothing was sent", status_code=response.status_code)
    assert not Dispute.objects.exists()


def test_a_note_needs_the_token_of_the_form(position: Position) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(form_of(position), {"text": "No."}).status_code == 403
    assert not Dispute.objects.exists()


def test_five_notes_an_hour_come_from_one_address(position: Position) -> None:
    answers = [send(position, REMOTE_ADDR=CLIENT).status_code for _ in range(6)]
    last = send(position, "Kept words.", REMOTE_ADDR=CLIENT)

    assert answers == [302] * 5 + [429]
    assert last.headers["Retry-After"] == "3600"
    assertContains(last, "Kept words.", status_code=429)
    assert send(position, REMOTE_ADDR=OTHER).status_code == 302
    assert Dispute.objects.count() == 6


def test_after_an_hour_the_address_may_again_and_is_forgotten(position: Position) -> None:
    for _ in range(5):
        send(position, REMOTE_ADDR=CLIENT)
    DisputeSender.objects.update(at=timezone.now() - timedelta(hours=1, minutes=1))

    assert send(position, REMOTE_ADDR=CLIENT).status_code == 302
    assert DisputeSender.objects.count() == 1


def test_an_address_is_kept_as_a_keyed_hash_and_of_ipv6_as_its_network(
    position: Position,
) -> None:
    for last in range(5):
        leave_note(position, "No.", by=None, address=f"2001:db8:0:1::{last:x}")

    with pytest.raises(TooManyNotes):
        leave_note(position, "No.", by=None, address="2001:db8:0:1:ffff::1")
    leave_note(position, "No.", by=None, address="2001:db8:0:2::1")
    assert not DisputeSender.objects.filter(sender__contains="2001").exists()
    assert not Change.objects.filter(table="statements_disputesender").exists()


def test_notes_on_one_statement_and_in_all_are_bounded(
    position: Position, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disputes, "MOST_ON_STATEMENT", 1)
    leave_note(position, "No.", by=None, address=CLIENT)
    with pytest.raises(TooManyNotes, match="on this statement"):
        leave_note(position, "No.", by=None, address=OTHER)
    monkeypatch.setattr(disputes, "MOST_WAITING", 1)
    with pytest.raises(TooManyNotes, match="than they can answer"):
        leave_note(PositionFactory(), "No.", by=None, address=OTHER)


def test_a_position_that_is_no_more_leads_back_with_a_sentence(position: Position) -> None:
    address = form_of(position)
    position.delete()

    response = Client().get(address, follow=True)

    assertRedirects(response, f"/s/{position.statement.public_id}/")
    assertContains(response, "no more")


def test_a_position_dropped_while_the_note_is_written_refuses_it(position: Position) -> None:
    Position.objects.filter(pk=position.pk).delete()

    with pytest.raises(DisputeRefused, match="coded anew meanwhile"):
        leave_note(position, "No.", by=None, address=CLIENT)


def test_positions_of_statements_that_readers_do_not_see_are_not_disputed(
    position: Position,
) -> None:
    Statement.objects.update(status="rejected", published_at=None)

    shown = Client().get(form_of(position), follow=True)

    assertNotContains(shown, "Dispute this position")
    assertContains(shown, "ejected")
    assert not Dispute.objects.exists()


def test_a_note_outlives_its_position(position: Position) -> None:
    note = leave_note(position, "No.", by=None, address=CLIENT)
    position.delete()
    note.refresh_from_db()

    assert note.position is None
    assert note.disputed.startswith("Condemns")


def test_text_stays_text(position: Position, editor: User) -> None:
    note = leave_note(
        position, "<script>alert(1)</script>\u202e {{ 7 }}", by=None, address=CLIENT
    )

    page = signed_in(editor).get(reverse("dispute-note", args=[note.public_id]))

    assertNotContains(page, "<script>alert")
    assertNotContains(page, "\u202e")
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")


# Answering


def answer(client: Client, note: Dispute, **given: str) -> Any:
    return client.post(reverse("dispute-answer", args=[note.public_id]), given)


def test_the_queue_and_the_list_show_what_waits(position: Position, editor: User) -> None:
    note = leave_note(position, "It only regrets.", by=None, address=CLIENT)
    client = signed_in(editor)

    assertContains(client.get("/review/"), "1 disputed position to answer")
    assertContains(client.get("/review/disputes/"), "It only regrets.")
    decline(note, "The words are plain.", editor)
    assertNotContains(client.get("/review/"), "to answer")
    assertContains(client.get("/review/disputes/?answered"), "Declined")


def test_accepting_codes_the_matter_anew_beside_the_others(
    position: Position, editor: User
) -> None:
    note = leave_note(position, "It only regrets.", by=None, address=CLIENT)

    response = answer(
        signed_in(editor), note, verdict="accept", answer="You are right.", stance="concerned"
    )

    assertRedirects(response, "/review/disputes/")
    coded = Position.objects.by_person().get()
    assert (coded.stance, coded.provision, coded.coder) == (
        "concerned",
        position.provision,
        editor,
    )
    assert Position.objects.by_machine().get().stance == "condemns"
    assert Review.objects.get(decision="position").why == "A note disputed it. You are right."
    note.refresh_from_db()
    assert (note.state, note.answered_by) == ("accepted", editor)
    assertContains(Client().get(f"/disputes/{note.public_id}/"), "You are right.")


def test_accepting_without_a_stance_or_anything_without_an_answer_writes_nothing(
    position: Position, editor: User
) -> None:
    note = leave_note(position, "No.", by=None, address=CLIENT)
    client = signed_in(editor)

    unsaid = answer(client, note, verdict="accept", answer="You are right.")
    assertContains(unsaid, "Choose the stance", status_code=422)
    assertContains(unsaid, "You are right.", status_code=422)
    assert answer(client, note, verdict="decline").status_code == 422
    assert answer(client, note, verdict="", answer="Hm.").status_code == 422
    note.refresh_from_db()
    assert note.state == "open"
    assert not Position.objects.by_person().exists()


def test_a_judgement_of_an_object_alone_is_coded_anew_on_that_object(editor: User) -> None:
    alone = PositionFactory(treaty=None, object="troops", stance="condemns")
    note = leave_note(alone, "No.", by=None, address=CLIENT)

    with pytest.raises(DisputeRefused, match="keep that"):
        accept(note, "Yes.", editor, stance="concerned")
    accept(note, "Yes.", editor, stance="concerned", about="troops")

    coded = Position.objects.by_person().get()
    assert (coded.treaty, coded.object, coded.stance) == (None, "troops", "concerned")


def test_two_editors_do_not_both_answer(position: Position, editor: User) -> None:
    note = leave_note(position, "No.", by=None, address=CLIENT)
    first = UserFactory(username="grace")
    decline(note, "It stands.", first)

    late = answer(signed_in(editor), note, verdict="accept", answer="Yes.", stance="concerned")

    assertContains(late, "grace answered it meanwhile", status_code=409)
    assert not Position.objects.by_person().exists()


def test_a_note_follows_its_statement_into_another(position: Position, editor: User) -> None:
    note = leave_note(position, "No.", by=None, address=CLIENT)
    other = AttestationFactory().statement
    merge(position.statement, other, editor)
    note = Dispute.objects.get()

    accept(note, "Yes.", editor, stance="concerned")

    assert Position.objects.by_person().get().statement == other
    assertContains(Client().get(f"/disputes/{note.public_id}/"), other.public_id)


def test_a_note_follows_its_position_when_a_statement_is_split(
    position: Position, editor: User
) -> None:
    leave_note(position, "No.", by=None, address=CLIENT)
    split_off = AttestationFactory().statement
    Position.objects.filter(pk=position.pk).update(statement=split_off)

    accept(Dispute.objects.get(), "Yes.", editor, stance="concerned")

    assert Position.objects.by_person().get().statement == split_off


def test_a_note_on_a_withdrawn_statement_is_declined(position: Position, editor: User) -> None:
    note = leave_note(position, "No.", by=None, address=CLIENT)
    review.withdraw(position.statement, editor, "Misread.")

    with pytest.raises(DisputeRefused, match="was withdrawn"):
        accept(Dispute.objects.get(), "Yes.", editor, stance="concerned")
    decline(Dispute.objects.get(), "It was withdrawn.", editor)
    note.refresh_from_db()
    assert note.state == "declined"


def test_notes_and_answers_have_a_history(position: Position, editor: User) -> None:
    note = leave_note(position, "No.", by=None, address=CLIENT)
    answer(signed_in(editor), note, verdict="decline", answer="It stands.")

    kept = Change.objects.filter(table="statements_dispute").order_by("pk")

    assert [change.operation for change in kept] == ["insert", "update"]
    assert kept[1].who == editor.get_username()


def test_the_database_refuses_an_answer_by_nobody() -> None:
    row = StatementFactory()
    position = PositionFactory(statement=row)
    values = {"statement": row, "treaty": position.treaty, "disputed": "Neutral"}

    for wrong in ({"text": ""}, {"text": "No.", "state": "declined", "answer": "It stands."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dispute.objects.create(**values, **wrong)
