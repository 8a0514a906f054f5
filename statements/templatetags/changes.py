"""Words that were added and removed. Every piece is escaped."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from statements.word_diff import Kind, Piece

register = template.Library()
_CHARACTERS = {"ja", "zh"}  # languages that are written without spaces


@register.simple_tag
def compared(pieces: Iterable[Piece]) -> SafeString:
    """Render pieces of a paragraph; what went and came is said in hidden words as well.

    >>> compared([Piece("We "), Piece("stay", Kind.REMOVED)])
    'We <del><span class="visually-hidden">removed: </span>stay<span class="visually-hidden"> :end</span></del>'
    """
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Piece) -> SafeString:
    if piece.kind == Kind.SAME:
        return format_html("{}", piece.text)
    pattern = "<ins>{}{}{}</ins>" if piece.kind == Kind.ADDED else "<del>{}{}{}</del>"
    return format_html(pattern, _hidden(f"{piece.kind}: "), piece.text, _hidden(" :end"))


def _hidden(words: str) -> SafeString:
    return format_html('<span class="visually-hidden">{}</span>', words)


@register.filter
def words_in(count: int, language: str) -> str:
    """Write a number of words or, in a language without spaces, of characters.

    >>> words_in(1, "en"), words_in(3, "ko"), words_in(3, "ja")
    ('1 word', '3 words', '3 characters')
    """
    unit = "character" if language in _CHARACTERS else "word"
    return f"{count} {unit}{'' if count == 1 else 's'}"
