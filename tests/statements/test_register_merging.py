"""Two entries of the register become one, and one becomes two; nothing is lost on the way."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from statements.models import Actor, Membership, Party, Speaker, Statement
from statements.register_merging import merge_entries, merge_plan
from statements.register_splitting import parts_of, resting_on, split_entry
from statements.register_withdrawing import withdraw_entry
from statements.review import ReviewError
from statements.search.finding import all_statements
from statements.timeline.form import TimelineForm
from statements.undoing import undo
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    SpeakerFactory,
    TreatyFactory,
    UserFactory,
)
from tests.statements.test_undoing import everything, newest_act

pytestmark = pytest.mark.django_db


def listed(row: Actor | Speaker) -> set[int]:
    """What the timeline lists of an entry."""
    query = f"actor={row.code}" if isinstance(row, Actor) else f"speaker={row.slug}"
    return set(all_statements(TimelineForm(QueryDict(query)).query))


def said(speaker: Speaker | None, **values: Any) -> Statement:
    party: Party = PartyFactory(speaker=speaker, **values)
    AttestationFactory(statement=party.statement)
    return party.statement


# ------------------------------------------------------------------------- speakers


def test_statements_names_offices_and_events_are_the_other_s() -> None:
    twin, ada = SpeakerFactory(name="Ada Exampel"), SpeakerFactory(name="Ada Example")
    twin.names.create(text="A. Example")
    office = OfficeFactory(speaker=twin, title="Envoy")
    statement, event = said(twin, office=office), EventFactory()
    event.speakers.add(twin)

    merge_entries(twin, ada, UserFactory(), "One person.")

    assert twin.merged_into == ada
    assert set(ada.names.values_list("text", flat=True)) == {"A. Example", "Ada Exampel"}
    assert list(ada.offices.all()) == [office]
    assert list(event.speakers.all()) == [ada]
    party = statement.parties.get()
    assert (party.speaker, party.office, party.name) == (ada, office, "Ada Example")
    assert listed(ada) == {statement.pk}


def test_a_statement_is_a_new_version_and_nobody_s_decision() -> None:
    twin, ada = SpeakerFactory(), SpeakerFactory()
    statement = said(twin)

    merge_entries(twin, ada, UserFactory(), "One person.")

    statement.refresh_from_db()
    assert statement.version == 2
    assert not statement.reviews.exists()


def test_an_office_that_the_other_has_is_known_again() -> None:
    twin, ada, state = SpeakerFactory(), SpeakerFactory(), ActorFactory()
    kept = OfficeFactory(speaker=ada, actor=state, title="Envoy", start=date(2024, 1, 1))
    double = OfficeFactory(speaker=twin, actor=state, title="envoy", end=date(2025, 1, 1))
    earlier = OfficeFactory(speaker=twin, actor=state, title="Envoy", end=date(2020, 1, 1))
    statement = said(twin, office=double)

    (found,) = merge_plan(twin, ada).doubles
    assert (found.office, found.kept, found.differs) == (double, kept, [])
    merge_entries(twin, ada, UserFactory(), "One person.")

    assert set(ada.offices.all()) == {kept, earlier}
    assert statement.parties.get().office == kept
    assert list(twin.offices.all()) == [double]


def test_what_both_have_stays_once() -> None:
    twin, ada, event = SpeakerFactory(), SpeakerFactory(), EventFactory()
    for one in (twin, ada):
        one.names.create(text="Die Beispielin", language="de")
        event.speakers.add(one)

    merge_entries(twin, ada, UserFactory(), "One person.")

    assert ada.names.filter(text="Die Beispielin").count() == 1
    assert list(event.speakers.all()) == [ada]


def test_pointers_lead_to_the_last_one() -> None:
    first, second, third = (SpeakerFactory() for _ in range(3))

    merge_entries(first, second, UserFactory(), "One.")
    merge_entries(second, third, UserFactory(), "One.")

    first.refresh_from_db()
    assert first.merged_into == second.merged_into == third


def test_a_merge_of_speakers_is_undone_whole() -> None:
    twin, ada, state, event = SpeakerFactory(), SpeakerFactory(), ActorFactory(), EventFactory()
    older = SpeakerFactory(merged_into=twin)
    OfficeFactory(speaker=ada, actor=state, title="Envoy")
    double = OfficeFactory(speaker=twin, actor=state, title="Envoy")
    OfficeFactory(speaker=twin, actor=state, title="Minister")
    twin.names.create(text="A. Example")
    event.speakers.add(twin)
    statement = said(twin, office=double)
    editor = UserFactory()
    before = everything()
    merge_entries(twin, ada, editor, "One person.")
    merged = everything()

    undo(newest_act(), editor)

    assert everything() == before
    older.refresh_from_db()
    assert older.merged_into == twin
    statement.refresh_from_db()
    assert statement.version == 3
    assert not statement.reviews.exists()
    undo(newest_act(), editor)
    assert everything() == merged


@pytest.mark.parametrize("why", ["", "  "])
def test_a_merge_needs_a_reason(why: str) -> None:
    with pytest.raises(ReviewError, match="Say why"):
        merge_entries(SpeakerFactory(), SpeakerFactory(), UserFactory(), why)


def test_nobody_is_merged_twice_or_into_what_is_gone() -> None:
    one, other, third, editor = (
        SpeakerFactory(),
        SpeakerFactory(),
        SpeakerFactory(),
        UserFactory(),
    )
    merge_entries(one, other, editor, "One.")
    with pytest.raises(ReviewError, match="was merged already"):
        merge_entries(one, third, editor, "One.")
    with pytest.raises(ReviewError, match="merge into its successor"):
        merge_entries(third, one, editor, "One.")
    with pytest.raises(ReviewError, match="into itself"):
        merge_entries(third, third, editor, "One.")
    withdraw_entry(third, editor, "No such person.")
    with pytest.raises(ReviewError, match="was withdrawn: merge into another"):
        merge_entries(other, third, editor, "One.")


# --------------------------------------------------------------------------- actors


def test_all_that_names_an_actor_names_the_other() -> None:
    twin = ActorFactory(name="Ruritania", official_name="Kingdom of Ruritania")
    state = ActorFactory(name="The Ruritanian State")
    organ, group, treaty = ActorFactory(parent=twin), ActorFactory(), TreatyFactory()
    office = OfficeFactory(actor=twin, organ=twin)
    voice = SpeakerFactory(kind="body", actor=twin)
    treaty.parties.add(twin)
    twin.names.create(text="Strelsau", kind="capital")
    seat = Membership.objects.create(member=twin, group=group)
    event = EventFactory(country=twin)
    statement = said(None, actor=twin)

    merge_entries(twin, state, UserFactory(), "One state.")

    for row in (organ, office, voice, seat, event):
        row.refresh_from_db()
    assert organ.parent == office.actor == office.organ == voice.actor == state
    assert seat.member == event.country == state
    assert list(treaty.parties.all()) == [state]
    assert set(state.names.values_list("kind", "text")) == {
        ("capital", "Strelsau"), ("alias", "Ruritania"), ("alias", "Kingdom of Ruritania")
    }  # fmt: skip
    assert statement.parties.get().name == "The Ruritanian State"
    assert listed(state) == {statement.pk}


def test_a_membership_is_kept_once_and_never_in_itself() -> None:
    twin, state, group = ActorFactory(), ActorFactory(), ActorFactory()
    for member in (twin, state):
        Membership.objects.create(member=member, group=group)
    Membership.objects.create(member=twin, group=state)

    merge_entries(twin, state, UserFactory(), "One state.")

    assert [seat.group for seat in state.memberships.all()] == [group]
    assert not state.members.exists()


def test_a_merge_into_an_own_organ_is_refused() -> None:
    state = ActorFactory(name="Ruritania")
    organ = ActorFactory(parent=ActorFactory(parent=state), name="Office of Exports")

    with pytest.raises(ReviewError, match=r"Office of Exports belongs to Ruritania: merge it"):
        merge_entries(state, organ, UserFactory(), "One.")
    merge_entries(organ, state, UserFactory(), "One.")
    assert organ.merged_into == state


def test_a_merge_of_actors_is_undone_whole() -> None:
    twin, state, group = ActorFactory(), ActorFactory(), ActorFactory()
    ActorFactory(parent=twin)
    OfficeFactory(actor=twin)
    for member in (twin, state):
        Membership.objects.create(member=member, group=group)
    TreatyFactory().parties.add(twin)
    said(None, actor=twin)
    editor, before = UserFactory(), everything()
    merge_entries(twin, state, editor, "One state.")

    undo(newest_act(), editor)

    assert everything() == before


def test_a_speaker_and_an_actor_are_never_one() -> None:
    speaker: Any = SpeakerFactory()
    with pytest.raises(ReviewError, match="cannot be one"):
        merge_plan(speaker, ActorFactory())


# ----------------------------------------------------------------------- withdrawal


def test_what_nothing_published_names_is_withdrawn() -> None:
    speaker, editor = SpeakerFactory(), UserFactory()
    office = OfficeFactory(speaker=speaker)
    statement = said(speaker, office=office, statement__status="proposed")
    before = everything()

    withdraw_entry(speaker, editor, "A ship, no person.")

    assert speaker.withdrawn_at is not None
    assert speaker.withdrawn_why == "A ship, no person."
    assert speaker not in Speaker.objects.standing()
    party = statement.parties.get()
    assert (party.speaker, party.office, party.name) == (None, None, speaker.name)
    undo(newest_act(), editor)
    assert everything() == before


def test_a_published_statement_keeps_its_speaker_until_there_is_a_successor() -> None:
    speaker, ada, editor = SpeakerFactory(name="Exemplar"), SpeakerFactory(), UserFactory()
    statement = said(speaker)

    with pytest.raises(ReviewError, match="named by 1 published statement: choose a successor"):
        withdraw_entry(speaker, editor, "A ship, no person.")
    withdraw_entry(speaker, editor, "A ship, no person.", successor=ada)

    assert statement.parties.get().speaker == ada
    assert (speaker.merged_into, speaker.withdrawn_why) == (ada, "A ship, no person.")
    assert not ada.names.exists()


def test_an_actor_that_the_register_names_needs_a_successor() -> None:
    actor = ActorFactory()
    OfficeFactory(actor=actor)
    TreatyFactory().parties.add(actor)
    actor.names.create(text="Rurit.")

    with pytest.raises(ReviewError, match=r"named by 1 office, 1 place in treaties: choose"):
        withdraw_entry(actor, UserFactory(), "No such state.")


def test_a_withdrawal_needs_a_reason_and_is_done_once() -> None:
    actor, editor = ActorFactory(), UserFactory()
    with pytest.raises(ReviewError, match="Say why"):
        withdraw_entry(actor, editor, " ")
    withdraw_entry(actor, editor, "No such state.")
    with pytest.raises(ReviewError, match="withdrawn already"):
        withdraw_entry(actor, editor, "No such state.")
    assert actor not in Actor.objects.standing()


# ---------------------------------------------------------------------------- split


def test_names_offices_and_statements_are_another_person_s() -> None:
    both, editor = SpeakerFactory(name="A. Example"), UserFactory()
    alias = both.names.create(text="Ann Example")
    office = OfficeFactory(speaker=both, title="Envoy")
    other_office = OfficeFactory(speaker=both, title="Minister")
    in_office = said(both, office=office, name="A. Example")
    chosen = said(both, office=other_office)
    left = said(both)
    before = everything()

    new = Speaker(slug="ann-example", name="Ann Example")

    split_entry(
        both,
        new,
        editor,
        "Mother and daughter.",
        [alias, office, chosen.parties.get()],
    )

    assert list(new.names.all()) == [alias]
    assert list(new.offices.all()) == [office]
    assert listed(new) == {in_office.pk, chosen.pk}
    assert listed(both) == {left.pk}
    assert in_office.parties.get().name == "Ann Example"
    assert chosen.parties.get().office == office
    undo(newest_act(), editor)
    after = everything()
    new.refresh_from_db()
    assert new.merged_into == both
    assert {**after, "speaker": []} == {**before, "speaker": []}


def test_it_is_told_which_statements_rest_on_names_and_offices() -> None:
    both = SpeakerFactory(name="A. Example")
    office = OfficeFactory(speaker=both)
    held, printed = said(both, office=office), said(both, printed="Envoy Ann Example")
    named, neither = said(both, name="Ann Example"), said(both)

    found = resting_on(both, ["Ann Example"], [office])

    parties = Party.objects.filter(pk__in=found)
    assert {party.statement for party in parties} == {held, printed, named}
    assert neither.parties.get().pk not in found


def test_a_split_takes_something_and_only_the_speaker_s_own() -> None:
    both, editor, new = SpeakerFactory(), UserFactory(), Speaker(slug="ann", name="Ann Example")
    with pytest.raises(ReviewError, match="Choose what"):
        split_entry(both, new, editor, "Two people.", [])
    for foreign in (OfficeFactory(), PartyFactory()):
        with pytest.raises(ReviewError, match=f"does not name {both.name} any more"):
            split_entry(both, new, editor, "Two people.", [foreign])
    with pytest.raises(ReviewError, match="Say why"):
        split_entry(both, new, editor, "", [OfficeFactory(speaker=both)])
    assert not Speaker.objects.filter(slug="ann").exists()


def test_all_that_names_an_actor_may_be_another_s() -> None:
    both, group, editor = ActorFactory(name="Both"), ActorFactory(), UserFactory()
    organ, voice = ActorFactory(parent=both), SpeakerFactory(kind="body", actor=both)
    office = OfficeFactory(actor=both)
    membership = Membership.objects.create(member=both, group=group)
    treaty, event = TreatyFactory(), EventFactory(country=both)
    treaty.parties.add(both)
    spoken = said(voice, actor=both)
    chosen = said(None, actor=both, name="Both")
    held = said(office.speaker, office=OfficeFactory(actor=both), actor=both)
    left = said(None, actor=both)
    before = everything()
    rows = [
        row for part in parts_of(both) for row in part.rows if row != held.parties.get().office
    ]

    new = Actor(code="X-OTHER", name="Other", kind="state")

    split_entry(
        both,
        new,
        editor,
        "Two states.",
        [*rows, chosen.parties.get(), held.parties.get()],
    )

    assert list(new.organs.all()) == [organ]
    assert list(new.voices.all()) == [voice]
    assert list(new.offices.all()) == [office]
    assert list(new.memberships.all()) == [membership]
    assert list(new.treaties.all()) == [treaty]
    assert list(new.hosted_events.all()) == [event]
    assert listed(new) == {spoken.pk, chosen.pk, held.pk}
    assert listed(both) == {left.pk}
    assert chosen.parties.get().name == "Other"
    assert held.parties.get().office is None  # a post held for the one that stayed
    undo(newest_act(), editor)
    after = everything()
    new.refresh_from_db()
    assert new.merged_into == both
    assert {**after, "actor": []} == {**before, "actor": []}
