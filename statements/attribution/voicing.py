"""A person or body of the article as a voice, held against the register; conflicts are warned of.

Nothing is corrected in silence: the article's words stay in `printed` and `office_printed`, the
register's row is linked, and what does not fit between them is a warning.
"""

from datetime import date

from statements.attribution.entities import OF_THE_ARTICLE, People, Person
from statements.attribution.gazetteer import METONYM, STATES, Gazetteer, fold
from statements.attribution.naming import Mention
from statements.attribution.offices import OFFICES, Title, is_local, is_of_state
from statements.attribution.register import RegisterActor, RegisterOffice, RegisterSpeaker
from statements.attribution.values import Voice
from statements.attribution.words import DOCUMENTS

# Actors in whose name a person or body does not speak for the state around them.
_NOT_THE_STATE = {"party", "armed", "city", "region"}
# Kinds of offices that nobody but a state has.
_OF_STATES_ALONE = {"minister", "deputy_minister", "head_of_government", "legislator"}
_LONGEST_BODY = 8  # words of a body's name; what is longer is a clause
# Words of the press that are no office to be held against the register.
# One office that states call differently.
_NAMESAKES = (
    {"defence-minister", "secretary-of-defense"},
    {"foreign-minister", "secretary-of-state"},
)
_LOOSE = {"leader", "lawmaker", "minister", "ambassador", "official-unnamed", "senior-official"}


def of_another_state(warning: str) -> bool:
    """Whether a warning says that the register knows the person for another state, so that the
    one printed may be somebody else of this name."""
    return " for " in warning.partition("; the register has ")[2]


class Voicer:
    """Makes voices for one article."""

    def __init__(self, people: People, places: Gazetteer, published_on: date | None) -> None:
        self.people = people
        self.places = places
        self.published_on = published_on

    # ------------------------------------------------------------------------- people

    def person(
        self, person: Person, mention: Mention, reason: str
    ) -> tuple[Voice, tuple[str, ...]]:
        """The person as a voice, and what the register has otherwise."""
        speaker = person.speaker
        title = person.title or mention.title
        if title is not None and is_local(title.head):
            title = None  # «mother» and «protester» are no offices
        if title is not None and title.tense:
            reason = f"{reason}; {title.tense} {title.office}"
        if speaker is None:
            return self._unregistered(person, title, mention, reason), ()
        if mention.kind == "pronoun" and mention.gender not in {"", speaker.gender}:
            reason = f"{reason}; the register has another gender"
        office = self._office(speaker)
        warnings = [
            *self._other_state(person, speaker, office, title, mention),
            *self._other_office(speaker, office, title),
        ]
        held = office or (speaker.offices[0] if speaker.offices else None)
        actor = self.places.actors.get(held.actor) if held else None
        country = self.places.state_of(actor) if actor else person.country
        return (
            Voice(
                name=speaker.name,
                printed=mention.printed,
                start=mention.start,
                end=mention.end,
                speaker_id=speaker.id,
                office=title.office if title else office.title if office else "",
                office_printed=title.printed if title else "",
                office_tense=title.tense if title else "",
                office_id=office.id if office else None,
                country=country.code if country else "",
                actor_id=(country.id or None) if country else None,
                state_printed=self._state_printed(person, title, mention, country),
                posts=self._posts(speaker),
                reason=reason,
            ),
            tuple(warnings),
        )

    def _unregistered(
        self, person: Person, title: Title | None, mention: Mention, reason: str
    ) -> Voice:
        state = person.country
        more = person.country_reason
        row = title.row if title else None
        # A firm has a president too: what only the article's subject tells links no actor.
        guessed = more == OF_THE_ARTICLE and not (row and row.kind in _OF_STATES_ALONE)
        speaks = _speaks_for_state(title) and not guessed
        return Voice(
            name=person.name,
            printed=mention.printed,
            start=mention.start,
            end=mention.end,
            office=title.office if title else "",
            office_printed=title.printed if title else "",
            office_tense=title.tense if title else "",
            country=state.code if state else "",
            actor_id=(state.id or None) if state and speaks else None,
            state_printed=state.code if state and title and more != OF_THE_ARTICLE else "",
            reason=f"{reason}; {more}" if more else reason,
        )

    def _office(self, speaker: RegisterSpeaker) -> RegisterOffice | None:
        """The office held on the day of publication, the most recently begun one first."""
        held = [office for office in speaker.offices if office.held_on(self.published_on)]
        return max(held, key=lambda office: office.start or date.min, default=None)

    def _posts(self, speaker: RegisterSpeaker) -> tuple[str, ...]:
        """The offices that the register has somebody hold on the day of publication."""
        held = (o.kind for o in speaker.offices if o.kind and o.held_on(self.published_on))
        return tuple(dict.fromkeys(held))

    def _state_printed(
        self,
        person: Person,
        title: Title | None,
        mention: Mention,
        registered: RegisterActor | None,
    ) -> str:
        """The state that the article gives with an office: the register's, if it is named too."""
        if title is None or person.country is None:
            return ""
        named = {self.places.state_of(other) for other, _ in mention.actors}
        state = registered if registered in named else person.country
        return state.code if state else ""

    def _other_state(
        self,
        person: Person,
        speaker: RegisterSpeaker,
        office: RegisterOffice | None,
        title: Title | None,
        mention: Mention,
    ) -> list[str]:
        """A warning when the article gives somebody another state than the register."""
        actor = self.places.actors.get(office.actor) if office else None
        registered = self.places.state_of(actor) if actor is not None else None
        state = person.country
        if actor is None or state in {None, registered} or title is None:
            return []
        assert state is not None
        named = {self.places.state_of(other) for other, _ in mention.actors}
        if registered in named:
            return []
        printed = f"printed as {title.office or 'an official'} of {state.name}"
        return [f"{printed}; the register has {speaker.name} for {actor.name}"]

    def _other_office(
        self, speaker: RegisterSpeaker, office: RegisterOffice | None, title: Title | None
    ) -> list[str]:
        """Warnings when the register has another office on this day, or none any more."""
        if not speaker.offices:
            return []
        row = title.row if title else None
        kind = row.title if row else ""
        same = [held for held in speaker.offices if _same_office(kind, held.kind)]
        now = [held for held in speaker.offices if held.held_on(self.published_on)]
        if title is not None and title.tense == "former":
            still = [held for held in same if held in now and self.published_on is not None]
            return [f"printed as former {title.office}; the register has it held"] * bool(still)
        if office is None:
            ended = max((held.end for held in same if held.end), default=None)
            past = f"; it ended on {ended.isoformat()}" if ended else ""
            return [f"the register has no office of {speaker.name} on this day{past}"]
        if not kind or kind in _LOOSE or any(held in now for held in same):
            return []
        printed = title.office if title else ""
        if same:
            return [f"printed as {printed}; the register has another holder or day for it"]
        if _portfolio(kind) and any(_portfolio(held.kind) for held in now):
            return [f"printed as {printed}; the register has {speaker.name} as {office.title}"]
        return []

    # ------------------------------------------------------------------------- bodies

    def body(self, mention: Mention) -> Voice:
        """A government, ministry, agency, group or unnamed official as the voice."""
        actor = mention.owner
        scene = self.people.scene
        kind = next((kind for named, kind in mention.actors if named is actor), "")
        state = scene.state_of(actor) if actor is not None else None
        name, office, title = mention.name, "", mention.title
        reason = "place that stands for a government" if kind == METONYM else "named here"
        leader = self.people.named(mention.possessor) if actor is None else None
        if actor is None and is_of_state(mention.office or name):
            before = scene.named_before(mention.head, mention.start)
            if before is not None:
                state, reason = before.owner, f"the {before.printed} named before"
                name = before.printed if mention.head == fold(name) else name
            else:
                state = scene.local_to(title.row if title else None)
                reason = f"{reason}; {OF_THE_ARTICLE}"
        elif leader is not None and mention.head in {"office", "cabinet"}:
            state = leader.country
            office = f"{leader.office}'s {mention.head}" if leader.office else ""
            reason = f"{reason}; for whom {leader.name} speaks"
        elif actor is None and is_local(mention.head):
            state = scene.main
            reason = f"{reason}; {OF_THE_ARTICLE}"
        if not is_local(mention.head):
            office = office or mention.office or _body_office(mention, actor, kind, state)
        return Voice(
            name=name,
            printed=mention.printed,
            start=mention.start,
            end=mention.end,
            office=office,
            office_printed=title.printed if title and title.printed != name else "",
            office_tense=title.tense if title else "",
            country=state.code if state else "",
            actor_id=_speaking(actor, state),
            is_body=True,
            reason=reason,
        )

    def unresolved(self, mention: Mention) -> Voice:
        """A phrase that stays as it is printed."""
        return Voice(
            name=mention.name,
            printed=mention.printed,
            start=mention.start,
            end=mention.end,
            reason="not resolved",
        )


