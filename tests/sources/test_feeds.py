"""Feeds, sitemaps and listing pages become entries, and nothing else happens."""

from datetime import date, timedelta

import pytest

from sources.feeds import MOST_ENTRIES, FeedError, parse_feed

BASE = "http://news.example/feed"

RSS = b"""<rss version="2.0"><channel><title>t</title><language>en-gb</language>
<item><title>One &amp;amp; only</title><link>/a</link><guid isPermaLink="false">g1</guid>
<pubDate>Thu, 20 Jun 2024 23:30:00 +0900</pubDate></item>
<item><title>No link</title></item>
<item><title>Again</title><link>http://news.example/a</link></item>
<item><title>Script</title><link>javascript:alert(1)</link></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<entry><title>조약</title><id>tag:x,1</id><link href="b"/><published>2024-06-21T00:00:00Z</published>
<updated>2024-06-22T00:00:00Z</updated></entry></feed>""".encode()

JSON = b"""{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[
{"id":"1","url":"http://news.example/c","title":"C","date_published":"2024-06-20T00:00:00Z"}, 7]}"""

SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://news.example/d</loc>
<lastmod>2024-06-20</lastmod><news:news><news:publication_date>2024-06-19</news:publication_date>
<news:title>D</news:title></news:news></url></urlset>"""

INDEX = (
    b"""<sitemapindex><sitemap><loc>http://news.example/s1.xml</loc></sitemap></sitemapindex>"""
)

LISTING = """<ul class="menu"><li><a href="/about">About</a></li></ul>
<div class="list"><p class="item"><a href="e">첫째</a></p><p class="item"><a href="/f">F</a></p></div>""".encode()


def test_rss_gives_each_link_once_with_the_day_as_written() -> None:
    (entry,) = parse_feed(RSS, "rss", BASE).entries[:1]

    assert [e.url for e in parse_feed(RSS, "rss", BASE).entries] == ["http://news.example/a"]
    assert entry.language == "en"
    assert entry.published_on == date(2024, 6, 20)


def test_atom_has_ids_days_and_revisions() -> None:
    (entry,) = parse_feed(ATOM, "atom", BASE).entries

    assert (entry.url, entry.guid, entry.title) == ("http://news.example/b", "tag:x,1", "조약")
    assert entry.published_on == date(2024, 6, 21)
    assert entry.revision == "2024-06-22T00:00:00Z"


def test_a_json_feed_skips_what_is_no_item() -> None:
    (entry,) = parse_feed(JSON, "json", BASE).entries

    assert (entry.url, entry.published_on) == ("http://news.example/c", date(2024, 6, 20))


def test_a_news_sitemap_states_day_and_title() -> None:
    (entry,) = parse_feed(SITEMAP, "sitemap", BASE).entries

    assert (entry.title, entry.published_on, entry.revision) == (
        "D",
        date(2024, 6, 19),
        "2024-06-20",
    )


def test_a_place_with_pictures_is_its_page_and_no_picture() -> None:
    body = (
        b'<urlset xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><url>'
        b"<i:image><i:loc>http://news.example/1.jpg</i:loc><i:title>Picture</i:title></i:image>"
        b"<loc>http://news.example/page</loc>"
        b"<i:image><i:loc>http://news.example/2.jpg</i:loc></i:image></url></urlset>"
    )
    assert [e.url for e in parse_feed(body, "sitemap", BASE).entries] == [
        "http://news.example/page"
    ]


def test_of_a_sitemap_that_is_too_long_the_newest_are_taken() -> None:
    """Some list the oldest first, so that what is new stands at the end."""
    for order in (1, -1):
        days = [date(2000, 1, 1) + timedelta(days=n) for n in range(MOST_ENTRIES + 500)][
            ::order
        ]
        places = "".join(
            f"<url><loc>http://news.example/{day}</loc><lastmod>{day}</lastmod></url>"
            for day in days
        )
        found = parse_feed(f"<urlset>{places}</urlset>".encode(), "sitemap", BASE)

        assert found.partial
        assert len(found.entries) == MOST_ENTRIES
        assert {e.url for e in found.entries} == {
            f"http://news.example/{day}" for day in sorted(days)[-MOST_ENTRIES:]
        }


def test_the_newest_sitemap_of_an_index_is_the_last_that_is_named() -> None:
    body = "".join(
        f"<sitemap><loc>http://news.example/{name}.xml</loc>{lastmod}</sitemap>"
        for name, lastmod in [
            ("new", "<lastmod>2024-06-20T10:00:00Z</lastmod>"),
            ("old", "<lastmod>2019-01-01</lastmod>"),
            ("undated", ""),
        ]
    )
    found = parse_feed(f"<sitemapindex>{body}</sitemapindex>".encode(), "sitemap", BASE)
    assert [url[20:] for url in found.nested] == ["undated.xml", "old.xml", "new.xml"]


def test_an_index_names_its_sitemaps() -> None:
    assert parse_feed(INDEX, "sitemap", BASE).nested == ("http://news.example/s1.xml",)


def test_a_listing_gives_the_links_that_the_selector_chooses() -> None:
    entries = parse_feed(LISTING, "page_list", BASE, "div.list p.item").entries

    assert [(e.url, e.title) for e in entries] == [
        ("http://news.example/e", "첫째"),
        ("http://news.example/f", "F"),
    ]


@pytest.mark.parametrize(
    ("body", "kind", "selector", "code"),
    [
        (b"<html><p>hello</p></html>", "rss", "", "not-a-feed"),
        (b"", "atom", "", "not-a-feed"),
        (b"/etc/passwd", "rss", "", "not-a-feed"),
        (b"http://127.0.0.1/", "rss", "", "not-a-feed"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss></rss>', "rss", "", "feed-forbids"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><rss/>'.encode("utf-16"), "rss", "", "feed-forbids"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><urlset/>', "sitemap", "", "feed-forbids"),
        (b"<urlset><url>", "sitemap", "", "not-a-feed"),
        (b"<other/>", "sitemap", "", "not-a-feed"),
        (b"{not json", "json", "", "not-a-feed"),
        (b'{"items": 7}', "json", "", "not-a-feed"),
        (LISTING, "page_list", "", "no-selector"),
        (LISTING, "page_list", "div[[", "bad-selector"),
    ],
)
def test_what_is_no_such_feed_is_refused_with_a_reason(
    body: bytes, kind: str, selector: str, code: str
) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(body, kind, BASE, selector)

    assert caught.value.code == code


def test_a_truncated_feed_gives_what_can_be_read_and_says_so() -> None:
    parsed = parse_feed(ATOM[:-10], "atom", BASE)

    assert len(parsed.entries) == 1
    assert parsed.partial
