"""A date is stated somewhere, or there is none; and what is doubtful says so."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from sources.days import parse_day
from sources.published import StatedDate, choose
from sources.reasons import REASONS
from sources.text import ArticleText, decode_page
from sources.text import read as read_decoded

NOW = datetime(2024, 7, 1, 12, 0, tzinfo=UTC)
STORY = (
    "Minister Ada Example said on Thursday that the invented treaty would enter into force. "
    * 3
)


def read(
    head: str = "", body: str = "", *, url: str = "http://news.example/story", lang: str = "en"
) -> ArticleText:
    html = (
        f'<html lang="{lang}"><head><title>A headline</title>{head}</head><body><article><h1>A headline'
        f"</h1>{body}<p>{STORY}</p></article></body></html>"
    )
    return read_decoded(decode_page(html.encode(), "text/html"), url)


def ld(*nodes: object) -> str:
    stated = json.dumps(nodes[0] if len(nodes) == 1 else nodes)
    return f'<script type="application/ld+json">{stated}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def day_of(found: ArticleText) -> tuple[str, str, str, str]:
    return (
        str(found.published_on), found.published_basis, found.published_precision,
        found.published_confidence,
    )  # fmt: skip


ARTICLE = {"@type": "NewsArticle", "datePublished": "2024-06-20T10:30:00+09:00"}


@pytest.mark.parametrize(
    "head",
    [
        ld(ARTICLE),
        ld({"@type": "WebSite", "datePublished": "2001-01-01"}, ARTICLE),
        ld({"@graph": [{"@type": "WebPage", "datePublished": "2010-01-01"}, {"@type": "Person"}, ARTICLE]}),
        ld({"@type": ["Thing", "schema:ReportageNewsArticle"], "datePublished": ARTICLE["datePublished"]}),
        ld({**ARTICLE, "image": {"@type": "ImageObject", "datePublished": "2011-01-01"},
            "comment": [{"@type": "Comment", "datePublished": "2025-01-01"}]}),
        ld({"@type": "WebPage", "mainEntity": ARTICLE}),
        f'<script type="application/ld+json">//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]></script>',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-06-20T10:30:00+09:00",}</script>',
        ld({"@type": "NewsArticle", "url": "http://news.example/other", "datePublished": "2012-01-01"},
           {**ARTICLE, "mainEntityOfPage": {"@id": "http://news.example/story"}}),
    ],
)  # fmt: skip
def test_the_articles_own_node_states_the_date(head: str) -> None:
    assert day_of(read(head)) == ("2024-06-20", "json-ld", "moment", "high")


def test_json_that_is_none_is_still_searched_with_less_trust() -> None:
    broken = '<script type="application/ld+json">{"a": "b" "dateCreated":"2024-06-01", "datePublished": "2024-06-20"</script>'

    assert day_of(read(broken)) == ("2024-06-20", "json-ld", "day", "medium")


def test_deep_json_is_no_trap() -> None:
    deep = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"

    assert day_of(read(deep + meta("article:published_time", "2024-06-20")))[:2] == (
        "2024-06-20",
        "meta",
    )


def test_every_date_is_listed_in_order_of_trust() -> None:
    found = read(
        ld({**ARTICLE, "dateModified": "2024-06-22"})
        + meta("article:published_time", "2024-06-20T01:30:00Z")
        + meta("date", "2024-13-45"),
        '<time datetime="2024-06-21">yesterday</time>',
        url="http://news.example/2024/06/20/story",
    )

    assert [(s.origin, s.day, s.precision, s.confidence, s.event) for s in found.dates] == [
        ("json-ld", date(2024, 6, 20), "moment", "high", "published"),
        ("meta", date(2024, 6, 20), "moment", "high", "published"),
        ("meta", None, "day", "medium", "published"),
        ("url", date(2024, 6, 20), "day", "medium", "published"),
        ("text", date(2024, 6, 21), "day", "low", "published"),
        ("json-ld", date(2024, 6, 22), "day", "low", "modified"),
    ]
    assert found.dates[2].value == "2024-13-45"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<footer>Copyright 2019</footer>"),
        ("", "<footer><span class='date'>20 June 2019</span></footer>"),
        (meta("date", "2024-13-45"), ""),
        (meta("date", "03/04/2024"), ""),
        (meta("article:modified_time", "2024-06-20"), ""),
        ("", "<p>1 May 1950</p><p>1 May 2099</p>"),
        (meta("og:updated_time", "2024-06-20"), ""),
        (ld({"@type": "NewsArticle", "dateModified": "2024-06-20"}), ""),
        ("", "<p class='date'>Updated: 20 June 2024</p>"),
        ("", "<div class='comments'><time datetime='2024-06-20'>x</time></div>"),
        ("", "<aside><time datetime='2024-06-20'>x</time></aside>"),
        ("", "<p>The invented treaty was signed on 20 June 2024 in Exampleton.</p>"),
        (ld({"@type": "ImageObject", "datePublished": "2024-06-20"}), ""),
    ],
)  # fmt: skip
def test_what_is_no_date_of_publication_makes_none(head: str, body: str) -> None:
    found = read(head, body)

    assert (found.published_on, found.published_basis, found.held) == (None, "none", "")


@pytest.mark.parametrize(
    ("lang", "printed"),
    [
        ("en", "June 20, 2024"), ("en", "20th June 2024"), ("ru", "20 июня 2024, 14:30"),
        ("uk", "20 червня 2024"), ("ko", "2024년 6월 20일"), ("ko", "입력 2024.06.20 10:15"),
        ("ja", "2024年6月20日 10時"), ("zh", "2024年06月20日"), ("de", "20. Juni 2024"),
        ("de", "20.06.2024"), ("fr", "20 juin 2024"), ("es", "20 de junio de 2024"), ("en", "6/20/2024"),
    ],
)  # fmt: skip
def test_a_date_that_calls_itself_one_is_read_in_its_language(lang: str, printed: str) -> None:
    found = read(body=f'<div class="article-date">{printed}</div>', lang=lang)

    assert (str(found.published_on), found.published_basis, found.published_confidence) == (
        "2024-06-20", "text", "low",
    )  # fmt: skip


def test_the_date_next_to_the_headline_counts() -> None:
    cards = (
        "<ul><li><a href='/x'>Another</a> <b class='date'>1 May 2023</b></li></ul>"
        "<a><b class='date'>2 May 2023</b></a>"
    )
    below = "<span class='date'>20 June 2024</span>"

    assert str(read(body=cards + below + cards).published_on) == "2024-06-20"


@pytest.mark.parametrize(
    "printed",
    ["Published on 20 June 2024", "Опубликовано: 20 июня 2024", "Veröffentlicht am 20.06.2024"],
)
def test_a_label_makes_a_date(printed: str) -> None:
    lang = "de" if "Ver" in printed else "ru"

    assert str(read(body=f"<p>{printed}</p>", lang=lang).published_on) == "2024-06-20"


@pytest.mark.parametrize(
    "printed",
    [
        "<time>Jun 20, 2024 at 3:45 pm</time>",
        "<time datetime='2024-06-20T09:00Z'>Posted: Jun 20, 2024 | Last updated: June 25</time>",
        "<div>June 20, 2024, 4:19 PM</div>",
        "<p>20 June 2024 10:15 GMT</p>",
        "<dl class='date'><dt>2024.06.20</dt></dl>",
    ],
)
def test_a_line_that_is_a_date_and_nothing_else_is_one(printed: str) -> None:
    assert str(read(body=printed).published_on) == "2024-06-20"


def test_programs_print_dates_their_own_way() -> None:
    assert parse_day("Thu Jun 20 12:45:00 EDT 2024") == date(2024, 6, 20)


@pytest.mark.parametrize(
    ("locale", "count"),
    [(name, 12) for name in ("en", "de", "fr", "es", "it", "pt", "pl", "tr", "ru", "uk")],
)
def test_the_months_are_those_of_the_locale_data(locale: str, count: int) -> None:
    names = get_month_names("wide", "format", locale)

    read_back = [parse_day(f"7 {names[month]} 2024") for month in range(1, count + 1)]

    assert read_back == [date(2024, month, 7) for month in range(1, count + 1)]


# --------------------------------------------------------------------- doubts


def test_sources_that_disagree_lower_the_trust_and_say_so() -> None:
    found = read(ld(ARTICLE) + meta("article:published_time", "2024-05-01T10:00:00Z"))

    assert day_of(found) == ("2024-06-20", "json-ld", "moment", "medium")
    assert found.warnings == (
        "its dates disagree: json-ld has 2024-06-20, meta has 2024-05-01",
    )
    assert found.held == ""


def test_two_days_apart_are_one_date_told_in_two_time_zones() -> None:
    found = read(ld(ARTICLE) + meta("article:published_time", "2024-06-19T10:00:00Z"))

    assert found.published_confidence == "high"
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("value", "held"),
    [
        ("2099-01-01", "date-in-future"), ("1989-12-31", "date-absurd"), ("0001-01-01T00:00:00", "date-absurd"),
        ("1970-01-01", "date-absurd"), ((datetime.now(UTC) + timedelta(days=3)).isoformat(), "date-in-future"),
    ],
    ids=["a century on", "before 1990", "year one", "the epoch", "in three days"],
)  # fmt: skip
def test_a_day_that_cannot_be_holds_the_text(value: str, held: str) -> None:
    found = read(meta("article:published_time", value))

    assert (found.published_on, found.held) == (None, held)
    assert [stated.value for stated in found.dates] == [value]
    assert "admin" in REASONS[held].next_step


def test_the_next_date_is_proposed_but_the_text_is_held() -> None:
    found = read(
        meta("article:published_time", "2099-01-01"), url="http://news.example/2024/06/20/a"
    )

    assert day_of(found) == ("2024-06-20", "url", "day", "low")
    assert found.held == "date-in-future"


def test_an_impossible_date_that_is_not_the_date_holds_nothing() -> None:
    found = read(ld(ARTICLE) + meta("date", "2099-01-01"))

    assert (str(found.published_on), found.held) == ("2024-06-20", "")


def test_tomorrow_is_believed_as_it_is_somewhere() -> None:
    stated = StatedDate("meta", "x", (NOW + timedelta(hours=24)).date())

    assert choose([stated], NOW).day == stated.day
    assert choose([StatedDate("meta", "x", date(2024, 7, 3))], NOW).held == "date-in-future"


def test_a_persons_word_is_final() -> None:
    stated = StatedDate("stated", "2031-01-01", date(2031, 1, 1))
    page = StatedDate("json-ld", "2099-01-01", date(2099, 1, 1))

    chosen = choose([stated, page], NOW)

    assert (chosen.day, chosen.held, chosen.confidence) == (date(2031, 1, 1), "", "high")


def test_a_number_in_an_address_is_no_date() -> None:
    assert read(url="http://news.example/20991231").dates == ()


@given(st.text(max_size=60), st.sampled_from(["", "en", "de", "ko"]))
def test_any_text_is_a_day_or_none(value: str, language: str) -> None:
    assert parse_day(value, language) is None or parse_day(value, language)


def test_midnight_is_a_day() -> None:
    assert (
        read(meta("article:published_time", "2024-06-20T00:00:00Z")).published_precision
        == "day"
    )
