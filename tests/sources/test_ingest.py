"""The way of a page: polled, captured, read."""

from datetime import date
from typing import Any

import pytest

from sources import jobs
from sources.articles import accept_text, accept_url
from sources.ingest import accept_due_polls, poll_now
from sources.models import Article, Feed, Job, Snapshot
from tests.factories import FeedFactory, SourceFactory
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

TEXT = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force in "
    "the spring, once both invented parliaments had voted on it."
)


@pytest.fixture(autouse=True)
def _kinds_of_this_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attribution is another room's work: here its jobs just wait."""
    monkeypatch.delitem(jobs._HANDLERS, Job.Kind.ATTRIBUTE, raising=False)


def run_all(*kinds: Job.Kind) -> None:
    """Do every due job of this room, as workers would."""
    for _ in range(20):
        due = Job.objects.due().filter(kind__in=kinds or ["poll", "capture", "read"])
        if not due:
            return
        for job in due:
            jobs.run(job.pk)
    raise AssertionError("the work does not end")


def polled(site: Site, **values: Any) -> Feed:
    feed: Feed = FeedFactory(url=site.url("/feed"), **values)
    poll_now(feed)
    run_all()
    feed.refresh_from_db()
    return feed


def test_a_feed_entry_becomes_a_read_snapshot(site: Site) -> None:
    head = '<meta property="article:published_time" content="2024-06-20T10:00:00Z">'
    site.html("/a", "An invented headline", TEXT, head=head)
    site.rss("/feed", ("/a", "g1", "An invented headline"))

    feed = polled(site)

    snapshot = Snapshot.objects.get()
    assert "Ada Example" in snapshot.text
    assert snapshot.title == "An invented headline"
    assert (snapshot.published_on, snapshot.published_basis) == (date(2024, 6, 20), "meta")
    assert snapshot.article.source == feed.source
    assert feed.failures == 0
    assert feed.succeeded_at is not None
    waiting = Job.objects.get(kind=Job.Kind.ATTRIBUTE)
    assert waiting.subject == snapshot.pk


def test_polling_twice_makes_nothing_twice(site: Site) -> None:
    site.html("/a", "One", TEXT)
    site.rss("/feed", ("/a", "g1", "One"))
    feed = polled(site)

    poll_now(feed)
    run_all()

    assert Article.objects.count() == Snapshot.objects.count() == 1


def test_an_unchanged_feed_costs_a_304(site: Site) -> None:
    site.rss("/feed")
    site.pages["/feed"].headers["ETag"] = '"one"'
    feed = polled(site)

    poll_now(feed)
    run_all()

    assert Job.objects.filter(kind="poll").latest("pk").result == "not changed"
    assert site.seen_headers[-1]["if-none-match"] == '"one"'


def test_a_tracking_parameter_makes_no_second_article(site: Site) -> None:
    site.html("/a", "One", TEXT)
    site.rss("/feed", ("/a?utm_source=x", "", "One"), ("/a", "", "One"))

    polled(site)

    assert Article.objects.count() == 1


def test_a_guid_keeps_the_article_when_its_address_changes(site: Site) -> None:
    site.html("/a", "One", TEXT)
    site.rss("/feed", ("/a", "g1", "One"))
    feed = polled(site)
    site.html("/b", "One", TEXT)
    site.rss("/feed", ("/b", "g1", "One"))

    poll_now(feed)
    run_all()

    assert Article.objects.get().aliases.filter(value=site.url("/b")).exists()


def test_a_guid_that_all_entries_share_names_none_of_them(site: Site) -> None:
    for path in ("/a", "/b"):
        site.html(path, path, TEXT)
    site.rss("/feed", ("/a", "same", "One"), ("/b", "same", "Two"))

    polled(site)

    assert Article.objects.count() == 2


def test_an_edited_article_gets_a_second_snapshot_and_keeps_the_first(site: Site) -> None:
    address = site.html("/a", "One", TEXT)
    accepted = accept_url(address, source=SourceFactory())
    run_all()
    site.html("/a", "One", TEXT, "This paragraph was added later without a word about it.")

    from sources.articles import accept_capture

    accept_capture(accepted.article, "again")
    run_all()

    texts = Snapshot.objects.order_by("pk").values_list("text", flat=True)
    assert [("added later" in text) for text in texts] == [False, True]
    assert Job.objects.filter(kind=Job.Kind.ATTRIBUTE).count() == 2


def test_a_failing_feed_says_why_and_is_polled_less_often(site: Site) -> None:
    site.pages["/feed"] = Page(b"<html><p>no feed</p></html>")

    feed = polled(site)

    assert feed.error_code == "not-a-feed"
    assert feed.failing_since is not None
    assert Job.objects.get(kind="poll").state == Job.State.REJECTED


def test_a_missing_page_is_explained(site: Site) -> None:
    accept_url(site.url("/nothing"), source=SourceFactory())
    run_all()

    job = Job.objects.get(kind="capture")
    assert (job.state, job.reason_code) == (Job.State.WAITING, "not-found")
    assert "The page is not there" in job.reason_text


def test_a_page_that_robots_forbid_is_not_fetched(site: Site) -> None:
    site.html("/private/a", "One", TEXT)
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/", "text/plain")
    accept_url(site.url("/private/a"), source=SourceFactory())
    run_all()

    assert Job.objects.get(kind="capture").reason_code == "robots"
    assert "/private/a" not in site.asked


def test_a_pasted_text_goes_the_same_way() -> None:
    accepted = accept_text(
        TEXT.encode(),
        "text/plain",
        source=SourceFactory(),
        title="Given by hand",
        published_on=date(2024, 6, 21),
        language="en",
    )
    run_all()

    snapshot = accepted.article.snapshots.get()
    assert snapshot.text == TEXT + "\n"
    assert (snapshot.title, snapshot.published_basis) == ("Given by hand", "stated")


def test_the_same_text_twice_is_here_already() -> None:
    source = SourceFactory()
    first = accept_text(TEXT.encode(), "text/plain", source=source)

    again = accept_text(TEXT.encode(), "text/plain", source=source)

    assert (first.created, again.created) == (True, False)
    assert again.article == first.article


def test_syndicated_copies_share_a_cluster(site: Site) -> None:
    for path in ("/a", "/b"):
        accept_url(site.html(path, "The same headline", TEXT), source=SourceFactory())
    run_all()

    clusters = set(Article.objects.values_list("cluster", flat=True))
    assert clusters == {min(Article.objects.values_list("pk", flat=True))}


def test_two_ticks_in_one_slot_accept_one_poll(site: Site) -> None:
    FeedFactory(url=site.url("/feed"), interval=3600)

    assert accept_due_polls() == 1
    Feed.objects.update(next_poll_at="2020-01-01T00:00:00Z")
    assert accept_due_polls() == 0


def test_a_page_that_needs_its_parameter_is_found_by_it(site: Site) -> None:
    accepted = accept_url(site.html("/a?cmp=rss", "One", TEXT), source=SourceFactory())
    run_all()

    assert accepted.article.url == site.url("/a")
    assert accepted.article.snapshots.count() == 1


def test_a_pasted_text_may_state_its_address_in_front() -> None:
    body = f"---\nsource_url: https://a.example/x\n---\n{TEXT}\n".encode()

    accepted = accept_text(body, "text/markdown", source=SourceFactory())
    run_all()

    assert accepted.article.snapshots.get().text == TEXT + "\n"
