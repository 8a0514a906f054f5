"""The words looked for in all that cards show of statements."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from history.moments import Moment
from statements.cards.card import Card, Elsewhere, Voice
from statements.cards.elsewhere import printed_elsewhere
from statements.search.lexed import Lexed
from statements.search.marking import Marker, Text
from statements.search.register_names import register_names


def marked(
    words: Lexed | None, cards: Sequence[Card], now: Moment
) -> tuple[Marker, list[Card]]:
    """A marker that has learnt what the cards show, and the cards: those in whose own words
    nothing is to be marked, whatever is in names, or that do not show all that was looked for,
    with what another report prints of it.

    Where a card shows none of the words at all, a name in it is marked whose bearer has another
    that holds them, as of `now`. It asks one query; one more where reports of such a card print
    other words, and one each for words of names and of reports that nobody has shown yet.
    """
    marker = Marker(words)
    marker.learn(text for card in cards for text in texts_of(card))
    if not marker:
        return marker, list(cards)
    _take_for_others(
        marker,
        {
            voice
            for card in cards
            if not _has_mark(marker, texts_of(card))
            for voice in card.voices
        },
        now,
    )
    own = {
        card.pk: _marks(marker, _words_of(card)) for card in cards if card.is_printed_otherwise
    }
    others = printed_elsewhere(
        [
            card.pk
            for card in cards
            if card.pk in own and not (own[card.pk] and marker.all_stand_in(texts_of(card)))
        ]
    )
    marker.learn((one.words, one.language) for each in others.values() for one in each)
    explaining = {key: _explaining(marker, each, own[key]) for key, each in others.items()}
    return marker, [
        replace(card, elsewhere=one) if (one := explaining.get(card.pk)) else card
        for card in cards
    ]


def _take_for_others(marker: Marker, voices: Collection[Voice], now: Moment) -> None:
    if not any(voice.slug for voice in voices):
        return
    known = register_names(now)
    others = {voice: known.names_of(voice.slug) for voice in voices}
    marker.learn((name, "") for names in others.values() for name in names)
    for voice, names in others.items():
        if any(marker.places(name) for name in names):
            marker.take_for(voice.name)


def _explaining(
    marker: Marker, reports: Sequence[Elsewhere], shown: set[str]
) -> Elsewhere | None:
    """The first report that prints most of the words looked for that are not `shown`; None where
    none prints any."""
    found = [len(_marks(marker, [(one.words, one.language)]) - shown) for one in reports]
    most = max(found, default=0)
    return reports[found.index(most)] if most else None


def _has_mark(marker: Marker, texts: Iterable[Text]) -> bool:
    return any(marker.places(text, language) for text, language in texts)


def _marks(marker: Marker, texts: Iterable[Text]) -> set[str]:
    """The words that are marked in texts, in lower case."""
    return {
        text[start:end].lower()
        for text, language in texts
        for start, end in marker.places(text, language)
    }


def texts_of(card: Card) -> Iterator[Text]:
    """What a card shows in which words are marked: the words of the statement, what is printed
    of one that is summed up, the names and offices of who speaks, and what a report prints
    elsewhere."""
    yield from _words_of(card)
    for voice in card.voices:
        yield voice.name, ""
        yield voice.office, ""
    if card.elsewhere:
        yield card.elsewhere.words, card.elsewhere.language


def _words_of(card: Card) -> Iterator[Text]:
    yield card.text, card.language
    yield card.translation, card.translation_language
    if card.summarised:
        for fragment in card.fragments:
            yield fragment.words, fragment.language
