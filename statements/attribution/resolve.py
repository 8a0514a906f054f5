"""Who the phrase of a report means: article first, then the register by name, state and date."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from statements.attribution.entities import People, Person, gender_of
from statements.attribution.gazetteer import METONYM, STATES, Gazetteer, fold
from statements.attribution.issuers import REACH, SAME_PAPER, Issued, Paper, issuer_of
from statements.attribution.naming import Mention, parse_mention
from statements.attribution.offices import is_local, is_of_state
from statements.attribution.register import RegisterActor, RegisterOffice, RegisterSpeaker
from statements.attribution.tokens import Token
from statements.attribution.values import Voice
from statements.attribution.words import (
    COUNTS,
    DOCUMENTS,
    GROUPS_OF_PEOPLE,
    GROUPS_OF_STATES,
    TITLE_HEADS,
)

_NEAR = 10  # bodies of one noun that are looked at
_AHEAD = 12  # people named after a headline among whom its «leader» is looked for


@dataclass
class Discourse:
    """What has been said so far, by which pronouns and descriptions are resolved."""

    last: tuple[Voice, ...] = ()
    last_paragraph: int = -1
    last_sentence: int = -1
    last_group: tuple[Voice, ...] = ()
    last_group_paragraph: int = -1
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
        self.discourse = Discourse()

    def resolve(self, tokens: list[Token], sentence: int, paragraph: int, at: int) -> Resolved:
        """Return who the tokens of a phrase mean; `at` is the character where the report is."""
        parts = [tokens] if self._of_states(tokens) else _joint_parts(tokens)
        found = [self._one(part, sentence, paragraph, at) for part in parts]
        voices = tuple(voice for resolved in found for voice in resolved.voices)
        warnings = tuple(warning for resolved in found for warning in resolved.warnings)
        certainty = min((resolved.certainty for resolved in found), default=0.0)
        return Resolved(voices, certainty, warnings)

    def _of_states(self, tokens: list[Token]) -> bool:
        """«officials of A and B», «the ministers of A, B and C»: one phrase, not A's and then B."""
        link = next((i for i, t in enumerate(tokens) if t.low in {"of", "from"}), 0)
        head = tokens[link - 1].low if link else ""
        if not head.endswith("s") or (
            tokens[link - 1].capital and head[:-1] not in TITLE_HEADS
        ):
            return False
        parts = _joint_parts(tokens[link + 1 :])
        return len(parts) > 1 and all(any(self.places.within(part)) for part in parts)

    def remember(self, voices: tuple[Voice, ...], sentence: int, paragraph: int) -> None:
        """Note who spoke just now."""
        if not voices:
            return
        state = self.discourse
        state.last, state.last_sentence, state.last_paragraph = voices, sentence, paragraph
        if len(voices) > 1:
            state.last_group, state.last_group_paragraph = voices, paragraph
        if voices[0].speaker_id is None and self.people.named(voices[0].name) is None:
            state.last_body = voices[0]

    # -------------------------------------------------------------------- kinds of phrases

    def _one(self, tokens: list[Token], sentence: int, paragraph: int, at: int) -> Resolved:
        mention = parse_mention(self.text, tokens, self.places)
        if mention.kind == "pronoun":
            return self._pronoun(mention, sentence, paragraph, at)
        if mention.kind == "name":
            return self._name(mention)
        if issuer := issuer_of(tokens):
            return self._paper_of(issuer, mention, sentence, paragraph, at)
        return self._description(mention, sentence, paragraph, at)

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
        voice, warnings = self._voice(person, mention, reason)
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
        person = self.people.sighted(mention.start, mention.end)
        if person is None or person not in sharing:
            person = sharing[0]
        reason = f"the last of {len(sharing)} of this name to be named"
        voice, warnings = self._voice(person, mention, reason)
        return Resolved((voice,), 0.7, warnings)

    def _pronoun(self, mention: Mention, sentence: int, paragraph: int, at: int) -> Resolved:
        state = self.discourse
        if mention.plural:
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
        """The person whom «he» or «she» most likely means.

        Candidates come in tiers, nearest first; within a tier one whose gender is known to fit
        goes first. A translated «he» may be a woman, so gender never reaches past a tier.
        """
        seen = self.people.seen_before(at)
        here = [s.person for s in seen if s.sentence == sentence and s.subject]
        before = [s for s in seen if s.sentence == sentence - 1]
        subjects = [s.person for s in before if s.subject]
        state = self.discourse
        spoke = [p for v in state.last if v.name and (p := self.people.named(v.name))]
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
        return None

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
            body = self._body_named(mention.head, at)
            if body is not None:
                reason = f"the {body.name} named before"
                return self._as_said(mention, (self._body(body),), reason, 0.8)
        if mention.head in TITLE_HEADS and not one and (definite or _capital(mention)):
            person = self._in_office(mention, at)
            if person is not None:
                voice, warnings = self._voice(
                    person, mention, f"the {mention.head} of the article"
                )
                return Resolved((voice,), 0.8, warnings)
        sharing = self.people.sharing(mention.name) if " " not in mention.name else []
        if len(sharing) > 1 and _capital(mention):
            return self._namesake(mention, sharing)
        alone = self._named_alone(mention)
        if alone is not None and _capital(mention):
            voice, warnings = self._voice(alone, mention, "part of a name in the article")
            return Resolved((voice,), 0.9, warnings)
        similar = self.people.similar(mention.name) if _capital(mention) else None
        if similar is not None and not mention.actors:
            voice, warnings = self._voice(
                similar, mention, f"{similar.name}, spelled in two ways"
            )
            return Resolved((voice,), 0.8, warnings)
        speaker = self._by_family(mention) if _capital(mention) else None
        if speaker is not None:
            voice, warnings = self._voice(
                Person(speaker.name, gender=speaker.gender, speaker=speaker),
                mention,
                "family name in the register",
            )
            return Resolved((voice,), 0.6, warnings)
        return self._bodies(mention)

    def _named_alone(self, mention: Mention) -> Person | None:
        """The person whose family name a description is or begins with: «Sample, in a letter»."""
        first, _, rest = mention.name.partition(" ")
        if not rest:
            return self.people.named(first)
        person = self.people.named(first) if first[:1].isupper() else None
        after = rest.split()[0]
        if person is None or fold(first) not in person.words[-1:] or after[:1].isupper():
            return None
        return None if after in {"of", "for", "and", "'s", "&"} else person

    def _issuer(self, paragraph: int, at: int) -> tuple[Voice, ...]:
        """Who issued the joint statement spoken of last before `at`, if that is not long ago."""
        number = bisect_left(self.issued, at, key=lambda issued: issued.at) - 1
        if number < 0 or self.issued[number].paragraph < paragraph - REACH:
            return ()
        voices = []
        for seen in self.issued[number].issuers:
            printed = self.text[seen.start : seen.end]
            mention = Mention(seen.start, seen.end, printed, "name", seen.person.name)
            voices.append(self._voice(seen.person, mention, "issuer of the joint statement")[0])
        return tuple(voices)

    def _body_named(self, noun: str, at: int) -> Mention | None:
        """The body of this noun that is named in full most often before `at`, or last of some."""
        named = self.people.bodies.get(noun, [])
        number = bisect_left(named, at, key=lambda mention: mention.start)
        near = named[max(number - _NEAR, 0) : number]
        counts = Counter(mention.name for mention in near)
        return max(reversed(near), key=lambda mention: counts[mention.name], default=None)

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
                ]
            elif not states:
                groups = []
            for voices in groups:
                if len(voices) > 1 and count in {None, len(voices)}:
                    return self._as_said(mention, voices, f"the {mention.head} named", 0.7)
        return Resolved((self._body(mention),), 0.4) if count is not None else None

    def _just_named(self, count: int | None, sentence: int, at: int) -> tuple[Voice, ...]:
        """The people of the two sentences before, when they are as many as counted."""
        seen = [s for s in self.people.seen_before(at) if sentence - 2 <= s.sentence < sentence]
        people = dict.fromkeys(s.person for s in seen)
        if count is None or len(people) != count:
            return ()
        named = Mention(at, at, "", "name", "")
        return tuple(self._voice(person, named, "just named")[0] for person in people)

    def _is_person(self, voice: Voice) -> bool:
        return voice.speaker_id is not None or self.people.named(voice.name) is not None

    def _in_office(self, mention: Mention, at: int) -> Person | None:
        """The person of the article whose office this description names, nearest before `at`."""
        near = [s.person for s in reversed(self.people.seen_before(at))]
        if not near:  # a headline names the office, and the text below who holds it
            near = [s.person for s in self.people.sightings[:_AHEAD]]
        spoke = [p for v in self.discourse.last if (p := self.people.named(v.name)) is not None]
        for person in dict.fromkeys([*spoke, *near]):
            heads = person.heads or {
                word
                for office in (person.speaker.offices if person.speaker else ())
                for word in fold(office.title).split()
                if word in TITLE_HEADS
            }
            if mention.head in heads or _same_head(mention.head, heads):
                named = [self.people.scene.state_of(actor) for actor, _ in mention.actors]
                if not named or person.country in named:
                    return person
        return None

    def _by_family(self, mention: Mention) -> RegisterSpeaker | None:
        named = [actor for actor, _ in mention.actors]
        return self.places.recognise(mention.name, named, self.published_on)

    # -------------------------------------------------------------------- voices

    def _voice(
        self, person: Person, mention: Mention, reason: str
    ) -> tuple[Voice, tuple[str, ...]]:
        """The person as a voice, checked against the register; conflicts become warnings."""
        speaker = person.speaker
        state = person.country
        office_printed = person.office or mention.office
        if speaker is None:
            return (
                Voice(
                    name=person.name,
                    printed=mention.printed,
                    start=mention.start,
                    end=mention.end,
                    office=office_printed,
                    country=state.code if state else "",
                    actor_id=(state.id or None) if state else None,
                    reason=_with(reason, person.country_reason),
                ),
                (),
            )
        office = self._office(speaker)
        actor = self.places.actors.get(office.actor) if office else None
        warnings = []
        registered = self.places.state_of(actor) if actor is not None else None
        if actor is not None and state not in {None, registered} and person.office:
            assert state is not None
            named = {self.places.state_of(other) for other, _ in mention.actors}
            if registered not in named:
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
                    actor_id=state.id,
                    reason="one of the states named",
                )
                for state in states
            )
            return Resolved(voices, 0.8)
        sure = mention.actors or _capital(mention)
        return Resolved((self._body(mention),), 0.9 if sure else 0.7)

    def _body(self, mention: Mention) -> Voice:
        """A government, ministry, agency, group or unnamed official as the voice."""
        actor = mention.owner
        kind = next((kind for named, kind in mention.actors if named is actor), "")
        scene = self.people.scene
        state = scene.state_of(actor) if actor is not None else None
        name = mention.name
        leader = self.people.named(mention.possessor) if actor is None else None
        office = ""
        reason = "place that stands for a government" if kind == METONYM else "named here"
        if actor is None and is_of_state(mention.office or name):
            before = scene.named_before(mention.head, mention.start)
            if before is not None:
                state, reason = before.owner, f"the {before.printed} named before"
                name = before.printed if mention.head == fold(name) else name
            else:
                state = scene.local_to(mention.title.row if mention.title else None)
                reason = _with(reason, "the state of the article")
        elif leader is not None and mention.head in {"office", "cabinet"}:
            state = leader.country
            office = f"{leader.office}'s {mention.head}" if leader.office else ""
            reason = _with(reason, f"for whom {leader.name} speaks")
        elif actor is None and is_local(mention.head):
            state = scene.main
            reason = _with(reason, "the state of the article")
        return Voice(
            name=name,
            printed=mention.printed,
            start=mention.start,
            end=mention.end,
            office=office or mention.office or _body_office(mention, actor, kind, state),
            country=state.code if state else "",
            actor_id=_speaking(mention, actor, state),
            reason=reason,
        )

    def _unresolved(self, mention: Mention) -> Voice:
        return Voice(
            name=mention.name,
            printed=mention.printed,
            start=mention.start,
            end=mention.end,
            reason="not resolved",
        )


