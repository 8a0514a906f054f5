"""Who the phrase of a report means: article first, then the register by name, state and date."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date

from statements.attribution.discourse import Discourse, person_for
from statements.attribution.entities import People, Person
from statements.attribution.gazetteer import Gazetteer, fold
from statements.attribution.issuers import REACH, SAME_PAPER, Issued, Paper, issuer_of
from statements.attribution.joint import joint_parts
from statements.attribution.naming import Mention, parse_mention
from statements.attribution.referents import body_named, in_office, is_plain_office, named_alone
from statements.attribution.register import RegisterSpeaker
from statements.attribution.tokens import Token
from statements.attribution.values import Voice
from statements.attribution.voicing import Voicer
from statements.attribution.words import (
    COUNTS,
    DOCUMENTS,
    GROUPS_OF_PEOPLE,
    GROUPS_OF_STATES,
    INSTITUTION_WORDS,
    TITLE_HEADS,
)

_LEAD = 60  # characters before a name in which its sentence may begin
_OPENING = (
    TITLE_HEADS
    | INSTITUTION_WORDS
    | {"but", "and", "yet", "the", "mr", "mrs", "ms", "sen", "rep", "gov"}
)
_JUST = 30  # characters from «issued» to the paper that speaks in the same sentence


@dataclass(frozen=True)
class Resolved:
    """The voices of a report, how sure they are (0 to 1), and what does not fit."""

    voices: tuple[Voice, ...]
    certainty: float
    warnings: tuple[str, ...] = ()


class Resolver:
    """Resolves phrases of one article in reading order; it remembers who spoke."""

    def __init__(
        self,
        text: str,
        people: People,
        issued: list[Issued],
        papers: list[Paper],
        places: Gazetteer,
        published_on: date | None,
    ) -> None:
        self.text = text
        self.people = people
        self.issued = issued
        self.papers = papers
        self.places = places
        self.published_on = published_on
        self.voicer = Voicer(people, places, published_on)
        self.discourse = Discourse()

    def resolve(self, tokens: list[Token], sentence: int, paragraph: int, at: int) -> Resolved:
        """Return who the tokens of a phrase mean; `at` is the character where the report is."""
        whole = tokens
        tokens = _without_examples(tokens)
        parts = [tokens] if self._of_states(tokens) else joint_parts(tokens)
        found = [self._one(part, sentence, paragraph, at) for part in parts]
        voices = tuple(voice for resolved in found for voice in resolved.voices)
        if len(tokens) < len(whole):
            voices = tuple(self._extended(voice, whole) for voice in voices)
        warnings = tuple(warning for resolved in found for warning in resolved.warnings)
        certainty = min((resolved.certainty for resolved in found), default=0.0)
        return Resolved(voices, certainty, warnings)

    def _extended(self, voice: Voice, tokens: list[Token]) -> Voice:
        """The voice with the whole phrase as what is printed."""
        start, end = tokens[0].start, tokens[-1].end
        return replace(voice, start=start, end=end, printed=self.text[start:end])

    def _of_states(self, tokens: list[Token]) -> bool:
        """«officials of A and B», «the ministers of A, B and C»: one phrase, not A's and then B."""
        link = next((i for i, t in enumerate(tokens) if t.low in {"of", "from"}), 0)
        head = tokens[link - 1].low if link else ""
        if not head.endswith("s") or (
            tokens[link - 1].capital and head[:-1] not in TITLE_HEADS
        ):
            return False
        parts = joint_parts(tokens[link + 1 :])
        return len(parts) > 1 and all(any(self.places.within(part)) for part in parts)

    def remember(self, voices: tuple[Voice, ...], sentence: int, paragraph: int) -> None:
        """Note who spoke just now."""
        self.discourse.remember(voices, sentence, paragraph, self.people)

    def unsaid(self, person: Person) -> Voice:
        """A person as the voice of words beside which nobody is named."""
        nowhere = Mention(0, 0, "", "name", person.name)
        voice, _ = self.voicer.person(person, nowhere, "named in the paragraph before")
        return replace(voice, start=None, end=None)

    # -------------------------------------------------------------------- kinds of phrases

    def _one(self, tokens: list[Token], sentence: int, paragraph: int, at: int) -> Resolved:
        mention = parse_mention(self.text, tokens, self.places)
        if mention.kind == "pronoun":
            return self._pronoun(mention, sentence, paragraph, at)
        if mention.kind == "name":
            return self._name(mention)
        if (person := self._apposed(tokens)) is not None:
            voice, warnings = person
            return Resolved((voice,), 0.8, warnings)
        if issuer := issuer_of(tokens):
            return self._paper_of(issuer, mention, sentence, paragraph, at)
        return self._description(mention, sentence, paragraph, at)

    def _apposed(self, tokens: list[Token]) -> tuple[Voice, tuple[str, ...]] | None:
        """«Ada Example, 63, a pilot,» and «Ada Example, a pilot, said»: the name goes before.

        Only a name that begins its sentence is taken, as one behind a verb or a preposition
        is of somebody else.
        """
        first = tokens[0]
        if first.kind != "number" and first.low not in {"a", "an", "the"}:
            return None
        named = self.people.named_just_before(first.start)
        if named is None or not named.subject or not self._begins(named.start):
            return None
        mention = Mention(
            named.start, tokens[-1].end, self.text[named.start : tokens[-1].end], "name", ""
        )
        return self.voicer.person(named.person, mention, "named before the comma")

    def _begins(self, at: int) -> bool:
        """Whether nothing but a title or «but» stands before a character in its sentence."""
        before = self.text[max(at - _LEAD, 0) : at]
        cut = max(before.rfind(mark) for mark in ("\n", ". ", "” ", '" ', "? ", "! "))
        words = before[cut + 1 :].lower().split()
        return all(word.strip('.’”"') in _OPENING for word in words if word.strip('.’”"'))

    def _name(self, mention: Mention) -> Resolved:
        people = self.people
        sharing = people.sharing(mention.name) if " " not in mention.name else []
        person = people.named(mention.name)
        if len(sharing) > 1:
            return self._namesake(mention, sharing)
        reason = "named here"
        if person is not None:
            people.add_mention(person, mention)
        elif (similar := people.similar(mention.name)) is not None:
            person, reason = similar, f"{similar.name}, spelled in two ways"
        else:
            person = Person(mention.name, mention.title, gender=mention.gender)
            person.speaker = self._by_family(mention)
            if mention.owner is not None:
                person.country = people.scene.state_of(mention.owner)
        voice, warnings = self.voicer.person(person, mention, reason)
        return Resolved((voice,), 1.0 if reason == "named here" else 0.8, warnings)

    def _paper_of(
        self, issuer: list[Token], mention: Mention, sentence: int, paragraph: int, at: int
    ) -> Resolved:
        """A paper speaks for who issued it: «the court's summary», «a note from the ministry»."""
        resolved = self._one(issuer, sentence, paragraph, at)
        if not resolved.voices:
            return self._description(mention, sentence, paragraph, at)
        reason = f"issuer of the {mention.head}"
        return self._as_said(mention, resolved.voices, reason, min(resolved.certainty, 0.8))

    def _namesake(self, mention: Mention, sharing: list[Person]) -> Resolved:
        """A family name that several people of the article have."""
        spoke = [self.people.named(voice.name) for voice in self.discourse.last]
        person = next((p for p in spoke if p is not None and p in sharing), None)
        person = person or self.people.sighted(mention.start, mention.end)
        if person is None or person not in sharing:
            person = sharing[0]
        reason = f"one of {len(sharing)} of this name"
        voice, warnings = self.voicer.person(person, mention, reason)
        return Resolved((voice,), 0.65, warnings)

    def _pronoun(self, mention: Mention, sentence: int, paragraph: int, at: int) -> Resolved:
        state = self.discourse
        if mention.plural:
            voices = state.last_group or state.last
            return self._as_said(mention, voices, "the last to speak", 0.65)
        if mention.printed.lower() == "it":
            body = (state.last_body,) if state.last_body else state.last
            return self._as_said(mention, body, "the last body to speak", 0.6)
        person = person_for(mention, self.discourse, self.people, sentence, paragraph, at)
        if person is not None:
            before = bool(self.people.seen_before(at))
            reason = "pronoun" if before else "pronoun of one who is named behind it"
            voice, warnings = self.voicer.person(person, mention, reason)
            return Resolved((voice,), 0.85 if before else 0.6, warnings)
        if state.last and (paragraph - state.last_paragraph) <= 2:
            return self._as_said(mention, state.last[:1], "the last to speak", 0.6)
        return Resolved((self.voicer.unresolved(mention),), 0.2)

    def _as_said(
        self, mention: Mention, voices: tuple[Voice, ...], reason: str, certainty: float
    ) -> Resolved:
        if not voices:
            return Resolved((self.voicer.unresolved(mention),), 0.2)
        same = tuple(
            replace(
                voice,
                printed=mention.printed,
                start=mention.start,
                end=mention.end,
                reason=reason,
            )
            for voice in voices
        )
        return Resolved(same, certainty)

    def _description(
        self, mention: Mention, sentence: int, paragraph: int, at: int
    ) -> Resolved:
        """«the minister», «Tokyo», «the statement», «German officials»."""
        state = self.discourse
        printed = mention.printed.lower()
        definite = printed.startswith(("the ", "his ", "her ", "this ", "that "))
        just = self._paper(mention.head, paragraph, at) if mention.head in DOCUMENTS else None
        if just is not None and not definite and 0 <= at - just.at < _JUST:
            return self._paper_of(list(just.issuer), mention, sentence, paragraph, at)
        if mention.head in DOCUMENTS and definite and not mention.actors:
            last = state.last_group or ((state.last_body,) if state.last_body else state.last)
            issuer = self._issuer(paragraph, at)
            paper = None if issuer else self._paper(mention.head, paragraph, at)
            if paper is not None:
                return self._paper_of(list(paper.issuer), mention, sentence, paragraph, at)
            issuer = issuer or last
            if issuer:
                return self._as_said(mention, issuer, f"issuer of the {mention.head}", 0.6)
        group = self._group(
            mention, definite or printed.startswith("both "), sentence, paragraph, at
        )
        if group is not None:
            return group
        if printed in {"the same source", "the source"} and state.last_body is not None:
            return self._as_said(mention, (state.last_body,), "the same source", 0.8)
        one = printed.startswith(("one ", "a ", "an ", "another ", "some "))
        plain = fold(mention.own) == mention.head and mention.head not in TITLE_HEADS
        if definite and not mention.actors and plain:
            body = body_named(self.people, mention.head, at)
            if body is not None:
                reason = f"the {body.name} named before"
                return self._as_said(mention, (self.voicer.body(body),), reason, 0.8)
        if (
            mention.head in TITLE_HEADS
            and not one
            and is_plain_office(mention)
            and (definite or _capital(mention))
        ):
            person = in_office(mention, self.discourse, self.people, at)
            if person is not None:
                voice, warnings = self.voicer.person(
                    person, mention, f"the {mention.head} of the article"
                )
                return Resolved((voice,), 0.8, warnings)
        sharing = self.people.sharing(mention.name) if " " not in mention.name else []
        if len(sharing) > 1 and _capital(mention):
            return self._namesake(mention, sharing)
        alone = named_alone(self.people, mention)
        if alone is not None and _capital(mention):
            voice, warnings = self.voicer.person(
                alone, mention, "part of a name in the article"
            )
            return Resolved((voice,), 0.9, warnings)
        similar = self.people.similar(mention.name) if _capital(mention) else None
        if similar is not None and not mention.actors:
            voice, warnings = self.voicer.person(
                similar, mention, f"{similar.name}, spelled in two ways"
            )
            return Resolved((voice,), 0.8, warnings)
        speaker = self._by_family(mention) if _capital(mention) else None
        if speaker is not None:
            voice, warnings = self.voicer.person(
                Person(speaker.name, gender=speaker.gender, speaker=speaker),
                mention,
                "family name in the register",
            )
            return Resolved((voice,), 0.6, warnings)
        return self._bodies(mention)

    def _issuer(self, paragraph: int, at: int) -> tuple[Voice, ...]:
        """Who issued the joint statement spoken of last before `at`, if that is not long ago."""
        number = bisect_left(self.issued, at, key=lambda issued: issued.at) - 1
        if number < 0 or self.issued[number].paragraph < paragraph - REACH:
            return ()
        voices = []
        for seen in self.issued[number].issuers:
            printed = self.text[seen.start : seen.end]
            mention = Mention(seen.start, seen.end, printed, "name", seen.person.name)
            voices.append(
                self.voicer.person(seen.person, mention, "issuer of the joint statement")[0]
            )
        return tuple(voices)

    def _paper(self, noun: str, paragraph: int, at: int) -> Paper | None:
        """The last paper of this kind issued before `at`, if that is not long ago."""
        number = bisect_left(self.papers, at, key=lambda paper: paper.at) - 1
        paper = self.papers[number] if number >= 0 else None
        if paper is None or paper.paragraph < paragraph - REACH:
            return None
        return paper if paper.noun == noun or {paper.noun, noun} <= SAME_PAPER else None

    def _group(
        self, mention: Mention, definite: bool, sentence: int, paragraph: int, at: int
    ) -> Resolved | None:
        """«the two ministers», «three governments»: the last group of as many that was named.

        With a number and nobody to whom it may belong, the phrase stays as it is, in doubt.
        None for other phrases.
        """
        if mention.actors or not mention.plural:
            return None
        words = mention.printed.lower().split()
        count = next((COUNTS.get(w) or int(w) for w in words if w in COUNTS or _small(w)), None)
        states = mention.head in GROUPS_OF_STATES
        if definite or states:
            state = self.discourse
            recent = state.last_group_paragraph >= paragraph - REACH
            groups = [state.last_group if recent else (), self._issuer(paragraph, at)]
            if mention.head in GROUPS_OF_PEOPLE:
                groups = [
                    self._just_named(count, sentence, at),
                    *(group for group in groups if all(map(self._is_person, group))),
                    *(group for group in groups if _are_called(group, mention.head)),
                ]
            elif not states:
                groups = []
            for voices in groups:
                if len(voices) > 1 and count in {None, len(voices)}:
                    return self._as_said(mention, voices, f"the {mention.head} named", 0.65)
        return Resolved((self.voicer.body(mention),), 0.4) if count is not None else None

    def _just_named(self, count: int | None, sentence: int, at: int) -> tuple[Voice, ...]:
        """The people of the two sentences before, when they are as many as counted."""
        seen = [s for s in self.people.seen_before(at) if sentence - 2 <= s.sentence < sentence]
        people = dict.fromkeys(s.person for s in seen)
        if count is None or len(people) != count:
            return ()
        named = Mention(at, at, "", "name", "")
        return tuple(self.voicer.person(person, named, "just named")[0] for person in people)

    def _is_person(self, voice: Voice) -> bool:
        return voice.speaker_id is not None or self.people.named(voice.name) is not None

    def _by_family(self, mention: Mention) -> RegisterSpeaker | None:
        named = [actor for actor, _ in mention.actors]
        return self.places.recognise(mention.name, named, self.published_on)

    def _bodies(self, mention: Mention) -> Resolved:
        """One body; «officials from A, B and C» speak for each of the states named."""
        states = list(dict.fromkeys(self.places.state_of(a) for a, _ in mention.actors))
        if mention.plural and len(states) > 1:
            office = mention.printed.split(" from ")[0].split(" of ")[0]
            office = mention.head if office == mention.printed else _without_article(office)
            if mention.head in GROUPS_OF_STATES:
                office = "Government"
            voices = tuple(
                Voice(
                    name=state.name,
                    printed=mention.printed,
                    start=mention.start,
                    end=mention.end,
                    office=office,
                    country=state.code,
                    actor_id=state.id or None,
                    is_body=True,
                    reason="one of the states named",
                )
                for state in states
            )
            return Resolved(voices, 0.8)
        sure = mention.actors or _capital(mention)
        return Resolved((self.voicer.body(mention),), 0.9 if sure else 0.7)


def _are_called(voices: tuple[Voice, ...], noun: str) -> bool:
    """Whether all of a group were called so before: «officials of A and B», «the officials»."""
    return all(noun in fold(voice.office).split() for voice in voices)


def _without_examples(tokens: list[Token]) -> list[Token]:
    """«five firms, including A and B» without the two: all five speak."""
    last = next((i for i, t in enumerate(tokens) if i and t.low == "including"), len(tokens))
    while 1 < last < len(tokens) and tokens[last - 1].kind == "mark":
        last -= 1
    return tokens[:last]


def _capital(mention: Mention) -> bool:
    """Whether a phrase begins as a name does: «Muster», «al-Muster»."""
    first, _, second = mention.printed.partition("-")
    return first[:1].isupper() or (len(first) < 4 and second[:1].isupper())


def _without_article(phrase: str) -> str:
    return phrase.removeprefix("The ").removeprefix("the ")


def _small(word: str) -> bool:
    """Whether a word is a small number in digits, as in «the 27 countries»."""
    return word.isascii() and word.isdigit() and len(word) < 4
