"""Who issued the statements and papers that an article speaks of."""

from dataclasses import dataclass

import regex

from statements.attribution.entities import People, Sighting
from statements.attribution.noun_phrases import subject_before
from statements.attribution.sentences import Paragraph
from statements.attribution.tokens import Token
from statements.attribution.words import DOCUMENTS

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


@dataclass(frozen=True)
class Paper:
    """A paper that somebody issues in a sentence: the phrase that names them, up to `at`."""

    at: int
    paragraph: int
    noun: str
    issuer: tuple[Token, ...]


_ISSUED = frozenset(["issued", "released", "published", "issues", "releases", "publishes"])
_FAR = 8  # tokens from the verb to the paper


def papers(paragraphs: list[Paragraph]) -> list[Paper]:
    """Return who issues which paper, as «the ministry issued a statement» says, in order."""
    found = []
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            tokens = sentence.tokens
            for index, token in enumerate(tokens):
                if token.low not in _ISSUED or index == 0:
                    continue
                behind = tokens[index + 1 : index + 1 + _FAR]
                noun = next((t.low for t in behind if t.low in DOCUMENTS), "")
                first = subject_before(tokens, index) if noun else None
                if first is not None:
                    issuer = tuple(tokens[first:index])
                    found.append(Paper(token.end, paragraph.number, noun, issuer))
    return found


def issuer_of(tokens: list[Token]) -> list[Token]:
    """The phrase that names who issued a paper: «the court» of «the court's summary».

    Empty when the phrase is of no paper or names nobody.
    """
    if len(tokens) > 2 and tokens[-1].low in _PAGES and tokens[-2].capital:
        return tokens[:-1]  # «the Harbour Board website»
    noun = next((i for i, t in enumerate(tokens) if t.low in PAPERS), None)
    if noun is None:
        return []
    if owner := next((i for i, t in enumerate(tokens[:noun]) if t.low == "'s"), 0):
        return tokens[:owner]
    behind = tokens[noun + 1 :]
    if len(behind) > 2 and behind[0].low in {"released", "issued", "published"}:
        behind = behind[1:]
    if len(behind) > 1 and behind[0].low in {"by", "from"}:
        return behind[1:]
    return []


_PAGES = frozenset(["website", "site", "homepage"])
# Words for the same paper, taken up in another word.
SAME_PAPER = frozenset(
    ["statement", "document", "text", "note", "communique", "communiqué", "release", "readout"]
)
# Papers that a reader calls by their author; DOCUMENTS are those that speak by themselves.
PAPERS = DOCUMENTS | {"summary", "ruling", "judgment", "judgement", "verdict", "memo", "paper"}
