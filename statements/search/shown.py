"""The words looked for in all that cards show of statements."""

from collections.abc import Iterable, Iterator

from statements.models import Statement
from statements.search.lexed import Lexed
from statements.search.marking import Marker, Text


def marker_of(words: Lexed | None, statements: Iterable[Statement]) -> Marker:
    """A marker that has learnt what cards show of the statements, with one query at most.

    The statements have their parties and reports at hand.
    """
    marker = Marker(words)
    marker.learn(text for statement in statements for text in texts_of(statement))
    return marker


def texts_of(statement: Statement) -> Iterator[Text]:
    """What a card shows of a statement in which words are marked: its own words, what is printed
    of one that is summed up, and the names and offices of who takes part."""
    yield statement.text, statement.language
    yield statement.translation, statement.translation_language
    if statement.summarised:
        for fragment in statement.fragments:
            yield fragment.words, fragment.language
    for party in statement.parties.all():
        yield party.speaker.name if party.speaker else party.name, ""
        if party.office:
            yield party.office.title, ""
