"""Reports that were joined wrongly become a statement of their own."""

from datetime import date
from typing import Any

import pytest

from sources.references import Description, keep_reference
from statements import merging, review
from statements.matches import kept_apart, perhaps_the_same
from statements.models import Attestation, Party, Speaker, Statement
from statements.reported import report_in_reference
from statements.review import ReviewError
from statements.splitting import split
from statements.undoing import undo
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    PositionFactory,
    SnapshotFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    UserFactory,
)
from tests.statements.test_undoing import everything, newest_act

pytestmark = pytest.mark.django_db

OTHER = "“The pact will be applied to the letter,” said Bo Sample on Friday.\n"
WORDS = "We keep to the text alone,"


def report(statement: Statement, text: str = "", **values: Any) -> Attestation:
    snapshot = SnapshotFactory(**({"text": text} if text else {}))
    made: Attestation = AttestationFactory(statement=statement, snapshot=snapshot, **values)
    return made


def joined(**values: Any) -> tuple[Statement, Attestation, Attestation]:
    """A statement of Ada Example with her words and, wrongly, those of Bo Sample."""
    statement: Statement = StatementFactory(text=WORDS, fingerprint="x")
    ada = SpeakerFactory(name="Ada Example")
    PartyFactory(statement=statement, speaker=ada, printed="Minister Ada Example")
    return statement, report(statement), report(statement, OTHER, **values)


def voice(name: str, **values: str) -> dict[str, str]:
    return {"name": name, "printed": name, "office": "", "country": "", "reason": "", **values}


def test_chosen_reports_become_a_statement_that_waits_for_an_editor() -> None:
    statement, own, others = joined(place="Strelsau", form="speech")

    new = split(statement, [others], UserFactory(), "Two people.")

    assert new.status == Statement.Status.PROPOSED
    assert new.text == "The pact will be applied to the letter,"
    assert (new.place, new.form) == ("Strelsau", "speech")
    assert list(new.attestations.all()) == [others]
    assert list(statement.attestations.all()) == [own]
    assert (statement.text, statement.status) == (WORDS, Statement.Status.PUBLISHED)


def test_the_day_is_that_of_the_reports() -> None:
    day = {"said_on": date(2024, 6, 19), "said_on_precision": "day"}
    statement, _, others = joined(**day, said_on_basis="expression")

    new = split(statement, [others], UserFactory())

    assert (new.said_on, new.said_on_basis) == (date(2024, 6, 19), "expression")
    assert statement.said_on == date(2025, 1, 2)


def test_no_later_run_joins_or_offers_the_two_again() -> None:
    statement, _, others = joined(voices=[voice("Ada Example")])

    new = split(statement, [others], UserFactory(), "Two days.")

    assert kept_apart(statement) == {new.pk}
    assert kept_apart(new) == {statement.pk}
    assert new not in [offer.other for offer in perhaps_the_same(statement, limit=50)]
    assert {one.joined_by for one in new.attestations.all()} == {"person"}


def test_both_have_a_new_version_and_a_row_in_the_log() -> None:
    statement, _, others = joined()

    new = split(statement, [others], UserFactory(), "Two people.")

    assert (statement.version, new.version) == (2, 2)
    old_log, new_log = statement.reviews.get(), new.reviews.get()
    assert old_log.why == f"Reports were split off to {new.public_id}. Two people."
    assert new_log.why == f"Split off from {statement.public_id}. Two people."
    assert (old_log.before["reports"], old_log.after["reports"]) == (2, 1)
    assert new_log.after["reports"] == 1


def test_the_reports_say_who_speaks() -> None:
    bo = SpeakerFactory(name="Bo Sample")
    office = OfficeFactory(speaker=bo, title="Envoy")
    statement, _, others = joined(voices=[voice("Bo Sample", office="envoy")])
    addressee = PartyFactory(
        statement=statement, role=Party.Role.ADDRESSEE, speaker=None, name="Ruritania"
    )

    new = split(statement, [others], UserFactory())

    speaker = new.parties.get(role=Party.Role.SPEAKER)
    assert (speaker.speaker, speaker.office, speaker.actor) == (bo, office, office.actor)
    assert speaker.printed_office == "envoy"
    assert new.parties.get(role=Party.Role.ADDRESSEE).actor == addressee.actor
    assert statement.parties.count() == 2


