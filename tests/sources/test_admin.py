"""Feeds, articles and the record of work in the admin: tried before they are saved, and told why."""

import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from sources import apart
from sources.models import Article, Feed, Job, Visit
from tests.admin_site import address, member, superuser
from tests.factories import ArticleFactory, FeedFactory, SnapshotFactory, VisitFactory
from tests.sources.pages import Page, Site, site

__all__ = ["site"]
pytestmark = pytest.mark.django_db


@pytest.fixture(name="superuser")
def _superuser() -> Client:
    return superuser()


@pytest.fixture(autouse=True)
def _rows() -> None:
    ArticleFactory()
    FeedFactory()


def test_a_listing_page_without_selector_is_not_switched_on(superuser: Client) -> None:
    feed = FeedFactory(kind=Feed.Kind.PAGE_LIST, enabled=False)

    response = superuser.post(
        address(Feed, "changelist"),
        {"action": "enable", "_selected_action": [feed.pk]},
        follow=True,
    )

    feed.refresh_from_db()
    assert not feed.enabled
    assertContains(response, "need a CSS selector")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1/feed", "private or reserved network"),
        ("javascript:alert(1)", "This is not an address that can be fetched."),
    ],
)
def test_a_feed_whose_address_is_never_fetched_is_not_saved(
    superuser: Client, url: str, sentence: str
) -> None:
    feed = Feed.objects.get()

    response = superuser.post(address(Feed, "change", feed.pk), {"url": url})

    assertContains(response, sentence)
    feed.refresh_from_db()
    assert feed.url != url


def test_what_a_person_corrects_of_an_article_is_a_persons_word(superuser: Client) -> None:
    article = Article.objects.get()

    superuser.post(
        address(Article, "change", article.pk),
        {
            "source": article.source_id,
            "stated_title": "A headline corrected by hand",
            "aliases-TOTAL_FORMS": "0",
            "aliases-INITIAL_FORMS": "0",
        },
    )

    article.refresh_from_db()
    assert (article.stated_title, article.by_hand) == ("A headline corrected by hand", True)


def _feed_form(**values: object) -> dict[str, object]:
    source = Feed.objects.get().source_id
    return {"source": source, "kind": "rss", "interval": 1800, "_try": "1", **values}


def test_a_feed_is_tried_before_it_is_saved(superuser: Client, site: Site) -> None:
    url = site.rss("/feed.xml", ("/new", "g1", "A new article"), ("/old", "g2", "An old one"))
    site.pages["/feed.xml"].headers["ETag"] = '"1"'
    ArticleFactory(url=site.url("/old"))

    page = superuser.post(address(Feed, "add"), _feed_form(url=url))

    assertContains(page, "2 links would be taken, 1 of them new.")
    assertContains(page, "A new article")
    assertContains(page, "The site says when nothing has changed")
    assertContains(page, "2 of 2 entries state no day")
    assertContains(page, f'value="{url}"')  # what was typed is still in the form
    assert Feed.objects.count() == 1
    assert [link.known for link in page.context["tried"]["preview"].links] == [False, True]


def test_a_feed_that_is_here_is_tried_as_it_is_filled_in(superuser: Client, site: Site) -> None:
    site.html("/list", "A list", '<a class="story" href="/one">One</a> <a href="/else">No</a>')
    feed = Feed.objects.get()
    form = _feed_form(url=site.url("/list"), kind="page_list", selector="a.story")

    page = superuser.post(address(Feed, "change", feed.pk), form)

    assert [link.title for link in page.context["tried"]["preview"].links] == ["One"]
    before, after = feed.url, Feed.objects.get()
    assert (after.url, after.kind, after.polls) == (before, "rss", 0)


