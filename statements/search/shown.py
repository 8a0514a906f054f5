"""The words looked for in all that cards show of statements."""

from collections.abc import Iterable, Iterator

from statements.cards.card import Card
from statements.search.lexed import Lexed
from statements.search.marking import Marker, Text


def marker_of(words: Lexed | None, cards: Iterable[Card]) -> Marker:
    """A marker that has learnt what the cards show, with one query at most."""
    marker = Marker(words)
    marker.learn(text for card in cards for text in texts_of(card))
    return marker


def texts_of(card: Card) -> Iterator[Text]:
    """What a card shows in which words are marked: the words of the statement, what is printed
    of one that is summed up, and the names and offices of who speaks."""
    yield card.text, card.language
    yield card.translation, card.translation_language
    if card.summarised:
        for fragment in card.fragments:
            yield fragment.words, fragment.language
    for voice in card.voices:
        yield voice.name, ""
        yield voice.office, ""
