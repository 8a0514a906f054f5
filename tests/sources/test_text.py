"""Pages become text and metadata; what cannot be read is refused with a reason."""

import json
import re
import time
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.reasons import REASONS
from sources.text import ArticleText, PageError, decode_page
from sources.text import read as read_decoded

URL = "http://news.example/2024/06/20/story"
BODY = "Minister Ada Example said on Thursday that the invented treaty would enter into force soon. "


def page(body: str = BODY * 3, head: str = "", lang: str = "en") -> bytes:
    return (
        f'<!doctype html><html lang="{lang}"><head>{head}</head><body><article>'
        f"<h1>A headline</h1><p>{body}</p></article></body></html>"
    ).encode()


def read(body: bytes, content_type: str, url: str) -> ArticleText:
    """Decode and read, as ingestion does."""
    return read_decoded(decode_page(body, content_type), url)


def test_text_title_day_and_language_are_read() -> None:
    head = (
        '<title>A headline | The Courier</title><meta property="og:site_name" content="The Courier">'
        '<meta property="article:published_time" content="2024-06-19T23:00:00-05:00">'
        '<link rel="canonical" href="/2024/06/20/story?x=1">'
    )

    found = read(page(head=head), "text/html; charset=utf-8", URL)

    assert "Ada Example" in found.text
    assert found.title == "A headline"
    # The day as the outlet writes it, not moved between time zones.
    assert (found.published_on, found.published_basis) == (date(2024, 6, 19), "meta")
    assert found.language == "en"
    assert found.canonical_url == "http://news.example/2024/06/20/story?x=1"


@pytest.mark.parametrize(
    ("head", "day", "basis"),
    [
        (
            '<script type="application/ld+json">{"datePublished":"2024-06-18"}</script>',
            date(2024, 6, 18),
            "json-ld",
        ),
        ('<meta name="date" content="03/04/2024">', date(2024, 6, 20), "url"),
        ('<meta name="date" content="2024-13-45">', date(2024, 6, 20), "url"),
        ('<meta name="date" content="1970-01-01">', date(2024, 6, 20), "url"),
    ],
)
def test_a_date_is_stated_or_not_believed(head: str, day: date, basis: str) -> None:
    found = read(page(head=head), "text/html", URL)

    assert (found.published_on, found.published_basis) == (day, basis)


def test_a_future_or_footer_date_is_no_date() -> None:
    later = (timezone.now().date() + timedelta(days=9)).isoformat()
    head = f'<meta name="date" content="{later}">'
    body = page(head=head).replace(b"</body>", b"<footer>Copyright 2019</footer></body>")

    found = read(body, "text/html", "http://news.example/story")

    assert (found.published_on, found.published_basis) == (None, "none")
    assert found.held == "date-in-future"
    assert [stated.value for stated in found.dates] == [later]


@pytest.mark.parametrize(
    ("charset", "label", "text"),
    [
        ("windows-1251", "text/html; charset=cp1251", "Министр сообщила о договоре. "),
        ("cp949", "text/html; charset=euc-kr", "장관은 조약이 곧 발효된다고 말했다. "),
        ("cp932", "text/html; charset=Shift_JIS", "大臣は条約がまもなく発効すると述べた。"),
        (
            "windows-1252",
            "text/html; charset=iso-8859-1",
            "The minister’s “naïve” treaty was “agreed”. ",
        ),
        ("utf-8", "text/html; charset=utf-7", "Das Abkommen läuft ab. "),
    ],
)
def test_labels_are_read_as_browsers_read_them(charset: str, label: str, text: str) -> None:
    body = page(text * 8).decode().encode(charset)

    assert text.strip()[:12] in read(body, label, URL).text


