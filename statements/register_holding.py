"""How many statements hold to a row of the register."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from statements.models import (
    Actor,
    Event,
    EventMention,
    Office,
    Party,
    Position,
    Provision,
    Speaker,
    Statement,
    Treaty,
)

# By which column of which table a statement names rows of a table.
_HOLDERS: dict[type[models.Model], list[tuple[type[models.Model], str, str]]] = {
    Actor: [(Party, "actor_id", "statement_id")],
    Speaker: [(Party, "speaker_id", "statement_id")],
    Office: [(Party, "office_id", "statement_id")],
    Treaty: [(Position, "treaty_id", "statement_id")],
    Provision: [(Position, "provision_id", "statement_id")],
    Event: [(Statement, "event_id", "pk"), (EventMention, "event_id", "statement_id")],
}


def held_by(model: type[models.Model], keys: Iterable[Any]) -> dict[Any, int]:
    """Return how many statements name each of these rows of a table, by primary key."""
    wanted = list(keys)
    statements: dict[Any, set[Any]] = defaultdict(set)
    if not wanted:
        return {}
    for holder, column, statement in _HOLDERS.get(model, []):
        rows = holder._default_manager.filter(**{f"{column}__in": wanted})
        for key, held in rows.values_list(column, statement):
            statements[key].add(held)
    return {key: len(found) for key, found in statements.items()}
