"""The words looked for in all that cards show of statements."""

from collections.abc import Iterable, Iterator

from statements.cards.card import Card
from statements.search.lexed import Lexed
from statements.search.marking import Marker, Text


def marker_of(words: Lexed | None, cards: Iterable[Card]) -> Marker:
    """A marker that has learnt what the cards show, with one query at most."""
    marker = Marker(words)
    marker.learn(text for card in cards for text in _texts(card))
    return marker


def _texts(card: Card) -> Iterator[Text]:
    yield card.text, card.language
    yield card.translation, card.translation_language
    if card.summarised:
        for fragment in card.fragments:
            yield fragment.words, fragment.language
    for voice in card.voices:
        yield voice.name, ""
        yield voice.office, ""
