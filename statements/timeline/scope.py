"""Within whose words a search is made, where it is within those of one speaker or actor."""

from dataclasses import dataclass

from django.urls import reverse

from statements.search.kinds import Kind
from statements.timeline.form import TimelineForm

# The narrower of two goes first: a speaker speaks for an actor.
_PAGES = {Kind.SPEAKER: "speaker", Kind.ACTOR: "actor"}


@dataclass(frozen=True)
class Scope:
    """Whose words they are, the path of their page, and the query string of a search in all.

    Within those of a `group` are also those of its members.
    """

    name: str
    page: str
    everything: str
    group: bool = False


def scope_of(form: TimelineForm) -> Scope | None:
    """The one speaker, or else the one actor, to whose words the address narrows the list."""
    for kind, page in _PAGES.items():
        wanted = [
            one.value for one in form.choices if one.facet.kind == kind and not one.unwanted
        ]
        if len(wanted) == 1:
            (value,) = wanted
            return Scope(
                value.label,
                reverse(page, args=[value.address]),
                form.address(**{kind.value: []}),
                value.group,
            )
    return None
