"""S24: what is no page and no text is refused before anything takes it apart."""

import pytest

from sources.sniffing import Kind, kind_of
from sources.text import PageError, decode_page

STORY = "<p>Minister Ada Example said that the invented treaty would hold.</p>"


@pytest.mark.parametrize(
    "declared", ["text/html", "text/plain", "", "application/octet-stream"]
)
@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n1 0 obj", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, b"GIF89a", b"\xff\xd8\xff\xe0",
        b"PK\x03\x04", b"\x1f\x8b\x08", b"\0\0\0\x20ftypmp42", b"\x7fELF\x02", b"OggS\0",
        b"{\\rtf1 Hello}", b"\0" * 300, bytes(range(256)) * 9,
        b'{"headline": "Hello", "body": "Minister Ada Example said."}', b"[1, 2, 3]",
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>Ada Example said</text></svg>',
        b'<?xml version="1.0"?>\n<!-- a -->\n<svg:svg><script>alert(1)</script></svg:svg>',
        b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', b"<feed><entry/></feed>",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>', b"<urlset/>",
    ],
)  # fmt: skip
def test_it_is_refused_whatever_it_is_declared_to_be(body: bytes, declared: str) -> None:
    assert kind_of(body, declared) is None
    with pytest.raises(PageError) as caught:
        decode_page(body, declared)
    assert caught.value.code == "not-text"


@pytest.mark.parametrize(
    ("body", "declared", "kind"),
    [
        (f"<html><body>{STORY}", "text/html; charset=utf-8", Kind.PAGE),
        (f"<html><body>{STORY}", "application/octet-stream", Kind.PAGE),
        (f"<!-- x --><!DOCTYPE html><title>t</title>{STORY}", "image/png", Kind.PAGE),
        (f"<div>{STORY}</div>", "text/html", Kind.PAGE),
        (f"<?xml version='1.0'?><html>{STORY}</html>", "text/xml", Kind.PAGE),
        ("Minister Ada Example said so.", "text/html", Kind.PAGE),
        ("Minister Ada Example said so.", "text/plain", Kind.TEXT),
        ("[Editor's note] Minister Ada Example said so.", "text/plain", Kind.TEXT),
        ("---\ntitle: t\n---\nWords.", "text/markdown", Kind.TEXT),
        (f"<article>The <svg>1</svg> {STORY}</article>", "text/html", Kind.PAGE),
    ],
)
def test_pages_and_texts_are_told(body: str, declared: str, kind: Kind) -> None:
    assert kind_of(body.encode(), declared) is kind


def test_wide_characters_are_no_binary() -> None:
    assert kind_of(f"<html>{STORY}".encode("utf-16"), "text/html") is Kind.PAGE
