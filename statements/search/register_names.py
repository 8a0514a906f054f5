"""All names of the register, as they are compared with what readers type."""

from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache, reduce

import regex

from history.moments import Moment
from statements.models import Actor, ActorName, Office, Speaker, SpeakerName
from statements.search import chinese, japanese, korean
from statements.search.sounding import bare
from statements.search.spellings import WORD, Near, Spellings
from statements.search.transcribed import Meant, Transcribed
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
_HAN = regex.compile(r"\p{Han}")
_APART = regex.compile(r"[\s\-‐‑–]+")
_MOST_EQUAL = 5


class RegisterNames:
    """What readers may mean by words and by whole names, at one version of the register.

    `words` are the words of all names, titles and other spellings; `whole` are names of people
    that are written syllable by syllable, whose owners are the keys of speakers.
    """

    def __init__(self) -> None:
        named = list(_names_of_speakers())
        self.words = Spellings([*_words_of(named), *_other_words()], _registered(named))
        self.whole = Transcribed()
        self._called: dict[int, list[str]] = {}
        self._names_of: dict[str, list[str]] = {}
        for key, slug, registered, names in named:
            self._called[key] = [_called(name) for name, _ in names]
            self._names_of[slug] = [name for name, _ in names]
            for name, language in names:
                for units in korean.readings(name):
                    self.whole.add(units, Meant(key, registered))
                # Characters do not say how they are read, but the register's own name does.
                if not _HAN.search(name):
                    continue
                if language.startswith("ja"):
                    for units, shown in japanese.readings(registered):
                        self.whole.add(units, Meant(key, shown))
                if language.startswith("zh"):
                    for units in chinese.readings(registered):
                        self.whole.add(units, Meant(key, registered))

    def speakers(self, line: str) -> list[int]:
        """The keys of speakers whom a line may name: those one of whose names holds it as it
        stands, else those who are meant by it in any spelling or script, misspelt too."""
        wanted = _called(line)
        words = WORD.findall(line)
        if not words:
            return []
        if holding := [
            key for key, names in self._called.items() if any(wanted in one for one in names)
        ]:
            return holding
        if meant := self.whole.find(words):
            return list(dict.fromkeys(one.owner for one in meant))
        each = [self._owners_of(word, words) for word in words]
        both = reduce(set.intersection, each)
        return [key for key in self._called if ("speaker", key) in both]

    def names_of(self, slug: str) -> list[str]:
        """All names of the speaker with that slug in addresses; none where there is none."""
        return self._names_of.get(slug, [])

    def _owners_of(self, word: str, words: Sequence[str]) -> set[Hashable]:
        """Who have the word in a name, or else one of those that are nearest to it."""
        if word in self.words:
            return self.words.owners_of(word)
        near = self.words.near(word, [other for other in words if other != word])
        return set().union(*(self.words.owners_of(one) for one in nearest(near)))


def nearest(near: Sequence[Near]) -> list[str]:
    """The words that are nearest and equally near."""
    return [
        one.word
        for one in near[:_MOST_EQUAL]
        if (one.slips, one.beside) == (near[0].slips, near[0].beside)
    ]


def register_names(now: Moment) -> RegisterNames:
    """The names as of a moment. They are kept for the life of the process and read anew when a
    row of their tables changed."""
    return _read(names_version(now))


@lru_cache(maxsize=1)
def names_version(now: Moment) -> Version:
    """What changes when a name of the register does, or who belongs to what."""
    return version_of(_TABLES)


@lru_cache(maxsize=1)
def _read(version: Version) -> RegisterNames:
    return RegisterNames()


# A speaker's key, slug and name, and every name with its language; '' where that is not known.
_Named = tuple[int, str, str, list[tuple[str, str]]]
# Whose name it is, the name, and whether it is a proper one.
_Word = tuple[Hashable, str, bool]


def _names_of_speakers() -> Iterator[_Named]:
    rows = Speaker.objects.standing().order_by("name", "pk")
    others: dict[int, list[tuple[str, str]]] = {}
    for key, text, language in SpeakerName.objects.filter(speaker__in=rows).values_list(
        "speaker", "text", "language"
    ):
        others.setdefault(key, []).append((text, language))
    for key, slug, name, family in rows.values_list("pk", "slug", "name", "family_name"):
        yield key, slug, name, [(name, ""), (family, ""), *others.get(key, [])]


def _words_of(named: Sequence[_Named]) -> Iterator[_Word]:
    for key, _, _, names in named:
        for name, _ in names:
            yield ("speaker", key), name, True


def _other_words() -> Iterator[_Word]:
    """Titles, and names of states and bodies."""
    speakers = Speaker.objects.standing()
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


def _registered(named: Sequence[_Named]) -> Iterator[tuple[Hashable, str]]:
    """The names under which speakers and actors stand in the register."""
    for key, _, name, _ in named:
        yield ("speaker", key), name
    for key, name in Actor.objects.standing().values_list("pk", "name"):
        yield ("actor", key), name


def _called(name: str) -> str:
    """A name as one looks for a part of it: without regard to case, accents and hyphens."""
    return bare(_APART.sub(" ", name).strip())
