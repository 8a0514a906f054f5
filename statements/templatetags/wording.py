"""Codes as words."""

from django import template
from django.conf.locale import LANG_INFO

register = template.Library()


@register.filter
def spoken(code: str) -> str:
    """Write a code of the register as words.

    >>> spoken("submit_to_parliament")
    'submit to parliament'
    """
    return code.replace("_", " ").replace("-", " ")


@register.filter
def language_name(code: str) -> str:
    """Name a language by its code; an unknown code stays as it is.

    >>> language_name("ko"), language_name("zh"), language_name("xx")
    ('Korean', 'Chinese', 'xx')
    """
    if code == "zh":
        return "Chinese"
    info = LANG_INFO.get(code, {})
    return str(info.get("name", code))