def _speaks_for_state(title: Title | None) -> bool:
    """Whether who holds a title speaks for the state: an office of it, held now."""
    if title is None or title.tense == "former":
        return False
    if title.owner is not None and title.owner.kind in _NOT_THE_STATE:
        return False
    return is_of_state(title.office) or title.owner is not None


def _body_office(
    mention: Mention, actor: RegisterActor | None, kind: str, state: RegisterActor | None
) -> str:
    """What of a state or body speaks: its government, or the part or the people named."""
    if state is None:
        return ""
    if len(mention.own.split()) > _LONGEST_BODY:
        return ""
    if mention.own and mention.head not in DOCUMENTS:
        return mention.own[:1].upper() + mention.own[1:]
    if actor is None or actor.kind in STATES | {"historical", "territory"}:
        seat = kind == METONYM and mention.printed.lower().startswith("the ")
        return mention.name if seat else "Government"
    return actor.name


def _speaking(actor: RegisterActor | None, state: RegisterActor | None) -> str | None:
    """The actor for whom a body speaks: itself when its own name stands there."""
    if actor is None or actor.kind in _NOT_THE_STATE:
        return None
    own = actor.kind in {"state_organ", "organ", "media", "body"}
    return (actor.id if own and actor.id else (state or actor).id) or None


_KINDS = {office.title: office.kind for office in OFFICES.values() if office.title}


def _portfolio(title: str) -> str:
    """The kind of an office that one person holds alone: head of state or government, minister."""
    kind = _KINDS.get(title, "")
    return kind if kind in {"head_of_state", "head_of_government", "minister"} else ""


def _same_office(printed: str, registered: str) -> bool:
    """Whether two rows of the titles are one office: the same, or heads of one state."""
    if not printed:
        return False
    kinds = {_KINDS.get(printed, ""), _KINDS.get(registered, "")}
    if {printed, registered} in _NAMESAKES:
        return True
    return printed == registered or kinds == {"head_of_state"} or kinds == {"ambassador"}
