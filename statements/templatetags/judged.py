"""Which of several codes stands for a statement where there is room for one."""

from collections.abc import Iterable

from django import template

from statements.models import Position

register = template.Library()


@register.filter
def foremost(positions: Iterable[Position]) -> Position | None:
    """The first code by a person, or by the machine where no person coded; None without any."""
    return min(positions, key=lambda one: (one.coder_id is None, one.pk), default=None)
