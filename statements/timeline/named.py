"""Which values of a facet a reader means by part of a name."""

from collections.abc import Iterable

from history.moments import Moment
from statements.models import ActorName
from statements.search.kinds import Kind
from statements.search.register_names import register_names
from statements.timeline.options import Option


def named(kind: Kind, options: Iterable[Option], words: str, now: Moment) -> list[Option]:
    """Those whose label or address holds the words, or who are called so in any spelling, in the
    order given. `now` is the moment of which names are known."""
    wanted = words.casefold()
    others = _called(kind, words, now)
    return [
        one
        for one in options
        if wanted in one.value.label.casefold()
        or wanted in one.value.address.casefold()
        or one.value.key in others
    ]


def _called(kind: Kind, words: str, now: Moment) -> set[str]:
    """Keys of the entries that the words may name; at most one query while no name changes."""
    match kind:
        case Kind.SPEAKER:
            return set(map(str, register_names(now).speakers(words)))
        case Kind.ACTOR:
            named = ActorName.objects.filter(text__icontains=words)
            return {str(key) for key in named.values_list("actor", flat=True)}
        case _:
            return set()
