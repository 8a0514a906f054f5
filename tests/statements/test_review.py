"""What a person decides."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction

from statements import merging, review
from statements.deeds import last_deeds
from statements.models import Review, Statement
from statements.undoing import undo
from statements.writing import write_alone
from tests.factories import (
    ActorFactory,
    AttestationFactory,
    PartyFactory,
    PositionFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def _proposed(**fields: object) -> Statement:
    statement = StatementFactory(status=Statement.Status.PROPOSED, published_at=None, **fields)
    AttestationFactory(statement=statement)
    return statement


def test_publishing_is_logged_with_what_stood_before_and_after() -> None:
    statement, editor = _proposed(), UserFactory()

    review.publish(statement, editor)

    assert statement.status == Statement.Status.PUBLISHED
    assert statement.published_at is not None
    log = Review.objects.get()
    assert (log.before["status"], log.after["status"]) == ("proposed", "published")
    assert log.by == editor


def test_rejecting_needs_a_reason() -> None:
    statement = _proposed()

    with pytest.raises(review.ReviewError, match="Say why"):
        review.reject(statement, UserFactory(), "  ")

    statement.refresh_from_db()
    assert statement.status == Statement.Status.PROPOSED
    assert not Review.objects.exists()


def test_a_statement_without_reports_is_not_published() -> None:
    statement = StatementFactory(status=Statement.Status.PROPOSED, published_at=None)

    with pytest.raises(review.ReviewError, match="No report"):
        review.publish(statement, UserFactory())


def test_a_withdrawn_statement_keeps_its_address_and_reason() -> None:
    statement = _proposed()
    editor = UserFactory()
    review.publish(statement, editor)

    review.withdraw(statement, editor, "The transcript says otherwise.")

    assert statement.status == Statement.Status.WITHDRAWN
    assert statement.status_reason == "The transcript says otherwise."


def test_merging_moves_the_reports_and_leaves_a_pointer() -> None:
    duplicate, original = _proposed(), _proposed()

    merging.merge(duplicate, original, UserFactory())

    assert duplicate.merged_into == original
    assert original.attestations.count() == 2
    with pytest.raises(review.ReviewError):
        review.publish(duplicate, UserFactory())


def test_the_statement_that_gains_reports_is_a_new_version_with_a_line_in_its_log() -> None:
    duplicate, original = _proposed(), _proposed()
    before = original.changed_at

    merging.merge(duplicate, original, UserFactory(), "Same press conference.")

    assert original.version == 2
    assert original.changed_at > before
    log = Review.objects.get(statement=original)
    assert (log.before["reports"], log.after["reports"]) == (1, 2)
    assert log.why == f"{duplicate.public_id} was merged into it. Same press conference."
    assert original.status == Statement.Status.PROPOSED


@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_nothing_is_merged_into_what_readers_do_not_see(status: str) -> None:
    duplicate, gone = _proposed(), StatementFactory(status=status)

    with pytest.raises(review.ReviewError, match=f"{status}: publish it first, or merge into"):
        merging.merge(duplicate, gone, UserFactory())

    assert duplicate.attestations.count() == 1
    assert not Review.objects.exists()


def test_nothing_is_merged_into_itself_or_what_was_merged() -> None:
    one, other = _proposed(), _proposed()
    merging.merge(one, other, UserFactory())

    with pytest.raises(review.ReviewError, match="itself"):
        merging.merge(other, other, UserFactory())
    with pytest.raises(review.ReviewError, match="successor"):
        merging.merge(_proposed(), one, UserFactory())


@pytest.mark.django_db
def test_what_is_published_does_not_become_part_of_a_proposal() -> None:
    published, waiting, editor = _proposed(), _proposed(), UserFactory()
    review.publish(published, editor)

    with pytest.raises(review.ReviewError, match="merge that one into this one"):
        merging.merge(published, waiting, editor)

    merging.merge(waiting, published, editor)


def test_judgements_go_with_the_reports_unless_the_target_has_its_own() -> None:
    duplicate, original = _proposed(), _proposed()
    judged, unjudged = TreatyFactory(), TreatyFactory()
    editor = UserFactory()
    own = PositionFactory(statement=original, treaty=judged, coder=editor, rule="")
    for treaty in (judged, unjudged):
        PositionFactory(statement=duplicate, treaty=treaty)
        PositionFactory(statement=duplicate, treaty=treaty, coder=editor, rule="")
    second = PositionFactory(statement=duplicate, treaty=judged, coder=UserFactory(), rule="")

    merging.merge(duplicate, original, UserFactory())

    at_original = original.positions.filter(treaty=judged)
    assert set(at_original) == {own, second}
    assert original.positions.filter(treaty=unjudged).count() == 2
    assert duplicate.positions.count() == 2


def test_a_coder_gives_each_object_a_code_of_its_own() -> None:
    statement, editor = _proposed(), UserFactory()

    review.code(statement, None, "condemns", editor, about="troops")
    review.code(statement, None, "supports", editor, about="dialogue")
    review.code(statement, None, "rejects", editor, about="troops")

    codes = statement.positions.order_by("pk").values_list("object", "stance", "coder")
    assert list(codes) == [
        ("troops", "rejects", editor.pk),
        ("dialogue", "supports", editor.pk),
    ]


def test_a_coder_gives_a_treaty_one_code_whatever_of_it_is_judged() -> None:
    statement, editor, treaty = _proposed(), UserFactory(), TreatyFactory()

    review.code(statement, treaty, "condemns", editor, about="troops")
    review.code(statement, treaty, "condemns", editor, about="treaty")

    assert statement.positions.get().object == "treaty"


def test_a_merge_takes_the_codes_of_one_coder_on_several_objects_along() -> None:
    duplicate, original, editor = _proposed(), _proposed(), UserFactory()
    review.code(original, None, "condemns", editor, about="troops")
    review.code(duplicate, None, "neutral", editor, about="troops")
    review.code(duplicate, None, "supports", editor, about="dialogue")

    merging.merge(duplicate, original, UserFactory())

    codes = original.positions.order_by("pk").values_list("object", "stance")
    assert list(codes) == [("troops", "condemns"), ("dialogue", "supports")]
    assert duplicate.positions.get().stance == "neutral"  # the coder's word on the other stands


def test_a_name_of_nobody_is_no_issuer_of_the_statement_it_is_merged_into() -> None:
    known = PartyFactory(statement__form="joint_statement").statement
    PartyFactory(statement=known, role="co_issuer", order=1)
    vague = PartyFactory(speaker=None, actor=None, name="the text").statement
    AttestationFactory(statement=vague)

    merging.merge(vague, known, UserFactory())

    assert known.parties.count() == 2
    assert vague.parties.get().name == "the text"


def test_all_issuers_of_a_joint_statement_come_along_and_go_back() -> None:
    ada, ben, cleo = (SpeakerFactory(name=name) for name in ("Ada", "Ben", "Cleo"))
    ruritania = ActorFactory()
    original = _proposed(form="joint_statement")
    PartyFactory(statement=original, speaker=ada)
    PartyFactory(statement=original, speaker=None, actor=ruritania, role="co_issuer", order=1)
    duplicate = _proposed()
    PartyFactory(statement=duplicate, speaker=ben, actor=ruritania)
    PartyFactory(statement=duplicate, speaker=ada, role="co_issuer", order=1)
    PartyFactory(statement=duplicate, speaker=cleo, role="co_issuer", order=2)
    before = list(original.parties.values())
    editor = UserFactory()

    merging.merge(duplicate, original, editor)

    voices = original.parties.values_list("name", "role", "order")
    assert list(voices) == [
        ("Ada", "speaker", 0),
        ("Ben", "co_issuer", 1),
        ("Cleo", "co_issuer", 2),
    ]
    assert duplicate.parties.count() == 3

    undo(last_deeds(editor)[0].act, editor)

    assert list(original.parties.values()) == before


def test_who_speaks_is_the_targets_where_one_speaks_alone() -> None:
    original, duplicate = _proposed(), _proposed()
    PartyFactory(statement=original)
    PartyFactory(statement=duplicate)

    merging.merge(duplicate, original, UserFactory())

    assert original.parties.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_decision_waits_for_whoever_writes_statements() -> None:
    """It holds no row meanwhile, so opposite merges never wait for each other."""
    older, newer = _proposed(), _proposed()
    editor = UserFactory()

    def merge() -> None:
        merging.merge(newer, older, editor)
        connection.close()

    other = threading.Thread(target=merge)
    with transaction.atomic():
        write_alone()
        other.start()
        _wait_for_a_waiting_session()
        assert Statement.objects.select_for_update(nowait=True).filter(merged_into=None)
    other.join(10)

    newer.refresh_from_db()
    assert newer.merged_into == older


def _wait_for_a_waiting_session() -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
        time.sleep(0.02)
    pytest.fail("nobody waits")


def test_only_named_fields_are_edited() -> None:
    with pytest.raises(review.ReviewError, match="status"):
        review.edit(_proposed(), UserFactory(), status="published")


def test_reviews_can_be_neither_changed_nor_deleted() -> None:
    statement = _proposed()
    review.publish(statement, UserFactory())

    with pytest.raises(IntegrityError, match="reviews are kept"), transaction.atomic():
        Review.objects.update(why="nothing")
    with pytest.raises(IntegrityError, match="reviews are kept"), transaction.atomic():
        Review.objects.all().delete()


def test_words_that_no_report_prints_are_not_published() -> None:
    statement = AttestationFactory(
        statement__status="proposed", statement__published_at=None
    ).statement
    editor = UserFactory()
    Statement.objects.update(text="We keep to the platypus.")

    with pytest.raises(review.ReviewError, match="No report of it prints these words"):
        review.publish(statement, by=editor)
    statement.refresh_from_db()
    assert statement.status == "proposed"

    review.edit(statement, by=editor, text="We keep to the text")
    review.publish(statement, by=editor)


def test_words_that_no_report_prints_are_not_saved() -> None:
    report = AttestationFactory(statement__status="proposed", statement__published_at=None)
    statement, editor = report.statement, UserFactory()

    with pytest.raises(review.ReviewError, match="No report of it prints these words"):
        review.edit(statement, by=editor, text="We keep to the platypus.")
    review.edit(statement, by=editor, text="the text alone")
    with pytest.raises(review.ReviewError, match="No report of it prints these words"):
        review.correct_words(statement, report, report.start, report.start + 10, editor)

    statement.refresh_from_db()
    report.refresh_from_db()
    assert (statement.text, report.words) == ("the text alone", "We keep to the text alone,")
