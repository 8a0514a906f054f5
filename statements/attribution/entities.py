"""The people of one article: who is named in it, in which office, for which state."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from statements.attribution.gazetteer import Gazetteer, fold
from statements.attribution.mentions import Mention, is_nominal, parse_mention
from statements.attribution.register import RegisterActor, RegisterSpeaker
from statements.attribution.sentences import Paragraph, Sentence
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    DETERMINERS,
    GENDERED,
    HONORIFICS,
    INSTITUTION_WORDS,
    NAME_PARTICLES,
    TITLE_HEADS,
)

# People who share a word of their names; more are not told apart, so that the work stays linear.
_MOST_SHARING = 30
# A run of more capital words is no person's name: a table, a list or a headline.
_LONGEST_NAME = 8
# Words that go on with a name where another follows, and those that may follow them.
_LINKS = NAME_PARTICLES | {"of", "for", "to", "the", "'s", "and"}
_LINKED = NAME_PARTICLES | {"the", "foreign", "state"}


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
        return _name_words(self.name)


@lru_cache(maxsize=20_000)
def _name_words(name: str) -> list[str]:
    return [word for word in fold(name).split() if word not in NAME_PARTICLES]


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

    def __init__(
        self,
        text: str,
        paragraphs: list[Paragraph],
        places: Gazetteer,
        published_on: date | None,
    ) -> None:
        self.text = text
        self.places = places
        self.published_on = published_on
        self.people: list[Person] = []
        self._by_word: dict[str, list[Person]] = defaultdict(list)
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
            length = len(mention.name.split())
            if length > _LONGEST_NAME or (length < 2 and not mention.office):
                return
            named = [actor for actor, _ in mention.actors]
            person = Person(mention.name)
            person.speaker = self.places.recognise(mention.name, named, self.published_on)
            if person.speaker is not None:
                person.gender = person.speaker.gender
            self.people.append(person)
        elif len(mention.name.split()) > len(person.name.split()) and person.speaker is None:
            person.name = mention.name
        for word in self._words(person):
            sharing = self._by_word[word]
            if person not in sharing and len(sharing) < _MOST_SHARING:
                sharing.append(person)
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
        tokens = sentence.tokens
        index = 0
        subject = True
        while index < len(tokens):
            last = index
            while last < len(tokens) and self._is_name_word(tokens[last]):
                last += 1
            if last == index:
                index += 1
                continue
            start, end = tokens[index].start, tokens[last - 1].end
            person = self.named(self.text[start:end])
            if person is not None:
                self.sightings.append(Sighting(person, start, end, number, subject))
                subject = False
            index = last

    def _is_name_word(self, token: Token) -> bool:
        """Whether the word is part of the name of one of the people."""
        return token.capital and any(word in self._by_word for word in fold(token.text).split())

    def named(self, name: str) -> Person | None:
        """The person whom a full name, a family name or a part of a name means."""
        words = _name_words(name)
        if not words or len(words) > _LONGEST_NAME:
            return None
        known = [p for word in words for p in self._by_word.get(word, ())]
        exact = [person for person in known if person.words == words]
        if exact:
            return exact[0]
        if len(words) > 1:
            fits = [
                p for p in known if set(words) <= set(p.words) or set(p.words) <= set(words)
            ]
            return next(iter(fits), None)
        family = [p for p in known if p.words[-1:] == words or self._is_family(p, words[0])]
        return next(iter([*family, *known]), None)

    def seen_before(self, at: int) -> list[Sighting]:
        """The last sightings before a character, in reading order; the nearest forty."""
        last = bisect_left(self.sightings, at, key=lambda sighting: sighting.start)
        return self.sightings[max(last - 40, 0) : last]

    def seen_between(self, start: int, end: int) -> list[Sighting]:
        """The sightings between two characters, in reading order."""
        first = bisect_left(self.sightings, start, key=lambda sighting: sighting.start)
        last = bisect_left(self.sightings, end, key=lambda sighting: sighting.start)
        return self.sightings[first:last]

    def _words(self, person: Person) -> set[str]:
        """Every word by which a person may be named again."""
        speaker = person.speaker
        return {*person.words, *(fold(speaker.family_name).split() if speaker else ())}

    def _is_family(self, person: Person, word: str) -> bool:
        speaker = person.speaker
        return speaker is not None and fold(speaker.family_name) == word


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


def _joins_institutions(tokens: list[Token], index: int) -> bool:
    """Whether «and» stands inside an office: «Strategy and Intelligence»."""
    return 0 < index < len(tokens) - 1 and (
        tokens[index - 1].low in INSTITUTION_WORDS
        and tokens[index + 1].low in INSTITUTION_WORDS
    )


def _beside(tokens: list[Token], first: int, last: int) -> Iterator[list[Token]]:
    """Phrases next to a name, behind and before a comma."""
    if last + 1 < len(tokens) and tokens[last].text == ",":
        stop = last + 1
        while stop < len(tokens) and not _is_edge(tokens[stop]) and stop - last < 20:
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
        while begin > 0 and not _is_edge(tokens[begin - 1]) and first - begin < 16:
            begin -= 1
        if begin < first - 1:
            yield tokens[begin : first - 1]


def _is_edge(token: Token) -> bool:
    """Whether a phrase beside a name ends here."""
    return token.kind == "quote" or token.text in {",", ".", ";", ":"} or token.low in CUE_FORMS


def gender_of(mention: Mention, person: Person | None) -> str:
    """What is known of the gender, to prefer one candidate for a pronoun; never to exclude."""
    if person is not None and person.gender:
        return person.gender
    return mention.gender or GENDERED.get(mention.head, "")