def _body_office(
    mention: Mention, actor: RegisterActor | None, kind: str, state: RegisterActor | None
) -> str:
    """What of a state or body speaks: its government, or the part or the people named."""
    if state is None:
        return ""
    if mention.own and mention.head not in DOCUMENTS:
        return mention.own[:1].upper() + mention.own[1:]
    if actor is None or actor.kind in STATES | {"historical", "territory"}:
        seat = kind == METONYM and mention.printed.lower().startswith("the ")
        return mention.name if seat else "Government"
    return actor.name


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


def _capital(mention: Mention) -> bool:
    return mention.printed[:1].isupper()


def _with(reason: str, more: str) -> str:
    return f"{reason}; {more}" if more else reason


def _without_article(phrase: str) -> str:
    return phrase.removeprefix("The ").removeprefix("the ")


def _small(word: str) -> bool:
    """Whether a word is a small number in digits, as in «the 27 countries»."""
    return word.isascii() and word.isdigit() and len(word) < 4


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


def _joint_parts(tokens: list[Token]) -> list[list[Token]]:
    """«A, B, and C» taken apart into who speaks; a phrase of one speaker is one part."""
    joins = [i for i, t in enumerate(tokens) if t.low == "and" and 0 < i < len(tokens) - 1]
    if not joins:
        return [tokens]
    left, right = tokens[: joins[-1]], tokens[joins[-1] + 1 :]
    parts: list[list[Token]] = [[]]
    for token in left:
        if token.text == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    parts = [part for part in parts if part]
    if len(parts) > 6 or not all(_names_somebody(part) for part in [*parts, right]):
        return [tokens]
    return [*parts, right]


def _names_somebody(tokens: list[Token]) -> bool:
    """Whether a part of a list can be a speaker of its own: it ends in a capital."""
    if not tokens or any(t.low in {"from", "between"} for t in tokens):
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
