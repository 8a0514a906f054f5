"""The issuers of a joint statement, of which each outlet names the ones that it cares for."""

from collections.abc import Sequence
from typing import Any

from statements.models import Party


def together(known: Sequence[Party], more: Sequence[Party]) -> list[Party]:
    """Return the parties of both, each once, not yet written: the first as the speaker.

    A person stands for the actor that another report names alone. Rows that are known stay as
    they are, so that nothing changes where nothing is added.
    """
    parties = list(known)
    for party in more:
        same = known_as(party, parties)
        if same is None:
            parties.append(party)
        elif same.speaker_id is None and party.speaker_id is not None:
            parties[parties.index(same)] = party
    if len(parties) == len(known) and all(map(_is, parties, known)):
        return parties
    return [_at(party, order) for order, party in enumerate(parties)]


def known_as(party: Party, parties: Sequence[Party]) -> Party | None:
    """Which of the parties it is; None where it is none of them."""
    return next((each for each in parties if _same(each, party)), None)


def _same(one: Party, other: Party) -> bool:
    """Whether two parties are one, as far as their reports know them."""
    if one.speaker_id and other.speaker_id:
        return one.speaker_id == other.speaker_id
    if one.actor_id and other.actor_id:
        return one.actor_id == other.actor_id
    return one.name == other.name


def _is(one: Party, other: Party) -> bool:
    return one is other


def facts(party: Party) -> dict[str, Any]:
    """Who a party is and how it was found, wherever it takes part."""
    return {
        "speaker_id": party.speaker_id,
        "office_id": party.office_id,
        "actor_id": party.actor_id,
        "name": party.name,
        "printed": party.printed,
        "printed_office": party.printed_office,
        "reason": party.reason,
    }


def _at(party: Party, order: int) -> Party:
    """A new row for a party at its place."""
    role = Party.Role.CO_ISSUER if order else Party.Role.SPEAKER
    return Party(statement=party.statement, role=role, order=order, **facts(party))
