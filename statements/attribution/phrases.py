"""The phrases of a sentence in which a person may be named, and those beside a name."""

from collections.abc import Iterator

from statements.attribution.gazetteer import Gazetteer
from statements.attribution.mentions import is_nominal
from statements.attribution.names import joins_name
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    DETERMINERS,
    HONORIFICS,
    NAME_PARTICLES,
    PREPOSITIONS,
    TITLE_HEADS,
)

_TITLE_WORDS = 8  # words in front of a title's head that may belong to it
_PHRASE = 20  # tokens
# Words that go on with a name where another follows, and those that may follow them.
_LINKS = NAME_PARTICLES | {"of", "for", "to", "the", "'s", "and"}
_LINKED = NAME_PARTICLES | {"the", "foreign", "state"}


def name_phrases(tokens: list[Token], places: Gazetteer) -> Iterator[tuple[int, int]]:
    """Runs of words that hold capitals: candidates for «TITLE NAME» without commas."""
    index = 0
    while index < len(tokens):
        if not (tokens[index].capital or tokens[index].low in TITLE_HEADS):
            index += 1
            continue
        last = index
        while last < len(tokens):
            token = tokens[last]
            if (
                token.capital
                or token.low in TITLE_HEADS
                or token.low in HONORIFICS
                or (last > index and joins_name(token))
                or (
                    token.low in _LINKS
                    and (
                        last + 1 < len(tokens)
                        and (
                            tokens[last + 1].capital
                            or tokens[last + 1].low in _LINKED
                            or tokens[last + 1].low in TITLE_HEADS
                        )
                        and token.low != "and"
                    )
                )
                or (
                    token.kind == "word"
                    and is_nominal(token)
                    and last + 1 < len(tokens)
                    and tokens[last + 1].low in TITLE_HEADS
                )
            ):
                last += 1
            else:
                break
        yield index, max(last, index + 1)
        index = max(last, index + 1)


def widened(tokens: list[Token], first: int) -> int:
    """Where a phrase begins whose title has words in lower case in front of it.

    «RNA trade and industry commissioner Bo Sample»: only a title is followed to the left.
    """
    if tokens[first].low not in TITLE_HEADS:
        return first
    index = first
    while index > 0 and first - index < _TITLE_WORDS:
        token = tokens[index - 1]
        before = tokens[index - 2] if index > 1 else token
        joins = token.low == "and" and is_nominal(before) and not before.capital
        if not (joins or token.low == "'s" or is_nominal(token)) or token.low in CUE_FORMS:
            break
        index -= 1
    return index


def beside(tokens: list[Token], first: int, last: int) -> Iterator[list[Token]]:
    """Phrases next to a name, behind and before a comma."""
    if last + 1 < len(tokens) and tokens[last].text == ",":
        stop = last + 1
        while stop < len(tokens) and not _is_edge(tokens[stop]) and stop - last < 20:
            stop += 1
        phrase = tokens[last + 1 : stop]
        if phrase and (
            phrase[0].low in DETERMINERS | {"former", "who", "of"}
            or phrase[0].low in TITLE_HEADS
            or phrase[0].capital
            or any(t.low in TITLE_HEADS for t in phrase[:4])
        ):
            yield phrase
    if last + 2 < len(tokens) and tokens[last].low in {"is", "was", "remains"}:
        stop = last + 1
        while stop < len(tokens) and not _is_edge(tokens[stop]) and stop - last < 16:
            stop += 1
        if tokens[last + 1].low in {"a", "an", "the"}:
            yield tokens[last + 1 : stop]
    if first >= 4 and tokens[first - 1].text == ")":
        begin = first - 1
        while begin > 0 and tokens[begin].text != "(" and first - begin < 8:
            begin -= 1
        if tokens[begin].text == "(" and begin:
            yield tokens[max(begin - 4, 0) : begin]
    if first >= 2 and tokens[first - 1].text == ",":
        begin = first - 1
        while begin > 0 and not _is_edge(tokens[begin - 1]) and first - begin < 16:
            begin -= 1
        if begin < first - 1:
            yield tokens[begin : first - 1]


def edge_after(tokens: list[Token], index: int) -> int:
    """Where a phrase that begins here ends; phrases beside names are short."""
    last = index + _PHRASE
    while index < min(len(tokens), last) and not _is_edge(tokens[index]):
        index += 1
    return index


def _is_edge(token: Token) -> bool:
    """Whether a phrase beside a name ends here."""
    return token.kind == "quote" or token.text in {",", ".", ";", ":"} or token.low in CUE_FORMS


def is_title_case(tokens: list[Token]) -> bool:
    """Whether a sentence is a headline whose words have capitals."""
    words = [t for t in tokens if t.kind == "word" and len(t.text) > 4]
    return len(words) > 3 and all(t.capital or t.low in PREPOSITIONS for t in words)