def test_a_wrong_label_is_not_believed() -> None:
    body = page("Министр сообщила о договоре. " * 8)

    assert "Министр" in read(body, "text/html; charset=us-ascii-nonsense", URL).text


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"", "text/html", "no-text"),
        (b"%PDF-1.7 ...", "application/pdf", "not-text"),
        (b"\x89PNG\r\n", "text/html", "not-text"),
        (b'{"a": 1}', "application/json", "not-text"),
        (b"<html><body></body></html>", "text/html", "no-text"),
        (
            b"<html><body><p>Please enable JavaScript to read.</p></body></html>",
            "text/html",
            "script-wall",
        ),
    ],
)
def test_what_holds_no_article_is_refused_with_a_reason(
    body: bytes, kind: str, code: str
) -> None:
    with pytest.raises(PageError) as caught:
        read(body, kind, URL)

    assert caught.value.code == code


def test_controls_and_surrogates_are_cleaned_away() -> None:
    dirty = BODY * 3 + "nul\x00 bidi\u202e esc\x1b"

    text = read(page(dirty), "text/html", URL).text

    assert not re.search(r"[\x00-\x08\x0e-\x1f\u202a-\u202e]", text)


def test_a_page_nested_too_deeply_keeps_its_text_and_says_so() -> None:
    body = (
        "<html><body>"
        + "<div>" * 400
        + f"<p>{BODY * 3}</p>"
        + "</div>" * 400
        + "</body></html>"
    )

    found = read(body.encode(), "text/html", URL)

    assert "Ada Example" in found.text
    assert any("nested" in warning for warning in found.warnings)


def test_tags_left_open_cost_no_more_than_their_length() -> None:
    deep = "<div>" * 300 + "<p>An invented paragraph, long enough to be read.</p>" * 4
    body = f"<html><body>{deep}{'</div>' * 300}{'<script ' * 100_000}".encode()

    began = time.process_time()
    text = read(body, "text/html", "http://a.example/").text
    assert text.startswith("An invented paragraph, long enough to be read.\nAn")
    assert time.process_time() - began < 3


def test_boxes_that_are_never_closed_keep_their_text() -> None:
    body = f"<html><body>{'<div>' * 400}<p>{BODY}</p>".encode()

    assert read(body, "text/html", "http://a.example/").text.strip() == BODY.strip()


def test_a_layout_of_tables_comes_out_as_paragraphs() -> None:
    body = f"<html><body><table><tr><td>Left</td><td><h1>T</h1><p>{BODY}</p><p>{BODY}</p></td></tr></table></body></html>"

    text = read(body.encode(), "text/html", URL).text

    assert "|" not in text
    assert text.count("\n") >= 2


def test_a_text_file_states_its_facts_in_front() -> None:
    body = b"---\ndate: '2024-10-23'\nsource_url: https://a.example/x\ntitle: \"A\\_title\"\n---\n\nMR. SAMPLE: Good day to all of you.\n"

    found = read(body, "text/markdown", "")

    assert (found.published_on, found.title) == (date(2024, 10, 23), "A title")
    assert found.canonical_url == "https://a.example/x"
    assert found.text.startswith("\n") is False
    assert "date:" not in found.text


SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<div class='paywall'>", "<h1>", "<title>404</title>", "<a href='", "'>", "<time datetime='",
             "<meta name='date' content='", "<script type='application/ld+json'>", "</script>", '{"@type":"NewsArticle",',
             '"datePublished":', '"2024-06-20"', "}", "<table><tr><td><p>", "<!--", "<link rel='canonical' href='", BODY]
        ),
        st.text(max_size=20),
    ),
    max_size=40,
)  # fmt: skip


@settings(deadline=None)
@given(SOUP)
def test_any_page_is_read_or_refused_with_a_reason(pieces: list[str]) -> None:
    body = ("<html>" + "".join(pieces)).encode("utf-8", "surrogatepass")

    code, found = read_or_refused(body)

    assert code in REASONS if found is None else found.text.strip()
    assert json.dumps(asdict(found) if found else {}, default=str)


def read_or_refused(body: bytes) -> tuple[str, ArticleText | None]:
    try:
        return "", read(body, "text/html; charset=utf-8", URL)
    except PageError as error:
        return error.code, None
