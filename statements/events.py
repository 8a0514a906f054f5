"""Which dated events of the register a statement was made at, and which it speaks of.

Both are candidates: an event counts only where several of its facts agree, and where two events
fit equally well, neither does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import regex

from statements.models import Actor, ActorName, Event
from statements.models.dates import Precision
from statements.name_forms import NameForms, fold
from statements.table_versions import Version, version_of
from statements.topics import Context

VERSION = "1"
_TABLES = [
    "statements_event",
    "statements_event_actors",
    "statements_event_speakers",
    "statements_actor",
    "statements_actorname",
    "statements_speaker",
    "statements_speakername",
]
# In which form something is said at an event of each kind.
_SAID_AT = {
    "press_conference": {"press_conference", "remarks"},
    "briefing": {"press_conference", "remarks"},
    "remarks": {"remarks", "press_conference"},
    "unsc_meeting": {"un_meeting"},
    "joint_statement": {"joint_statement"},
    "statement": {"written_statement", "joint_statement"},
    "call": {"call", "readout"},
    "forum": {"speech", "meeting"},
    "summit": {"meeting", "speech", "joint_statement"},
    "visit": {"meeting", "speech"},
    "meeting": {"meeting", "joint_statement"},
}
# The words that speak of an event of each kind, and how long after it they may mean it.
_SPOKEN_OF = {
    "visit": (["visit", "visits", "visited", "trip", "визит", "방문", "방북", "방러", "訪問", "訪朝"], 45),
    "summit": (["summit", "саммит", "정상회담", "首脳会談"], 60),
    "signing": (["signing", "signed", "подписание", "подписан", "서명", "체결", "署名"], 45),
    "unsc_meeting": (["Security Council meeting", "Security Council session",
                      "meeting of the Security Council", "meeting of the UN Security Council",
                      "заседание Совета Безопасности", "안보리 회의", "安保理会合"], 4),
    "ratification": (["ratification", "ratified", "ratify", "ратификация", "비준", "批准"], 30),
}  # fmt: skip
_NAMES = {ActorName.Kind.ALIAS, ActorName.Kind.CAPITAL, ActorName.Kind.NATIVE}
# Kinds of actors that take part in an event as people do: a parliament, a council.
_BODIES = {Actor.Kind.STATE_ORGAN, Actor.Kind.ORGAN, Actor.Kind.BODY}
_SENTENCE = regex.compile(r"[^\n.!?。！？]+(?:[.!?](?!\s|$)[^\n.!?。！？]*)*")
_LONGEST = 160  # characters of evidence


@dataclass(frozen=True)
class Dated:
    """An event as plain values: its days, the names of its place, and who takes part in it.

    `speakers` and `actors` are primary keys of those who take part, `people` and `states` their
    names.
    """

    pk: int
    kind: str
    title: str
    start: date
    end: date
    exact: bool
    places: frozenset[str]
    speakers: frozenset[int]
    actors: frozenset[int]
    people: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spoken:
    """An event that a text speaks of: `where` as in `Topic`, and what is printed there."""

    event: int
    where: str
    printed: str


class EventFinder:
    """Finds events. `event_finder` makes one from the database."""

    def __init__(self, events: Iterable[Dated]) -> None:
        self._events = list(events)
        self._kinds = {kind: NameForms(words) for kind, (words, _) in _SPOKEN_OF.items()}
        self._places = {one.pk: NameForms(sorted(one.places)) for one in self._events}
        self._people = {one.pk: NameForms(one.people) for one in self._events}

    def made_at(
        self,
        day: date | None,
        form: str,
        place: str,
        voices: Iterable[tuple[int | None, int | None]],
    ) -> tuple[int, str] | None:
        """Return the event at which something was said on a day, and the reason, or None.

        `voices` are the speakers and actors by their primary keys. One of them takes part, and
        form or place agrees; of a speaker that the register does not know, both do.
        """
        if day is None or not (form or place):
            return None
        named = list(voices)
        people = {speaker for speaker, _ in named if speaker}
        actors = {actor for _, actor in named if actor}
        fits: list[tuple[int, Dated, str]] = []
        for one in self._events:
            if not one.exact or not one.start <= day <= one.end:
                continue
            agree = {
                "form": form in _SAID_AT.get(one.kind, set()),
                "place": bool(place)
                and not {fold(place), *map(fold, place.split(", "))}.isdisjoint(one.places),
                "speaker": bool(people & one.speakers),
                "state": bool(actors & one.actors),
            }
            if agree["speaker"]:
                del agree["state"]  # it says no more
            told = agree["form"] + agree["place"]
            if told and (agree["speaker"] or (told == 2 and agree.get("state"))):
                facts = ", ".join(
                    ["day", *(name for name, fits_it in agree.items() if fits_it)]
                )
                fits.append((sum(agree.values()), one, f"the same {facts}"))
        fits.sort(key=lambda fit: -fit[0])
        if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0]):
            return None
        return fits[0][1].pk, fits[0][2]

    def spoken_of(self, context: Context, day: date | None) -> list[Spoken]:
        """Return the events that the words, or else their paragraphs or the title, speak of.

        A sentence names the kind of the event, its place or host, and who takes part in it; the
        event is the last such one up to `day`, within weeks.
        """
        if day is None:
            return []
        for where, text in context.nearest_first():
            found = {spoken.event: spoken for spoken in self._in(text, where, day)}
            if found:
                return list(found.values())
        return []

    def _in(self, text: str, where: str, day: date) -> Iterable[Spoken]:
        recent = [
            one
            for one in self._events
            if one.kind in _SPOKEN_OF
            and one.start <= day <= one.start + timedelta(days=_SPOKEN_OF[one.kind][1])
        ]
        if not recent:
            return
        for sentence in _SENTENCE.finditer(text):
            printed = sentence.group()
            for kind, pattern in self._kinds.items():
                of_kind = [one for one in recent if one.kind == kind]
                said = pattern.find(printed) if of_kind else []
                if not said:
                    continue
                if kind == "unsc_meeting":  # the Council is named by the kind itself
                    one = max(of_kind, key=lambda event: event.start)
                    yield Spoken(one.pk, where, printed[said[0][0] : said[0][1]])
                    continue
                fits = [(spans, one) for one in of_kind if (spans := self._named(one, printed))]
                if fits:
                    spans, one = max(fits, key=lambda fit: fit[1].start)
                    first = min(said[0][0], *(a for a, _ in spans))
                    last = max(said[0][1], *(b for _, b in spans))
                    yield Spoken(one.pk, where, printed[first:last][:_LONGEST])

    def _named(self, one: Dated, sentence: str) -> list[tuple[int, int]]:
        """Where a sentence names the place of an event and somebody who takes part, or nothing."""
        at, who = self._places[one.pk].find(sentence), self._people[one.pk].find(sentence)
        return [at[0][:2], who[0][:2]] if at and who else []


def event_finder() -> EventFinder:
    """Return a finder for the events as they stand in the database, kept until they change."""
    return _finder(version_of(_TABLES))


@lru_cache(maxsize=1)
def _finder(version: Version) -> EventFinder:
    rows = Event.objects.select_related("country").prefetch_related(
        "actors__names", "speakers__names", "country__names"
    )
    return EventFinder(map(_dated, rows))


def _dated(event: Event) -> Dated:
    host = event.country
    places = {event.place} if event.place else set()
    if host is not None:
        places |= {
            host.name,
            *(name.text for name in host.names.all() if name.kind != "context"),
        }
    speakers = list(event.speakers.all())
    people = {speaker.family_name or speaker.name for speaker in speakers}
    people |= {actor.name for actor in event.actors.all() if actor.kind in _BODIES}
    people |= {name.text for s in speakers for name in s.names.all() if name.kind == "native"}
    return Dated(
        pk=event.pk,
        kind=event.kind,
        title=event.title,
        start=event.start,
        end=event.end or event.start,
        exact=event.precision == Precision.DAY,
        places=frozenset(map(fold, places)),
        speakers=frozenset(speaker.pk for speaker in speakers),
        actors=frozenset(actor.pk for actor in event.actors.all()),
        people=tuple(sorted(people)),
    )
