"""Names that readers misspell: a line in which no statement has a word -> the line as it was meant.

First whole names are looked for that are written syllable by syllable, in any of the systems for
that: such a name becomes the one under which its bearer stands in the register. Then a word is put
right when no statement holds it, no name is written so, and a name is near. Of names that are
equally near, the one that more statements have is taken, and of the spellings of a name the one
under which it stands in the register, where as many statements have that.
"""

from collections.abc import Collection, Iterator
from sys import maxsize

import regex

from history.moments import Moment
from statements.search.asking import Query
from statements.search.chunks import quoted
from statements.search.finding import how_many_each
from statements.search.lexing import learn, understand
from statements.search.register_names import RegisterNames, nearest, register_names
from statements.search.spellings import WORD
from statements.search.words import Token, parse

# Words that a name is typed as.
Typed = tuple[str, ...]

_LONGEST_NAME = 5  # words
_BETWEEN = r"(?:\s+|[-‐‑–])"


def corrected(line: str, now: Moment) -> str | None:
    """Return a line with its misspelt names put right, or None when there are none.

    The line must be one that `understand` takes, `now` the moment of which names are known.
    Raises `TooBroad`.
    """
    known = register_names(now)
    branches = list(_typed(line))
    whole = _whole_names(branches, known)
    wanted = [word for words in branches for word in words]
    taken = {word for typed in whole for word in typed}
    near: dict[Typed, list[str]] = {}
    for word in dict.fromkeys(wanted):
        if word not in known.words and word not in taken:
            others = [other for other in wanted if other != word]
            near[(word,)] = nearest(known.words.near(word, others))
    # Only now statements are counted: most words are near to no name.
    meant = whole | {typed: names for typed, names in near.items() if names}
    if not meant:
        return None
    found = {name for names in meant.values() for name in names}
    registered = {name: known.words.as_registered(name) for name in sorted(found)}
    owned = {one for own in registered.values() for one in own}
    held = _holding({*map(" ".join, meant), *found, *owned})
    right: dict[Typed, str] = {}
    for typed, names in meant.items():
        name = max(names, key=held.__getitem__)
        own = max(registered[name], key=held.__getitem__, default=name)
        if held[name] and not held[" ".join(typed)]:
            right[typed] = own if held[own] >= held[name] else name
    return _written(line, right) if right else None


def _whole_names(branches: list[Typed], known: RegisterNames) -> dict[Typed, list[str]]:
    """Words that follow each other and are a whole name together, the longest first, with the
    names that it may be in the register; none that the register itself writes so."""
    found: dict[Typed, list[str]] = {}
    for words in branches:
        begin = 0
        while begin < len(words):
            for end in range(min(len(words), begin + _LONGEST_NAME), begin, -1):
                typed = words[begin:end]
                if len(typed) == 1 and typed[0] in known.words:
                    continue
                if names := list(dict.fromkeys(one.name for one in known.whole.find(typed))):
                    found[typed] = names
                    begin = end - 1
                    break
            begin += 1
    return found


def _typed(line: str) -> Iterator[Typed]:
    """The words that must stand in a statement as they are, of each alternative."""
    for branch in parse(line):
        yield tuple(word for token in branch.wanted for word in _words(token))


def _words(token: Token) -> list[str]:
    words: list[str] = WORD.findall(token.text)
    return words[:-1] if token.prefix else words


def _holding(names: Collection[str]) -> dict[str, int]:
    """How many statements hold each word, and each name as it stands, by one search; one that is
    too common to look for, more than can be."""
    lines = {name: quoted(name) if " " in name else name for name in names}
    learn(names)
    asked = {name: understand(line).words for name, line in lines.items()}
    queries = {name: Query(leaves) for name, leaves in asked.items() if leaves}
    found = how_many_each(list(queries.values()))
    return dict.fromkeys(names, maxsize) | dict(zip(queries, found, strict=True))


def _written(line: str, right: dict[Typed, str]) -> str | None:
    """The line with words replaced wherever they stand, but not where they are left out; None
    where none stands so."""
    either = "|".join(
        _BETWEEN.join(regex.escape(word) for word in typed)
        for typed in sorted(right, key=lambda typed: (len(typed), len(typed[0])), reverse=True)
    )
    written = str(
        regex.sub(
            rf"(?<![\p{{L}}\p{{N}}\p{{M}}])(?<!(?<!\S)(?:-|NOT\s))(?:{either})(?![\p{{L}}\p{{N}}\p{{M}}*])",
            lambda match: right[tuple(WORD.findall(match.group()))],
            line,
        )
    )
    return written if written != line else None
