"""Which addresses are one page, and which may be fetched at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.urls import BadUrl, absolute_url, canonical_url, host_of, parse_url, same_site


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://A.example/x#part", "http://a.example/x"),
        ("https://a.example:443/", "https://a.example/"),
        ("http://a.example", "http://a.example/"),
        ("http://a.example/?utm_source=x&id=1&gclid=y", "http://a.example/?id=1"),
        ("http://a.example/?b=2&a=1", "http://a.example/?b=2&a=1"),
        ("http://bücher.example/ä?ö=%20", "http://xn--bcher-kva.example/%C3%A4?%C3%B6=%20"),
    ],
)
def test_an_address_has_one_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@given(st.text(max_size=80))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        parts = parse_url(text)
    except BadUrl:
        return
    assert parts.scheme in {"http", "https"}
    assert parts.geturl().isascii()


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/" + "a" * 2000,
        "http://a.example/" + "ب" * 400,
        "http://" + "a.example." * 30 + "example/",
        "http://a.example/\ud800",
        "http://a.example/a b",
    ],
)
def test_what_no_row_could_keep_is_refused(url: str) -> None:
    with pytest.raises(BadUrl):
        parse_url(url)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@b.example", "http://u:p@a.example/", ""]
)
def test_links_that_lead_nowhere_are_left_out(link: str) -> None:
    assert absolute_url("http://a.example/", link) in {None, "http://a.example/"}


def test_sites_are_the_same_below_one_name() -> None:
    assert same_site("http://www.a.example/", "http://news.a.example/")
    assert not same_site("http://a.example/", "http://b.example/")
    assert host_of("http://a.example:8080/x") == "a.example:8080"
