"""Who the label of a transcript's turn means: «MR. KIRBY», «THE PRESIDENT», «Answer»."""

from datetime import date

import regex

from statements.attribution.entities import People, Person
from statements.attribution.gazetteer import Gazetteer, fold
from statements.attribution.register import RegisterSpeaker
from statements.attribution.sentences import find_paragraphs
from statements.attribution.transcripts import Turn
from statements.attribution.values import Voice
from statements.attribution.words import (
    DETERMINERS,
    INSTITUTION_WORDS,
    PREPOSITIONS,
    TITLE_HEADS,
)

_HONORIFICS = {"mr", "ms", "mrs", "dr", "gen", "adm", "sen", "gov", "rep", "col", "amb"}
_OFFICE_WORDS = {
    "the", "vice", "senior", "administration", "official", "prime", "of", "deputy", "foreign",
} | TITLE_HEADS  # fmt: skip
_NO_GIVEN = _HONORIFICS | _OFFICE_WORDS | INSTITUTION_WORDS | DETERMINERS | PREPOSITIONS
_US = {"us", "usa"}
_WHITE_HOUSE = regex.compile(r"white ?house", regex.IGNORECASE)
# «Ada Example», «Ada B. Example»; \\_ is a space in the front matter of some archives.
_FULL = regex.compile(
    r"\b(\p{Lu}[\p{L}’'-]+)(?:[ \u00a0]\p{Lu}\.)?(?:[ \u00a0]|\\_)(\p{Lu}[\p{L}’'-]+)\b"
)
_SHORT_HEAD = 4000  # characters in which a transcript names who takes part


class Labels:
    """The people of one transcript; each label is looked up once."""

    def __init__(
        self, text: str, turns: list[Turn], places: Gazetteer, published_on: date | None
    ) -> None:
        self.text = text
        self.places = places
        self.published_on = published_on
        head = text[: max(_SHORT_HEAD, turns[0].start)]
        self.people = People(head, find_paragraphs(head), places, published_on)
        self.begins = turns[0].start
        self.given = _given_names(text)
        self.white_house = _WHITE_HOUSE.search(head) is not None
        self.known: dict[str, Voice] = {}

    def voice(self, turn: Turn) -> Voice:
        """Who speaks a turn; without a name for unnamed people."""
        if turn.label not in self.known:
            self.known[turn.label] = self._speaker(turn)
        return self.known[turn.label]

    def _speaker(self, turn: Turn) -> Voice:
        if turn.asks:
            return Voice(name="", reason="an unnamed voice of the transcript")
        if turn.answers:
            return self._interviewed()
        words = turn.label.split()
        names = [word for word in words if word.strip(".").lower() not in _HONORIFICS]
        if not names:
            return Voice(name=turn.label.title(), reason="label of the turn")
        if names[-1].lower() in _OFFICE_WORDS:
            return self._in_office(" ".join(names))
        return self._named(turn.label, names)

    def _named(self, label: str, words: list[str]) -> Voice:
        family = words[-1]
        speaker = self._in_register(words)
        given = self.given.get(fold(family), "")
        if speaker is not None and (not given or fold(given) in fold(speaker.name).split()):
            return self._registered(speaker, "name of the label in the register")
        person = self.people.named(_title_case(family))
        if person is not None and len(person.words) > 1:
            return self._as_voice(person, "full name at the head of the text")
        names = [word for word in words if word.lower() not in _OFFICE_WORDS]
        if len(names) < 2 and given:
            return Voice(name=f"{given} {_title_case(family)}", reason="full name in the text")
        if not label.isupper():
            return Voice(name=" ".join(names), reason="label of the turn")
        return Voice(name=" ".join(map(_title_case, names)), reason="label of the turn")

    def _in_register(self, words: list[str]) -> RegisterSpeaker | None:
        exact = self.places.people(" ".join(words))
        if len(exact) == 1:
            return exact[0]
        people = [
            speaker
            for speaker in self.places.families(words[-1])
            if any(office.held_on(self.published_on) for office in speaker.offices)
        ]
        american = [s for s in people if any(o.actor.lower() in _US for o in s.offices)]
        for fitting in (people, american if self.white_house else []):
            if len(fitting) == 1:
                return fitting[0]
        return None

    def _in_office(self, label: str) -> Voice:
        """«THE PRESIDENT», «SENIOR ADMINISTRATION OFFICIAL»: the office of the house that speaks."""
        wanted = label.lower().removeprefix("the ")
        if self.white_house:
            for speaker in self.places.speakers.values():
                if any(
                    office.kind == wanted.replace(" ", "-")
                    and office.actor.lower() in _US
                    and office.held_on(self.published_on)
                    for office in speaker.offices
                ):
                    return self._registered(speaker, "office of the label in the register")
        for seen in self.people.sightings:
            if wanted in fold(seen.person.office):
                return self._as_voice(
                    seen.person, "office of the label at the head of the text"
                )
        actors = self.places.actors.values() if self.white_house else ()
        state = next((a for a in actors if a.code == "US" and a.kind == "state"), None)
        return Voice(
            name=label.capitalize(), office=label.capitalize(), country=state.code if state else "",
            actor_id=state.id if state else None, reason="label of the turn",
        )  # fmt: skip

    def _interviewed(self) -> Voice:
        """Who answers: the first person in office whom the text in front of the turns names."""
        people = [seen.person for seen in self.people.sightings if seen.start < self.begins]
        known = [person for person in people if person.speaker or person.office]
        for person in [*known, *people]:
            return self._as_voice(person, "named in front of the interview")
        return Voice(name="", reason="an unnamed voice of the interview")

    def _as_voice(self, person: Person, reason: str) -> Voice:
        if person.speaker is not None:
            return self._registered(person.speaker, reason)
        state = person.country
        return Voice(
            name=person.name, office=person.office, country=state.code if state else "",
            actor_id=state.id if state else None, reason=reason,
        )  # fmt: skip

    def _registered(self, speaker: RegisterSpeaker, reason: str) -> Voice:
        office = next((o for o in speaker.offices if o.held_on(self.published_on)), None)
        actor = self.places.actors.get(office.actor) if office else None
        state = self.places.state_of(actor) if actor else None
        return Voice(
            name=speaker.name, speaker_id=speaker.id, office=office.title if office else "",
            office_id=office.id if office else None, country=state.code if state else "",
            actor_id=state.id if state else None, reason=reason,
        )  # fmt: skip


def _given_names(text: str) -> dict[str, str]:
    """The given name that stands first before each family name, by its folded form."""
    given: dict[str, str] = {}
    for match in _FULL.finditer(text, overlapped=True):
        first, family = match.groups()
        if not first.isupper() and first.lower() not in _NO_GIVEN:
            given.setdefault(fold(family), first)
    return given


def _title_case(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-")) if word.isupper() else word
