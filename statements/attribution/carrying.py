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
from statements.attribution.words import CONJUNCTIONS, CUE_FORMS, FINITE, RELATIVES

_STOPS = {".", "!", "?", "…"}


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
    """Whether a sentence begins with a quote, and more of it is quoted than not.

    A comma at the end of that quote lets its speaker follow, unless the clause goes on.
    """
    tokens = [token for token in sentence.tokens if token.kind != "mark"]
    if len(tokens) < 2 or tokens[0].kind != "quote":
        return False
    if tokens[0].text[-2] == "," and tokens[1].low not in RELATIVES | CONJUNCTIONS:
        return False
    quoted = sum(t.quote.inner_end - t.quote.inner_start for t in tokens if t.quote)
    return 2 * quoted > sentence.end - sentence.start


def without_stop(sentence: Sentence) -> int:
    """Where a sentence ends without its last stop."""
    tokens = sentence.tokens
    return tokens[-2 if tokens[-1].text in _STOPS and len(tokens) > 1 else -1].end


def carried(before: list[Before], resolver: Resolver) -> tuple[Voice, ...]:
    """The voices of a quotation behind the sentences `before`, which are its nearest ones.

    Whoever a later sentence than the last report is about speaks; else whoever spoke last.
    """
    state = resolver.discourse
    for place in reversed(before):
        if place.number <= state.last_sentence:
            break
        voices = _reporting(place, resolver) or _subject(place, resolver)
        if voices:
            return voices
    if before and state.last_paragraph >= before[-1].paragraph - 1:
        return tuple(replace(v, reason="speaker of the text before") for v in state.last)
    return ()


def _reporting(place: Before, resolver: Resolver) -> tuple[Voice, ...]:
    """Who speaks in «S confirmed it, reporting:» and «Still, “it waits,” S said from afar.»"""
    tokens = place.sentence.tokens
    cues = [cue for cue in find_cues(tokens) if cue.subject is not None]
    if tokens[-1].text == ":":
        if cues and cues[-1].subject:
            return _voices(place, tokens[slice(*cues[-1].subject)], resolver)
        first = phrase_after(tokens, 0) or 0
        named = any(token.capital for token in tokens[1:first])
        return _voices(place, tokens[:first], resolver) if named else ()
    quotes = [number for number, token in enumerate(tokens) if token.kind == "quote"]
    for cue in cues:
        if quotes and cue.subject and cue.subject[0] > quotes[0]:
            return _voices(place, tokens[slice(*cue.subject)], resolver)
    if quotes and tokens[quotes[0]].text[-2] == ",":
        return _next_named(place, tokens[quotes[0]].end, resolver)
    return ()


def _next_named(place: Before, after: int, resolver: Resolver) -> tuple[Voice, ...]:
    """Who is named right behind a quotation, under whatever verb."""
    seen = resolver.people.seen_between(after, min(after + 60, place.sentence.end))
    for sighting in seen[:1]:
        tokens = place.sentence.tokens
        named = [t for t in tokens if sighting.start <= t.start < sighting.end]
        behind = next((t for t in tokens if t.start >= sighting.end), None)
        if behind is None or behind.low != "'s":
            return _voices(place, named, resolver)
    return ()


def _subject(place: Before, resolver: Resolver) -> tuple[Voice, ...]:
    """Whom a sentence is about: the pronoun it begins with, or who is named before its verb."""
    tokens = place.sentence.tokens
    if tokens[0].low in {"he", "she"}:
        return _voices(place, tokens[:1], resolver)
    seen = resolver.people.seen_between(place.sentence.start, place.sentence.end)
    for token in tokens:
        if not seen or token.start >= seen[0].start:
            break
        if token.kind == "quote" or token.low in FINITE or token.low in CUE_FORMS:
            return ()
    if not seen:
        return ()
    named = [t for t in tokens if seen[0].start <= t.start < seen[0].end]
    return _voices(place, named, resolver)


def _voices(place: Before, phrase: list[Token], resolver: Resolver) -> tuple[Voice, ...]:
    if not phrase:
        return ()
    found = resolver.resolve(phrase, place.number, place.paragraph, phrase[0].start)
    return tuple(replace(v, reason="subject of the sentence before") for v in found.voices)
