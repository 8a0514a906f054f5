"""Statements found, as one line each: the day, who spoke, and a snippet of the words.

What a list of them needs and no more, from one query, where cards would need four.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from statements.search.lexed import Lexed
from statements.search.marking import Marker
from statements.search.snippets import Piece, snippet

_SHORT = 240  # characters of a snippet

_ROWS = """
SELECT s.id, s.said_on, s.text, s.language, s.translation, s.translation_language,
       ARRAY(SELECT coalesce(speaker.name, party.name)
               FROM statements_party party
               LEFT JOIN statements_speaker speaker ON speaker.id = party.speaker_id
              WHERE party.statement_id = s.id AND party.role = ANY (%s) ORDER BY party.id)
  FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked (id, place)
  JOIN statements_statement s ON s.id = asked.id
 ORDER BY asked.place
"""
_VOICES = ["speaker", "co_issuer"]


@dataclass(frozen=True)
class Row:
    """One statement: its day as stored, None when unknown, the names of who speaks, and what of
    its words, or of their translation where only that holds the words looked for, is shown."""

    statement: int
    day: date | None
    names: tuple[str, ...]
    snippet: tuple[Piece, ...]


def rows(statements: Sequence[int], words: Lexed | None) -> list[Row]:
    """The statements with these primary keys, in their order, with the words marked in them.

    One query, and one more when their texts hold words that were not seen before, or translations
    that are shown instead.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [_VOICES, list(statements)])
        found = cursor.fetchall()
    marker = Marker(words)
    marker.learn((text, language) for _, _, text, language, *_ in found)
    places = [marker.places(text, language) for _, _, text, language, *_ in found]
    marker.learn(
        (translation, into)
        for held, (*_, translation, into, _) in zip(places, found, strict=True)
        if not held
    )
    shown = []
    for held, (key, day, text, _, translation, into, names) in zip(places, found, strict=True):
        if not held and (others := marker.places(translation, into)):
            text, held = translation, others
        shown.append(Row(key, day, tuple(names), tuple(snippet(text, held, _SHORT))))
    return shown
