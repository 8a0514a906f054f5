"""Title, byline, section, language and address: what the page states, without its noise."""

import json

import pytest

from sources.text import ArticleText, decode_page
from sources.text import read as read_decoded

URL = "http://www.courier.example/2024/06/20/story"
STORY = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force. "
    * 3
)


def read(
    head: str = "",
    body: str = "",
    *,
    h1: str = "A headline",
    lang: str = "en",
    story: str = STORY,
) -> ArticleText:
    html = f'<html lang="{lang}"><head>{head}</head><body><article><h1>{h1}</h1>{body}<p>{story}</p></article></body></html>'
    return read_decoded(decode_page(html.encode(), "text/html"), URL)


def ld(**facts: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **facts}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("head", "h1"),
    [
        ("<title>A headline | The Courier</title>", "A headline"),
        ('<meta property="og:title" content="A headline - The Courier"><meta property="og:site_name" content="The Courier">', "The Courier"),
        ('<meta property="og:title" content="Minister says: treaty ready"><title>A headline</title>', "A headline"),
        ("<title>A headline – courier.example</title>", ""),
        (ld(headline="A headline"), "A headline"),
        ("<title>A headline</title><svg><title>Logo</title></svg>", "Courier"),
    ],
)  # fmt: skip
def test_the_headline_is_found(head: str, h1: str) -> None:
    assert read(head, h1=h1).title == "A headline"


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        (ld(author={"@type": "Person", "name": "Ada Example"}), "", "Ada Example"),
        (ld(author=[{"name": "By Ada Example"}, {"name": "Bob Example"}]), "", "Ada Example; Bob Example"),
        (ld(author="Ada Example and Bob Example"), "", "Ada Example; Bob Example"),
        (ld(author={"@type": "Organization", "name": "The Courier"}, publisher={"name": "The Courier"}),
         "<p class='byline'>By Ada Example</p>", "Ada Example"),
        ('<meta name="author" content="https://courier.example/ada">', "", ""),
        ('<meta name="author" content="ada@courier.example">', "", ""),
        ('<meta name="author" content="courier.example">', "", ""),
        ('<meta name="author" content="Ada Example"><meta property="og:site_name" content="The Courier">', "", "Ada Example"),
        ("", "<span class='author'>Von Ada Example | Exampleton</span>", "Ada Example"),
        ("", "<div class='comments'><span class='author'>Reader</span></div>", ""),
        ("", "<a rel='author'>장아다 기자 ada@courier.example</a>", "장아다"),
        ("", "<span class='author'>Автор: Ада Пример</span>", "Ада Пример"),
    ],
)  # fmt: skip
def test_the_byline_is_names_alone(head: str, body: str, names: str) -> None:
    assert read(head, body).byline == names


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ('<meta property="article:section" content="World news">', "World news"),
        (ld(articleSection=["Politics &amp; Power", "World"]), "Politics & Power"),
        ('<meta property="article:section" content="A headline">', ""),
        ('<meta property="article:section" content="https://courier.example/world">', ""),
        (f'<meta property="article:section" content="{"long " * 40}">', ""),
    ],
)
def test_the_section_is_a_short_name(head: str, section: str) -> None:
    assert read(head).section == section


@pytest.mark.parametrize(
    ("lang", "story", "language"),
    [
        ("en-GB", STORY, "en"),
        ("english", STORY, "en"),
        ("x-default", STORY, "en"),
        ("de", STORY, "en"),  # a template's attribute is no language of the text
        ("uk-UA", "Міністр Ада Приклад повідомила, що вигаданий договір набуде чинності. " * 4, "uk"),
        ("nb", "Minister Ada Example sa torsdag at den oppdiktede traktaten snart trer i kraft. " * 4, "nb"),
    ],
)  # fmt: skip
def test_the_language_is_a_primary_tag(lang: str, story: str, language: str) -> None:
    assert read(lang=lang, story=story).language == language


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/2024/06/20/story?x=1", "http://www.courier.example/2024/06/20/story?x=1"),
        ("https://courier.example/story", "https://courier.example/story"),
        ("http://www.courier.example/", ""),
        ("http://elsewhere.example/story", ""),
        ("javascript:alert(1)", ""),
        ("http://user:pass@courier.example/story", ""),
        ("", ""),
    ],
)
def test_the_canonical_address_is_on_the_same_site(href: str, canonical: str) -> None:
    assert read(f'<link rel="Canonical" href="{href}">').canonical_url == canonical


def test_odd_markup_does_no_harm() -> None:
    for odd in (ld(author=[None, 7, {"name": ["Ada Example"]}], headline=[], articleSection={"a": 1}),
                ld(author={"name": {"name": {"name": {}}}}, publisher=3, hasPart=5, isAccessibleForFree=[]),
                '<script type="application/ld+json">"text"</script><script type="application/ld+json">null</script>'):  # fmt: skip
        assert read(odd).title == "A headline"
