"""What a feed brings, how often it is looked at, and where it moves to."""

from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.db import connection
from django.utils import timezone

from sources import jobs
from sources.models import Article, Feed, Job
from sources.polling import accept_due_polls, poll_now
from tests.factories import FeedFactory
from tests.sources.conftest import run_all
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

TEXT = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force in "
    "the spring, once both invented parliaments had voted on it."
)
Polled = Callable[..., Feed]


@pytest.fixture(autouse=True)
def _kinds_of_this_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attribution is another room's work: here its jobs just wait."""
    monkeypatch.delitem(jobs._HANDLERS, Job.Kind.ATTRIBUTE, raising=False)


# ------------------------------------------------------------------ identity (S13)


def test_a_feed_whose_guids_change_with_every_poll_makes_nothing_twice(
    site: Site, polled: Polled
) -> None:
    for path in ("/a", "/b"):
        site.html(path, path, TEXT)
    feed = None
    for poll in range(3):
        site.rss("/feed", ("/a", f"a{poll}", "One"), ("/b", f"b{poll}", "Two"))
        feed = polled(feed)

    assert Article.objects.count() == 2


def test_items_without_guid_and_with_tracking_links_are_known_again(
    site: Site, polled: Polled
) -> None:
    site.html("/a", "One", TEXT)
    feed = None
    for poll in range(3):
        site.rss("/feed", (f"/a?utm_source=feed&utm_campaign={poll}", "", "One"))
        feed = polled(feed)

    assert Article.objects.count() == 1
    assert site.asked.count("/a") == 1


def test_items_that_vanish_take_nothing_with_them(site: Site, polled: Polled) -> None:
    site.html("/a", "One", TEXT)
    site.rss("/feed", ("/a", "g1", "One"))
    feed = polled()
    site.rss("/feed")

    polled(feed)

    assert Article.objects.get().snapshots.count() == 1


def test_guids_that_were_shared_once_are_never_believed_again(
    site: Site, polled: Polled
) -> None:
    for path in ("/a", "/b", "/c"):
        site.html(path, path, TEXT)
    site.rss("/feed", ("/a", "same", "One"), ("/b", "same", "Two"))
    feed = polled()
    site.rss("/feed", ("/c", "same", "Three"))

    polled(feed)

    assert feed.keyed_by_link
    assert Article.objects.count() == 3


def test_a_guid_is_the_same_with_another_scheme(site: Site, polled: Polled) -> None:
    site.html("/a", "One", TEXT)
    site.html("/b", "One", TEXT)
    site.rss("/feed", ("/a", "http://news.example/?p=7", "One"))
    feed = polled()
    site.rss("/feed", ("/b", "https://www.news.example/?p=7", "One"))

    polled(feed)

    assert Article.objects.count() == 1


