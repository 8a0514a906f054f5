"""Codes as words."""

from django import template
from django.conf.locale import LANG_INFO
from django.utils.text import capfirst

from statements.owners import owner_name

register = template.Library()
register.filter("owner_name", owner_name)


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


@register.filter
def in_one_case(label: str) -> str:
    """Write a label that has capitals like a title as the beginning of a sentence.

    >>> in_one_case("Press Conference"), in_one_case("UN meeting"), in_one_case("toast")
    ('Press conference', 'UN meeting', 'Toast')
    """
    first, *others = label.split(" ")
    return " ".join([capfirst(first), *(o if o.isupper() else o.lower() for o in others)])


@register.filter
def in_a_sentence(label: str) -> str:
    """Write a label within a sentence; a name in capitals at its beginning stays.

    >>> in_a_sentence("Treaty"), in_a_sentence("DPRK weapons"), in_a_sentence("arms for Ukraine")
    ('treaty', 'DPRK weapons', 'arms for Ukraine')
    """
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
