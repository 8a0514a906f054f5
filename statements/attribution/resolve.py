"""Who the phrase of a report means: article first, then the register by name, state and date."""

from dataclasses import dataclass, replace
from datetime import date

from statements.attribution.entities import People, Person, gender_of
from statements.attribution.gazetteer import METONYM, Gazetteer, fold
from statements.attribution.mentions import Mention, parse_mention
from statements.attribution.register import RegisterActor, RegisterOffice, RegisterSpeaker
from statements.attribution.tokens import Token
from statements.attribution.values import Voice
from statements.attribution.words import DOCUMENTS, TITLE_HEADS


@dataclass
class Discourse:
    """What has been said so far, by which pronouns and descriptions are resolved."""

    last: tuple[Voice, ...] = ()
    last_paragraph: int = -1
    last_sentence: int = -1
    last_group: tuple[Voice, ...] = ()
    last_body: Voice | None = None


@dataclass(frozen=True)
class Resolved:
    """The voices of a report, how sure they are (0 to 1), and what does not fit."""

    voices: tuple[Voice, ...]
    certainty: float
    warnings: tuple[str, ...] = ()


class Resolver:
    """Resolves phrases of one article in reading order; it remembers who spoke."""

    def __init__(
        self, text: str, people: People, places: Gazetteer, published_on: date | None
    ) -> None:
        self.text = text
        self.people = people
        self.places = places
        self.published_on = published_on
        self.discourse = Discourse()

    def resolve(self, tokens: list[Token], sentence: int, paragraph: int, at: int) -> Resolved:
        """Return who the tokens of a phrase mean; `at` is the character where the report is."""
        found = [self._one(part, sentence, paragraph, at) for part in _joint_parts(tokens)]
        voices = tuple(voice for resolved in found for voice in resolved.voices)
        warnings = tuple(warning for resolved in found for warning in resolved.warnings)
        certainty = min((resolved.certainty for resolved in found), default=0.0)
        return Resolved(voices, certainty, warnings)

    def remember(self, voices: tuple[Voice, ...], sentence: int, paragraph: int) -> None:
        """Note who spoke just now."""
        if not voices:
            return
        state = self.discourse
        state.last, state.last_sentence, state.last_paragraph = voices, sentence, paragraph
        if len(voices) > 1:
            state.last_group = voices
        if voices[0].speaker_id is None and self.people.named(voices[0].name) is None:
            state.last_body = voices[0]

    # -------------------------------------------------------------------- kinds of phrases

    def _one(self, tokens: list[Token], sentence: int, paragraph: int, at: int) -> Resolved:
        mention = parse_mention(self.text, tokens, self.places)
        if mention.kind == "pronoun":
            return self._pronoun(mention, sentence, paragraph, at)
        if mention.kind == "name":
            return self._name(mention)
        return self._description(mention, sentence, paragraph, at)

    def _name(self, mention: Mention) -> Resolved:
        person = self.people.named(mention.name)
        if person is None:
            person = Person(mention.name, mention.office, gender=mention.gender)
            person.speaker = self._by_family(mention)
            if mention.actors:
                person.country = self.places.state_of(mention.actors[0][0])
        voice, warnings = self._voice(person, mention, "named here")
        return Resolved((voice,), 1.0, warnings)

    def _pronoun(self, mention: Mention, sentence: int, paragraph: int, at: int) -> Resolved:
        state = self.discourse
        if mention.printed.lower() in {"they", "we"}:
            voices = state.last_group or state.last
            return self._as_said(mention, voices, "the last to speak", 0.7)
        if mention.printed.lower() == "it":
            body = (state.last_body,) if state.last_body else state.last
            return self._as_said(mention, body, "the last body to speak", 0.6)
        person = self._person_for(mention, sentence, paragraph, at)
        if person is not None:
            voice, warnings = self._voice(person, mention, "pronoun")
            return Resolved((voice,), 0.85, warnings)
        if state.last and (paragraph - state.last_paragraph) <= 2:
            return self._as_said(mention, state.last[:1], "the last to speak", 0.6)
        return Resolved((self._unresolved(mention),), 0.2)

    def _person_for(
        self, mention: Mention, sentence: int, paragraph: int, at: int
    ) -> Person | None:
        """The person whom «he» or «she» most likely means, gender known or not."""
        candidates: list[Person] = []

        def add(person: Person | None) -> None:
            if person is not None and person not in candidates:
                candidates.append(person)

        seen = [s for s in self.people.sightings if s.start < at]
        here = [s for s in seen if s.sentence == sentence and s.subject]
        before = [s for s in seen if s.sentence == sentence - 1]
        state = self.discourse
        spoke = [self.people.named(v.name) for v in state.last if v.name]
        spoke_lately = state.last_paragraph >= paragraph - 1
        for sighting in here:
            add(sighting.person)
        if state.last_sentence == sentence - 1 or state.last_sentence == sentence:
            for person in spoke:
                add(person)
        for sighting in before:
            if sighting.subject:
                add(sighting.person)
        if spoke_lately:
            for person in spoke:
                add(person)
        for sighting in reversed(before):
            add(sighting.person)
        for sighting in reversed(seen):
            if sighting.sentence >= sentence - 3:
                add(sighting.person)
        for sighting in reversed(seen[-3:]):
            add(sighting.person)
        fitting = [p for p in candidates if gender_of(mention, p) in {"", mention.gender}]
        # A translated «he» may be a woman: gender orders the candidates and excludes nobody.
        return next(iter(fitting or candidates), None)

    def _as_said(
        self, mention: Mention, voices: tuple[Voice, ...], reason: str, certainty: float
    ) -> Resolved:
        if not voices:
            return Resolved((self._unresolved(mention),), 0.2)
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
        if mention.head in DOCUMENTS and definite and not mention.actors and state.last:
            voices = state.last_group or ((state.last_body,) if state.last_body else state.last)
            issuer = self._issuer(sentence, at) or voices
            return self._as_said(mention, issuer, f"issuer of the {mention.head}", 0.6)
        if mention.head in DOCUMENTS and definite and not mention.actors:
            issuer = self._issuer(sentence, at)
            if issuer:
                return self._as_said(mention, issuer, f"issuer of the {mention.head}", 0.6)
        if printed in {"the same source", "the source"} and state.last_body is not None:
            return self._as_said(mention, (state.last_body,), "the same source", 0.8)
        if mention.head in TITLE_HEADS and (definite or mention.printed[:1].isupper()):
            person = self._in_office(mention, at)
            if person is not None:
                voice, warnings = self._voice(
                    person, mention, f"the {mention.head} of the article"
                )
                return Resolved((voice,), 0.8, warnings)
        alone = self.people.named(mention.name) if " " not in mention.name else None
        if alone is not None and mention.printed[:1].isupper():
            voice, warnings = self._voice(alone, mention, "part of a name in the article")
            return Resolved((voice,), 0.9, warnings)
        speaker = self._by_family(mention) if mention.printed[:1].isupper() else None
        if speaker is not None:
            voice, warnings = self._voice(
                Person(speaker.name, gender=speaker.gender, speaker=speaker),
                mention,
                "family name in the register",
            )
            return Resolved((voice,), 0.6, warnings)
        return Resolved(
            (self._body(mention),),
            0.9 if mention.actors or mention.printed[:1].isupper() else 0.7,
        )

    def _issuer(self, sentence: int, at: int) -> tuple[Voice, ...]:
        """Who issued the statement: the subject of the sentence before, when it is a body."""
        return ()

    def _in_office(self, mention: Mention, at: int) -> Person | None:
        """The person of the article whose office this description names, nearest before `at`."""
        near = [s.person for s in reversed(self.people.sightings) if s.start < at]
        spoke = [p for v in self.discourse.last if (p := self.people.named(v.name)) is not None]
        for person in dict.fromkeys([*spoke, *near]):
            heads = person.heads or {
                word
                for office in (person.speaker.offices if person.speaker else ())
                for word in fold(office.title).split()
                if word in TITLE_HEADS
            }
            if mention.head in heads or _same_head(mention.head, heads):
                country = person.country
                if mention.actors and country is not None:
                    if self.places.state_of(mention.actors[0][0]) != country:
                        continue
                return person
        return None

    def _by_family(self, mention: Mention) -> RegisterSpeaker | None:
        """The one speaker of the register with this family name who fits state and date."""
        exact = self.places.people(mention.name)
        if len(exact) == 1:
            return exact[0]
        words = mention.name.split()
        if len(words) != 1:
            return None
        fits = [s for s in self.places.families(words[0]) if self._active(s)]
        states = {self.places.state_of(actor).id for actor, _ in mention.actors}
        if states:
            fits = [s for s in fits if {o.actor for o in s.offices} & states] or fits
        return fits[0] if len(fits) == 1 else None

    def _active(self, speaker: RegisterSpeaker) -> bool:
        return any(office.held_on(self.published_on) for office in speaker.offices)

    # -------------------------------------------------------------------- voices

    def _voice(
        self, person: Person, mention: Mention, reason: str
    ) -> tuple[Voice, tuple[str, ...]]:
        """The person as a voice, checked against the register; conflicts become warnings."""
        speaker = person.speaker
        state = person.country
        office_printed = mention.office or person.office
        if speaker is None:
            return (
                Voice(
                    name=person.name,
                    printed=mention.printed,
                    start=mention.start,
                    end=mention.end,
                    office=office_printed,
                    country=state.code if state else "",
                    actor_id=state.id if state else None,
                    reason=reason,
                ),
                (),
            )
        office = self._office(speaker)
        actor = self.places.actors.get(office.actor) if office else None
        warnings = []
        if actor is not None and state is not None and self.places.state_of(actor) != state:
            if not _names_both(mention, actor, state, self.places) and person.office:
                warnings.append(
                    f"printed as {office_printed or 'an official'} of {state.name}; "
                    f"the register has {speaker.name} for {actor.name}"
                )
        if office is None and speaker.offices:
            warnings.append(f"the register has no office of {speaker.name} on this day")
            last = speaker.offices[0]
            actor = self.places.actors.get(last.actor)
        country = self.places.state_of(actor) if actor else state
        return (
            Voice(
                name=speaker.name,
                printed=mention.printed,
                start=mention.start,
                end=mention.end,
                speaker_id=speaker.id,
                office=office_printed or (office.title if office else ""),
                office_id=office.id if office else None,
                country=country.code if country else "",
                actor_id=country.id if country else None,
                reason=reason,
            ),
            tuple(warnings),
        )

    def _office(self, speaker: RegisterSpeaker) -> RegisterOffice | None:
        """The office held on the day of publication, the most recently begun one first."""
        held = [office for office in speaker.offices if office.held_on(self.published_on)]
        return max(held, key=lambda office: office.start or date.min, default=None)

    def _body(self, mention: Mention) -> Voice:
        """A government, ministry, agency, group or unnamed official as the voice."""
        actor, kind = mention.actors[0] if mention.actors else (None, "")
        state = self.places.state_of(actor) if actor else None
        office = ""
        if actor is not None and (kind == METONYM or actor.kind == "state"):
            office = "Government"
        return Voice(
            name=mention.name,
            printed=mention.printed,
            start=mention.start,
            end=mention.end,
            office=mention.office or office,
            country=state.code if state else "",
            actor_id=_speaking(mention, actor, state),
            reason="place that stands for a government" if kind == METONYM else "named here",
        )

    def _unresolved(self, mention: Mention) -> Voice:
        return Voice(
            name=mention.name,
            printed=mention.printed,
            start=mention.start,
            end=mention.end,
            reason="not resolved",
        )


