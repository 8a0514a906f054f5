"""The people of one article: who is named in it, in which office, for which state."""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from statements.attribution.gazetteer import Gazetteer, fold
from statements.attribution.names import FAMILIES_IN_FRONT, joins_name
from statements.attribution.naming import (
    Mention,
    body_title,
    parse_mention,
    served_by,
    with_body,
)
from statements.attribution.offices import Title, better, is_local, is_of_state
from statements.attribution.phrases import (
    beside,
    edge_after,
    is_title_case,
    name_phrases,
    widened,
)
from statements.attribution.register import RegisterActor, RegisterSpeaker
from statements.attribution.scene import Scene
from statements.attribution.sentences import Paragraph, Sentence
from statements.attribution.tokens import Token
from statements.attribution.words import (
    GENDERED,
    NAME_PARTICLES,
    PREPOSITIONS,
    TITLE_HEADS,
)

# People who share a word of their names; more are not told apart, so that the work stays linear.
_MOST_SHARING = 30
_OPENERS = PREPOSITIONS | {"according", "speaking"}
# The reason of a state that neither a phrase nor an office tells.
OF_THE_ARTICLE = "the state of the article"
_SEATS = ("R-", "D-", "I-")  # parties of members of the Congress of the United States
_GAP = 60  # characters in which a name and its comma stand before an apposition
_HIS = frozenset(["his", "her", "their"])
_BEFORE = 6  # sightings before a counterpart among whom the other is looked for
_SPELLED = 5  # letters of a name that may be spelled in two ways
# A run of more capital words is no person's name: a table, a list or a headline.
_LONGEST_NAME = 8
# Words that go on with a name where another follows, and those that may follow them.
_LINKS = NAME_PARTICLES | {"of", "for", "to", "the", "'s", "and"}
_LINKED = NAME_PARTICLES | {"the", "foreign", "state"}


@dataclass(eq=False)
class Person:
    """A person as the article makes them known; `speaker` is who that is in the register."""

    name: str
    title: Title | None = None
    country: RegisterActor | None = None
    gender: str = ""
    speaker: RegisterSpeaker | None = None
    heads: set[str] = field(default_factory=set)
    # Whether the name stood at the start of a sentence only, where any word has a capital.
    opens: bool = False
    # How the state is known when no phrase names it with the person.
    country_reason: str = ""

    @property
    def office(self) -> str:
        """The office in its normal form, or empty."""
        return self.title.office if self.title else ""

    @property
    def families(self) -> set[str]:
        """The words that may be the family name: the last, or the first of some languages."""
        words = self.words
        front = set(words[:1]) & FAMILIES_IN_FRONT if len(words) > 1 else set()
        return {*words[-1:], *front}

    @property
    def words(self) -> list[str]:
        return _name_words(self.name)


@lru_cache(maxsize=20_000)
def _name_words(name: str) -> list[str]:
    return [word for word in fold(name).split() if word not in NAME_PARTICLES]


