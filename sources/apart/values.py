"""Dataclasses as plain values and back, each value's type and size checked. Pure."""

import typing
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, TypeVar

LONGEST_LINE = 4000  # characters of any string but the one that is given apart
MOST_ITEMS = 2000  # of a tuple

Record = TypeVar("Record")


class BadValue(Exception):
    """A value is not of the type or the size that its field has."""


def plain(record: object, *apart: str) -> dict[str, Any]:
    """The fields of a dataclass as JSON knows values, but for those that travel apart."""
    names = [name for name in _hints(type(record)) if name not in apart]
    return {name: _plain(getattr(record, name)) for name in names}


def built(kind: type[Record], values: object, **apart: object) -> Record:
    """Make the dataclass of plain values that nobody vouches for. Raises `BadValue`.

    >>> from sources.feeds import FeedEntry
    >>> built(FeedEntry, plain(FeedEntry("http://a.example/", published_on=date(2024, 6, 20))))
    FeedEntry(url='http://a.example/', guid='', title='', published_on=datetime.date(2024, 6, 20), \
language='', revision='')
    """
    hints = {name: hint for name, hint in _hints(kind).items() if name not in apart}
    if not isinstance(values, dict) or values.keys() != hints.keys():
        raise BadValue(f"not the fields of {kind.__name__}")
    return kind(**{name: _checked(hint, values[name]) for name, hint in hints.items()}, **apart)


def line(value: object) -> str:
    """The value, when it is a string of moderate length. Raises `BadValue`."""
    if not isinstance(value, str) or len(value) > LONGEST_LINE:
        raise BadValue("no short string")
    return value


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _known:
        hints = typing.get_type_hints(kind)
        _known[kind] = {field.name: hints[field.name] for field in fields(kind)}
    return _known[kind]


_known: dict[type, dict[str, Any]] = {}


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _checked(hint: Any, value: Any) -> Any:
    if hint is str:
        return line(value)
    if hint == date | None:
        return None if value is None else _day(line(value))
    if typing.get_origin(hint) is tuple and isinstance(value, list):
        if len(value) > MOST_ITEMS:
            raise BadValue("more items than any list has")
        return tuple(_checked(typing.get_args(hint)[0], item) for item in value)
    if is_dataclass(hint):
        return built(typing.cast(type, hint), value)
    if hint in {bool, int, float} and type(value) is hint:
        return value
    raise BadValue(f"no {hint}")


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadValue("no day") from error
