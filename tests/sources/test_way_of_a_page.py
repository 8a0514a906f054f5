"""The way of a page: polled, captured, read."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sources import jobs
from sources.articles import source_for
from sources.by_hand import Stated, accept_text, accept_url
from sources.capturing import accept_capture
from sources.fetching import NotAllowed
from sources.models import Article, Feed, Job, Snapshot, Source
from sources.polling import accept_due_polls, poll_now
from sources.urls import BadUrl
from tests.factories import FeedFactory, SourceFactory, UserFactory
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
        stated=Stated("Given by hand", date(2024, 6, 21), "en"),
    )
    run_all()

    snapshot = accepted.article.snapshots.get()
    assert snapshot.text == TEXT + "\n"
    assert (snapshot.title, snapshot.published_basis) == ("Given by hand", "stated")
    assert (snapshot.origin, snapshot.status, snapshot.address) == ("given", None, "")


def test_the_same_text_twice_is_here_already() -> None:
    source = SourceFactory()
    first = accept_text(TEXT.encode(), "text/plain", source=source)

    again = accept_text(TEXT.encode(), "text/plain", source=source)

    assert (first.created, again.created) == (True, False)
    assert again.article == first.article


def test_the_same_text_of_another_outlet_is_another_article() -> None:
    outlets = SourceFactory.create_batch(2)

    printed = [accept_text(TEXT.encode(), "text/plain", source=outlet) for outlet in outlets]
    run_all()

    assert [accepted.created for accepted in printed] == [True, True]
    assert set(Article.objects.values_list("source", flat=True)) == {o.pk for o in outlets}
    assert Article.objects.values("cluster").distinct().count() == 1


def test_a_given_text_is_one_more_version_of_the_article_at_its_address(site: Site) -> None:
    address = site.html("/a", "One", TEXT)
    source = SourceFactory()
    article = accept_url(address, source=source).article
    run_all()

    accepted = accept_text(
        f"{TEXT} A line that the page lacks.".encode(), "text/plain", source=source,
        url=address + "?utm_source=mail", stated=Stated(published_on=date(2024, 6, 21)),
    )  # fmt: skip
    run_all()

    fetched, given = article.snapshots.order_by("pk")
    assert (accepted.article, accepted.created) == (article, False)
    assert accepted.job is not None
    assert (fetched.origin, given.origin) == ("fetched", "given")
    assert given.address == address
    assert (given.published_on, given.published_basis) == (date(2024, 6, 21), "stated")


def test_a_persons_day_goes_before_the_pages_without_an_account(site: Site) -> None:
    head = '<meta property="article:published_time" content="2024-06-20T10:00:00Z">'
    address = site.html("/a", "One", TEXT, head=head)

    accepted = accept_url(address, source=SourceFactory(), stated=Stated("", date(2024, 6, 19)))
    run_all()

    snapshot = accepted.article.snapshots.get()
    assert (snapshot.published_on, snapshot.published_basis) == (date(2024, 6, 19), "stated")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a", "http://localhost/a", "http://0x7f.1/a", "http://[::1]/a",
        "http://169.254.1.1/", "https://news.example:8443/a", "http://2130706433/",
    ],
)  # fmt: skip
def test_an_address_that_is_never_fetched_makes_nothing(address: str) -> None:
    with pytest.raises((NotAllowed, BadUrl)):
        accept_url(address)

    assert not Source.objects.exists()
    assert not Article.objects.exists()


def test_the_front_page_that_a_page_leads_to_is_no_name_of_it(site: Site) -> None:
    site.html("/", "Front page", TEXT)
    site.html("/new", "One", TEXT)
    source = SourceFactory()
    for path, target in (("/lost", "/"), ("/old", "/new")):
        site.pages[path] = Page(b"", status=301, headers={"Location": target})
        accept_url(site.url(path), source=source)
    run_all()

    assert [accept_url(site.url(path), source=source).created for path in ("/", "/new")] == [
        True,
        False,
    ]


def test_hosts_with_alike_names_are_two_sources() -> None:
    one, other = source_for("https://a-b.example/x"), source_for("https://a.b.example/x")

    assert one != other
    assert source_for("https://www.a.b.example/y") == other


def test_sources_that_share_a_host_are_told_by_their_paths() -> None:
    north = SourceFactory(homepage="https://press.example/north/")
    south = SourceFactory(homepage="https://press.example/")
    FeedFactory(source=south, url="https://press.example/south/feed.xml")

    assert source_for("https://press.example/north/2026/story") == north
    assert source_for("https://press.example/south/story") == south
    assert source_for("https://press.example/other") == north  # the first of equals


def test_a_failing_feed_is_retried_by_its_schedule_alone(site: Site) -> None:
    site.pages["/feed"] = Page(b"", status=500)
    feed = polled(site, interval=300)

    Feed.objects.update(next_poll_at="2020-01-01T00:00:00Z")
    accepted = accept_due_polls()

    job = Job.objects.get(kind=Job.Kind.POLL)
    assert accepted == 0
    assert (job.state, job.reason_code) == (Job.State.WAITING, "server-error")
    feed.refresh_from_db()
    assert job.not_before - timezone.now() > timedelta(seconds=500)
    assert feed.failures == 1

    site.rss("/feed")
    assert poll_now(feed) == job
    run_all()

    job.refresh_from_db()
    feed.refresh_from_db()
    assert job.state == Job.State.DONE
    assert feed.failures == 0


def test_a_feed_that_is_switched_off_is_not_retried(site: Site) -> None:
    site.pages["/feed"] = Page(b"", status=500)

    polled(site, enabled=False)

    assert Job.objects.get(kind=Job.Kind.POLL).state == Job.State.DEAD


def test_looking_now_asks_again_each_time(site: Site) -> None:
    site.rss("/feed")
    feed = polled(site)

    again = poll_now(feed)
    jobs.cancel(again, UserFactory())

    assert poll_now(feed).pk != again.pk


def test_a_malformed_feed_says_that_entries_may_be_missing(site: Site) -> None:
    site.html("/a", "One", TEXT)
    site.rss("/feed", ("/a", "g1", "One"))
    whole = site.pages["/feed"]
    site.pages["/feed"] = Page(
        whole.body[: whole.body.index(b"</channel>")], whole.content_type
    )

    polled(site)

    assert "entries may be missing" in Job.objects.get(kind=Job.Kind.POLL).result


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
    accepted = accept_url(site.html("/a?fbclid=7", "One", TEXT), source=SourceFactory())
    run_all()

    assert accepted.article.url == site.url("/a")
    assert accepted.article.snapshots.count() == 1


def test_a_pasted_text_may_state_its_address_in_front() -> None:
    body = f"---\nsource_url: https://a.example/x\n---\n{TEXT}\n".encode()

    accepted = accept_text(body, "text/markdown", source=SourceFactory())
    run_all()

    assert accepted.article.snapshots.get().text == TEXT + "\n"
