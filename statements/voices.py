"""The voices of a text and the rows of the register that they stand for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from statements.attribution import Attribution, Voice
from statements.models import Actor, Office, Party, Speaker, Statement


@dataclass(frozen=True)
class Wanted:
    """Whose words a report prints, as primary keys of the register and names that it has not.

    `for_actors` says that a person speaking for one of the actors is meant as well; otherwise
    actors are meant where no person is known.
    """

    people: frozenset[int]
    actors: frozenset[int]
    names: frozenset[str]
    for_actors: bool

    def share(self, voices: Sequence[Party]) -> bool:
        """Whether one of these parties is one of those meant."""
        return any(
            voice.speaker_id in self.people
            or (voice.actor_id in self.actors and (self.for_actors or voice.speaker_id is None))
            or voice.name in self.names
            for voice in voices
        )


class VoiceRows:
    """The rows of the register that the voices of a text stand for, asked for all at once."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        voices = [voice for attribution in attributions for voice in attribution.voices]
        speakers = {voice.speaker_id for voice in voices if voice.speaker_id}
        actors = {voice.actor_id for voice in voices if voice.actor_id}
        offices = {int(voice.office_id) for voice in voices if voice.office_id}
        # An entry that was merged while the text was read stands for the one that it became.
        last = Coalesce("merged_into", "pk")
        people = Speaker.objects.filter(slug__in=speakers).annotate(last=last)
        self._speakers = _keys(people, "slug", speakers, "last")
        states = Actor.objects.filter(code__in=actors).annotate(last=last)
        self._actors = _keys(states, "code", actors, "last")
        self._offices = _keys(Office.objects.filter(pk__in=offices), "pk", offices)
        self._names = {voice.name for voice in voices if _is_unknown(voice)}

    def parties(
        self, statement: Statement, voices: tuple[Voice, ...], text: str
    ) -> list[Party]:
        """Who speaks, not yet written: the first voice as the speaker, the others co-issuers.

        An office counts as printed only where `text` prints it; the register's stands beside.
        """
        return [
            Party(
                statement=statement,
                role=Party.Role.CO_ISSUER if order else Party.Role.SPEAKER,
                order=order,
                speaker_id=self._speakers.get(voice.speaker_id),
                office_id=self._offices.get(int(voice.office_id or 0)),
                actor_id=self._actors.get(voice.actor_id),
                name=(voice.name or voice.printed or "unnamed speaker")[:300],
                printed=voice.printed[:500],
                printed_office=_printed_office(voice, text),
                reason=voice.reason[:200],
            )
            for order, voice in enumerate(voices)
        ]

    def wanted(self, voices: tuple[Voice, ...]) -> Wanted:
        """The same people; the same actors where no person is known; else the same names."""
        people = {self._speakers.get(voice.speaker_id) for voice in voices if voice.speaker_id}
        actors = {self._actors.get(voice.actor_id) for voice in voices if voice.actor_id}
        return Wanted(
            people=frozenset(key for key in people if key),
            actors=frozenset(key for key in actors if key),
            names=frozenset(voice.name for voice in voices if _is_unknown(voice)),
            for_actors=not people or len(voices) > 1,
        )

    def shared(self) -> "QuerySet[Party]":
        """The parties of recorded statements that one of the voices may be."""
        anyone = Q(speaker__in=self._speakers.values()) | Q(actor__in=self._actors.values())
        anyone |= Q(name__in=self._names)
        return Party.objects.filter(anyone, role__in=Party.VOICES).order_by()


def _printed_office(voice: Voice, text: str) -> str:
    printed = voice.office_printed or voice.office
    return printed[:300] if printed != voice.name and printed in text else ""


def _is_unknown(voice: Voice) -> bool:
    return bool(voice.name) and not voice.speaker_id and not voice.actor_id


def _keys(
    rows: "QuerySet[Any]", name: str, wanted: Collection[object], key: str = "pk"
) -> dict[object, int]:
    """The primary keys of the rows by this field; asks nothing when nothing is wanted."""
    return dict(rows.values_list(name, key)) if wanted else {}
