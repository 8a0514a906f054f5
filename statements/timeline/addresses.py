"""Parameters -> the one query string that says them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

Said = Mapping[str, list[str]]

# Where in the list a page begins; another list begins at its beginning.
_PLACES = frozenset({"after", "before"})


def encoded(said: Said) -> str:
    """The query string: sorted keys, sorted values, each once, no blanks.

    >>> encoded({"to": ["2024"], "actor": ["KOR", "JPN", "KOR"], "q": []})
    'actor=JPN&actor=KOR&to=2024'
    """
    parts = (_part(key, tuple(said[key])) for key in sorted(said))
    return "&".join(part for part in parts if part)


# The addresses of a page differ in few keys; all others are written once.
@lru_cache(maxsize=2048)
def _part(key: str, values: tuple[str, ...]) -> str:
    """What the query string says of one key."""
    return urlencode([(key, value) for value in sorted(set(values)) if value])


def changed(said: Said, **values: Iterable[str]) -> str:
    """The query string with other values of some keys, at the beginning of its list.

    >>> changed({"to": ["2024"], "after": ["9"]}, to=[], q=["grain"])
    'q=grain'
    """
    kept = {key: held for key, held in said.items() if key not in _PLACES}
    return encoded(kept | {key: list(held) for key, held in values.items()})


@dataclass(frozen=True)
class Around:
    """A query string but for one key: what stands before it and behind it, and its values."""

    before: str
    behind: str
    key: str
    held: tuple[str, ...]

    def with_value(self, value: str) -> str:
        """The query string with one value more of the key."""
        if self.held:
            return self.before + _part(self.key, (*self.held, value)) + self.behind
        return f"{self.before}{quote_plus(self.key)}={quote_plus(value)}{self.behind}"


def around(said: Said, key: str) -> Around:
    """Write the query string once for all values that a key may have.

    >>> around({"q": ["grain"], "after": ["9"]}, "lang").with_value("ko")
    'lang=ko&q=grain'
    """
    others = {one: held for one, held in said.items() if one not in _PLACES and one != key}
    before = encoded({one: held for one, held in others.items() if one < key})
    behind = encoded({one: held for one, held in others.items() if one > key})
    return Around(
        f"{before}&" if before else "",
        f"&{behind}" if behind else "",
        key,
        tuple(said.get(key, ())),
    )


def toggled(said: Said, key: str, value: str) -> str:
    """The query string with one value more of a key, or one less where it has it.

    >>> toggled({"lang": ["ko"]}, "lang", "en"), toggled({"lang": ["ko"]}, "lang", "ko")
    ('lang=en&lang=ko', '')
    """
    held = said.get(key, [])
    values = [one for one in held if one != value] if value in held else [*held, value]
    return changed(said, **{key: values})