class _Named(NamedTuple):
    """A phrase of a sentence that names a person."""

    tokens: list[Token]
    first: int
    last: int
    mention: Mention


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
        self._times: Counter[Person] = Counter()
        self._last: dict[Person, int] = {}
        # Bodies named in full, by their noun: «agency», «court».
        self.bodies: dict[str, list[Mention]] = defaultdict(list)
        sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
        self.scene = Scene(text, sentences, places)
        named: list[_Named] = []
        headed = [(is_title_case(sentence.tokens), sentence) for sentence in sentences]
        said = {t.text for headline, s in headed if not headline for t in s.tokens}
        # A headline in capitals runs names and verbs together, so the text goes first.
        for headline, sentence in sorted(headed, key=itemgetter(0)):
            for begin, last in name_phrases(sentence.tokens, places):
                first = widened(sentence.tokens, begin)
                while first < last - 1 and sentence.tokens[first].low in _OPENERS:
                    first += 1  # «According to the Harbour Agency»
                if last - first == 1 and " " not in sentence.tokens[first].text:
                    continue  # one word names nobody in full
                mention = parse_mention(text, sentence.tokens[first:last], places)
                if served := served_by(mention.title, sentence.tokens[first:last]):
                    other = parse_mention(text, served, places)
                    if mention.kind == "description" and other.kind == "name":
                        self._note(other, opens=False, headline=headline)
                if headline and mention.kind == "name":
                    mention = replace(mention, name=_said_again(mention.name, said))
                if mention.kind == "description" and " " in mention.name and not headline:
                    self.bodies[mention.head].append(mention)
                if mention.kind == "name":
                    opens = mention.start == sentence.start and mention.title is None
                    self._note(mention, opens=opens, headline=headline)
                    named.append(_Named(sentence.tokens, first, last, mention))
        self._note_titles(named)
        for number, sentence in enumerate(sentences):
            self._see(number, sentence)
        for _, _, _, mention in named:
            self._relate(mention)
        for person in self.people:
            self._serve(person)
        for person in self.people:
            self._place(person)

    def _note(self, mention: Mention, *, opens: bool, headline: bool) -> None:
        """Note a person named; `opens`: the name may begin with a word that only the sentence
        writes with a capital."""
        person = self.named(mention.name)
        words = mention.name.split()
        if person is None:
            unnamed = len(words) < 2 and not mention.office
            if unnamed or len(words) > (3 if headline else _LONGEST_NAME):
                return
            named = [actor for actor, _ in mention.actors]
            person = Person(mention.name, opens=opens)
            person.speaker = self.places.recognise(mention.name, named, self.published_on)
            if person.speaker is not None:
                person.gender = person.speaker.gender
            self.people.append(person)
        elif not headline:
            self.add_mention(person, mention, opens=opens)
            if not opens and len(words) == len(person.name.split()):
                person.opens = False
            shorter = 1 < len(words) < len(person.name.split())
            if person.opens and shorter and person.name.endswith(mention.name):
                person.name, person.opens = mention.name, False
        for word in self._words(person):
            sharing = self._by_word[word]
            if person not in sharing and len(sharing) < _MOST_SHARING:
                sharing.append(person)
        self._add_office(person, mention)

    def add_mention(self, person: Person, mention: Mention, *, opens: bool = True) -> None:
        """Take what a phrase says more of a person: a longer name, a title, a state."""
        longer = _is_longer(mention.name, person.name) or (
            not opens and mention.name.endswith(f" {person.name}")
        )
        if person.speaker is None and longer:
            person.name = mention.name
        self._add_office(person, mention)

    def _add_office(self, person: Person, mention: Mention) -> None:
        title = mention.title
        if title is not None and title.office and better(title, person.title):
            person.title = title
            person.heads |= {w for w in fold(title.office).split() if w in TITLE_HEADS}
            person.heads.add(title.head)
        if person.country is None and mention.owner is not None:
            person.country = self.scene.state_of(mention.owner)
        person.gender = person.gender or mention.gender

    def _note_titles(self, named: list["_Named"]) -> None:
        """«NAME, [the] TITLE of STATE,» and «STATE's TITLE, NAME,»: titles beside a comma."""
        for tokens, first, last, mention in named:
            person = self.named(mention.name)
            if person is None:
                continue
            name_end = mention.start + mention.printed.rfind(mention.name) + len(mention.name)
            end = next((i for i in range(first, last) if tokens[i].start >= name_end), last)
            if end < len(tokens) and tokens[end].low in {"of", "from"}:
                self._add_body(person, tokens[end : edge_after(tokens, end)])
            seat = tokens[end + 1].text if end + 1 < len(tokens) else ""
            if seat.startswith(_SEATS) and person.country is None and tokens[end].text == "(":
                person.country = self.places.with_code("US")  # «Sen. Bo Sample (R-Texas)»
            if person.title is not None and person.country is not None:
                continue
            for phrase in beside(tokens, first, last):
                if phrase[0].low == "of":
                    self._add_body(person, phrase)
                    continue
                found = parse_mention(self.text, phrase, self.places)
                national = any(t.low in {"national", "citizen", "native"} for t in phrase)
                if found.kind == "description" and (found.title is not None or national):
                    self._add_office(person, found)
                    break

    def _add_body(self, person: Person, phrase: list[Token]) -> None:
        """«Bo Sample, of the Harbour Board,»: a body beside a name instead of a post."""
        title = body_title(self.text, phrase, self.places)
        if title is None:
            return
        person.title = with_body(person.title, title) if person.title else title
        if person.country is None and title.owner is not None:
            person.country = self.scene.state_of(title.owner)

    def _place(self, person: Person) -> None:
        """Say for whom somebody speaks with whom no state is named, and how that is known."""
        if person.country is not None or person.title is None or person.speaker is not None:
            return
        row, state, reason = person.title.row, None, ""
        if person.title.owner is not None:
            state = self.scene.state_of(person.title.owner)
        elif row is not None and row.codes:
            state, reason = self.scene.with_code(row.codes), f"who has a {row.name}"
        elif is_of_state(person.title.office):
            state, reason = self.scene.local_to(row), OF_THE_ARTICLE
        elif is_local(person.title.head):
            state, reason = self.scene.main, OF_THE_ARTICLE
        if state is not None:
            person.country, person.country_reason = state, reason

    def _relate(self, mention: Mention) -> None:
        """«her counterpart Bo Sample» has her office; «his envoy» speaks for his state."""
        person, title = self.named(mention.name), mention.title
        if person is None or title is None or person.title is None:
            return
        counterpart = title.head == "counterpart"
        if not counterpart and (title.possessor not in _HIS or person.country is not None):
            return
        other = self._in_office_before(mention.start, person)
        if other is None or other.title is None:
            return
        if counterpart:
            person.title = replace(other.title, owner=mention.owner, possessor="")
            person.heads = person.heads - {"counterpart"} | other.heads
        else:
            self._serve_for(person, other)

    def _in_office_before(self, at: int, person: Person) -> Person | None:
        """The last other person in office who is named before a character."""
        seen = reversed(self.seen_before(at)[-_BEFORE:])
        return next((s.person for s in seen if s.person is not person and s.person.title), None)

    def _serve(self, person: Person) -> None:
        """«Sample's envoy» speaks for Sample's state."""
        title = person.title
        if title is None or person.country is not None or title.possessor in {"", *_HIS}:
            return
        other = self.named(title.possessor)
        if other is not None and other.title is not None and is_of_state(title.office):
            self._serve_for(person, other)

    def _serve_for(self, person: Person, other: Person) -> None:
        if other.country is not None:
            person.country = other.country
            person.country_reason = f"for whom {other.name} speaks"

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
            person = self._meant(self.text[start:end], tokens[index - 1] if index else None)
            if person is not None:
                behind = index > 0 and tokens[index - 1].low in PREPOSITIONS
                self.sightings.append(
                    Sighting(person, start, end, number, subject and not behind)
                )
                subject = subject and behind
                self._times[person] += 1
                self._last[person] = start
            index = last

    def _meant(self, name: str, before: Token | None) -> Person | None:
        """Who is named; of several of one family name the one of that gender or title, else the
        one named most often so far, or last of such."""
        words = fold(name).split()
        sharing = self.sharing(name) if len(words) == 1 else []
        if len(sharing) < 2:
            return self.named(name)
        if before is not None and before.low in GENDERED:
            gender = GENDERED[before.low]
            fitting = [p for p in sharing if p.gender == gender]
            sharing = fitting or [p for p in sharing if not p.gender] or sharing
        elif before is not None and before.low in TITLE_HEADS:
            sharing = [p for p in sharing if before.low in p.heads] or sharing
        return max(sharing, key=lambda p: (self._times[p], self._last.get(p, -1)))

    def sharing(self, name: str) -> list[Person]:
        """The people of the article with this family name."""
        word = fold(name)
        return [
            p
            for p in self._by_word.get(word, ())
            if word in p.families or self._is_family(p, word)
        ]

    def named_just_before(self, at: int) -> Sighting | None:
        """The person named before a comma that ends at a character: «Ada Example, 63, …»."""
        seen = self.seen_between(max(at - _GAP, 0), at)
        return (
            seen[-1] if seen and self.text[seen[-1].end : at].strip(" \u00a0") == "," else None
        )

    def sighted(self, start: int, end: int) -> Person | None:
        """The person named between two characters."""
        seen = self.seen_between(start, end)
        return seen[-1].person if seen else None

    def _is_name_word(self, token: Token) -> bool:
        """Whether the word is part of the name of one of the people."""
        if not (token.capital or joins_name(token)):
            return False
        known = self._by_word
        return any(word in known for word in fold(token.text).split())

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
        family = [p for p in known if words[0] in p.families or self._is_family(p, words[0])]
        return next(iter([*family, *known]), None)

    def similar(self, name: str) -> Person | None:
        """The one person whose family name is spelled with one letter changed: «Saree», «Sarea»."""
        word = fold(name)
        if len(word) < _SPELLED or " " in word:
            return None
        found = [
            person
            for person in self.people[:_MOST_SHARING]
            if (family := person.words[-1:]) and _one_letter_off(word, family[0])
        ]
        return found[0] if len(found) == 1 else None

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


