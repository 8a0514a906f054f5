"""The bars of the histogram, some forty on a page; a template takes ten times as long for each."""

from collections.abc import Iterable
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from statements.timeline.histogram import Bar

register = template.Library()

_BAR = (
    '<a href="{}?{}"%s title="{}: {}"><svg width="16" height="{}" aria-hidden="true"></svg>'
    '<span class="visually-hidden">{}: {}</span></a>'
)
_YEAR = '<span class="year" aria-hidden="true">{}</span>'


@register.simple_tag
def bars(months: Iterable[Bar]) -> SafeString:
    """Render months as items of a list: a bar that leads to its statements, if it has any, and
    the year where it is written."""
    path = reverse("statements")
    return SafeString("".join(_item(one, path) for one in months))


def _item(bar: Bar, path: str) -> str:
    drawn = "chosen" if bar.chosen else "partly" if bar.partly else ""
    opens = f'<li class="{drawn}">' if drawn else "<li>"
    shown = _bar(bar, path) if bar.count else ""
    return f"{opens}{shown}{_YEAR.format(escape(bar.year)) if bar.year else ''}</li>"


def _bar(bar: Bar, path: str) -> str:
    label = escape(f"{bar.label} (asked for in part)" if bar.partly else bar.label)
    count = str(bar.count)
    pattern = _BAR % (' aria-current="true"' if bar.chosen else "")
    return pattern.format(path, escape(bar.address), label, count, bar.height, label, count)
