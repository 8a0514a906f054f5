"""The words that a reader looked for, marked in a text. Every piece is escaped."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from statements.cards.card import Card
from statements.search.marking import Marker
from statements.search.shown import texts_of
from statements.search.snippets import Piece, pieces, snippet

register = template.Library()


@register.simple_tag
def found_in(text: str, marker: Marker | str = "", language: str = "") -> SafeString:
    """Render a whole text with the words looked for as `<mark>`; without a marker, as it is.

    >>> found_in("a < treaty")
    'a &lt; treaty'
    """
    places = marker.places(text, language) if isinstance(marker, Marker) else []
    return _rendered(pieces(text, places))


@register.simple_tag
def snippet_of(text: str, marker: Marker | str = "", language: str = "") -> SafeString:
    """The same of a long text around the first words found, else from its beginning."""
    places = marker.places(text, language) if isinstance(marker, Marker) else []
    return _rendered(snippet(text, places))


@register.simple_tag
def words_found(card: Card, marker: Marker | str = "") -> str:
    """The words found in a statement and in its names, each once in lower case; '' when there are
    none.

    For readers whose programs do not tell what is marked.
    """
    if not isinstance(marker, Marker):
        return ""
    found = (
        text[start:end].lower()
        for text, language in texts_of(card)
        for start, end in marker.places(text, language)
    )
    return ", ".join(dict.fromkeys(found))


def _rendered(shown: Sequence[Piece]) -> SafeString:
    if len(shown) == 1 and not shown[0].found:
        return escape(shown[0].text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.found else piece.text,)
            for piece in shown
        ),
    )
