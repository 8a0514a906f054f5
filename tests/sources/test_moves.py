"""A feed takes the address that its own leads to, once somebody accepts it."""

from datetime import UTC, datetime

import pytest

from sources.models import Feed
from sources.moves import MoveRefused, accept_move
from tests.factories import FeedFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "http://feeds.example/old.xml", "http://feeds.example/new.xml"


def moved(**values: object) -> Feed:
    return FeedFactory(
        **{
            "url": OLD,
            "moved_to": NEW,
            "moved_since": datetime(2026, 6, 3, tzinfo=UTC),
            "moved_polls": 3,
            "etag": '"1"',
            "last_modified": "Wed, 03 Jun 2026 10:00:00 GMT",
            "body_sha256": "a" * 64,
            "former_urls": ["http://feeds.example/first.xml"],
            **values,
        }
    )


def test_the_new_address_is_taken_and_the_old_one_kept() -> None:
    feed = moved()

    accept_move(feed)

    assert (feed.url, feed.moved_to, feed.moved_since, feed.moved_polls) == (NEW, "", None, 0)
    assert feed.former_urls == ["http://feeds.example/first.xml", OLD]
    assert (feed.etag, feed.last_modified, feed.body_sha256) == ("", "", "")


def test_a_feed_that_moves_back_has_no_former_address_twice() -> None:
    feed = moved(former_urls=[NEW, OLD])

    accept_move(feed)

    assert feed.former_urls == [OLD]


def test_what_has_not_moved_stays() -> None:
    feed = moved(moved_to="")

    with pytest.raises(MoveRefused, match="nowhere else"):
        accept_move(feed)


def test_an_address_of_another_feed_is_refused_and_nothing_changes() -> None:
    feed, _ = moved(), FeedFactory(url=NEW)

    with pytest.raises(MoveRefused, match="Another feed has the address"):
        accept_move(feed)

    feed.refresh_from_db()
    assert (feed.url, feed.moved_to, feed.etag) == (OLD, NEW, '"1"')


@pytest.mark.parametrize("to", ["http://127.0.0.1/feed.xml", "ftp://feeds.example/", "x"])
def test_an_address_that_is_never_fetched_is_refused(to: str) -> None:
    feed = moved(moved_to=to)

    with pytest.raises(MoveRefused, match="may not be fetched"):
        accept_move(feed)


def test_the_row_as_it_is_stored_decides() -> None:
    feed = moved()
    Feed.objects.update(moved_to="http://feeds.example/newer.xml")

    accept_move(feed)

    assert feed.url == "http://feeds.example/newer.xml"
