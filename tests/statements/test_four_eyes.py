"""With the two-person rule, nothing that one person entered or changed stands as published on
their word alone, whichever way it goes."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from history.acting import acting
from statements import review
from statements.deeds import last_deeds
from statements.four_eyes import done_by, must_leave_to_another
from statements.merging import merge
from statements.models import Party, Speaker, Statement
from statements.register_merging import merge_entries
from statements.register_splitting import split_entry
from statements.review import ReviewError, Taking
from statements.splitting import split
from statements.undoing import undo
from tests.factories import (
    AttestationFactory,
    GivenSnapshotFactory,
    PartyFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.statements.test_reviewing import decide, line, proposed

pytestmark = pytest.mark.django_db

Status = Statement.Status


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    settings.REVIEW_FOUR_EYES = True


def person(name: str) -> User:
    user: User = UserFactory(username=name)
    user.groups.add(Group.objects.get(name="editor"))
    return user


@pytest.fixture
def ada() -> User:
    return person("ada")


@pytest.fixture
def ben() -> User:
    return person("ben")


def entered(by: User) -> Statement:
    """A proposed statement that a person entered."""
    with acting(by):
        return proposed()


def published(by: User) -> Statement:
    """A statement that the machine found and a person published."""
    statement = proposed()
    review.publish(statement, by)
    return statement


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def status(statement: Statement) -> str:
    return Statement.objects.get(pk=statement.pk).status


# ------------------------------------------------------- what is published is changed


def test_changed_words_of_what_is_published_wait_for_a_second_person(
    ada: User, ben: User
) -> None:
    statement = published(ada)

    review.edit(statement, ada, text="keep to the text")

    assert statement.awaits_second
    with pytest.raises(ReviewError, match="You changed its words"):
        review.publish(statement, ada)
    review.publish(statement, ben)
    assert (status(statement), statement.text) == (Status.PUBLISHED, "keep to the text")


def test_who_speaks_in_what_is_published_waits_for_a_second_person(ada: User) -> None:
    statement = published(ada)
    named = Taking(statement.parties.get(), Party.Role.SPEAKER, "Ada Example")

    review.name_parties(statement, [named], ada)

    assert statement.awaits_second


def test_a_summary_that_is_said_to_be_words_waits_for_a_second_person(
    ada: User, ben: User
) -> None:
    statement = published(ben)
    Statement.objects.filter(pk=statement.pk).update(summarised=True)

    review.edit(statement, ada, summarised=False)

    assert statement.awaits_second
    with pytest.raises(ReviewError, match="You changed its words"):
        review.publish(statement, ada)


def test_who_gave_the_text_does_not_publish_what_the_machine_finds_in_it(
    ada: User, ben: User
) -> None:
    statement = proposed()
    statement.attestations.all().delete()
    AttestationFactory(statement=statement, snapshot=GivenSnapshotFactory(given_by=ada))

    with pytest.raises(ReviewError, match="You gave a text that it is reported in"):
        review.publish(statement, ada)
    review.publish(statement, ben)
    review.withdraw(statement, ben, "Never said.")
    with pytest.raises(ReviewError, match="You gave a text that it is reported in"):
        review.publish(statement, ada)


def test_a_text_that_was_given_joins_no_published_statement_by_its_giver(
    ada: User, ben: User
) -> None:
    own, target = proposed(), published(ben)
    AttestationFactory(statement=own, snapshot=GivenSnapshotFactory(given_by=ada))

    with pytest.raises(ReviewError, match="You gave a text that it is reported in"):
        merge(own, target, ada)
    merge(own, target, ben)
    assert must_leave_to_another(target, ada) == []


def test_a_report_that_begins_elsewhere_waits_for_a_second_person(ada: User) -> None:
    statement = published(ada)
    report = statement.attestations.get()

    review.correct_words(statement, report, report.start, report.end - 2, ada)

    assert statement.awaits_second


def test_a_name_that_is_resolved_waits_for_a_second_person(ada: User) -> None:
    statement = published(ada)
    statement.parties.update(speaker=None, name="A. Example")

    review.resolve_voice(statement, "A. Example", SpeakerFactory(), ada, "She is.")

    assert statement.awaits_second


@pytest.mark.parametrize("changes", [{"place": "Zenda"}, {"form": "speech"}, {}])
def test_what_is_not_weighed_leaves_it_published(
    changes: dict[str, str], ada: User, ben: User
) -> None:
    statement = published(ben)

    review.edit(statement, ada, **changes)
    review.code(statement, None, "condemns", ada, about="troops")

    assert status(statement) == Status.PUBLISHED


def test_without_the_rule_a_correction_leaves_it_published(ada: User, settings: Any) -> None:
    settings.REVIEW_FOUR_EYES = False
    statement = published(ada)

    review.edit(statement, ada, text="We keep to the text")

    assert status(statement) == Status.PUBLISHED


def test_a_correction_in_the_admin_waits_for_a_second_person(ada: User) -> None:
    statement = published(ada)
    party = statement.parties.get()
    User.objects.filter(pk=ada.pk).update(is_superuser=True, is_staff=True)

    form = signed_in(ada).get(f"/admin/statements/party/{party.pk}/change/")
    assertNotContains(form, 'name="statement"')
    told = signed_in(ada).post(
        "/admin/statements/party/",
        {"action": "delete_selected", "_selected_action": [party.pk], "post": "yes"},
        follow=True,
    )

    assertContains(told, "another editor must publish it")
    assert not statement.parties.exists()
    assert status(statement) == Status.PROPOSED


def test_words_that_went_with_a_split_wait_for_a_second_person(ada: User, ben: User) -> None:
    statement = published(ben)
    report = statement.attestations.get()
    Statement.objects.filter(pk=statement.pk).update(text=report.words)
    AttestationFactory(statement=statement, start=1, end=5)

    new = split(statement, [report], ada, "Another day.")

    statement.refresh_from_db()
    assert statement.awaits_second
    with pytest.raises(ReviewError, match="You entered it"):
        review.publish(new, ada)


def test_statements_that_go_to_another_person_wait_for_a_second_one(ada: User) -> None:
    statement, proposal = published(ada), proposed()
    both = statement.parties.get().speaker
    assert both is not None
    proposal.parties.update(speaker=both)
    parties = [*statement.parties.all(), *proposal.parties.all()]
    version = statement.version

    split_entry(both, Speaker(slug="ann", name="Ann"), ada, "Two people.", parties)

    statement.refresh_from_db()
    assert (statement.awaits_second, statement.version) == (True, version + 1)
    assert done_by(proposal, ada) == ["changed who speaks"]
    undo(last_deeds(ada)[0].act, ada)
    assert status(statement) == Status.PUBLISHED


def test_who_changes_many_at_once_is_told_what_waits(ada: User) -> None:
    statement = published(ada)
    speaker = statement.parties.get().speaker
    assert speaker is not None
    desk = signed_in(ada)
    given = {"name": "Ann", "parties": statement.parties.get().pk, "why": "Two."}

    split_up = desk.post(f"/speakers/{speaker.slug}/split/", given, follow=True)

    assertContains(
        split_up, "1 published statement waits for another editor to confirm what changed."
    )
    review.publish(statement, person("cleo"))
    statement.parties.update(speaker=None, name="A. Example")
    given = {"decision": "same", "name": "A. Example", "speaker": speaker.name}
    told = desk.post("/review/names/", given, follow=True)
    assertContains(
        told, "1 published statement waits for another editor to confirm what changed."
    )


def test_speakers_that_are_one_change_nobodys_words(ada: User) -> None:
    statement, proposal = published(ada), proposed()
    speaker = statement.parties.get().speaker
    assert speaker is not None
    proposal.parties.update(speaker=speaker)

    merge_entries(speaker, SpeakerFactory(), ada, "One person.")

    assert status(statement) == Status.PUBLISHED
    assert done_by(proposal, ada) == []


# ----------------------------------------------------------------------- by a merge


def test_nobody_merges_their_own_entry_into_what_is_published(ada: User, ben: User) -> None:
    own, target = entered(ada), published(ben)

    with pytest.raises(ReviewError, match=r"You entered it .* somebody else must merge it"):
        merge(own, target, ada)
    merge(own, target, ben)

    assert target.attestations.count() == 2
    assert must_leave_to_another(target, ada) == []


def test_what_others_stand_behind_is_merged_by_whoever_entered_it(ada: User, ben: User) -> None:
    own, target = entered(ada), published(ben)
    review.publish(own, ben)

    merge(own, target, ada)

    assert status(target) == Status.PUBLISHED


def test_a_merge_that_brings_issuers_along_leaves_it_published(ada: User, ben: User) -> None:
    found, target = proposed(), published(ben)
    PartyFactory(statement=found, role="co_issuer", order=1)

    merge(found, target, ada)

    assert target.parties.count() == 3
    assert status(target) == Status.PUBLISHED


def test_who_was_named_before_a_merge_counts_after_it(ada: User, ben: User) -> None:
    found, target = proposed(), proposed()
    named = Taking(None, Party.Role.CO_ISSUER, "Ada Example")
    review.name_parties(found, [named], ada)

    merge(found, target, ben)

    assert must_leave_to_another(target, ada) == ["changed who speaks"]
    assert must_leave_to_another(target, ben) == []


# ----------------------------------------------------------------------- by an undo


def test_a_correction_taken_back_leaves_it_published(ada: User, ben: User) -> None:
    statement = published(ben)
    review.edit(statement, ada, text="We keep to the text")

    undo(last_deeds(ada)[0].act, ada)

    assert status(statement) == Status.PUBLISHED


def test_nobody_publishes_their_own_entry_by_undoing_a_withdrawal(ada: User, ben: User) -> None:
    statement = entered(ada)
    review.publish(statement, ben)
    review.withdraw(statement, ben, "Never said.")

    with pytest.raises(ReviewError, match=r"You entered it .* somebody else must undo this"):
        undo(last_deeds(ben)[0].act, ada)
    with pytest.raises(ReviewError, match="somebody else must publish it"):
        review.publish(statement, ada)

    assert status(statement) == Status.WITHDRAWN
    undo(last_deeds(ben)[0].act, ben)
    assert status(statement) == Status.PUBLISHED


def test_nobody_publishes_their_own_entry_by_redoing_a_merge(ada: User, ben: User) -> None:
    own, target = entered(ada), published(ben)
    merge(own, target, ben)
    undone = undo(last_deeds(ben)[0].act, ben)

    with pytest.raises(ReviewError, match="somebody else must undo this"):
        undo(undone.act, ada)

    assert target.attestations.count() == 1


def test_a_publication_taken_back_stands_behind_nothing(ada: User, ben: User) -> None:
    statement = entered(ada)
    review.publish(statement, ben)
    undone = undo(last_deeds(ben)[0].act, ben)

    with pytest.raises(ReviewError, match="somebody else must undo this"):
        undo(undone.act, ada)
    with pytest.raises(ReviewError, match="You entered it"):
        review.publish(statement, ada)


# ----------------------------------------------------------------------- what others stood behind


def test_what_a_second_person_published_does_not_count_again(ada: User, ben: User) -> None:
    statement = entered(ada)
    review.publish(statement, ben)
    review.edit(statement, ben, text="keep to the text")

    assert must_leave_to_another(statement, ada) == []
    assert must_leave_to_another(statement, ben) == ["changed its words"]
    review.publish(statement, ada)


def test_what_was_published_once_is_withdrawn_and_not_rejected(ada: User) -> None:
    statement = published(ada)
    review.edit(statement, ada, text="We keep to the text")

    with pytest.raises(ReviewError, match="withdraw it, so that readers see why"):
        review.reject(statement, ada, "Not a statement.")
    review.withdraw(statement, ada, "Never said.")


def test_the_curated_statements_are_loaded_as_published() -> None:
    call_command("load_register", stdout=io.StringIO())
    call_command("load_statements", stdout=io.StringIO())

    assert set(Statement.objects.values_list("status", flat=True)) == {Status.PUBLISHED}


# ----------------------------------------------------------------------- on the screen


def test_the_desk_and_the_readers_are_told(ada: User, ben: User, client: Client) -> None:
    statement = published(ben)
    changed = line(statement, role="on_behalf_of")

    desk = signed_in(ada)
    saved = decide(desk, statement, "save", **changed)
    assert saved.status_code == 302
    page = desk.get(f"/review/{statement.public_id}/")
    assertContains(page, "Another editor must confirm what you changed")
    assertContains(page, "Another editor must publish this")
    assertNotContains(page, 'value="reject:')
    assertContains(page, 'value="withdraw"')
    assertContains(
        signed_in(ben).get(f"/review/{statement.public_id}/"), "A second person is asked for."
    )
    found = proposed()
    queue = signed_in(ben).get("/review/?second=1")
    assertContains(queue, statement.public_id)
    assertNotContains(queue, found.public_id)
    told = "Changed by an editor, not yet confirmed by a second one"
    assertContains(client.get(statement.get_absolute_url()), told)
    assertContains(client.get(f"{statement.get_absolute_url()}history/"), told.lower())
    assertContains(client.get("/statements/"), "changed by an editor, not yet confirmed")


def test_all_that_was_changed_until_it_is_confirmed_is_a_correction(
    ada: User, ben: User, client: Client
) -> None:
    statement = published(ben)
    review.edit(statement, ada, "A letter.", text="We keep to the text")
    review.edit(statement, ben, "As printed.", text="keep to the text")
    review.publish(statement, person("cleo"))

    log = client.get("/changes.json").json()["corrections"]

    assert [(one["kind"], one["why"]) for one in log] == [
        ("publish", None),
        ("edit", "As printed."),
        ("edit", "A letter."),
    ]
