"""The words looked for in all that cards show of statements."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from history.moments import Moment
from statements.cards.card import Card, Voice
from statements.cards.elsewhere import printed_elsewhere
from statements.search.lexed import Lexed
from statements.search.marking import Marker, Text
from statements.search.register_names import register_names


def marked(
    words: Lexed | None, cards: Sequence[Card], now: Moment
) -> tuple[Marker, list[Card]]:
    """A marker that has learnt what the cards show, and the cards: those in which nothing is to
    be marked with what another report prints of the words looked for.

    Where a card shows none of the words, a name in it is marked whose bearer has another that
    holds them, as of `now`. It asks one query, and three more where there is such a card.
    """
    marker = Marker(words)
    marker.learn(text for card in cards for text in texts_of(card))
    if not marker:
        return marker, list(cards)
    plain = [card for card in cards if not _has_mark(marker, card)]
    _take_for_others(marker, {voice for card in plain for voice in card.voices}, now)
    others = printed_elsewhere([card.pk for card in plain if not _has_mark(marker, card)])
    marker.learn((one.words, one.language) for each in others.values() for one in each)
    explaining = {
        key: one
        for key, each in others.items()
        for one in reversed(each)
        if marker.places(one.words, one.language)
    }
    return marker, [replace(card, elsewhere=explaining.get(card.pk)) for card in cards]


def _take_for_others(marker: Marker, voices: Collection[Voice], now: Moment) -> None:
    if not any(voice.slug for voice in voices):
        return
    known = register_names(now)
    others = {voice: known.names_of(voice.slug) for voice in voices}
    marker.learn((name, "") for names in others.values() for name in names)
    for voice, names in others.items():
        if any(marker.places(name) for name in names):
            marker.take_for(voice.name)


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