def atom(site: Site, revision: str, *paths: str) -> None:
    """Serve `/feed` as Atom, all of whose entries state this revision."""
    entries = "".join(
        f"<entry><title>{path}</title><id>{path}</id><updated>{revision}</updated>"
        f'<link href="{site.url(path)}"/></entry>'
        for path in paths
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{entries}</feed>'
    site.pages["/feed"] = Page(feed.encode(), "application/atom+xml")


def test_a_feed_that_revises_everything_at_every_poll_is_not_followed_each_time(
    site: Site, polled: Polled
) -> None:
    for path in ("/a", "/b"):
        site.html(path, path, TEXT)
    feed = None
    for poll in range(10):
        atom(site, f"2026-06-{poll + 1:02}T00:00:00Z", "/a", "/b")
        feed = polled(feed, interval=600)

    assert site.asked.count("/a") == site.asked.count("/b") == 3
    assert feed is not None
    assert feed.pace > 600


# ------------------------------------------------------------------ what answers cost (S15)


def test_the_body_decides_what_is_new_and_not_the_validators(
    site: Site, polled: Polled
) -> None:
    site.html("/a", "One", TEXT)
    site.rss("/feed", ("/a", "g1", "One"))
    site.pages["/feed"].headers["ETag"] = '"one"'
    feed = polled()
    # The same body under a new validator.
    site.pages["/feed"].headers["ETag"] = '"two"'
    polled(feed)
    assert Job.objects.filter(kind=Job.Kind.POLL).latest("pk").result == "not changed"

    # Another body under the old validator, which answers 304 for ever: every twentieth look
    # asks for everything.
    site.html("/b", "Two", TEXT)
    site.rss("/feed", ("/b", "g2", "Two"))
    site.pages["/feed"].headers["ETag"] = '"two"'
    Feed.objects.update(polls=19)
    feed.refresh_from_db()
    polled(feed)
    assert Article.objects.count() == 1

    polled(feed)
    assert Article.objects.count() == 2


# ------------------------------------------------------------------ how often


def test_a_feed_that_brings_nothing_is_looked_at_less_often_and_back(
    site: Site, polled: Polled
) -> None:
    site.html("/a", "One", TEXT)
    site.rss("/feed")
    feed = polled(interval=600)
    paces = []
    for _ in range(30):
        paces.append(feed.pace)
        feed = polled(feed)
    assert paces == sorted(paces)
    assert feed.pace == 12 * 600

    site.rss("/feed", ("/a", "g1", "One"))
    feed = polled(feed)

    assert feed.pace == 6 * 600
    assert feed.next_poll_at - timezone.now() < timedelta(seconds=6 * 600 + 5)


def test_no_feed_is_looked_at_less_than_daily_unless_somebody_wants_it(
    site: Site, polled: Polled
) -> None:
    site.rss("/feed")
    feed = polled(interval=6 * 3600)
    for _ in range(12):
        feed = polled(feed)
    assert feed.pace == 24 * 3600

    Feed.objects.update(interval=7 * 24 * 3600)
    assert polled(feed).pace == 7 * 24 * 3600


def test_a_thousand_feeds_due_at_once_are_accepted_in_a_few_queries(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    FeedFactory.create_batch(1000)

    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert accept_due_polls() == 1000
    assert accept_due_polls() == 0


# ------------------------------------------------------------------ faults (S12, S16, S18)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><p>sign in</p></html>", b"<rss><channel><item><ti", b"{}", b"\x00\x01"],
)
def test_a_feed_that_is_none_for_once_deletes_nothing(
    site: Site, polled: Polled, body: bytes
) -> None:
    site.html("/a", "One", TEXT)
    site.rss("/feed", ("/a", "g1", "One"))
    feed = polled()
    site.pages["/feed"] = Page(body)

    polled(feed)

    assert Article.objects.get().snapshots.count() == 1
    assert feed.enabled


def test_being_asked_to_wait_is_no_failure_of_the_feed(site: Site, polled: Polled) -> None:
    site.pages["/feed"] = Page(b"", status=429, headers={"Retry-After": "3600"})

    feed = polled()

    job = Job.objects.get(kind=Job.Kind.POLL)
    assert (feed.failures, feed.enabled) == (0, True)
    assert (job.state, job.reason_code, job.attempts) == (Job.State.WAITING, "throttled", 0)
    assert job.not_before - timezone.now() > timedelta(seconds=3500)


def test_a_feed_that_is_gone_is_switched_off_and_no_other_is(
    site: Site, polled: Polled
) -> None:
    for status, enabled in ((410, False), (404, True), (401, True), (451, True), (500, True)):
        site.pages["/feed"] = Page(b"", status=status)
        Feed.objects.all().delete()
        feed = polled()
        for _ in range(12):
            polled(feed)
        feed.refresh_from_db()
        assert feed.enabled is enabled, status
        if enabled:
            assert feed.failing_since is not None
            assert feed.next_poll_at - timezone.now() < timedelta(days=1, seconds=5)


@pytest.mark.django_db(transaction=True)
def test_a_feed_that_is_switched_off_while_it_is_asked_stays_off(site: Site) -> None:
    feed = FeedFactory(url=site.url("/feed"))

    def switch_off(handler: BaseHTTPRequestHandler) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sources_feed SET enabled = false")
        connection.close()
        handler.send_error(500)

    site.pages["/feed"] = Page(write=switch_off)
    poll_now(feed)
    run_all()

    feed.refresh_from_db()
    assert (feed.failures, feed.enabled) == (1, False)


# ------------------------------------------------------------------ moves (S17)


def test_a_permanent_redirect_is_noted_and_a_passing_one_is_not(
    site: Site, polled: Polled
) -> None:
    site.rss("/new")
    site.pages["/feed"] = Page(b"", status=302, headers={"Location": "/new"})
    feed = polled()
    assert (feed.moved_to, feed.moved_polls) == ("", 0)

    site.pages["/feed"] = Page(b"", status=301, headers={"Location": "/new"})
    feed = polled(polled(feed))
    assert (feed.moved_to, feed.moved_polls) == (site.url("/new"), 2)
    assert feed.url == site.url("/feed")

    # A captive portal leads elsewhere, and for a short time.
    site.pages["/feed"] = Page(b"", status=301, headers={"Location": "/portal"})
    site.rss("/portal")
    feed = polled(feed)
    assert (feed.moved_to, feed.moved_polls) == (site.url("/portal"), 1)


def test_a_move_is_followed_after_three_looks_over_a_week_and_not_before(
    site: Site, polled: Polled
) -> None:
    """S17."""
    site.html("/a", "One", TEXT)
    site.rss("/new", ("/a", "g1", "One"))
    site.pages["/feed"] = Page(b"", status=301, headers={"Location": "/new"})
    feed = polled(polled(polled(polled())))
    assert feed.url == site.url("/feed")

    Feed.objects.update(moved_since=timezone.now() - timedelta(days=7, seconds=1))
    feed = polled(feed)

    assert feed.url == site.url("/new")
    assert feed.former_urls == [site.url("/feed")]
    assert feed.moved_to == ""
    assert Article.objects.count() == 1
    asked = len(site.asked)
    polled(feed)
    assert site.asked[asked:] == ["/new"]


def test_two_looks_over_a_month_are_too_few(site: Site, polled: Polled) -> None:
    site.rss("/new")
    site.pages["/feed"] = Page(b"", status=308, headers={"Location": "/new"})
    feed = polled()
    Feed.objects.update(moved_since=timezone.now() - timedelta(days=30))

    assert polled(feed).url == site.url("/feed")
    assert polled(feed).url == site.url("/new")


# ------------------------------------------------------------------ sitemaps


def sitemap_index(site: Site, *names: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{site.url(name)}</loc></sitemap>" for name in names)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f"<sitemapindex {space}>{entries}</sitemapindex>".encode()


def sitemap(site: Site, *paths: str) -> bytes:
    entries = "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in paths)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f"<urlset {space}>{entries}</urlset>".encode()


def test_the_newest_sitemaps_of_an_index_are_feeds_of_their_own(
    site: Site, polled: Polled
) -> None:
    names = [f"/map{number}" for number in range(15)]
    site.pages["/feed"] = Page(sitemap_index(site, *names), "application/xml")
    for name in names:
        site.pages[name] = Page(sitemap(site, f"{name}/story"), "application/xml")
        site.html(f"{name}/story", name, TEXT)

    index = polled(kind=Feed.Kind.SITEMAP)
    accept_due_polls()
    run_all()

    assert index.nested.count() == 10
    assert set(index.nested.values_list("source", flat=True)) == {index.source_id}
    assert Article.objects.count() == 10

    site.pages["/feed"] = Page(sitemap_index(site, "/map14"), "application/xml")
    polled(index)
    assert [feed.url for feed in index.nested.all()] == [site.url("/map14")]
    assert Article.objects.count() == 10


def test_the_sitemaps_of_an_index_rest_while_it_is_switched_off(
    site: Site, polled: Polled
) -> None:
    site.pages["/feed"] = Page(sitemap_index(site, "/map"), "application/xml")
    index = polled(kind=Feed.Kind.SITEMAP)
    Feed.objects.update(next_poll_at="2020-01-01T00:00:00Z")
    assert [feed.url for feed in Feed.objects.due().order_by("pk")] == [
        index.url, site.url("/map"),
    ]  # fmt: skip

    Feed.objects.filter(pk=index.pk).update(enabled=False)
    assert not Feed.objects.due().exists()
    assert accept_due_polls() == 0


def test_a_sitemap_that_was_switched_off_stays_so_while_its_index_names_it(
    site: Site, polled: Polled
) -> None:
    site.pages["/feed"] = Page(sitemap_index(site, "/map"), "application/xml")
    index = polled(kind=Feed.Kind.SITEMAP)
    index.nested.update(enabled=False)

    site.pages["/feed"] = Page(sitemap_index(site, "/map", "/newer"), "application/xml")
    polled(index)

    enabled = dict(index.nested.values_list("url", "enabled"))
    assert enabled == {site.url("/map"): False, site.url("/newer"): True}


def test_an_index_that_names_others_each_time_has_no_more_than_ten_feeds(
    site: Site, polled: Polled
) -> None:
    index = None
    for poll in range(3):
        names = [f"/map{poll}-{number}" for number in range(12)]
        site.pages["/feed"] = Page(sitemap_index(site, *names), "application/xml")
        index = polled(index, kind=Feed.Kind.SITEMAP)

    assert Feed.objects.count() == 11


def test_an_index_of_indexes_ends(site: Site, polled: Polled) -> None:
    site.pages["/feed"] = Page(sitemap_index(site, "/deeper"), "application/xml")
    site.pages["/deeper"] = Page(sitemap_index(site, "/feed", "/deepest"), "application/xml")

    polled(kind=Feed.Kind.SITEMAP)
    accept_due_polls()
    run_all()

    assert Feed.objects.count() == 2
