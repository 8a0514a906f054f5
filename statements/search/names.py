"""Names that readers misspell: a line in which no statement has a word -> the line as it was meant.

A word is put right when no statement holds it, no name is written so, and a name is near. Of
names that are equally near, the one that more statements have is taken, and of the spellings of
a name the one under which it stands in the register, where as many statements have that.
"""

from collections.abc import Collection, Hashable, Iterator
from functools import lru_cache
from sys import maxsize

import regex

from history.moments import Moment
from statements.models import Actor, ActorName, Office, Speaker, SpeakerName
from statements.search.asking import Query
from statements.search.finding import how_many_each
from statements.search.lexing import learn, understand
from statements.search.spellings import WORD, Near, Spellings
from statements.search.words import Token, parse
from statements.table_versions import Version, version_of

_TABLES = [
    "statements_speaker",
    "statements_speakername",
    "statements_office",
    "statements_actor",
    "statements_actorname",
    "statements_membership",
]
_STATES = (Actor.Kind.STATE, Actor.Kind.OBSERVER, Actor.Kind.HISTORICAL)
_MOST_EQUAL = 5


def corrected(line: str, now: Moment) -> str | None:
    """Return a line with its misspelt names put right, or None when there are none.

    The line must be one that `understand` takes, `now` the moment of which names are known.
    Raises `TooBroad`.
    """
    wanted = list(_typed(line))
    known = spellings(now)
    nearest: dict[str, list[str]] = {}
    for word in dict.fromkeys(wanted):
        if word not in known:
            near = known.near(word, [other for other in wanted if other != word])
            nearest[word] = _nearest(near)
    # Only now statements are counted: most words are near to no name.
    nearest = {word: names for word, names in nearest.items() if names}
    if not nearest:
        return None
    found = {name for names in nearest.values() for name in names}
    registered = {name: known.as_registered(name) for name in sorted(found)}
    held = _holding({*nearest, *found, *(one for own in registered.values() for one in own)})
    right: dict[str, str] = {}
    for word, names in nearest.items():
        name = max(names, key=held.__getitem__)
        own = max(registered[name], key=held.__getitem__, default=name)
        if held[name] and not held[word]:
            right[word] = own if held[own] >= held[name] else name
    return _written(line, right) if right else None


def spellings(now: Moment) -> Spellings:
    """The words of the register's names. They are kept for the life of the process and read
    anew when a row of its tables changed."""
    return _spellings(names_version(now))


@lru_cache(maxsize=1)
def names_version(now: Moment) -> Version:
    """What changes when a name of the register does, or who belongs to what."""
    return version_of(_TABLES)


@lru_cache(maxsize=1)
def _spellings(version: Version) -> Spellings:
    return Spellings(_names(), _registered())


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


def _registered() -> Iterator[tuple[Hashable, str]]:
    """The names under which speakers and actors stand in the register."""
    for key, name in Speaker.objects.standing().values_list("pk", "name"):
        yield ("speaker", key), name
    for key, name in Actor.objects.standing().values_list("pk", "name"):
        yield ("actor", key), name


def _typed(line: str) -> Iterator[str]:
    """The words that must stand in a statement as they are."""
    for branch in parse(line):
        for token in branch.wanted:
            yield from _words(token)


def _words(token: Token) -> list[str]:
    words: list[str] = WORD.findall(token.text)
    return words[:-1] if token.prefix else words


def _holding(words: Collection[str]) -> dict[str, int]:
    """How many statements hold each word, by one search; one that is too common to look for,
    more than can be."""
    learn(words)
    asked = {word: understand(word).words for word in words}
    queries = {word: Query(leaves) for word, leaves in asked.items() if leaves}
    found = how_many_each(list(queries.values()))
    return dict.fromkeys(words, maxsize) | dict(zip(queries, found, strict=True))


def _nearest(near: list[Near]) -> list[str]:
    """The names that are nearest and equally near."""
    return [
        one.word
        for one in near[:_MOST_EQUAL]
        if (one.slips, one.beside) == (near[0].slips, near[0].beside)
    ]


def _written(line: str, right: dict[str, str]) -> str:
    """The line with words replaced wherever they stand, but not where they are left out."""
    either = "|".join(regex.escape(word) for word in sorted(right, key=len, reverse=True))
    return str(
        regex.sub(
            rf"(?<![\p{{L}}\p{{N}}\p{{M}}])(?<!(?<!\S)(?:-|NOT\s))(?:{either})(?![\p{{L}}\p{{N}}\p{{M}}*])",
            lambda match: right[match.group()],
            line,
        )
    )
