"""Whose judgement and whose work a page tells of, where it tells of people."""

from collections.abc import Iterable

from django import template

from statements import doers
from statements.models import Position

register = template.Library()
register.filter("translator", doers.translator)


@register.filter
def foremost(positions: Iterable[Position]) -> Position | None:
    """The first code by a person, or by the machine where no person coded; None without any."""
    return min(positions, key=lambda one: (one.coder_id is None, one.pk), default=None)