def test_a_voice_that_the_statement_has_is_copied_whole() -> None:
    statement, _, others = joined(voices=[voice("Ada Example")])

    new = split(statement, [others], UserFactory())

    assert new.parties.get().speaker == Speaker.objects.get(name="Ada Example")
    assert new.parties.get().printed == "Minister Ada Example"


def test_a_state_is_found_by_name_and_an_unknown_person_by_their_state() -> None:
    ruritania = ActorFactory(name="Ruritania", short_code="RR")
    voices = [voice("Ruritania"), voice("Cy Nobody", country="RR")]
    statement, _, others = joined(voices=voices)

    new = split(statement, [others], UserFactory())

    first, second = new.parties.order_by("order")
    assert (first.actor, first.speaker) == (ruritania, None)
    assert (second.name, second.actor, second.role) == (
        "Cy Nobody",
        ruritania,
        Party.Role.CO_ISSUER,
    )


def test_reports_that_name_nobody_leave_the_voices_as_they_were() -> None:
    statement, _, others = joined()

    new = split(statement, [others], UserFactory())

    assert new.parties.get().speaker == statement.parties.get().speaker


def test_judgements_and_events_go_with_their_evidence() -> None:
    statement, own, others = joined()
    there = PositionFactory(statement=statement, snapshot=others.snapshot, spans=[[5, 9]])
    here = PositionFactory(statement=statement, snapshot=own.snapshot, spans=[[5, 9]])
    editors = PositionFactory(statement=statement, coder=UserFactory(), rule="")
    both, only = EventFactory(), EventFactory()
    for event, printed in ((both, "the "), (only, "pact")):
        statement.event_mentions.create(
            event=event, where="words", printed=printed, version="1"
        )

    new = split(statement, [others], UserFactory())

    assert list(new.positions.all()) == [there]
    assert set(statement.positions.all()) == {here, editors}
    assert {m.event for m in new.event_mentions.all()} == {both, only}
    assert {m.event for m in statement.event_mentions.all()} == {both}


def test_the_statement_shows_words_that_are_left() -> None:
    statement, own, _ = joined()
    review.edit(statement, UserFactory(), translation="W", translation_language="de")

    new = split(statement, [own], UserFactory())

    assert (new.text, new.translation) == (WORDS, "W")
    assert statement.text == "The pact will be applied to the letter,"
    assert (statement.translation, statement.translation_language) == ("", "")


def test_something_goes_and_something_stays() -> None:
    statement, own, others = joined()
    stranger = AttestationFactory()
    for chosen, sentence in (
        ([], "Choose the reports"),
        ([own, others], "At least one"),
        ([stranger], "not one of this"),
    ):
        with pytest.raises(ReviewError, match=sentence):
            split(statement, chosen, UserFactory())
    assert Statement.objects.count() == 2


def test_an_undone_split_leaves_an_address_that_leads_back() -> None:
    statement, own, others = joined()
    PositionFactory(statement=statement, snapshot=others.snapshot, spans=[[5, 9]])
    before = everything()
    editor = UserFactory()
    new = split(statement, [others], editor)
    divided = everything()

    undo(newest_act(), editor)

    new.refresh_from_db()
    assert (new.status, new.merged_into) == (Statement.Status.WITHDRAWN, statement)
    after = everything()
    assert {**after, "statement": []} == {**before, "statement": []}
    assert after["statement"][0] == before["statement"][0]
    undo(newest_act(), editor)
    assert everything() == divided
    assert set(statement.attestations.all()) == {own}


def test_a_merge_is_divided_again() -> None:
    one, other = StatementFactory(text=WORDS), StatementFactory()
    mine, theirs = report(one), report(other, OTHER)
    merging.merge(other, one, UserFactory())

    new = split(one, [theirs], UserFactory())

    assert list(new.attestations.all()) == [theirs]
    assert list(one.attestations.all()) == [mine]
    other.refresh_from_db()
    assert other.merged_into == one


def test_of_a_reference_alone_the_summary_is_shown() -> None:
    summary = "Holds that the pact of Strelsau binds nobody."
    statement, own, _ = joined()
    described = Description(
        SourceFactory(), "On the pact", summary=summary, fragments=["nobody"], language="en"
    )
    reference = keep_reference(described)
    report_in_reference(statement, reference, entered_by="test 1", cue="")
    of_reference = statement.attestations.get(mode="summary")

    new = split(statement, [of_reference], UserFactory())

    assert (new.text, new.summarised) == (summary, True)
    assert (statement.text, statement.summarised) == (own.words, False)
