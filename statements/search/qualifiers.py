"""Qualifiers typed among the words, such as `actor:KOR` -> parameters of the address, and back."""

import re
from dataclasses import dataclass, field, replace

from statements.search.chunks import MARKS, chunks, parts, quoted
from statements.search.kinds import Kind
from statements.search.words import NOT, OR, is_or

# What may stand before the colon -> the parameter's name. Both days count, as in the address.
KEYS = {kind.value: kind.value for kind in Kind} | {
    "after": "from",
    "before": "to",
    "from": "from",
    "to": "to",
}
_TYPED = {"from": "after", "to": "before"}
_QUALIFIER = re.compile(rf"(?P<minus>-?)(?P<key>[^\s:{MARKS}-]+):(?P<value>.+)", re.DOTALL)
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
    so does a qualifier in quotes: who looks for the letters themselves writes `"actor:KOR"`. NOT
    before a qualifier is its minus. An OR beside one is moved to the end of the words, where it
    parts nothing and `advice` says so.

    >>> split('actor:KOR -source:tass "without delay" before:2024-07 re:unite').words
    '"without delay" re:unite'
    >>> split('-source:tass before:2024-07').said
    [Said(key='source', value='tass', unwanted=True), Said(key='to', value='2024-07', unwanted=False)]
    """
    line = _negated([_read(chunk) or chunk for chunk in chunks(text)])
    said = [one for one in line if isinstance(one, Said)]
    joined = {place for place in range(len(line)) if _joins_a_qualifier(line, place)}
    words = [
        one for place, one in enumerate(line) if isinstance(one, str) and place not in joined
    ]
    if words and words[-1] == NOT:
        # It would leave out the qualifier that may be written behind it.
        words[-1] = quoted(NOT)
    return Typed(" ".join([*words, OR] if joined else words), said)


def _negated(line: list[Said | str]) -> list[Said | str]:
    """The line in which NOT before a qualifier is a part of that."""
    merged: list[Said | str] = []
    for one in line:
        if isinstance(one, Said) and merged and merged[-1] == NOT:
            merged[-1] = replace(one, unwanted=True)
        else:
            merged.append(one)
    return merged


def _joins_a_qualifier(line: list[Said | str], place: int) -> bool:
    """Whether an OR stands beside a qualifier, which it cannot part from words."""
    one = line[place]
    beside = line[max(place - 1, 0) : place + 2]
    return isinstance(one, str) and is_or(one) and any(isinstance(x, Said) for x in beside)


def join(typed: Typed) -> str:
    """The line that `split` takes apart into the same words and parameters.

    Parameters without a value say nothing and are left out.

    >>> join(Typed("alliance", [Said("speaker", "Ada Example"), Said("to", "2024", True)]))
    'alliance speaker:"Ada Example" -before:2024'
    """
    written = [_write(said) for said in typed.said if said.value.strip()]
    return " ".join([*chunks(typed.words), *written])


def _read(chunk: str) -> Said | None:
    match = _QUALIFIER.fullmatch(chunk)
    key = KEYS.get(match["key"].lower()) if match else None
    if match is None or key is None:
        return None
    [(value, in_quotes), *more] = parts(match["value"])
    # Words that go on behind a quote are no value that anybody meant.
    if more or not value.strip() or (not in_quotes and _BARE.fullmatch(value) is None):
        return None
    return Said(key, value, bool(match["minus"]))


def _write(said: Said) -> str:
    value = said.value if _BARE.fullmatch(said.value) else quoted(said.value)
    return f"{'-' if said.unwanted else ''}{_TYPED.get(said.key, said.key)}:{value}"