def _one_letter_off(a: str, b: str) -> bool:
    """Whether two words begin alike and differ in one letter."""
    if a[:2] != b[:2] or abs(len(a) - len(b)) > 1:
        return False
    first = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return a != b and (
        a[first + 1 :] == b[first + 1 :]
        or a[first:] == b[first + 1 :]
        or a[first + 1 :] == b[first:]
    )


def _said_again(name: str, said: set[str]) -> str:
    """A name of a headline without the last words that the text below never says again."""
    words = name.split()
    while len(words) > 2 and words[-1] not in said:
        words.pop()
    return " ".join(words)


def _is_longer(name: str, known: str) -> bool:
    """Whether a name is the fuller form of a known one: «Ada B. Example» of «Example».

    Words in front of a full name and behind any are another matter, but for «al-Muster».
    """
    new, old = fold(name).split(), fold(known).split()
    if len(new) <= len(old) or not set(old) <= set(new):
        return False
    if new[-1] == old[-1]:
        return len(old) == 1 or new[0] == old[0]
    rest = name.split()[len(known.split()) :]
    cut_off = len(old[-1]) == 1 or len(old) == 1
    joined = rest[:1] and (
        rest[0].lower() in NAME_PARTICLES or rest[0] != rest[0].capitalize() or cut_off
    )
    return name.startswith(known) and bool(joined)


def gender_of(mention: Mention, person: Person | None) -> str:
    """What is known of the gender, to prefer one candidate for a pronoun; never to exclude."""
    if person is not None and person.gender:
        return person.gender
    return mention.gender or GENDERED.get(mention.head, "")
