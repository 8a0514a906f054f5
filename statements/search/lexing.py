"""Tokens -> lexemes, as the database makes them of texts too; lexemes -> its tsquery."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from threading import Lock

import regex
from django.db import connection

from statements.search.lexed import Group, Leaf, Lexed, Step
from statements.search.words import Branch, Token, parse

# Of so many words and phrases that were asked for last the lexemes are kept: some 4 MB.
REMEMBERED = 10_000

_LAST_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+$")


@dataclass(frozen=True)
class Understood:
    """What was made of a line: `words` is None when it holds nothing to look for.

    `left_out` are its words and phrases that are too common to look for, as they were typed.
    """

    words: Lexed | None
    left_out: tuple[str, ...] = ()


def understand(line: str) -> Understood:
    """Read a line that a reader typed, with at most one query. Raises `TooComplex`.

    A word that is too common is no condition; an alternative of such words alone is none.
    """
    branches = parse(line)
    tokens = [token for branch in branches for token in (*branch.wanted, *branch.unwanted)]
    steps = _steps_of(tokens)
    leaves = {token: _leaf(token, steps[token.text]) for token in tokens}
    groups = [
        group
        for branch in branches
        if (group := _group(branch, leaves)).wanted or group.unwanted
    ]
    left_out = dict.fromkeys(token.text for token in tokens if not leaves[token].steps)
    words = Lexed(tuple(dict.fromkeys(groups))) if groups else None
    return Understood(words, tuple(left_out))


def tsquery(words: Lexed) -> str:
    """The text of a tsquery, for a parameter that is cast to it: `%s::tsquery`.

    >>> war, games = Step(("war",)), Step(("game", "gam"), prefix=True)
    >>> tsquery(Lexed((Group((Leaf((war, Step(()), games), phrase=True),), (Leaf((war,)),)),)))
    "('war' <2> ('game':* | 'gam':*)) & !('war')"
    """
    return " | ".join(
        " & ".join(
            [f"({_of_leaf(leaf)})" for leaf in group.wanted]
            + [f"!({_of_leaf(leaf)})" for leaf in group.unwanted]
        )
        for group in words.groups
    )


def _of_leaf(leaf: Leaf) -> str:
    if not leaf.phrase:
        return " & ".join(_of_step(step) for step in leaf.steps)
    written, gap = "", 0
    for step in leaf.steps:
        gap += 1
        if step.lexemes:
            written += f" <{gap}> {_of_step(step)}" if written else _of_step(step)
            gap = 0
    return written


def _of_step(step: Step) -> str:
    star = ":*" if step.prefix else ""
    quoted = [
        "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + f"'{star}"
        for lexeme in step.lexemes
    ]
    return quoted[0] if len(quoted) == 1 else f"({' | '.join(quoted)})"


def _group(branch: Branch, leaves: dict[Token, Leaf]) -> Group:
    """In one order, so that the same words in another are the same query."""
    wanted, unwanted = (
        tuple(sorted({leaves[token] for token in tokens if leaves[token].steps}, key=repr))
        for tokens in (branch.wanted, branch.unwanted)
    )
    return Group(wanted, unwanted)


def _leaf(token: Token, steps: Sequence[Step]) -> Leaf:
    if token.prefix and steps:
        *before, last = steps
        if not last.lexemes:
            # «the» is too common, but whoever writes «the*» also looks for «theatre».
            found = _LAST_WORD.search(token.text)
            last = Step((found.group().lower(),) if found else ())
        steps = [*before, Step(last.lexemes, prefix=True)]
    if token.anywhere:
        held = dict.fromkeys(step for step in steps if step.lexemes)
        return Leaf(tuple(sorted(held, key=repr)))
    trimmed = _trimmed(_trimmed(steps)[::-1])[::-1]
    return Leaf(tuple(trimmed), phrase=len(trimmed) > 1)


def _trimmed(steps: Iterable[Step]) -> list[Step]:
    return list(dropwhile(lambda step: not step.lexemes, steps))


_known: OrderedDict[str, tuple[Step, ...]] = OrderedDict()
_lock = Lock()


def _steps_of(tokens: Iterable[Token]) -> dict[str, tuple[Step, ...]]:
    """The steps of each token's text. What is not remembered is asked in one query."""
    texts = {token.text for token in tokens}
    with _lock:
        found = {text: _known[text] for text in texts if text in _known}
        for text in found:
            _known.move_to_end(text)
    if unknown := texts - found.keys():
        asked = _ask(sorted(unknown))
        found |= asked
        with _lock:
            _known.update(asked)
            while len(_known) > REMEMBERED:
                _known.popitem(last=False)
    return found


def _ask(texts: Sequence[str]) -> dict[str, tuple[Step, ...]]:
    steps: dict[str, list[Step]] = {text: [] for text in texts}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT texts.text, found.lexemes, found.prefix"
            " FROM unnest(%s::text[]) AS texts (text),"
            " LATERAL search_lexemes(texts.text) AS found ORDER BY texts.text, found.place",
            [list(texts)],
        )
        for text, lexemes, prefix in cursor.fetchall():
            steps[text].append(Step(tuple(lexemes), bool(prefix)))
    return {text: tuple(found) for text, found in steps.items()}
