"""Qualifiers typed among the words, such as `actor:KOR` -> parameters of the address, and back."""

import re
from dataclasses import dataclass, field, replace

from statements.search.chunks import MARKS, chunks, parts, quoted
from statements.search.kinds import Kind
from statements.search.words import NOT, OR, is_operator, is_or

# What may stand before the colon -> the parameters' names: the keys of addresses, what days are
# called, and the words of the pages where they are others. Both days count, as in the address.
KEYS: dict[str, tuple[str, ...]] = {kind.value: (kind.value,) for kind in Kind} | {
    "country": (Kind.ACTOR.value,),
    "body": (Kind.ACTOR.value,),
    "language": (Kind.LANGUAGE.value,),
    "checked": (Kind.REVIEW.value,),
    "after": ("from",),
    "before": ("to",),
    "from": ("from",),
    "to": ("to",),
    "date": ("from", "to"),
}
PARAMETERS = frozenset(name for names in KEYS.values() for name in names)
_QUALIFIER = re.compile(rf"(?P<minus>-?)(?P<key>[^\s:{MARKS}-]+):(?P<value>.+)", re.DOTALL)
_KEY_ALONE = re.compile(rf"-?(?P<key>[^\s:{MARKS}-]+):")
# So often a line is taken apart: each time costs as much, and an address holds a thousand keys.
_MOST_TIMES = 10
_BAR = "|"
_BARE = re.compile(rf"[^\s{MARKS}]+")


@dataclass(frozen=True)
class Said:
    """One parameter: `unwanted` means that statements with the value are left out."""

    key: str
    value: str
    unwanted: bool = False


@dataclass(frozen=True)
class Typed:
    """What was typed: words that hold no qualifier, and what the qualifiers said, in order."""

    words: str
    said: list[Said] = field(default_factory=list)


def split(text: str) -> Typed:
    """Take the qualifiers out of a line. Never raises.

    A key that is none of `KEYS` stays among the words, as readers may look for `re:unite`, and
    so does a qualifier in quotes: who looks for the letters themselves writes `"actor:KOR"`. A
    value may stand behind a blank, and bars part several. NOT before a qualifier is its minus. An
    OR beside one is moved to the end of the words, where it parts nothing and `advice` says so. A
    line in which keys and values are so entangled that nobody can have meant it is all words.

    >>> split('actor: KOR -source:tass "without delay" before:2024-07 re:unite').words
    '"without delay" re:unite'
    >>> split('-source:tass date:2024').said
    [Said(key='source', value='tass', unwanted=True), Said(key='from', value='2024', unwanted=False), Said(key='to', value='2024', unwanted=False)]
    """
    typed = _split(text)
    for _ in range(_MOST_TIMES):
        # What stood apart, as a key and a value do, is beside each other without the others.
        rest = _split(typed.words)
        if rest == Typed(typed.words):
            return typed
        typed = Typed(rest.words, typed.said + rest.said)
    return Typed(" ".join(text.split()))


# The parameters that one qualifier says.
_Qualifier = tuple[Said, ...]


def _split(text: str) -> Typed:
    line = _negated([_read(chunk) or chunk for chunk in _whole(list(chunks(text)))])
    said = [one for qualifier in line if isinstance(qualifier, tuple) for one in qualifier]
    joined = {place for place in range(len(line)) if _joins_a_qualifier(line, place)}
    words = [
        one for place, one in enumerate(line) if isinstance(one, str) and place not in joined
    ]
    if joined:
        words.append(OR)
    elif words:
        words[-1] = _at_the_end(words[-1])
    return Typed(" ".join(words), said)


def _at_the_end(word: str) -> str:
    """The last word, so that it means the same before a qualifier that is written behind it."""
    if is_or(word) and is_operator(word):
        return OR
    # Both are words there, and before a qualifier they would be none.
    return quoted(word) if word == NOT or is_or(word) else word


def _whole(line: list[str]) -> list[str]:
    """The chunks of a line, in which a key and the value behind it are one."""
    whole: list[str] = []
    for chunk in line:
        if whole and _may_belong(whole[-1], chunk):
            whole[-1] += chunk
        else:
            whole.append(chunk)
    return whole


def _may_belong(key: str, chunk: str) -> bool:
    match = _KEY_ALONE.fullmatch(key)
    if match is None or match["key"].lower() not in KEYS:
        return False
    other = chunk.startswith("-") or _KEY_ALONE.fullmatch(chunk) or _read(chunk)
    return (
        not other and not is_or(chunk) and not is_operator(chunk) and bool(_read(key + chunk))
    )


def _negated(line: list[_Qualifier | str]) -> list[_Qualifier | str]:
    """The line in which NOT before a qualifier is a part of that."""
    merged: list[_Qualifier | str] = []
    for one in line:
        if isinstance(one, tuple) and merged and merged[-1] == NOT:
            merged[-1] = tuple(replace(said, unwanted=True) for said in one)
        else:
            merged.append(one)
    return merged


def _joins_a_qualifier(line: list[_Qualifier | str], place: int) -> bool:
    """Whether an OR stands beside a qualifier, which it cannot part from words."""
    one = line[place]
    beside = line[max(place - 1, 0) : place + 2]
    return isinstance(one, str) and is_or(one) and any(isinstance(x, tuple) for x in beside)


def join(typed: Typed) -> str:
    """The line that `split` takes apart into the same words and parameters.

    Parameters without a value say nothing and are left out.

    >>> join(Typed("alliance", [Said("speaker", "Ada Example"), Said("to", "2024", True)]))
    'alliance speaker:"Ada Example" -to:2024'
    """
    written = [_write(said) for said in typed.said if said.value.strip()]
    return " ".join([*chunks(typed.words), *written])


def _read(chunk: str) -> _Qualifier | None:
    match = _QUALIFIER.fullmatch(chunk)
    keys = KEYS.get(match["key"].lower()) if match else None
    if match is None or keys is None:
        return None
    [(value, in_quotes), *more] = parts(match["value"])
    # Words that go on behind a quote are no value that anybody meant.
    if more or not value.strip() or (not in_quotes and _BARE.fullmatch(value) is None):
        return None
    values = [value] if in_quotes else list(filter(None, value.split(_BAR)))
    said = [Said(key, one, bool(match["minus"])) for one in values for key in keys]
    return tuple(said) or None


def keys_of(parameter: str) -> list[str]:
    """All that may stand before the colon for a parameter alone, its own name first.

    >>> keys_of("lang")
    ['lang', 'language']
    """
    return [key for key, names in KEYS.items() if names == (parameter,)]


def key_as_typed(key: str, *, unwanted: bool = False) -> str:
    """What stands before the colon for a parameter.

    >>> key_as_typed("to", unwanted=True)
    '-to'
    """
    return f"{'-' if unwanted else ''}{key}"


def _write(said: Said) -> str:
    bare = _BARE.fullmatch(said.value) and _BAR not in said.value
    value = said.value if bare else quoted(said.value)
    return f"{key_as_typed(said.key, unwanted=said.unwanted)}:{value}"
