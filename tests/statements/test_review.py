"""What a person decides."""

import pytest
from django.db import IntegrityError, transaction

from statements import review
from statements.models import Review, Statement
from tests.factories import AttestationFactory, StatementFactory, UserFactory

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

    review.merge(duplicate, original, UserFactory())

    assert duplicate.merged_into == original
    assert original.attestations.count() == 2
    with pytest.raises(review.ReviewError):
        review.publish(duplicate, UserFactory())


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
