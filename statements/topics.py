"""Which treaties and provisions a statement is about, by their names in and near the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex

from statements.models import Treaty
from statements.table_versions import Version, version_of

VERSION = "1"
_TABLES = [
    "statements_treaty",
    "statements_treaty_parties",
    "statements_provision",
    "statements_actor",
    "statements_actorname",
]
# «Article 4», «Art. 4», «статья 4», «제4조», «第4条».
_PROVISION = regex.compile(
    r"(?:\b(?:[Aa]rticle|[Aa]rt\.)|\b[Сс]тать[яеиёю]й?)\s*(\d{1,2})\b|제\s*(\d{1,2})\s*조|第\s*(\d{1,2})\s*条"
)


@dataclass(frozen=True)
class Topic:
    """A treaty, a provision of it or none, where it was named, and the name as printed."""

    treaty: int
    provision: int | None
    where: str
    evidence: str


@dataclass(frozen=True)
class TopicFinder:
    """Finds treaties by their titles and aliases. `topic_finder` makes one."""

    names: dict[str, int]
    provisions: dict[int, dict[str, int]]
    parties: dict[int, list[frozenset[str]]]
    pattern: "regex.Pattern[str] | None"

    def topics(self, words: str, near: str, title: str, article: str) -> list[Topic]:
        """Return the treaties named in the words, or else near them, or else in the title.

        Press names such as «the pact» fit many treaties, so a treaty counts only where the
        whole `article` names each of its parties. Provisions are looked for in the words and
        near them and belong to the first treaty named; one Topic for each pair, in reading
        order.
        """
        for where, text in (("words", words), ("near the words", near), ("title", title)):
            found = {
                treaty: name
                for treaty, name in self._treaties(text).items()
                if all(any(n in article for n in names) for names in self.parties[treaty])
            }
            if found:
                return self._with_provisions(found, where, words, near)
        return []

    def _treaties(self, text: str) -> dict[int, str]:
        if self.pattern is None:
            return {}
        found: dict[int, str] = {}
        for match in self.pattern.finditer(text):
            found.setdefault(self.names[_fold(match.group())], match.group())
        return found

    def _with_provisions(
        self, found: dict[int, str], where: str, words: str, near: str
    ) -> list[Topic]:
        topics: list[Topic] = []
        for position, (treaty, name) in enumerate(found.items()):
            known = self.provisions.get(treaty, {})
            numbered = _numbers(words) or _numbers(near)
            cited = {known[n]: text for n, text in numbered.items() if n in known}
            if position == 0 and cited:
                topics += [Topic(treaty, pk, where, text) for pk, text in cited.items()]
            else:
                topics.append(Topic(treaty, None, where, name))
        return topics


def topic_finder() -> TopicFinder:
    """Return a finder for the treaties as they stand in the database.

    It is kept for the life of the process and made anew when a row of its tables changed.
    """
    return _finder(version_of(_TABLES))


@lru_cache(maxsize=1)
def _finder(version: Version) -> TopicFinder:
    """Read titles and aliases of all treaties, in every language, longest first."""
    names: dict[str, int] = {}
    provisions: dict[int, dict[str, int]] = {}
    parties: dict[int, list[frozenset[str]]] = {}
    for treaty in Treaty.objects.prefetch_related("provisions", "parties__names"):
        for forms in (treaty.titles, treaty.aliases):
            for name in _texts(forms):
                names.setdefault(_fold(name), treaty.pk)
        provisions[treaty.pk] = {p.number: p.pk for p in treaty.provisions.all()}
        parties[treaty.pk] = [
            frozenset([party.name, *(name.text for name in party.names.all())])
            for party in treaty.parties.all()
        ]
    return TopicFinder(names, provisions, parties, _pattern(names))


def _pattern(names: Iterable[str]) -> "regex.Pattern[str] | None":
    longest_first = sorted(names, key=len, reverse=True)
    if not longest_first:
        return None
    # Particles and case endings follow a name in other scripts, so only Latin letters end it.
    any_of = "|".join(map(regex.escape, longest_first))
    return regex.compile(rf"(?<![A-Za-z])(?:{any_of})(?![A-Za-z])", regex.IGNORECASE)


def _texts(forms: dict[str, Iterable[str] | str]) -> Iterable[str]:
    """The names in a language → list mapping; notes of the data are not names."""
    for language, texts in forms.items():
        if language != "note" and not isinstance(texts, str):
            yield from texts


def _numbers(text: str) -> dict[str, str]:
    return {
        next(number for number in match.groups() if number): match.group()
        for match in _PROVISION.finditer(text)
    }


def _fold(name: str) -> str:
    spaced: str = regex.sub(r"\s+", " ", name)
    return spaced.casefold()
