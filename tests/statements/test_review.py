"""What a person decides."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction

from statements import merging, review
from statements.models import Review, Statement
from statements.writing import write_alone
from tests.factories import (
    AttestationFactory,
    PositionFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def _proposed() -> Statement:
    statement = StatementFactory(status=Statement.Status.PROPOSED, published_at=None)
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
