"""Names of states and bodies among the words of a search -> offers of what they say themselves.

The words find statements that hold a name; most who type one also look for what is said for it,
which is a filter. It is offered and never set unasked.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from history.moments import Moment
from statements.models import Actor, ActorName, Membership
from statements.search.chunks import MARKS
from statements.search.finding import how_many_each
from statements.search.kinds import Kind
from statements.search.lexing import understand
from statements.search.limits import TooBroad
from statements.search.register_names import names_version
from statements.search.sounding import bare
from statements.search.words import TooComplex, parse
from statements.table_versions import Version
from statements.timeline.facets import BY_KEY
from statements.timeline.form import TimelineForm
from statements.timeline.narrowing import Choice, Narrowing, numbers_for, query_of
from statements.timeline.values import Value

MOST = 3
_LONGEST_NAME = 6  # words
# Within a line names of fewer Latin letters are other words, unless they are in capitals: US, us.
_SHORT = 4
_LATIN = regex.compile(r"\p{Latin}+")
_DOT = regex.compile(r"\.")


@dataclass(frozen=True)
class Offer:
    """A state or body that words of the search name: what it says instead of these words, by how
    many statements and by which query string."""

    actor: Value
    count: int
    address: str


@dataclass(frozen=True)
class _Name:
    """Whose name it is, and whether that is known only where nothing else is said."""

    actor: Value
    alone: bool


def offers(form: TimelineForm) -> list[Offer]:
    """What may be meant, in the order of the words; none where the address says something of
    states and bodies, and none that no statement fits. One search for all; none at all where
    that takes too long."""
    facet = BY_KEY[Kind.ACTOR.value]
    if not form.words or any(one.facet == facet for one in form.choices):
        return []
    asked: dict[Value, tuple[Narrowing, str]] = {}
    for actor, line in _meant(form.words, _names(form.moment)):
        if actor not in asked and len(asked) < MOST:
            whole, words = form.narrowing, understand(line).words
            choices = (*whole.choices, Choice(facet, actor))
            said = {"q": [line], Kind.ACTOR.value: [actor.address]}
            if not line:
                said["spell"] = []
            if words is None:
                # Nothing fits better than another.
                said["sort"] = []
            asked[actor] = replace(whole, words=words, choices=choices), form.address(**said)
    numbers = numbers_for([narrowed for narrowed, _ in asked.values()], form.known)
    try:
        found = how_many_each([query_of(one, numbers) for one, _ in asked.values()])
    except TooBroad:
        return []
    return [
        Offer(actor, count, address)
        for (actor, (_, address)), count in zip(asked.items(), found, strict=True)
        if count
    ]


def _meant(line: str, names: Mapping[str, Sequence[_Name]]) -> Iterator[tuple[Value, str]]:
    """Actors that the line or words of it are names of, each with the line without these."""
    if whole := names.get(_key(line.strip(MARKS + " "))):
        for name in whole:
            yield name.actor, ""
        return
    typed = _typed(line)
    begin = 0
    while begin < len(typed):
        for end in range(min(len(typed), begin + _LONGEST_NAME), begin, -1):
            words = typed[begin:end]
            found = _within(" ".join(words), names)
            rest = _without(line, words) if found else None
            if rest is not None and _typed(rest) == typed[:begin] + typed[end:]:
                for actor in found:
                    yield actor, rest
                begin = end - 1
                break
        begin += 1


def _typed(line: str) -> list[str]:
    """The words and phrases that must all stand in a statement; none where one of several is
    enough, of which none can be replaced by a filter."""
    try:
        branches = parse(line)
    except TooComplex:
        return []
    if len(branches) != 1:
        return []
    return [token.text for token in branches[0].wanted if not token.prefix]


def _within(words: str, names: Mapping[str, Sequence[_Name]]) -> list[Value]:
    """The actors of whom these words among others are a name."""
    letters = _DOT.sub("", words)
    if len(letters) < _SHORT and _LATIN.fullmatch(letters) and not letters.isupper():
        return []
    return [name.actor for name in names.get(_key(words), ()) if not name.alone]


def _without(line: str, words: Sequence[str]) -> str | None:
    """The line without these words in this order; None where they do not stand together."""
    together = r"\s+".join(regex.escape(word) for word in " ".join(words).split())
    found = regex.search(rf"(?<!\S)[{MARKS}]?{together}[{MARKS}]?(?!\S)", line)
    if found is None:
        return None
    return " ".join((line[: found.start()] + line[found.end() :]).split())


def _key(name: str) -> str:
    """A name as it is compared: without regard to case, accents, dots and blanks."""
    return bare(_DOT.sub("", " ".join(name.split())))


def _names(now: Moment) -> Mapping[str, Sequence[_Name]]:
    """All names and codes of states and bodies; kept for the life of the process and read anew
    when a row of their tables changed."""
    return _read(names_version(now))


@lru_cache(maxsize=1)
def _read(version: Version) -> Mapping[str, Sequence[_Name]]:
    names = ActorName.objects.filter(actor=OuterRef("pk")).order_by("pk")
    rows = Actor.objects.standing().annotate(
        group=Exists(Membership.objects.filter(group=OuterRef("pk"))),
        others=ArraySubquery(names.values(told=JSONObject(text="text", kind="kind"))),
    )
    found: dict[str, dict[Value, bool]] = defaultdict(dict)
    fields = "pk", "code", "name", "official_name", "group", "others"
    for pk, code, name, official, group, others in rows.order_by("pk").values_list(*fields):
        actor = Value(Kind.ACTOR, str(pk), code, name, group=group)
        for text in (code, name, official):
            found[_key(text)][actor] = False
        for other in others:
            held = found[_key(other["text"])]
            alone = other["kind"] == ActorName.Kind.CONTEXT
            held[actor] = held.get(actor, True) and alone
    found.pop("", None)
    return {
        name: [_Name(actor, alone) for actor, alone in whose.items()]
        for name, whose in found.items()
    }
