"""The words that a reader looked for, marked in a text. Every piece is escaped."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from statements.search.marking import pieces

register = template.Library()


@register.simple_tag
def found_in(text: str, words: str = "") -> SafeString:
    """Render the text with the words looked for as `<b class="found">`.

    >>> found_in("a < treaty", "treaty")
    'a &lt; <b class="found">treaty</b>'
    """
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<b class="found">{}</b>', p.text) if p.found else p.text,)
            for p in pieces(text, words or "")
        ),
    )
