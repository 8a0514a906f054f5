"""Tokens -> lexemes, as the database makes them of texts too; lexemes -> its tsquery."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from threading import Lock
from typing import Any

import regex
from django.db import connection

from statements.search.advice import advice
from statements.search.endings import UKRAINIAN, endings
from statements.search.han import written_alike
from statements.search.hangul import over_blanks
from statements.search.lexed import Group, Leaf, Lexed, Step
from statements.search.ukrainian import stems
from statements.search.words import SHORTEST_BEGINNING, Branch, Token, parse

# Of so many words and phrases that were asked for last the lexemes are kept: some 4 MB.
REMEMBERED = 10_000

_LAST_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+(?=[^\p{L}\p{N}]*$)")

_ASK = """
SELECT texts.number, found.place, found.lexemes, found.prefix, NULL, written.words[found.place]
  FROM unnest(%s::text[]) WITH ORDINALITY AS texts (text, number),
       LATERAL (SELECT string_to_array(search_text(texts.text), ' ') AS words) AS written,
       LATERAL search_lexemes(texts.text) AS found
"""
# Of each beginning the word that it is in the index, and the stems of what may begin so.
_ASK_BEGINNINGS = f"""
UNION ALL
SELECT begun.number, NULL, ARRAY[begun.word], true,
       array_agg(DISTINCT stem ORDER BY stem) FILTER (WHERE NOT starts_with(stem, begun.word)),
       NULL
  FROM (SELECT number, regexp_replace(search_text(text), '.* ', '') AS word
          FROM unnest(%s::int[], %s::text[]) AS texts (number, text)) AS begun
  JOIN unnest(%s::int[], %s::text[], %s::text[]) AS may (number, dictionary, rest) USING (number),
       LATERAL unnest(CASE dictionary
                      WHEN '{UKRAINIAN}' THEN ARRAY[search_ukrainian(word || rest)]
                      ELSE ts_lexize(dictionary::regdictionary, word || rest) END) AS stem
 GROUP BY begun.number, begun.word
"""


@dataclass(frozen=True)
class Understood:
    """What was made of a line: `words` is None when it holds nothing to look for.

    `left_out` are its words and phrases that are too common to look for, as they were typed;
    `advice` says of what else the reader may have meant another thing.
    """

    words: Lexed | None
    left_out: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """What a reader is told of it."""
        named = ", ".join(f"«{one}»" for one in self.left_out)
        common = [f"Too common to look for, and so left out: {named}."] if named else []
        return [*common, *self.advice]


def understand(line: str) -> Understood:
    """Read a line that a reader typed, with at most one query. Raises `TooComplex`.

    A word that is too common is no condition; an alternative of such words alone is none.
    """
    branches = parse(line)
    tokens = [token for branch in branches for token in (*branch.wanted, *branch.unwanted)]
    steps = _steps_of(tokens)
    leaves = {token: _leaf(token, steps[_key(token)]) for token in tokens}
    groups = [
        group
        for branch in branches
        if (group := _group(branch, leaves)).wanted or group.unwanted
    ]
    left_out = dict.fromkeys(token.text for token in tokens if not leaves[token].steps)
    words = Lexed(tuple(dict.fromkeys(groups))) if groups else None
    return Understood(words, tuple(left_out), advice(line, branches))


def learn(words: Iterable[str]) -> None:
    """Have the lexemes of single words at hand, with at most one query."""
    _steps_of([Token(word) for word in words])


def tsquery(words: Lexed) -> str:
    """The text of a tsquery, for a parameter that is cast to it: `%s::tsquery`.

    >>> war, games = Step(("war",)), Step(("gam",), prefix=True, besides=("gome",))
    >>> tsquery(Lexed((Group((Leaf((war, Step(()), games), phrase=True),), (Leaf((war,)),)),)))
    "('war' <2> ('gam':* | 'gome')) & !('war')"
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
    quoted = [
        "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + ("':*" if one.prefix else "'")
        for one in step.parts
        for lexeme in one.lexemes
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
    if token.anywhere:
        held = dict.fromkeys(step for step in steps if step.lexemes)
        return Leaf(tuple(sorted(held, key=repr)))
    trimmed = _trimmed(_trimmed(over_blanks(steps))[::-1])[::-1]
    return Leaf(tuple(trimmed), phrase=len(trimmed) > 1)


def _trimmed(steps: Iterable[Step]) -> list[Step]:
    return list(dropwhile(lambda step: not step.lexemes, steps))


# A token's text, and whether its last word may go on.
_Key = tuple[str, bool]


def _key(token: Token) -> _Key:
    return token.text, token.prefix


_known: OrderedDict[_Key, tuple[Step, ...]] = OrderedDict()
_lock = Lock()


def _steps_of(tokens: Iterable[Token]) -> dict[_Key, tuple[Step, ...]]:
    """The steps of each token. What is not remembered is asked in one query."""
    keys = {_key(token) for token in tokens}
    with _lock:
        found = {key: _known[key] for key in keys if key in _known}
        for key in found:
            _known.move_to_end(key)
    if unknown := keys - found.keys():
        asked = _ask(sorted(unknown))
        found |= asked
        with _lock:
            _known.update(asked)
            while len(_known) > REMEMBERED:
                _known.popitem(last=False)
    return found


def _alike(word: str, lexemes: Sequence[str]) -> tuple[str, ...]:
    """The lexemes of a word and, unless it is too common, those of what is written for it."""
    if not lexemes:
        return ()
    alike = {one for lexeme in lexemes for one in written_alike(lexeme)}
    return tuple(sorted(alike.union(stems(word))))


def _ask(keys: Sequence[_Key]) -> dict[_Key, tuple[Step, ...]]:
    query, parameters = _ASK, list[Any]([[text for text, _ in keys]])
    begun = {
        number: (text, endings(last.group()))
        for number, (text, prefix) in enumerate(keys, start=1)
        if prefix and (last := _LAST_WORD.search(text))
    }
    if begun:
        may = [(number, *one) for number, (_, ends) in begun.items() for one in ends]
        query += _ASK_BEGINNINGS
        parameters += [list(begun), [text for text, _ in begun.values()]]
        parameters += [list(column) for column in zip(*may, strict=True)]
    steps: list[dict[int, Step]] = [{} for _ in keys]
    beginnings: dict[int, Step] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        for number, place, lexemes, prefix, besides, word in cursor.fetchall():
            if place is None:
                beginnings[number - 1] = Step(tuple(lexemes), True, tuple(besides or ()))
            else:
                steps[number - 1][place] = Step(_alike(word, lexemes), bool(prefix))
    for at, beginning in beginnings.items():
        # What is left of «don’t*» is a single letter, with which too much begins.
        if steps[at] and len(beginning.lexemes[0]) >= SHORTEST_BEGINNING:
            steps[at][max(steps[at])] = beginning
    return {
        key: tuple(found[place] for place in sorted(found))
        for key, found in zip(keys, steps, strict=True)
    }