def _speaking(
    mention: Mention, actor: RegisterActor | None, state: RegisterActor | None
) -> str | None:
    """The actor for whom a body speaks: itself when its own name stands there."""
    if actor is None:
        return None
    return (
        actor.id
        if actor.kind in {"state_organ", "organ", "media", "body"}
        else (state or actor).id
    )


def _same_head(head: str, heads: set[str]) -> bool:
    families = (
        {"spokesman", "spokeswoman", "spokesperson"},
        {"minister", "secretary", "premier"},
        {"ambassador", "envoy", "representative", "diplomat"},
        {"adviser", "advisor", "aide"},
        {"president", "leader"},
        {"chairman", "chairwoman", "chair", "chairperson"},
    )
    return any(head in family and heads & family for family in families)


def _names_both(
    mention: Mention, actor: RegisterActor, state: RegisterActor, places: Gazetteer
) -> bool:
    """Whether the phrase names the right state too, as in «Japan's envoy to the US»."""
    return any(places.state_of(named) == places.state_of(actor) for named, _ in mention.actors)


def _joint_parts(tokens: list[Token]) -> list[list[Token]]:
    """«A, B and C» of names taken apart; a phrase of one speaker is one part."""
    joins = [i for i, t in enumerate(tokens) if t.low == "and" and 0 < i < len(tokens) - 1]
    if not joins:
        return [tokens]
    last = joins[-1]
    left, right = tokens[:last], tokens[last + 1 :]
    if not (_names_somebody(left) and _names_somebody(right)):
        return [tokens]
    parts: list[list[Token]] = [[]]
    for token in left:
        if token.text == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    if not all(_names_somebody(part) for part in parts) or len(parts) > 6:
        return [tokens]
    return [*parts, right]


def _names_somebody(tokens: list[Token]) -> bool:
    """Whether a part of a list can be a speaker of its own: it ends in a capital."""
    if not tokens:
        return False
    if tokens[-1].low in {
        "affairs",
        "security",
        "defence",
        "defense",
        "intelligence",
        "trade",
        "commerce",
    }:
        return False
    return tokens[-1].capital and tokens[0].low not in {"of", "for"}
