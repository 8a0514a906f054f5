"""Which values of a facet a reader means by part of a name."""

from collections.abc import Iterable

from django.db.models import Model

from statements.models import Actor, Speaker
from statements.search.kinds import Kind
from statements.timeline.options import Option

# Entries that have other names as well.
_WITH_NAMES: dict[Kind, type[Model]] = {Kind.ACTOR: Actor, Kind.SPEAKER: Speaker}


def named(kind: Kind, options: Iterable[Option], words: str) -> list[Option]:
    """Those whose label, address or any other name holds the words, in the order given."""
    wanted = words.casefold()
    others = _called(kind, words)
    return [
        one
        for one in options
        if wanted in one.value.label.casefold()
        or wanted in one.value.address.casefold()
        or one.value.key in others
    ]


def _called(kind: Kind, words: str) -> set[str]:
    """Keys of the entries that have the words in another spelling of their name; one query."""
    model = _WITH_NAMES.get(kind)
    if model is None:
        return set()
    rows = model._default_manager.filter(names__text__icontains=words)
    return {str(key) for key in rows.values_list("pk", flat=True)}
