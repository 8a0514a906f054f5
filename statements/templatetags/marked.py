"""Marked words in their text. Every piece is escaped; nothing of a fetched page is markup."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from statements.context_marks import EVIDENCE, Segment

register = template.Library()


@dataclass(frozen=True)
class Anchor:
    """Where a marked quotation leads, and the id by which its place is linked to; may be ''."""

    url: str
    id: str


@register.simple_tag
def marked(
    segments: Iterable[Segment], anchors: Mapping[str, Anchor] | None = None
) -> SafeString:
    """Render segments, the marked ones as `<mark>` framed by hidden words for screen readers.

    With `anchors`, by mark key, each marked piece leads to its statement.
    """
    return format_html_join("", "{}", ((_piece(s, anchors or {}),) for s in segments))


def _piece(segment: Segment, anchors: Mapping[str, Anchor]) -> SafeString:
    words: str = segment.text
    if EVIDENCE in segment.keys:
        words = format_html('<span class="evidence">{}</span>', segment.text)
    keys, opens, closes = (
        [key for key in some if key != EVIDENCE]
        for some in (segment.keys, segment.opens, segment.closes)
    )
    if not keys:
        return format_html("{}", words)
    anchor = anchors.get(keys[0])
    if anchor:
        words = format_html('<a href="{}">{}</a>', anchor.url, words)
    ids = [anchors[key].id for key in opens if key in anchors and anchors[key].id]
    return format_html(
        "{}{}<mark>{}</mark>{}",
        format_html_join("", '<span id="{}" class="anchor"></span>', ((i,) for i in ids)),
        _hidden("quote starts: ") if opens else "",
        words,
        _hidden(" :quote ends") if closes else "",
    )


def _hidden(words: str) -> SafeString:
    return format_html('<span class="visually-hidden">{}</span>', words)
