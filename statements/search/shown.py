"""The words looked for in all that cards show of statements."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from statements.cards.card import Card
from statements.cards.elsewhere import printed_elsewhere
from statements.search.lexed import Lexed
from statements.search.marking import Marker, Text


def marked(words: Lexed | None, cards: Sequence[Card]) -> tuple[Marker, list[Card]]:
    """A marker that has learnt what the cards show, and the cards: those in which nothing is to
    be marked with what another report prints of the words looked for.

    It asks one query, and two more where there is such a card.
    """
    marker = Marker(words)
    marker.learn(text for card in cards for text in texts_of(card))
    if not marker:
        return marker, list(cards)
    plain = [card.pk for card in cards if not _has_mark(marker, card)]
    others = printed_elsewhere(plain)
    marker.learn((one.words, one.language) for each in others.values() for one in each)
    explaining = {
        key: one
        for key, each in others.items()
        for one in reversed(each)
        if marker.places(one.words, one.language)
    }
    return marker, [replace(card, elsewhere=explaining.get(card.pk)) for card in cards]


def texts_of(card: Card) -> Iterator[Text]:
    """What a card shows in which words are marked: the words of the statement, what is printed
    of one that is summed up, the names and offices of who speaks, and what a report prints
    elsewhere."""
    yield card.text, card.language
    yield card.translation, card.translation_language
    if card.summarised:
        for fragment in card.fragments:
            yield fragment.words, fragment.language
    for voice in card.voices:
        yield voice.name, ""
        yield voice.office, ""
    if card.elsewhere:
        yield card.elsewhere.words, card.elsewhere.language


def _has_mark(marker: Marker, card: Card) -> bool:
    return any(marker.places(text, language) for text, language in texts_of(card))
