"""Why the machine took words for somebody's statement, for the people who judge that."""

from collections.abc import Iterable
from dataclasses import dataclass

from statements.attribution import Voice
from statements.attribution.rules import rule_in_words
from statements.models import Attestation

_LONGEST = 300  # characters of each thing that is kept about a voice


@dataclass(frozen=True)
class Named:
    """One who speaks, as a report was read: the words that name them, and how those led to them.

    `known` is office and state as far as they were known; `reason` is empty where an earlier
    version of the attribution kept none.
    """

    printed: str
    name: str = ""
    known: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Grounds:
    """Why words were taken for a statement; `rule` is '' where a person or nothing says so."""

    rule: str
    rule_in_words: str
    speakers: tuple[Named, ...]


def recorded_voices(voices: Iterable[Voice]) -> list[dict[str, str]]:
    """The voices of an attribution as a report keeps them; what they mean is `Party`'s affair.

    `speaker` is the register's slug, `title` the office as printed, `tense` former, acting or empty, `state` the state printed
    with it, `posts` what the register had the person hold that day, between spaces. `kind` is «body»
    where no person is named, `actor` the register's code for whom the voice speaks.
    """
    return [
        {
            "name": voice.name[:_LONGEST],
            "speaker": voice.speaker_id or "",
            "printed": voice.printed[:_LONGEST],
            "office": voice.office[:_LONGEST],
            "title": voice.office_printed[:_LONGEST],
            "tense": voice.office_tense,
            "state": voice.state_printed[:_LONGEST],
            "posts": " ".join(voice.posts)[:_LONGEST],
            "country": voice.country[:_LONGEST],
            "kind": "body" if voice.is_body else "",
            "actor": voice.actor_id or "",
            "reason": voice.reason[:_LONGEST],
        }
        for voice in voices
    ]


def grounds_of(report: Attestation) -> Grounds:
    """Return why the words of a report were taken for a statement. Asks nothing more."""
    speakers = tuple(
        Named(
            voice["printed"],
            voice["name"],
            ", ".join(filter(None, [voice["office"], voice["country"]])),
            voice["reason"],
        )
        for voice in report.voices
    )
    if not speakers and report.speaker_start is not None:
        speakers = (Named(report.snapshot.text[report.speaker_start : report.speaker_end]),)
    return Grounds(report.rule, rule_in_words(report.rule), speakers)
