"""Which treaties and provisions a statement is about, by their names in and near the words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from statements.models import Actor, ActorName, Treaty
from statements.name_forms import NameForms, fold
from statements.table_versions import Version, version_of
from statements.wordings.citations import RESOLUTION, articles

VERSION = "2"
_TABLES = [
    "statements_treaty",
    "statements_treaty_parties",
    "statements_treaty_concerns",
    "statements_provision",
    "statements_actor",
    "statements_actorname",
]
_NUMBER = regex.compile(r"\bresolution (\d{3,4})\b")
_YEAR = regex.compile(r"\b(?:19|20)\d{2}\b")
# How many characters before a press name may tell it from that of another instrument.
_BEFORE = 40


@dataclass(frozen=True)
class Context:
    """The words of a statement and what stands around them, down to the whole `article`."""

    words: str
    paragraph: str = ""
    before: str = ""
    title: str = ""
    article: str = ""

    @property
    def near(self) -> str:
        """All that stands near the words."""
        return f"{self.words}\n{self.paragraph}\n{self.before}\n{self.title}"

    def nearest_first(self) -> list[tuple[str, str]]:
        """Each of its texts with the value of `Position.Where` that it stands for."""
        return [
            ("words", self.words),
            ("paragraph", self.paragraph),
            ("before", self.before),
            ("title", self.title),
        ]


@dataclass(frozen=True)
class Topic:
    """A treaty, a provision of it or none, where it is named and the name as printed there.

    `where` is a value of `Position.Where`.
    """

    treaty: int
    provision: int | None
    where: str
    evidence: str


@dataclass(frozen=True)
class Instrument:
    """A treaty as the finder knows it, with plain values for all that its rows hold.

    `titles` name it by themselves; `press` names such as «the pact» fit many treaties, so they
    count only where the article names every one of `states`, each a set of spellings. `years`
    are those of its signature and entry into force. `provisions` are its articles by number,
    `clauses` what the press calls some of them. A `resolution` has a `number`, or stands for all
    of its kind; it is looked for beside the treaties and not instead of them.
    """

    pk: int
    resolution: bool = False
    number: str = ""
    titles: tuple[str, ...] = ()
    press: tuple[str, ...] = ()
    states: tuple[frozenset[str], ...] = ()
    years: frozenset[str] = frozenset()
    provisions: tuple[tuple[str, int], ...] = ()
    clauses: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class _Named:
    """A name of an instrument, or of one of its provisions."""

    instrument: Instrument
    provision: int | None = None
    title: bool = False


class TopicFinder:
    """Finds treaties by their titles, press names and clauses. `topic_finder` makes one."""

    def __init__(self, instruments: Iterable[Instrument], others: Iterable[str] = ()) -> None:
        """`others` are names of states and organisations, which tell other treaties apart."""
        self._names: dict[str, _Named] = {}
        self._instruments = list(instruments)
        self._by_key = {one.pk: one for one in self._instruments}
        for one in self._instruments:
            for title in one.titles:
                self._names.setdefault(fold(title), _Named(one, title=True))
        for one in self._instruments:
            for name in one.press:
                self._names.setdefault(fold(name), _Named(one))
            for clause, provision in one.clauses:
                self._names.setdefault(fold(clause), _Named(one, provision))
        self._forms = NameForms(self._names)
        self._resolutions = {one.number: one for one in self._instruments if one.number}
        self._others = frozenset(fold(name) for name in others)

    def instrument(self, treaty: int) -> Instrument:
        """The treaty of a topic, by its primary key."""
        return self._by_key[treaty]

    def topics(self, context: Context) -> list[Topic]:
        """Return the treaties that are named in the words, or else nearest to them.

        Resolutions of the Security Council are looked for in the same way beside the treaties,
        but not in titles, and the states that they concern are named near the words. Provisions stand in the words or near them and belong to the first
        treaty named, unless their clause names its own; one Topic for each pair.
        """
        topics: list[Topic] = []
        for resolution in (False, True):
            for where, text in context.nearest_first():
                found = [
                    (named, name)
                    for named, name in self._found(
                        text, context.near if resolution else context.article
                    )
                    if named.instrument.resolution == resolution
                ]
                if found and not (resolution and where == "title"):
                    topics += self._with_provisions(found, where, context)
                    break
        return topics

    def _found(self, text: str, among: str) -> list[tuple[_Named, str]]:
        """The instruments and clauses named in a text, each once, in reading order."""
        hits = [
            (start, self._names[name], text[start:end])
            for start, end, name in self._forms.find(text)
        ]
        hits += [
            (match.start(), _Named(self._resolutions[number]), match.group())
            for match in RESOLUTION.finditer(text)
            for number in match.captures("n")
            if number in self._resolutions
        ]
        found: dict[tuple[int, int | None], tuple[_Named, str]] = {}
        for start, named, name in sorted(hits, key=lambda hit: hit[0]):
            key = (named.instrument.pk, named.provision)
            if key not in found and self._counts(
                named, text, (start, start + len(name)), among
            ):
                found[key] = named, name
        numbered = any(named.instrument.number for named, _ in found.values())
        return [
            (named, name)
            for named, name in found.values()
            if not (numbered and named.instrument.resolution and not named.instrument.number)
        ]

    def _counts(self, named: _Named, text: str, at: tuple[int, int], among: str) -> bool:
        """Whether a name means its instrument: a title does, a press name among its states."""
        if named.title:
            return True
        if not _names_all(named.instrument, text[slice(*at)], among):
            return False
        return not self._of_another(named.instrument, text, at)

    def _of_another(self, one: Instrument, text: str, at: tuple[int, int]) -> bool:
        """Whether the words before a press name give it to other states or another year."""
        before = text[max(at[0] - _BEFORE, 0) : at[0]]
        years = _YEAR.findall(before[-12:])
        if years and one.years and years[-1] not in one.years:
            return True
        own = {fold(name) for spellings in one.states for name in spellings}
        words = [
            word for word in regex.split(r"[\s/–—-]+", fold(before).rstrip(" -–—/")) if word
        ]
        tails = {
            " ".join(words[-count:]).removesuffix("'s").removesuffix("’s")
            for count in (1, 2, 3)
        }
        return bool(tails & self._others) and not tails & own

    def _with_provisions(
        self, found: list[tuple[_Named, str]], where: str, context: Context
    ) -> list[Topic]:
        cited_in, cited = where, dict[str, str]()
        for place, text in context.nearest_first()[:3]:
            if numbers := articles(text):
                cited_in, cited = place, numbers
                break
        topics: dict[tuple[int, int | None], Topic] = {}
        clauses = {named.instrument.pk for named, _ in found if named.provision is not None}
        for position, (named, name) in enumerate(found):
            one = named.instrument
            known = dict(one.provisions) if named.provision is None and position == 0 else {}
            by_number = {known[n]: text for n, text in cited.items() if n in known}
            for pk, text in by_number.items():
                topics.setdefault((one.pk, pk), Topic(one.pk, pk, cited_in, text))
            if named.provision is not None or not (by_number or one.pk in clauses):
                key = (one.pk, named.provision)
                topics.setdefault(key, Topic(*key, where, name))
        return list(topics.values())


def topic_finder() -> TopicFinder:
    """Return a finder for the treaties as they stand in the database.

    It is kept for the life of the process and made anew when a row of its tables changed.
    """
    return _finder(version_of(_TABLES))


@lru_cache(maxsize=1)
def _finder(version: Version) -> TopicFinder:
    rows = Treaty.objects.prefetch_related("provisions", "parties__names", "concerns__names")
    kinds = [ActorName.Kind.ALIAS, ActorName.Kind.ADJECTIVE, ActorName.Kind.CAPITAL]
    others = {*Actor.objects.values_list("name", flat=True)}
    others |= {*ActorName.objects.filter(kind__in=kinds).values_list("text", flat=True)}
    return TopicFinder(map(_instrument, rows), others)


def _instrument(treaty: Treaty) -> Instrument:
    states = [*treaty.parties.all(), *treaty.concerns.all()]
    provisions = list(treaty.provisions.all())
    days = (treaty.signed_on, treaty.in_force_on)
    titles = tuple(_texts(treaty.titles))
    numbers = [n for title in titles for n in _NUMBER.findall(title)]
    resolution = treaty.kind == Treaty.Kind.RESOLUTION
    return Instrument(
        pk=treaty.pk,
        resolution=resolution,
        number=numbers[0] if resolution and numbers else "",
        titles=titles,
        press=tuple(_texts(treaty.aliases)),
        states=tuple(
            frozenset([state.name, *(name.text for name in state.names.all())])
            for state in states
        ),
        years=frozenset(str(day.year) for day in days if day),
        provisions=tuple((p.number, p.pk) for p in provisions),
        clauses=tuple((word, p.pk) for p in provisions for word in p.keywords),
    )


def _texts(forms: dict[str, Iterable[str] | str]) -> Iterator[str]:
    """The names in a language → list mapping; notes of the data are not names."""
    for language, texts in forms.items():
        if language != "note" and not isinstance(texts, str):
            yield from texts


def _names_all(one: Instrument, name: str, text: str) -> bool:
    """Whether a text names each of the states. One letter, as in «북러» and «露朝», names a
    state within the `name` of the instrument only."""
    return all(
        any(spelling in (text if len(spelling) > 1 else name) for spelling in spellings)
        for spellings in one.states
    )
