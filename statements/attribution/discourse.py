"""What has been said so far in an article, and whom a pronoun means by it."""

from dataclasses import dataclass

from statements.attribution.entities import People, Person, gender_of
from statements.attribution.naming import Mention
from statements.attribution.values import Voice

_AHEAD = 200  # characters behind a pronoun in which the name may follow


@dataclass
class Discourse:
    """What has been said so far, by which pronouns and descriptions are resolved."""

    last: tuple[Voice, ...] = ()
    last_paragraph: int = -1
    last_sentence: int = -1
    last_group: tuple[Voice, ...] = ()
    last_group_paragraph: int = -1
    last_body: Voice | None = None

    def remember(
        self, voices: tuple[Voice, ...], sentence: int, paragraph: int, people: People
    ) -> None:
        """Note who spoke just now."""
        if not voices:
            return
        self.last, self.last_sentence, self.last_paragraph = voices, sentence, paragraph
        if len(voices) > 1:
            self.last_group, self.last_group_paragraph = voices, paragraph
        if voices[0].speaker_id is None and people.named(voices[0].name) is None:
            self.last_body = voices[0]


def person_for(
    mention: Mention, state: Discourse, people: People, sentence: int, paragraph: int, at: int
) -> Person | None:
    """The person whom «he» or «she» most likely means.

    Candidates come in tiers, nearest first; within a tier one whose gender is known to fit
    goes first. A translated «he» may be a woman, so gender never reaches past a tier.
    """
    seen = people.seen_before(at)
    here = [s.person for s in seen if s.sentence == sentence and s.subject]
    before = [s for s in seen if s.sentence == sentence - 1]
    subjects = [s.person for s in before if s.subject]
    spoke = [p for v in state.last if v.name and (p := people.named(v.name))]
    just_spoke = spoke if state.last_sentence >= sentence - 1 else []
    lately = spoke if state.last_paragraph >= paragraph - 1 else []
    tiers = [
        here,
        [*just_spoke, *subjects],
        lately,
        [s.person for s in reversed(before)],
        [s.person for s in reversed(seen) if s.sentence >= sentence - 3],
        [s.person for s in reversed(seen[-3:])],
    ]
    for tier in tiers:
        if tier:
            fitting = [p for p in tier if gender_of(mention, p) in {"", mention.gender}]
            return (fitting or tier)[0]
    # «In a letter that he wrote, Bo Sample …»: in the first sentences the name is still to come.
    ahead = [s for s in people.seen_between(at, at + _AHEAD) if s.sentence == sentence]
    return ahead[0].person if ahead else None
