"""Every date that was stated is stored, and the one to go by: a person's, the page's, the feed's."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sources import jobs
from sources.by_hand import Stated, accept_text, accept_url
from sources.models import Job, Snapshot
from sources.polling import poll_now
from sources.reading import restate
from tests.factories import ArticleFactory, FeedFactory, SnapshotFactory, SourceFactory
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db

TEXT = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force in "
    "the spring, once both invented parliaments had voted on it."
)
SEEN = '<meta property="article:published_time" content="2024-06-20T10:00:00Z">'
AHEAD = '<meta property="article:published_time" content="2099-01-01">'


@pytest.fixture(autouse=True)
def _kinds_of_this_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attribution is another room's work: here its jobs just wait."""
    monkeypatch.delitem(jobs._HANDLERS, Job.Kind.ATTRIBUTE, raising=False)


def run_all() -> None:
    while due := Job.objects.due().filter(kind__in=["poll", "capture", "read"]):
        for job in due:
            jobs.run(job.pk)


def origins(snapshot: Snapshot) -> list[tuple[str, str | None]]:
    return [(stated["origin"], stated["day"]) for stated in snapshot.dates]


def from_feed(site: Site, published: str, *, head: str = "") -> Snapshot:
    """Poll a feed of one article whose entry carries this date, and read the article."""
    link = site.html("/a", "One", TEXT, head=head)
    item = f"<item><title>One</title><link>{link}</link><pubDate>{published}</pubDate></item>"
    feed = f'<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'
    site.pages["/feed"] = Page(feed.encode(), "application/rss+xml")
    poll_now(FeedFactory(url=site.url("/feed")))
    run_all()
    return Snapshot.objects.get()


def test_the_pages_date_goes_before_the_feeds_and_both_are_kept(site: Site) -> None:
    snapshot = from_feed(site, "Fri, 21 Jun 2024 08:00:00 GMT", head=SEEN)

    assert (snapshot.published_on, snapshot.published_basis) == (date(2024, 6, 20), "meta")
    assert (snapshot.published_precision, snapshot.published_confidence) == ("moment", "high")
    assert origins(snapshot) == [("meta", "2024-06-20"), ("feed", "2024-06-21")]
    assert snapshot.held == ""


def test_the_feeds_date_stands_in_for_a_page_without_one(site: Site) -> None:
    snapshot = from_feed(site, "Fri, 21 Jun 2024 08:00:00 GMT")

    assert (snapshot.published_on, snapshot.published_basis) == (date(2024, 6, 21), "feed")
    assert (snapshot.published_precision, snapshot.published_confidence) == ("day", "medium")


def test_a_page_and_a_feed_that_disagree_say_so(site: Site) -> None:
    snapshot = from_feed(site, "Mon, 01 Jul 2024 08:00:00 GMT", head=SEEN)

    assert snapshot.published_confidence == "medium"
    assert "its dates disagree: meta has 2024-06-20, feed has 2024-07-01" in snapshot.warnings


def test_a_feed_that_is_ahead_of_its_time_holds_the_text(site: Site) -> None:
    later = timezone.now() + timedelta(days=30)

    snapshot = from_feed(site, later.strftime("%a, %d %b %Y 08:00:00 GMT"))

    assert (snapshot.published_on, snapshot.held) == (None, "date-in-future")


def test_a_persons_word_ends_the_holding(site: Site) -> None:
    address = site.html("/a", "One", TEXT, head=AHEAD)
    accept_url(address, source=SourceFactory(), stated=Stated("", date(2024, 6, 19)))
    run_all()

    snapshot = Snapshot.objects.get()
    assert (snapshot.published_on, snapshot.published_basis) == (date(2024, 6, 19), "stated")
    assert (snapshot.held, snapshot.published_confidence) == ("", "high")
    assert origins(snapshot) == [("stated", "2024-06-19"), ("meta", "2099-01-01")]


