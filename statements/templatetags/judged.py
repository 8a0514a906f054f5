"""Whose judgement and whose work a page tells of, where it tells of people."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from statements import doers
from statements.cards.card import Code
from statements.models import Position

register = template.Library()
register.filter("translator", doers.translator)


@register.simple_tag
@lru_cache(maxsize=1024)
def badge_of(code: Code) -> SafeString:
    """Render how a statement was coded. There are few codes, and a page shows each often."""
    position = Position(stance=code.stance, legal=code.legal, object=code.object)
    badge = render_to_string("components/stance_badge.html", {"position": position})
    return SafeString(badge.strip())


@register.filter
def foremost(positions: Iterable[Position]) -> Position | None:
    """The first code by a person, or by the machine where no person coded; None without any."""
    return min(positions, key=lambda one: (one.coder_id is None, one.pk), default=None)
