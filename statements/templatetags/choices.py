"""The values of a facet to choose from. Some 160 of them are on a page, and a template takes ten
times as long for each."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from statements.timeline.given import LEAVE_OUT
from statements.timeline.options import Option

register = template.Library()

_BOX = '<li class="choice"><label><input type="checkbox" name="{}" value="{}"%s> <span>{}</span></label>'
# A button, so that what is ticked and typed and not yet sent goes along.
_NOT = f'<button class="not" name="{LEAVE_OUT}" value="{{}}:{{}}" aria-label="not {{}}">not</button>'
_COUNT = '<span class="count">{}</span></li>'
_OFFERED = _BOX % "" + _NOT + _COUNT
_CHOSEN = _BOX % " checked" + _NOT + _COUNT
_LEFT_OUT = _BOX % " checked" + _COUNT


@register.simple_tag
def choices(options: Iterable[Option]) -> SafeString:
    """Render options as items of a list: a box to tick, a button that leaves it out, its count.

    One that is left out has the box alone, ticked, and says how many it keeps away. Whatever is put into the patterns is escaped.
    """
    return SafeString("".join(map(_item, options)))


def _item(option: Option) -> str:
    value, key, count = option.value, option.facet.key, str(option.count)
    if option.unwanted:
        return _written(
            _LEFT_OUT, f"not_{key}", value.address, f"not {value.label}", f"{count} left out"
        )
    pattern = _CHOSEN if option.chosen else _OFFERED
    shown = key, value.address, value.heading
    return _written(pattern, *shown, key, value.address, value.label, count)


def _written(pattern: str, *parts: str) -> str:
    return pattern.format(*map(escape, parts))
