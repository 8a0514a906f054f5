"""The states that an article speaks of, by which a title without a state is understood."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from statements.attribution.gazetteer import CONTEXT, STATES, Gazetteer
from statements.attribution.mentions import is_nominal
from statements.attribution.offices import Office
from statements.attribution.register import RegisterActor
from statements.attribution.sentences import Sentence
from statements.attribution.tokens import Token, tokenise

_HEADLINE = 3  # how much more a state counts in the first sentence
_NOUNS = 4  # words behind a state that may name a body of it


class Named(NamedTuple):
    """A body or people of a state as first printed with it: «Ruritanian officials»."""

    start: int
    printed: str
    owner: RegisterActor


class Scene:
    """How often each state is named in an article: its places, people and organs count for it.

    `of_states` are the bodies and people named with their state, by the last noun, in order.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence], places: Gazetteer) -> None:
        self.text = text
        self.places = places
        self.counts: Counter[RegisterActor] = Counter()
        self.of_states: dict[str, list[Named]] = defaultdict(list)
        self._shared: list[tuple[RegisterActor, ...]] = []
        for number, sentence in enumerate(sentences):
            self._count(sentence.tokens, 1 if number else _HEADLINE)
        if not self.counts:  # what only the quoted words tell
            for quote in (t for s in sentences for t in s.tokens if t.kind == "quote"):
                self._count(tokenise(text, quote.start + 1, quote.end - 1, []), 1)
        for owners in self._shared:
            if chosen := self.choose(owners):
                self.counts[chosen] += 1
        common = [actor for actor, _ in self.counts.most_common()]
        self.states = [a for a in common if a.kind in STATES | {"territory"}]

    def _count(self, tokens: Sequence[Token], weight: int) -> None:
        for actor, kind, first, used in self.places.within(tokens):
            if kind == CONTEXT:
                continue
            owners = self.places.owners(actor)
            if len(owners) > 1:
                self._shared.append(owners)
                continue
            self.counts[owners[0]] += weight
            self._note(tokens, first, first + used, owners[0])

    def _note(
        self, tokens: Sequence[Token], first: int, index: int, owner: RegisterActor
    ) -> None:
        """Note the nouns behind a state: «officials» in «Ruritanian officials»."""
        for token in tokens[index : index + _NOUNS]:
            if token.low == "'s" or not is_nominal(token):
                if token.low == "'s":
                    continue
                break
            printed = self.text[tokens[first].start : token.end]
            self.of_states[token.low].append(Named(token.start, printed, owner))

    def named_before(self, noun: str, at: int) -> Named | None:
        """The last body or people of a state of this noun that is named before a character,
        else the first behind it."""
        named = self.of_states.get(noun, [])
        number = bisect_left(named, at, key=lambda n: n.start) - 1
        return named[max(number, 0)] if named else None

    def local_to(self, office: Office | None) -> RegisterActor | None:
        """The state of which most is said among those that may have an office."""
        if office is not None and office.codes:
            return self.with_code(office.codes)
        without = office.without if office is not None else ()
        return next((s for s in self.states if s.code not in without), None)

    @property
    def main(self) -> RegisterActor | None:
        """The state of which most is said; None when no state is named."""
        return self.states[0] if self.states else None

    def choose(self, owners: Sequence[RegisterActor]) -> RegisterActor | None:
        """The one of several of which the article speaks most; None when it speaks of none."""
        if len(owners) == 1:
            return owners[0]
        named = [owner for owner in owners if self.counts[owner]]
        return max(named, key=lambda owner: self.counts[owner], default=None)

    def state_of(self, actor: RegisterActor) -> RegisterActor | None:
        """For whom an actor speaks in this article."""
        return self.choose(self.places.owners(actor))

    def with_code(self, codes: Sequence[str]) -> RegisterActor | None:
        """The state of one of these codes; of several the one that the article names most."""
        known = [state for code in codes if (state := self.places.with_code(code))]
        return self.choose(known) if known else None
