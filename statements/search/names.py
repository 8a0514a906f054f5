"""Names that readers misspell: a line in which no statement has a word -> the line as it was meant.

A word is put right when no statement holds it, no name is written so, and a name is near. Of
names that are equally near, the one that more statements have is taken.
"""

from collections.abc import Hashable, Iterator
from functools import lru_cache
from sys import maxsize

import regex

from history.moments import Moment, moment
from statements.models import Actor, ActorName, Office, Speaker, SpeakerName
from statements.search.asking import Query
from statements.search.finding import how_many
from statements.search.lexing import understand
from statements.search.spellings import WORD, Near, Spellings
from statements.search.words import Token, parse
from statements.table_versions import Version, version_of

_TABLES = [
    "statements_speaker",
    "statements_speakername",
    "statements_office",
    "statements_actor",
    "statements_actorname",
]
_STATES = (Actor.Kind.STATE, Actor.Kind.OBSERVER, Actor.Kind.HISTORICAL)
_MOST_EQUAL = 5


def corrected(line: str) -> str | None:
    """Return a line with its misspelt names put right, or None when there are none.

    The line must be one that `understand` takes. Raises `TooBroad`.
    """
    wanted = list(_typed(line))
    known = spellings()
    right: dict[str, str] = {}
    for word in wanted:
        if word in right or word in known:
            continue
        near = known.near(word, [other for other in wanted if other != word])
        # Only now statements are counted: most words are near to no name.
        if near and not _holding(word) and (name := _most_spoken_of(near)):
            right[word] = name
    return _written(line, right) if right else None


def spellings() -> Spellings:
    """The words of the register's names. They are kept for the life of the process and read
    anew when a row of its tables changed."""
    return _spellings(_version(moment()))


@lru_cache(maxsize=1)
def _version(now: Moment) -> Version:
    return version_of(_TABLES)


@lru_cache(maxsize=1)
def _spellings(version: Version) -> Spellings:
    return Spellings(_names())


def _names() -> Iterator[tuple[Hashable, str, bool]]:
    """All names in the register, with whose they are and whether they are proper names."""
    speakers = Speaker.objects.standing()
    for key, name, family in speakers.values_list("pk", "name", "family_name"):
        yield ("speaker", key), name, True
        yield ("speaker", key), family, True
    for key, name in SpeakerName.objects.filter(speaker__in=speakers).values_list(
        "speaker", "text"
    ):
        yield ("speaker", key), name, True
    for key, title in Office.objects.filter(speaker__in=speakers).values_list(
        "speaker", "title"
    ):
        yield ("speaker", key), title, False
    actors = Actor.objects.standing()
    states = set(actors.filter(kind__in=_STATES).values_list("pk", flat=True))
    for key, name, official in actors.values_list("pk", "name", "official_name"):
        yield ("actor", key), name, key in states
        yield ("actor", key), official, False
    for key, name in ActorName.objects.filter(actor__in=actors).values_list("actor", "text"):
        yield ("actor", key), name, key in states


def _typed(line: str) -> Iterator[str]:
    """The words that must stand in a statement as they are."""
    for branch in parse(line):
        for token in branch.wanted:
            yield from _words(token)


def _words(token: Token) -> list[str]:
    words: list[str] = WORD.findall(token.text)
    return words[:-1] if token.prefix else words


def _holding(word: str) -> int:
    """How many statements hold a word; one that is too common to look for, more than can be."""
    words = understand(word).words
    return how_many(Query(words)) if words else maxsize


def _most_spoken_of(near: list[Near]) -> str | None:
    """Of the names that are nearest, the one that most statements have; None if none has one."""
    first = near[0]
    equal = [
        one.word
        for one in near[:_MOST_EQUAL]
        if (one.slips, one.beside) == (first.slips, first.beside)
    ]
    held = {word: _holding(word) for word in equal}
    best = max(equal, key=held.__getitem__)
    return best if held[best] else None


def _written(line: str, right: dict[str, str]) -> str:
    """The line with words replaced wherever they stand, but not where they are left out."""
    either = "|".join(regex.escape(word) for word in sorted(right, key=len, reverse=True))
    return str(
        regex.sub(
            rf"(?<![\p{{L}}\p{{N}}\p{{M}}])(?<!(?<!\S)-)(?:{either})(?![\p{{L}}\p{{N}}\p{{M}}*])",
            lambda match: right[match.group()],
            line,
        )
    )
