"""The values of a facet to choose from. Some 160 of them are on a page, and a template takes ten
times as long for each."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from statements.timeline.options import Option

register = template.Library()

_ITEM = (
    '<li class="choice"><label><input type="checkbox" name="{}" value="{}"{}>'
    ' <span>{}</span></label>{}<span class="count">{}</span></li>'
)
_NOT = '<a class="not" href="{}?{}" aria-label="not {}">not</a>'
_CHECKED = SafeString(" checked")


@register.simple_tag
def choices(options: Iterable[Option]) -> SafeString:
    """Render options as items of a list: a box to tick, a link that leaves it out, its count.

    One that is left out has the box alone, ticked.
    """
    path = reverse("statements")
    return format_html_join("", _ITEM, (_parts(one, path) for one in options))


def _parts(option: Option, path: str) -> tuple[str, ...]:
    value, key, count = option.value, option.facet.key, str(option.count)
    if option.unwanted:
        return f"not_{key}", value.address, _CHECKED, f"not {value.label}", "", count
    checked = _CHECKED if option.chosen else ""
    leave_out = format_html(_NOT, path, option.left_out, value.label)
    return key, value.address, checked, value.heading, leave_out, count
