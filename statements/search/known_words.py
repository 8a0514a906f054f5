"""Words of texts -> the lexemes that the index has of them, asked once and remembered."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from django.db import connection

# Of so many words that were asked for last the lexemes are kept: some 20 MB.
REMEMBERED = 100_000
# Languages whose words have other lexemes than those of all others.
STEMMED = frozenset({"es", "fr", "de", "uk"})

# A word and its language, which is one of `STEMMED` or ''.
Key = tuple[str, str]
# The lexemes at each of the places that a word takes; most take one.
Lexemes = tuple[frozenset[str], ...]

_ASK = """
SELECT asked.number, found.lexeme, found.positions
  FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked (word, language, number),
       LATERAL unnest(search_vector(asked.word, asked.language)) AS found
"""
# Those of a word that is too common.
NOTHING: Lexemes = (frozenset(),)

_known: OrderedDict[Key, Lexemes] = OrderedDict()
_lock = Lock()


def key_of(word: str, language: str) -> Key:
    """By what a word of a text in a language is remembered."""
    base = language.split("-", 1)[0].lower()
    # Python writes a last Σ otherwise than the database.
    return word.replace("Σ", "σ").lower(), base if base in STEMMED else ""


def lexemes_of(keys: Iterable[Key]) -> dict[Key, Lexemes]:
    """The lexemes of each word. What is not remembered is asked in one query.

    A word that is too common has one place without any.
    """
    asked = set(keys)
    with _lock:
        found = {key: _known[key] for key in asked if key in _known}
        for key in found:
            _known.move_to_end(key)
    if unknown := sorted(asked - found.keys()):
        learnt = _ask(unknown)
        found |= learnt
        with _lock:
            _known.update(learnt)
            while len(_known) > REMEMBERED:
                _known.popitem(last=False)
    return found


def _ask(keys: list[Key]) -> dict[Key, Lexemes]:
    places: list[dict[int, set[str]]] = [{} for _ in keys]
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [[word for word, _ in keys], [language for _, language in keys]])
        for number, lexeme, positions in cursor.fetchall():
            for position in positions:
                places[number - 1].setdefault(position, set()).add(lexeme)
    return {key: _in_order(found) for key, found in zip(keys, places, strict=True)}


def _in_order(places: dict[int, set[str]]) -> Lexemes:
    if not places:
        return NOTHING
    return tuple(frozenset(places.get(place, ())) for place in range(1, max(places) + 1))
