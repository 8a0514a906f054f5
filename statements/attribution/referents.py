"""Whom of an article a description means: «the minister», «the agency», «Sample, in a letter»."""

from bisect import bisect_left
from collections import Counter

from statements.attribution.discourse import Discourse
from statements.attribution.entities import People, Person
from statements.attribution.gazetteer import fold
from statements.attribution.naming import Mention
from statements.attribution.register import RegisterActor, RegisterOffice
from statements.attribution.words import INSTITUTION_WORDS, TITLE_HEADS

_NEAR = 10  # bodies of one noun that are looked at
_AHEAD = 12  # people named after a headline among whom its «leader» is looked for


def in_office(mention: Mention, state: Discourse, people: People, at: int) -> Person | None:
    """The person of the article whose office this description names, nearest before `at`."""
    near = [s.person for s in reversed(people.seen_before(at))]
    if not near:  # a headline names the office, and the text below who holds it
        near = [s.person for s in people.sightings[:_AHEAD]]
    spoke = [p for v in state.last if (p := people.named(v.name)) is not None]
    for person in dict.fromkeys([*spoke, *near]):
        offices = _held(person, people)
        heads = person.heads or {
            word
            for office in offices
            for word in fold(office.title).split()
            if word in TITLE_HEADS
        }
        if mention.head in heads or _same_head(mention.head, heads):
            named = [people.scene.state_of(actor) for actor, _ in mention.actors]
            if not named or _states(person, offices, people) & set(named):
                return person
    return None


def _held(person: Person, people: People) -> list[RegisterOffice]:
    """The offices that the register has for the person on the day of the article."""
    offices = person.speaker.offices if person.speaker else ()
    return [office for office in offices if office.held_on(people.published_on)]


def _states(
    person: Person, offices: list[RegisterOffice], people: People
) -> set[RegisterActor]:
    """The state that the article gives the person, else those of the offices held."""
    if person.country is not None:
        return {person.country}
    actors = people.places.actors
    return {people.places.state_of(actors[o.actor]) for o in offices if o.actor in actors}


def _same_head(head: str, heads: set[str]) -> bool:
    families = (
        {"spokesman", "spokeswoman", "spokesperson"},
        {"minister", "secretary", "premier"},
        {"ambassador", "envoy", "representative", "diplomat"},
        {"adviser", "advisor", "aide"},
        {"president", "leader"},
        {
            "leader",
            "executive",
            "minister",
            "premier",
            "chancellor",
            "king",
            "queen",
            "sultan",
            "emir",
        },
        {"chairman", "chairwoman", "chair", "chairperson"},
    )
    return any(head in family and heads & family for family in families)


def is_plain_office(mention: Mention) -> bool:
    """Whether a description is of an office, and no paper called «Harbour Leader»."""
    capitals = [word for word in mention.own.split() if word[:1].isupper()]
    return all(word.lower() in INSTITUTION_WORDS | TITLE_HEADS for word in capitals)


def body_named(people: People, noun: str, at: int) -> Mention | None:
    """The body of this noun that is named in full most often before `at`, or last of some."""
    named = people.bodies.get(noun, [])
    number = bisect_left(named, at, key=lambda mention: mention.start)
    near = named[max(number - _NEAR, 0) : number]
    counts = Counter(mention.name for mention in near)
    return max(reversed(near), key=lambda mention: counts[mention.name], default=None)


def named_alone(people: People, mention: Mention) -> Person | None:
    """The person whose family name a description is or begins with: «Sample, in a letter»."""
    first, _, rest = mention.name.partition(" ")
    if not rest:
        return people.named(first)
    person = people.named(first) if first[:1].isupper() else None
    after = rest.split()[0]
    if person is None or fold(first) not in person.words[-1:] or after[:1].isupper():
        return None
    return None if after in {"of", "for", "and", "'s", "&"} else person
