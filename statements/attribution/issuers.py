"""Who issued the joint statements that an article speaks of."""

from dataclasses import dataclass

import regex

from statements.attribution.entities import People, Sighting
from statements.attribution.sentences import Paragraph

# An article that takes up «the statement» later than this has spoken of other papers in
# between; paragraphs of news are two or three sentences long.
REACH = 5  # paragraphs

_JOINT = regex.compile(r"\bjoint (?:statement|declaration|communiqu[ée])", regex.IGNORECASE)


@dataclass(frozen=True)
class Issued:
    """A joint statement spoken of up to `at`, and where each of its issuers is first named."""

    at: int
    paragraph: int
    issuers: tuple[Sighting, ...]


def joint_statements(text: str, paragraphs: list[Paragraph], people: People) -> list[Issued]:
    """Return the first mention of a joint statement in every paragraph that has one.

    Its issuers are the people in office who are named from its sentence to the end of the
    paragraph. A mention beside fewer than two of them says nothing and is left out; states are
    not taken, as those condemned stand beside those who condemn.
    """
    found = []
    for paragraph in paragraphs:
        mention = _JOINT.search(text, paragraph.start, paragraph.end)
        if mention is None:
            continue
        start = next(s.start for s in paragraph.sentences if mention.start() < s.end)
        named = people.seen_between(start, paragraph.end)
        first = {s.person: s for s in reversed(named) if s.person.office or s.person.speaker}
        if len(first) > 1:
            issuers = tuple(sorted(first.values(), key=lambda sighting: sighting.start))
            found.append(Issued(mention.end(), paragraph.number, issuers))
    return found