def test_an_index_of_sitemaps_is_tried(superuser: Client, site: Site) -> None:
    index = (
        b"<sitemapindex><sitemap><loc>http://news.example/a.xml</loc></sitemap></sitemapindex>"
    )
    site.pages["/map.xml"] = Page(index, "application/xml")

    page = superuser.post(
        address(Feed, "add"), _feed_form(url=site.url("/map.xml"), kind="sitemap")
    )

    assertContains(page, "This index names 1 sitemap.")
    assertContains(page, "http://news.example/a.xml")


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/nothing", "rss", "The page is not there. (HTTP 404) Check the address"),
        ("/page", "rss", "not the kind of feed that was expected"),
        ("/page", "page_list", "has no CSS selector for its links"),
        ("/ill", "rss", "The host answered that it has a fault. (HTTP 500) Try it again"),
        ("/page", "by_hand", "added by hand: nothing is fetched"),
    ],
)
def test_a_trial_that_fails_says_why_and_what_to_do(
    superuser: Client, site: Site, path: str, kind: str, words: str
) -> None:
    site.pages["/page"] = Page(b"<p>No feed.</p>")
    site.pages["/ill"] = Page(status=500)

    page = superuser.post(address(Feed, "add"), _feed_form(url=site.url(path), kind=kind))

    assertContains(page, words)


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process that takes pages apart ends as soon as it is started."""
    apart.CHILD.end()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/bin/false")
        yield
        apart.CHILD.end()


@pytest.mark.usefixtures("no_child")
def test_a_trial_without_the_reading_process_says_so(superuser: Client, site: Site) -> None:
    url = site.rss("/feed.xml", ("/new", "g1", "A new article"))

    page = superuser.post(address(Feed, "add"), _feed_form(url=url))

    assertContains(page, "The process that takes pages apart could not be started.")
    assertContains(page, "after an update start the site anew")
    assert Feed.objects.count() == 1


def test_a_form_that_is_wrong_is_not_tried(superuser: Client, site: Site) -> None:
    page = superuser.post(address(Feed, "add"), _feed_form(url="http://10.0.0.1/feed.xml"))

    assertContains(page, "private or reserved network")
    assert page.context["tried"] is None
    assert site.asked == []


def test_what_a_tried_feed_says_is_escaped(superuser: Client, site: Site) -> None:
    url = site.rss("/feed.xml", ("/a", "&lt;i&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"))

    page = superuser.post(address(Feed, "add"), _feed_form(url=url))

    assertContains(page, "1 link would be taken")
    assertNotContains(page, "<script>alert")


def test_only_who_may_change_feeds_tries_one(site: Site) -> None:
    form = _feed_form(url=site.url("/feed.xml"))
    page = address(Feed, "change", Feed.objects.get().pk)

    assert member("analyst").post(page, form).status_code == 403
    assert member("viewer").post(address(Feed, "add"), form).status_code == 403
    assert site.asked == []
    assert member("editor").post(page, form).status_code == 200
    assert "/feed.xml" in site.asked


def test_a_link_tries_nothing(superuser: Client, site: Site) -> None:
    feed = Feed.objects.get()
    Feed.objects.update(url=site.url("/feed.xml"))

    assert superuser.get(address(Feed, "change", feed.pk), {"_try": "1"}).status_code == 200
    assert site.asked == []


def test_moved_feeds_are_listed_and_take_their_new_address(superuser: Client) -> None:
    moved = FeedFactory(moved_to="http://feeds.example/new.xml", etag='"1"')
    taken = FeedFactory(moved_to=Feed.objects.exclude(pk=moved.pk).earliest("pk").url)
    listed = superuser.get(address(Feed, "changelist"), {"moved": "yes"})
    assert set(listed.context["cl"].queryset) == {moved, taken}

    page = superuser.post(
        address(Feed, "changelist"),
        {"action": "accept_new_address", "_selected_action": [moved.pk, taken.pk]},
        follow=True,
    )

    assertContains(page, "1 feeds have their new address.")
    assertContains(page, "Another feed has the address")
    moved.refresh_from_db()
    assert (moved.url, moved.etag) == ("http://feeds.example/new.xml", "")
    kept = superuser.get(address(Feed, "changelist"), {"moved": "no"})
    assert taken not in kept.context["cl"].queryset


def test_looks_are_a_record_and_nobody_writes_it(superuser: Client) -> None:
    visit = VisitFactory()

    assertContains(superuser.get(address(Visit, "changelist")), str(visit.article))
    assert superuser.post(address(Visit, "change", visit.pk), {}).status_code == 403


@pytest.mark.parametrize(
    "changed", [{"selector": "p > a"}, {"kind": "rss"}, {"url": "http://feeds.example/other"}]
)
def test_what_a_feed_said_last_does_not_hold_once_it_is_another(
    superuser: Client, changed: dict[str, str]
) -> None:
    """Or the page, being as it was, would never be looked through with the new selector."""
    feed = FeedFactory(
        kind="page_list",
        selector="li > a",
        etag='"1"',
        last_modified="then",
        body_sha256="a" * 64,
    )
    said = {
        "source": feed.source_id, "url": feed.url, "kind": feed.kind, "selector": feed.selector,
        "interval": 1800, "note": "", "enabled": "on",
    }  # fmt: skip

    superuser.post(address(Feed, "change", feed.pk), said | {"note": "A note alone."})
    feed.refresh_from_db()
    assert (feed.note, feed.etag, feed.body_sha256) == ("A note alone.", '"1"', "a" * 64)

    superuser.post(address(Feed, "change", feed.pk), said | changed)
    feed.refresh_from_db()
    assert (feed.etag, feed.last_modified, feed.body_sha256) == ("", "", "")


def test_an_article_can_be_captured_by_hand_again_and_again(superuser: Client) -> None:
    article = ArticleFactory()
    for state in (Job.State.DEAD, Job.State.DONE, Job.State.DONE):
        superuser.post(
            address(Article, "changelist"),
            {"action": "capture", "_selected_action": article.pk},
        )
        job = Job.objects.open().get(kind=Job.Kind.CAPTURE)
        job.state, job.reason_code = state, "unexpected"
        job.save()
        if state == Job.State.DONE:  # the look is on record, and found nothing new
            VisitFactory(article=article)


@pytest.mark.parametrize("day", ["2099-01-01", "1066-01-01"])
def test_a_day_on_which_nothing_was_published_is_refused(
    admin_client: Client, day: str
) -> None:
    article = ArticleFactory()
    path = f"/admin/sources/article/{article.pk}/change/"
    names = {"stated_title": "", "stated_language": "", "stated_published_on": day}
    inline = {"aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}
    values = {"source": article.source_id, "feed": "", **names, **inline}

    page = admin_client.post(path, values)

    assert b"lies before 1990 or in the future" in page.content
    article.refresh_from_db()
    assert article.stated_published_on is None


def test_jobs_name_what_they_are_about(superuser: Client) -> None:
    snapshot = SnapshotFactory(title="An invented headline")
    feed = FeedFactory()
    gone = snapshot.pk + 1000
    add_jobs(poll=feed.pk, capture=snapshot.article_id, read=snapshot.pk, attribute=gone)

    page = superuser.get(address(Job, "changelist"))

    for row, name in (
        (feed, feed.url),
        (snapshot.article, snapshot.article.url),
        (snapshot, "An invented headline"),
    ):
        assertContains(
            page, f'<a href="{address(type(row), "change", row.pk)}">{name}</a>', html=True
        )
    assertContains(page, f"{gone}, which is not here any more")


def test_a_job_names_what_it_is_about_on_its_own_page(superuser: Client) -> None:
    feed = FeedFactory()
    [job] = add_jobs(poll=feed.pk)

    page = superuser.get(address(Job, "change", job.pk))

    assertContains(page, address(Feed, "change", feed.pk))


def test_more_jobs_take_no_more_queries(superuser: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            superuser.get(address(Job, "changelist"))
        return len(asked)

    def more() -> None:
        snapshot = SnapshotFactory()
        add_jobs(poll=FeedFactory().pk, capture=snapshot.article_id, read=snapshot.pk)

    more()
    queries()  # the first request of a process asks for more
    few = queries()
    for _ in range(5):
        more()

    assert queries() == few


def add_jobs(**subjects: int) -> list[Job]:
    """A job of each kind that is named, about the row with this key."""
    return [
        Job.objects.create(kind=kind, key=f"{kind}:{Job.objects.count()}", subject=subject)
        for kind, subject in subjects.items()
    ]
