"""A query string -> the values that it gives, by key."""

import re
from collections import defaultdict

from django.http import QueryDict

from statements.search import qualifiers
from statements.timeline.facets import BY_KEY
from statements.timeline.fields import day_as_written
from statements.timeline.narrowing import NOT

# The key of the buttons that leave a value out, which hold the facet's key, a colon and the value.
LEAVE_OUT = "not"
# Of control characters, those that part lines or pages, and all others but tab and line ends.
_BREAKS = re.compile(r"[\x0b\x0c\x1c-\x1f]")
_REFUSED = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")
Given = dict[str, list[str]]

# Days are not left out. Whoever tries is told by what they typed.
_DAYS_LEFT_OUT = {
    f"{NOT}{key}": qualifiers.key_as_typed(key, unwanted=True) for key in ("from", "to")
}


def read(data: QueryDict) -> Given:
    """What an address says: no blanks, no twins, and qualifiers as the parameters they are."""
    given: dict[str, list[str]] = defaultdict(list)
    for key in data:
        given[_DAYS_LEFT_OUT.get(_plain(key), _plain(key))] += map(_plain, data.getlist(key))
    typed = qualifiers.split(" ".join(given.pop("q", [])))
    given["q"] = [" ".join(typed.words.split())]
    for one in typed.said:
        key = f"{NOT}{one.key}" if one.unwanted else one.key
        given[_DAYS_LEFT_OUT.get(key, key)].append(_plain(one.value))
    for pressed in given.pop(LEAVE_OUT, []):
        _leave_out(given, pressed)
    for key in ("from", "to"):
        given[key] = [day_as_written(one) for one in given[key]]
    return {
        key: kept
        for key, values in given.items()
        if (kept := [one for one in dict.fromkeys(values) if one])
    }


def _leave_out(given: Given, pressed: str) -> None:
    """Do what a button of the page asks for: its value is wanted no longer, but left out."""
    key, _, value = pressed.partition(":")
    if key not in BY_KEY:
        given[LEAVE_OUT].append(pressed)
        return
    value = _plain(value)
    given[key] = [one for one in given[key] if one != value]
    given[f"{NOT}{key}"].append(value)


def _plain(text: str) -> str:
    """The text without blanks around it, and no character that the database or XML refuses."""
    return _REFUSED.sub("\ufffd", _BREAKS.sub(" ", text)).strip()
