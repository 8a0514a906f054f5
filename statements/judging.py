"""The stance rules over a snapshot: who speaks, by what names, and whose treaty it is."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from statements.attribution import Attribution, Register
from statements.stance import Passage, Proposal, Span, propose

_SPEAK_FOR_ALL = frozenset({"state", "observer", "organisation"})


def judge(
    text: str,
    language: str,
    attribution: Attribution,
    parties: Iterable[frozenset[str]],
    register: Register,
) -> Proposal:
    """Propose how the statement found in `text` stands to a treaty of these parties.

    A party is given as the set of its names; codes and names of those who speak are the
    register's.
    """
    names = _names(register)
    party_names = list(parties)
    by = frozenset(voice.country for voice in attribution.voices if voice.country)
    cue = None
    if attribution.cue_start is not None and attribution.cue_end is not None:
        cue = Span(attribution.cue_start, attribution.cue_end)
    own = {name for voice in attribution.voices for name in (voice.name, voice.printed) if name}
    return propose(
        Passage(
            text,
            attribution.start,
            attribution.end,
            cue,
            language,
            by=by,
            parties=_codes(register, party_names),
            own=frozenset(own).union(*(names.get(code, frozenset()) for code in by)),
            party_names=frozenset().union(*party_names),
            medium=any(voice.actor_id in _media(register) for voice in attribution.voices),
        )
    )


def _codes(register: Register, parties: list[frozenset[str]]) -> frozenset[str]:
    """The codes of the parties; a metonym may be another's too, so their very names decide."""
    return frozenset(
        actor.code
        for actor in register.actors
        if actor.kind in _SPEAK_FOR_ALL and any(actor.name in each for each in parties)
    )


@lru_cache(maxsize=2)
def _names(register: Register) -> dict[str, frozenset[str]]:
    """The names and metonyms of states and organisations, by the code that voices carry."""
    found: dict[str, set[str]] = defaultdict(set)
    for actor in register.actors:
        if actor.kind in _SPEAK_FOR_ALL:
            found[actor.code] |= {actor.name, *actor.names, *actor.metonyms}
    return {code: frozenset(names) for code, names in found.items()}


@lru_cache(maxsize=2)
def _media(register: Register) -> frozenset[str | None]:
    return frozenset(actor.id for actor in register.actors if actor.kind == "media")
