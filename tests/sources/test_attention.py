"""What a person should look at is counted by the newest text of each article."""

from datetime import UTC, datetime

import pytest

from sources.attention import needing_attention
from sources.reasons import REASONS
from tests.factories import ArticleFactory, SnapshotFactory

pytestmark = pytest.mark.django_db

CODE = "parse-failed"  # any reason will do
THEN, LATER = datetime(2026, 6, 3, tzinfo=UTC), datetime(2026, 6, 5, tzinfo=UTC)


def test_pages_that_are_away_are_counted() -> None:
    for state in ("gone", "gone", "walled", "present", "unseen"):
        ArticleFactory(state=state)

    found = needing_attention(10)

    assert (found.gone, found.walled) == (2, 1)


def test_an_article_that_was_kept_whole_later_is_not_partial() -> None:
    SnapshotFactory(partial=True)
    whole = SnapshotFactory(partial=True, fetched_at=THEN)
    SnapshotFactory(article=whole.article, text="All of it.\n", fetched_at=LATER)

    assert needing_attention(10).partial == 1


def test_held_dates_are_listed_newest_first_with_their_reason() -> None:
    old = SnapshotFactory(held=CODE, fetched_at=THEN)
    new = SnapshotFactory(held="of-another-time", fetched_at=LATER)
    SnapshotFactory()

    found = needing_attention(10)

    assert found.held_count == 2
    assert [(one.snapshot, one.reason) for one in found.held] == [
        (new, None),
        (old, REASONS[CODE]),
    ]
    assert len(needing_attention(1).held) == 1


def test_a_date_that_a_later_version_has_right_is_settled() -> None:
    held = SnapshotFactory(held=CODE, fetched_at=THEN)
    SnapshotFactory(article=held.article, text="Dated well.\n", fetched_at=LATER)

    assert needing_attention(10).held_count == 0


def test_of_two_versions_of_one_moment_the_later_row_counts() -> None:
    first = SnapshotFactory(held=CODE, fetched_at=THEN)
    second = SnapshotFactory(article=first.article, text="Other.\n", held=CODE, fetched_at=THEN)

    assert [one.snapshot for one in needing_attention(10).held] == [second]
