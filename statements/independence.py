"""How many independent lines of reporting carry a statement, and who had it first. Pure.

Outlets are one line where one group owns them, where their articles are copies of one text, or
where they credit one agency; a credited agency that reports itself is of that line. Everything
else counts as a line of its own, so the number is the most there can be: who copied without
credit, or whether all stood at one briefing, cannot be seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import regex

_NO_NAME = {"the", "news", "agency", "state", "media", "official", "newspaper", "daily"}
_ADDED = regex.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Printing:
    """One report as a printing of the words: where, when, by whom owned and whom it credits.

    `day` is when the page says it was published, `moment` the same to the minute where it says
    so with its zone; `found_at` is when it was found here. `cluster` joins copies of one text.
    `described` says that it is known by a reference to it alone.
    """

    key: int
    outlet: str
    slug: str
    article: int
    found_at: datetime
    day: date | None = None
    moment: datetime | None = None
    group: str = ""
    cluster: int | None = None
    via: str = ""
    described: bool = False


@dataclass(frozen=True)
class Tie:
    """Why two outlets are one line, as a sentence without a full stop."""

    outlets: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Independence:
    """Who printed a statement first, what ties the others, and the lines that are left.

    `outlets` are in the order in which they printed it; each line holds some of them.
    """

    first: Printing
    outlets: tuple[str, ...]
    articles: int
    ties: tuple[Tie, ...]
    lines: tuple[tuple[str, ...], ...]

    @property
    def sentence(self) -> str:
        """All of it in words, such as «first seen in X; Y relays Z; 1 independent line …».

        >>> at = datetime(2025, 1, 2)
        >>> one = Printing(1, "Courier", "courier", 1, at)
        >>> two = Printing(2, "Herald", "herald", 2, at, via="Courier")
        >>> independence([one, two]).sentence
        'first seen in Courier; Herald relays Courier; 1 independent line of reporting'
        """
        n = len(self.lines)
        count = f"{n} independent line{'' if n == 1 else 's'} of reporting"
        ties = dict.fromkeys(tie.why for tie in self.ties)
        return "; ".join([f"first seen in {self.first.outlet}", *ties, count])


def independence(printings: Sequence[Printing]) -> Independence:
    """Group the reports of a statement by what ties their outlets. Needs at least one report."""
    articles = article_numbers(printings)
    ordered = sorted(
        (
            one if one.article == articles[one.key] else replace(one, article=articles[one.key])
            for one in printings
        ),
        key=order,
    )
    names = {one.slug: one.outlet for one in ordered}
    ties = list(_ties(ordered))
    line_of = {slug: slug for slug in names}
    for slugs, _ in ties:
        joined = {line_of[slug] for slug in slugs}
        kept = next(slug for slug in names if line_of[slug] in joined)
        target = line_of[kept]
        line_of = {s: target if line in joined else line for s, line in line_of.items()}
    lines: dict[str, list[str]] = {}
    for slug, line in line_of.items():
        lines.setdefault(line, []).append(names[slug])
    return Independence(
        first=ordered[0],
        outlets=tuple(names.values()),
        articles=len({one.article for one in ordered}),
        ties=tuple(Tie(tuple(names[slug] for slug in slugs), why) for slugs, why in ties),
        lines=tuple(tuple(line) for line in lines.values()),
    )


def article_numbers(printings: Iterable[Printing]) -> dict[int, int]:
    """The article of each printing by its key.

    A reference to an article that is kept by now, by its outlet and day, is not another one.
    """
    printings = list(printings)
    kept: dict[tuple[str, date | None], int] = {}
    for one in printings:
        if not one.described:
            kept.setdefault((one.slug, one.day), one.article)
    return {
        one.key: kept.get((one.slug, one.day), one.article) if one.described else one.article
        for one in printings
    }


def order(one: Printing) -> tuple[object, ...]:
    """Earlier days first, undated ones last; within a day by the hour that the page states,
    then by when it was found here."""
    moment = one.moment.timestamp() if one.moment else float("inf")
    return (one.day or date.max, moment, one.found_at, one.key)


def same_agency(one: str, other: str) -> bool:
    """Whether two names may be one agency's: one in the other, or its initials.

    >>> same_agency("Yonhap", "Yonhap News Agency"), same_agency("RNA", "Ruritanian News Agency")
    (True, True)
    >>> same_agency("Courier", "Herald")
    False
    """
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    if first <= second or second <= first:
        return True
    return _initials(one) == _bare(other) or _initials(other) == _bare(one)


def _ties(ordered: Sequence[Printing]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Sets of outlets that are one line, by their slugs, each with the reason in words."""
    names = {one.slug: one.outlet for one in ordered}
    for agency, relaying in _relaying(ordered).items():
        sources = [one.slug for one in ordered if same_agency(agency, one.outlet)]
        agencies = [names[slug] for slug in sources[:1]] or [agency]
        told = [names[slug] for slug in relaying]
        verb = "relays" if len(told) == 1 else "relay"
        yield _once([*sources, *relaying]), f"{_joined(told)} {verb} {agencies[0]}"
    for key in ("cluster", "group"):
        sets: dict[object, list[str]] = {}
        for one in ordered:
            if value := getattr(one, key):
                sets.setdefault(value, []).append(one.slug)
        for slugs in map(_once, sets.values()):
            first, *others = (names[slug] for slug in slugs)
            if others and key == "cluster":
                verb = "prints" if len(others) == 1 else "print"
                yield slugs, f"{_joined(others)} {verb} the text of {first}"
            elif others:
                yield slugs, f"{_joined([first, *others])} have one owner"


def _relaying(ordered: Sequence[Printing]) -> dict[str, tuple[str, ...]]:
    """The agencies that reports credit, each under its first name, and who credits them."""
    found: dict[str, list[str]] = {}
    for one in ordered:
        if one.via and not same_agency(one.via, one.outlet):
            agency = next((name for name in found if same_agency(name, one.via)), one.via)
            found.setdefault(agency, []).append(one.slug)
    return {agency: _once(slugs) for agency, slugs in found.items()}


def _once(slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs))


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _words(name: str) -> set[str]:
    bare = _ADDED.sub("", name).casefold()
    return set(regex.findall(r"\w+", bare)) - _NO_NAME


def _bare(name: str) -> str:
    return "".join(regex.findall(r"\w+", _ADDED.sub("", name).casefold()))


def _initials(name: str) -> str:
    words: Iterable[str] = regex.findall(r"\w+", _ADDED.sub("", name))
    initials = "".join(word[0] for word in words if word[0].isupper())
    return initials.casefold() if len(initials) > 1 else ""
