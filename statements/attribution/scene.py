"""The states that an article speaks of, by which a title without a state is understood."""

from collections import Counter
from collections.abc import Sequence

from statements.attribution.gazetteer import CONTEXT, STATES, Gazetteer
from statements.attribution.register import RegisterActor
from statements.attribution.sentences import Sentence

_HEADLINE = 3  # how much more a state counts in the first sentence


class Scene:
    """How often each state is named in an article: its places, people and organs count for it."""

    def __init__(self, sentences: Sequence[Sentence], places: Gazetteer) -> None:
        self.places = places
        counts: Counter[RegisterActor] = Counter()
        shared: list[tuple[RegisterActor, ...]] = []
        for number, sentence in enumerate(sentences):
            weight = 1 if number else _HEADLINE
            for actor, kind, _, _ in places.within(sentence.tokens):
                if kind == CONTEXT:
                    continue
                owners = places.owners(actor)
                if len(owners) > 1:
                    shared.append(owners)
                else:
                    counts[owners[0]] += weight
        self.counts = counts
        self.states = [a for a, _ in counts.most_common() if a.kind in STATES | {"territory"}]
        for owners in shared:
            if chosen := self.choose(owners):
                counts[chosen] += 1

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
