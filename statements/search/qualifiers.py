"""Qualifiers typed among the words, such as `actor:KOR` -> parameters of the address, and back."""

import re
from dataclasses import dataclass, field

from statements.search.chunks import MARKS, chunks, parts, quoted
from statements.search.kinds import Kind

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
    so does a qualifier in quotes: who looks for the letters themselves writes `"actor:KOR"`.

    >>> split('actor:KOR -source:tass "without delay" before:2024-07 re:unite').words
    '"without delay" re:unite'
    >>> split('-source:tass before:2024-07').said
    [Said(key='source', value='tass', unwanted=True), Said(key='to', value='2024-07', unwanted=False)]
    """
    words, said = [], []
    for chunk in chunks(text):
        one = _read(chunk)
        if one is None:
            words.append(chunk)
        else:
            said.append(one)
    return Typed(" ".join(words), said)


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
