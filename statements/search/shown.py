"""The words looked for in all that cards show of statements."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from statements.cards.card import Card, Elsewhere
from statements.cards.elsewhere import printed_elsewhere
from statements.search.lexed import Lexed
from statements.search.marking import Marker, Text


def marked(words: Lexed | None, cards: Sequence[Card]) -> tuple[Marker, list[Card]]:
    """A marker that has learnt what the cards show, and the cards: those in whose own words
    nothing is to be marked with what another report prints of the words looked for, whatever
    is marked in names.

    It asks one query; one more where there is such a card, and one for words of reports that
    nobody has shown yet.
    """
    marker = Marker(words)
    marker.learn(text for card in cards for text in texts_of(card))
    if not marker:
        return marker, list(cards)
    plain = [card.pk for card in cards if not _has_mark(marker, _words_of(card))]
    others = printed_elsewhere(plain)
    marker.learn((one.words, one.language) for each in others.values() for one in each)
    explaining = {key: _explaining(marker, each) for key, each in others.items()}
    return marker, [
        replace(card, elsewhere=one) if (one := explaining.get(card.pk)) else card
        for card in cards
    ]


def _explaining(marker: Marker, reports: Sequence[Elsewhere]) -> Elsewhere | None:
    """The first report that prints most of the words looked for; None where none prints any."""
    found = [len(_marks(marker, one)) for one in reports]
    most = max(found, default=0)
    return reports[found.index(most)] if most else None


def _marks(marker: Marker, report: Elsewhere) -> set[str]:
    places = marker.places(report.words, report.language)
    return {report.words[start:end].lower() for start, end in places}


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


def _has_mark(marker: Marker, texts: Iterable[Text]) -> bool:
    return any(marker.places(text, language) for text, language in texts)