def test_a_page_that_nobody_vouches_for_is_held(site: Site) -> None:
    accept_url(site.html("/a", "One", TEXT, head=AHEAD), source=SourceFactory())
    run_all()

    snapshot = Snapshot.objects.get()
    assert (snapshot.published_on, snapshot.held) == (None, "date-in-future")


def test_the_beginning_of_a_closed_article_is_stored_as_such(site: Site) -> None:
    head = (
        '<meta property="article:content_tier" content="locked">'
        '<meta property="article:section" content="World">'
    )
    accept_url(site.html("/a", "One", TEXT, head=head), source=SourceFactory())
    run_all()

    snapshot = Snapshot.objects.get()
    assert (snapshot.partial, snapshot.section) == (True, "World")
    assert any("paywall" in warning for warning in snapshot.warnings)


def test_a_page_that_is_not_there_makes_no_text(site: Site) -> None:
    missing = (
        b"<html><title>404</title><h1>Page not found</h1><p>Sorry, it is not here.</p></html>"
    )
    site.pages["/a"] = Page(missing)
    accept_url(site.url("/a"), source=SourceFactory())
    run_all()

    job = Job.objects.get(kind="read")
    assert (job.state, job.reason_code) == (Job.State.REJECTED, "soft-404")
    assert not Snapshot.objects.read().exists()


def test_a_date_in_front_of_a_pasted_text_is_its_date() -> None:
    accept_text(
        b"---\ndate: '2024-06-20'\n---\n" + TEXT.encode(),
        "text/markdown",
        source=SourceFactory(),
    )
    run_all()

    snapshot = Snapshot.objects.get()
    assert (snapshot.published_on, snapshot.published_basis) == (date(2024, 6, 20), "meta")
    assert origins(snapshot) == [("meta", "2024-06-20")]


def attributions() -> list[int]:
    return list(Job.objects.filter(kind=Job.Kind.ATTRIBUTE).values_list("subject", flat=True))


def test_a_held_text_waits_for_a_person_before_anything_is_found_in_it(site: Site) -> None:
    address = site.html("/a", "One", TEXT, head=AHEAD)
    article = accept_url(address, source=SourceFactory()).article
    run_all()
    assert attributions() == []

    article.refresh_from_db()
    article.stated_published_on, article.by_hand = date(2024, 6, 21), True
    article.save()
    restate(article)

    snapshot = Snapshot.objects.get()
    assert (snapshot.published_on, snapshot.held) == (date(2024, 6, 21), "")
    assert origins(snapshot) == [("stated", "2024-06-21"), ("meta", "2099-01-01")]
    assert attributions() == [snapshot.pk]


def test_a_day_that_a_person_corrects_later_stands_on_the_texts_kept(site: Site) -> None:
    address = site.html("/a", "One", TEXT, head=SEEN)
    article = accept_url(address, source=SourceFactory()).article
    run_all()
    article.refresh_from_db()
    for day in (date(2024, 6, 18), date(2024, 6, 19)):
        article.stated_published_on = day
        article.save()
        restate(article)

    snapshot = Snapshot.objects.get()
    assert (snapshot.published_on, snapshot.published_basis) == (date(2024, 6, 19), "stated")
    assert origins(snapshot) == [("stated", "2024-06-19"), ("meta", "2024-06-20")]
    assert len(attributions()) == 3


def test_a_feeds_day_is_no_persons_word_when_only_the_title_is_corrected(site: Site) -> None:
    snapshot = SnapshotFactory(
        article=ArticleFactory(stated_published_on=date(2024, 6, 20), stated_language="ko"),
        title="One", language="en", published_on=date(2024, 6, 20), published_basis="feed",
    )  # fmt: skip
    article = snapshot.article
    article.by_hand, article.stated_title = True, "Two"
    article.save()

    restate(article, ["stated_title"])

    snapshot.refresh_from_db()
    assert (snapshot.title, snapshot.language) == ("Two", "en")
    assert (snapshot.published_on, snapshot.published_basis) == (date(2024, 6, 20), "feed")
