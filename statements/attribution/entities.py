"""The people of one article: who is named in it, in which office, for which state."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from statements.attribution.gazetteer import Gazetteer, fold
from statements.attribution.mentions import Mention, is_nominal, parse_mention
from statements.attribution.register import RegisterActor, RegisterSpeaker
from statements.attribution.sentences import Paragraph, Sentence
from statements.attribution.tokens import Token
from statements.attribution.words import (
    DETERMINERS,
    GENDERED,
    HONORIFICS,
    NAME_PARTICLES,
    TITLE_HEADS,
)


@dataclass(eq=False)
class Person:
    """A person as the article makes them known; `speaker` is who that is in the register."""

    name: str
    office: str = ""
    country: RegisterActor | None = None
    gender: str = ""
    speaker: RegisterSpeaker | None = None
    former: bool = False
    heads: set[str] = field(default_factory=set)

    @property
    def words(self) -> list[str]:
        return [word for word in fold(self.name).split() if word not in NAME_PARTICLES]


@dataclass(frozen=True)
class Sighting:
    """A person named at a place; `subject`: before the first verb of its sentence."""

    person: Person
    start: int
    end: int
    sentence: int
    subject: bool


class People:
    """Everybody who is named in full anywhere in the article, and where."""

    def __init__(self, text: str, paragraphs: list[Paragraph], places: Gazetteer) -> None:
        self.text = text
        self.places = places
        self.people: list[Person] = []
        self.sightings: list[Sighting] = []
        sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
        for sentence in sentences:
            for first, last in _name_phrases(sentence.tokens, places):
                tokens = sentence.tokens[first:last]
                mention = parse_mention(text, tokens, places)
                if mention.kind == "name":
                    self._note(mention)
        self._note_titles(sentences)
        for number, sentence in enumerate(sentences):
            self._see(number, sentence)

    def _note(self, mention: Mention) -> None:
        person = self.named(mention.name)
        if person is None:
            if len(mention.name.split()) < 2 and not mention.office:
                return
            person = Person(mention.name)
            person.speaker = self._registered(mention.name)
            if person.speaker is not None:
                person.gender = person.speaker.gender
            self.people.append(person)
        elif len(mention.name.split()) > len(person.name.split()) and person.speaker is None:
            person.name = mention.name
        self._add_office(person, mention)

    def _add_office(self, person: Person, mention: Mention) -> None:
        if mention.office and not person.office:
            person.office = mention.office
            person.former = mention.former
            person.heads |= {w for w in fold(mention.office).split() if w in TITLE_HEADS}
        if person.country is None and mention.actors:
            person.country = self.places.state_of(mention.actors[0][0])
        person.gender = person.gender or mention.gender

    def _note_titles(self, sentences: list[Sentence]) -> None:
        """«NAME, [the] TITLE of STATE,» and «STATE's TITLE, NAME,»: titles beside a comma."""
        for sentence in sentences:
            tokens = sentence.tokens
            for first, last in _name_phrases(tokens, self.places):
                mention = parse_mention(self.text, tokens[first:last], self.places)
                if mention.kind != "name":
                    continue
                person = self.named(mention.name)
                if person is None or person.office:
                    continue
                for phrase in _beside(tokens, first, last):
                    beside = parse_mention(self.text, phrase, self.places)
                    if beside.office and beside.kind == "description":
                        self._add_office(person, beside)
                        break

    def _see(self, number: int, sentence: Sentence) -> None:
        """Note every place where one of the people is named, by full or family name."""
        known = {word for person in self.people for word in person.words}
        tokens = sentence.tokens
        index = 0
        subject = True
        while index < len(tokens):
            token = tokens[index]
            if (
                token.capital
                and fold(token.text).split()[:1]
                and set(fold(token.text).split()) & known
            ):
                last = index + 1
                while (
                    last < len(tokens)
                    and tokens[last].capital
                    and set(fold(tokens[last].text).split()) & known
                ):
                    last += 1
                name = self.text[token.start : tokens[last - 1].end]
                person = self.named(name)
                if person is not None:
                    self.sightings.append(
                        Sighting(person, token.start, tokens[last - 1].end, number, subject)
                    )
                    subject = False
                index = last
                continue
            index += 1

    def named(self, name: str) -> Person | None:
        """The person whom a full name, a family name or a part of a name means."""
        words = [word for word in fold(name).split() if word not in NAME_PARTICLES]
        if not words:
            return None
        exact = [person for person in self.people if person.words == words]
        if exact:
            return exact[0]
        if len(words) > 1:
            fits = [
                p
                for p in self.people
                if set(words) <= set(p.words) or set(p.words) <= set(words)
            ]
            return fits[0] if fits else None
        family = [
            p for p in self.people if p.words[-1:] == words or self._is_family(p, words[0])
        ]
        given = [p for p in self.people if words[0] in p.words]
        return next(iter([*family, *given]), None)

    def _is_family(self, person: Person, word: str) -> bool:
        speaker = person.speaker
        return speaker is not None and fold(speaker.family_name) == word

    def _registered(self, name: str) -> RegisterSpeaker | None:
        found = self.places.people(name)
        return found[0] if len(found) == 1 else None


def _name_phrases(tokens: list[Token], places: Gazetteer) -> Iterator[tuple[int, int]]:
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
                or (
                    token.low in NAME_PARTICLES | {"of", "for", "to", "the", "'s", "and"}
                    and (
                        last + 1 < len(tokens)
                        and (
                            tokens[last + 1].capital
                            or tokens[last + 1].low
                            in {"the", "foreign", "state"} | NAME_PARTICLES
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


def _beside(tokens: list[Token], first: int, last: int) -> Iterator[list[Token]]:
    """Phrases next to a name, behind and before a comma."""
    if last + 1 < len(tokens) and tokens[last].text == ",":
        stop = last + 1
        while (
            stop < len(tokens) and tokens[stop].text not in {",", ".", ";"} and stop - last < 20
        ):
            stop += 1
        phrase = tokens[last + 1 : stop]
        if phrase and (
            phrase[0].low in DETERMINERS | {"former", "who"}
            or phrase[0].low in TITLE_HEADS
            or phrase[0].capital
            or any(t.low in TITLE_HEADS for t in phrase[:4])
        ):
            yield phrase
    if first >= 2 and tokens[first - 1].text == ",":
        begin = first - 1
        while (
            begin > 0 and tokens[begin - 1].text not in {",", ".", ";"} and first - begin < 16
        ):
            begin -= 1
        if begin < first - 1:
            yield tokens[begin : first - 1]


def gender_of(mention: Mention, person: Person | None) -> str:
    """What is known of the gender, to prefer one candidate for a pronoun; never to exclude."""
    if person is not None and person.gender:
        return person.gender
    return mention.gender or GENDERED.get(mention.head, "")
