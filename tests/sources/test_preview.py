"""A feed is tried out: what it would bring, and what is to be known about it."""

import pytest

from sources.fetching import TemporaryFetchError
from sources.models import ArticleAlias, Feed
from sources.preview import preview
from tests.factories import ArticleFactory, SourceFactory
from tests.sources.pages import Page, Site

pytestmark = pytest.mark.django_db


def test_links_that_are_here_are_known_by_any_of_their_names(site: Site) -> None:
    source = SourceFactory()
    by_address = ArticleFactory(url=site.url("/a"), source=source)
    for kind, value in [("url", site.url("/b")), ("guid", "g3")]:
        ArticleAlias.objects.create(article=by_address, source=source, kind=kind, value=value)
    url = site.rss(
        "/feed.xml",
        ("/a?utm_source=rss", "g1", "A"),
        ("/b", "g2", "B"),
        ("/c", "g3", "C"),
        ("/d", "g4", "D"),
    )

    found = preview(Feed(source=source, url=url))

    assert [link.known for link in found.links] == [True, True, True, False]
    assert (found.count, found.new, found.conditional) == (4, 1, False)


def test_what_is_odd_about_a_feed_is_said(site: Site) -> None:
    feed = (
        '<rss version="2.0"><channel>'
        "<item><link>http://news.example/1</link><guid>same</guid>"
        "<pubDate>Wed, 03 Jun 2026 10:00:00 GMT</pubDate></item>"
        "<item><link>http://news.example/2</link><guid>same</guid></item>"
    )
    site.pages["/new.xml"] = Page(feed.encode(), "application/rss+xml")
    site.pages["/feed.xml"] = Page(status=301, headers={"Location": "/new.xml"})

    found = preview(Feed(source=SourceFactory(), url=site.url("/feed.xml")))

    malformed, moved, undated, shared = found.warnings
    assert "malformed" in malformed
    assert f"moved for good to {site.url('/new.xml')}" in moved
    assert undated.startswith("1 of 2 entries state no day")
    assert "share a GUID («same»)" in shared


def test_a_temporary_detour_is_said_as_such(site: Site) -> None:
    site.rss("/new.xml", ("/a", "g", "A"))
    site.pages["/feed.xml"] = Page(status=302, headers={"Location": "/new.xml"})

    found = preview(Feed(source=SourceFactory(), url=site.url("/feed.xml")))

    assert any("leads on to" in warning for warning in found.warnings)


def test_an_empty_feed_says_so(site: Site) -> None:
    found = preview(Feed(source=SourceFactory(), url=site.rss("/feed.xml")))

    assert found.warnings == ("There is no link in it.",)


def test_a_long_feed_shows_its_first_links_and_counts_them_all(site: Site) -> None:
    entries = [(f"/{n}", f"g{n}", "T") for n in range(130)]

    found = preview(Feed(source=SourceFactory(), url=site.rss("/feed.xml", *entries)))

    assert (len(found.links), found.count) == (100, 130)


def test_nothing_is_written_of_the_feed(site: Site) -> None:
    preview(Feed(source=SourceFactory(), url=site.rss("/feed.xml", ("/a", "g", "A"))))

    assert not Feed.objects.exists()


def test_a_host_with_a_fault_is_no_feed(site: Site) -> None:
    site.pages["/feed.xml"] = Page(status=500)

    with pytest.raises(TemporaryFetchError):
        preview(Feed(source=SourceFactory(), url=site.url("/feed.xml")))
