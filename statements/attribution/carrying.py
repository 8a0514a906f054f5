"""Who speaks a quoted sentence that names nobody: whoever the text before it is about.

The voice keeps the mention by which the text before names it; that mention carries the
attribution, as in «…,” Kanda said. “We wait.”»
"""

from dataclasses import dataclass, replace

from statements.attribution.cues import find_cues
from statements.attribution.marks import Quote
from statements.attribution.mentions import phrase_after
from statements.attribution.resolve import Resolver
from statements.attribution.sentences import Sentence
from statements.attribution.tokens import Token
from statements.attribution.values import Voice
from statements.attribution.words import CUE_FORMS, FINITE

_STOPS = {".", "!", "?", "…"}
_ABOUT = "subject of the sentence before"


@dataclass(frozen=True)
class Before:
    """A sentence in front of a quotation: its number in the text, its paragraph's, its words."""

    number: int
    paragraph: int
    sentence: Sentence


def whole_quote(sentence: Sentence) -> list[Quote]:
    """The quotes of a sentence that consists of nothing else; empty for any other sentence."""
    tokens = [token for token in sentence.tokens if token.kind != "mark"]
    quotes = [token.quote for token in tokens if token.quote is not None]
    return quotes if len(quotes) == len(tokens) else []


def mostly_quoted(sentence: Sentence) -> bool:
    """Whether a sentence begins with a quote, and more of it is quoted than not."""
    first = next((token for token in sentence.tokens if token.kind != "mark"), None)
    quoted = sum(t.quote.inner_end - t.quote.inner_start for t in sentence.tokens if t.quote)
    return (
        first is not None
        and first.kind == "quote"
        and 2 * quoted > sentence.end - sentence.start
    )


def without_stop(sentence: Sentence) -> int:
    """Where a sentence ends without its last stop."""
    tokens = sentence.tokens
    return tokens[-2 if tokens[-1].text in _STOPS and len(tokens) > 1 else -1].end


def carried(before: list[Before], resolver: Resolver) -> tuple[Voice, ...]:
    """The voices of a quotation behind the sentences `before`, which are its nearest ones.

    Whoever a colon introduces speaks; else whoever a later sentence than the last report is
    about; else whoever spoke last.
    """
    if not before:
        return ()
    state = resolver.discourse
    if before[-1].sentence.tokens[-1].text == ":":
        voices = _introduced(before[-1], resolver)
        if voices:
            return voices
    for place in reversed(before):
        if place.number <= state.last_sentence:
            break
        voices = _subject(place, resolver)
        if voices:
            return voices
    if state.last_paragraph >= before[-1].paragraph - 1:
        return tuple(replace(v, reason="speaker of the text before") for v in state.last)
    return ()


def _introduced(place: Before, resolver: Resolver) -> tuple[Voice, ...]:
    """Who speaks in «S confirmed it, reporting:» and «S describes itself so:»."""
    tokens = place.sentence.tokens
    subjects = [cue.subject for cue in find_cues(tokens) if cue.subject is not None]
    if subjects:
        first, last = subjects[-1]
    else:
        first, last = 0, phrase_after(tokens, 0) or 0
    return _voices(place, tokens[first:last], resolver, "introduced by the sentence before")


def _subject(place: Before, resolver: Resolver) -> tuple[Voice, ...]:
    """Whom a sentence is about: the pronoun it begins with, or who is named before its verb."""
    tokens = place.sentence.tokens
    if tokens[0].low in {"he", "she"}:
        return _voices(place, tokens[:1], resolver, _ABOUT)
    seen = resolver.people.seen_between(place.sentence.start, place.sentence.end)
    for token in tokens:
        if not seen or token.start >= seen[0].start:
            break
        if token.kind == "quote" or token.low in FINITE or token.low in CUE_FORMS:
            return ()
    if not seen:
        return ()
    named = [t for t in tokens if seen[0].start <= t.start < seen[0].end]
    return _voices(place, named, resolver, _ABOUT)


def _voices(
    place: Before, phrase: list[Token], resolver: Resolver, reason: str
) -> tuple[Voice, ...]:
    if not phrase:
        return ()
    found = resolver.resolve(phrase, place.number, place.paragraph, phrase[0].start)
    return tuple(replace(voice, reason=reason) for voice in found.voices)
