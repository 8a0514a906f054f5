"""Who speaks for a state with how much authority, and which of its words decide. Pure.

The order is that of the codebook's section 5, with the government before its foreign minister.
`docs/decisions` says why a higher voice is not outlived by a lower one but by its own end.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

import regex

from statements.attribution.offices import OFFICES, office_key
from statements.attribution.words import TITLES


class Authority(IntEnum):
    """How far a voice binds its state; the lower the number, the more authority."""

    HEAD = 1
    GOVERNMENT = 2
    FOREIGN_MINISTER = 3
    MINISTER = 4
    MINISTRY = 5
    SPOKESPERSON = 6
    AMBASSADOR = 7
    LEGISLATOR = 8
    STATE_MEDIA = 9
    UNNAMED = 10

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Authority.HEAD: "head of state, or of the organisation",
    Authority.GOVERNMENT: "government: its head, its spokesperson, a text of its own",
    Authority.FOREIGN_MINISTER: "foreign minister",
    Authority.MINISTER: "another minister, or an official of that rank",
    Authority.MINISTRY: "ministry: a text, a deputy minister, a senior official, an envoy",
    Authority.SPOKESPERSON: "spokesperson of a ministry",
    Authority.AMBASSADOR: "ambassador, permanent representative, embassy or mission",
    Authority.LEGISLATOR: "legislator or parliament",
    Authority.STATE_MEDIA: "state media",
    Authority.UNNAMED: "unnamed official, or an office that is not known",
}

# Titles whose kind and rank do not say it.
_TITLES = {
    "foreign-minister": Authority.FOREIGN_MINISTER,
    "secretary-of-state": Authority.FOREIGN_MINISTER,
    "foreign-secretary": Authority.FOREIGN_MINISTER,
    "high-representative": Authority.FOREIGN_MINISTER,
    "press-secretary": Authority.GOVERNMENT,
    "chief-cabinet-secretary": Authority.GOVERNMENT,
    "nsc-coordinator": Authority.GOVERNMENT,
    "igo-spokesperson": Authority.GOVERNMENT,
    "embassy": Authority.AMBASSADOR,
    "official-unnamed": Authority.UNNAMED,
}
_KINDS = {
    "party_leader": Authority.HEAD,
    "igo_head": Authority.HEAD,
    "head_of_government": Authority.GOVERNMENT,
    "government": Authority.MINISTER,
    "minister": Authority.MINISTER,
    "deputy_minister": Authority.MINISTRY,
    "envoy": Authority.MINISTRY,
    "spokesperson": Authority.SPOKESPERSON,
    "ambassador": Authority.AMBASSADOR,
    "legislator": Authority.LEGISLATOR,
    "collective": Authority.UNNAMED,
}
_RANKS = {
    1: Authority.HEAD,
    2: Authority.GOVERNMENT,
    3: Authority.MINISTER,
    4: Authority.MINISTRY,
    5: Authority.MINISTRY,
    6: Authority.SPOKESPERSON,
    7: Authority.AMBASSADOR,
    8: Authority.LEGISLATOR,
    9: Authority.UNNAMED,
}
_CABINET = 3  # the rank of ministers, which advisers and generals may have as well
# Words of a body's name or of a title that the table has not; the first that is met counts.
_WORDS = (
    (r"spokes(?:man|woman|person)|press secretary|press service", Authority.SPOKESPERSON),
    (r"embass|permanent mission|mission (?:of|to)|delegation", Authority.AMBASSADOR),
    (r"parliament|assembly|duma|senate|congress|federation council", Authority.LEGISLATOR),
    (r"government|cabinet|state council|prime minister|white house", Authority.GOVERNMENT),
    (r"president|presidency|kremlin|chancellery|downing street", Authority.GOVERNMENT),
    (r"ministry|department|foreign office|pentagon|chiefs of staff", Authority.MINISTRY),
    (r"security council|security office|intelligence|commission", Authority.MINISTRY),
)
_NAMES = tuple((regex.compile(rf"\b(?:{words})"), level) for words, level in _WORDS)
_OF_GOVERNMENT = regex.compile(
    r"\b(?:government|president\w*|kremlin|white house|cabinet|prime minister\w*|downing street)\b"
)
_FORMER = regex.compile(r"\b(?:former|ex|late|then)\b")
_DEPUTY = regex.compile(r"\b(?:deputy|vice|assistant|under|junior)\b")


# Whose own text is their word; a state needs somebody who gives it.
_THEMSELVES = frozenset({"organisation", "organ", "bloc", "body"})


@dataclass(frozen=True)
class Voice:
    """Who speaks, as the register and the report tell it; empty where they do not.

    `title` is the id of a row of `titles.csv`, `office` the office's title, `rank` its rank from
    1 to 9, `organ` the organ it belongs to. `printed` is the office as a report prints it. `body`
    is the name of a ministry, an agency or a state that speaks without a person, `kind` the kind
    of actor that is; `joint` says that it issued a text with others, or in writing.
    """

    person: bool = True
    title: str = ""
    office: str = ""
    rank: int | None = None
    organ: str = ""
    printed: str = ""
    body: str = ""
    kind: str = ""
    joint: bool = False


def authority_of(voice: Voice) -> Authority:
    """How far a voice binds its state: by the office, else as printed, else by the body's name.

    >>> authority_of(Voice(title="president"))
    <Authority.HEAD: 1>
    >>> authority_of(Voice(printed="Ruritanian foreign minister")).label
    'foreign minister'
    """
    if voice.title or voice.office or voice.rank:
        return _of_office(voice)
    if voice.printed and (found := _printed(voice.printed)) is not None:
        return found
    if voice.person:
        return Authority.UNNAMED
    return _of_body(voice)


def _of_office(voice: Voice) -> Authority:
    level = _of_title(voice.title) if voice.title else None
    if level is None and voice.office:
        level = _printed(voice.office)
    if level is None and voice.rank:
        level = _RANKS.get(voice.rank)
    if level is Authority.SPOKESPERSON and _for_all(f"{voice.office} {voice.organ}"):
        return Authority.GOVERNMENT
    return level or Authority.UNNAMED


def _for_all(words: str) -> bool:
    """Whether a spokesperson speaks for the whole government and not for one ministry."""
    folded = office_key(words)
    return bool(_OF_GOVERNMENT.search(folded)) and "ministry" not in folded


@lru_cache(maxsize=256)
def _of_title(title: str) -> Authority | None:
    """By the row of `titles.csv`; None when it has none of this id."""
    if title in _TITLES:
        return _TITLES[title]
    row = next((row for row in TITLES if row["id"] == title), None)
    if row is None:
        return None
    kind, rank = row["kind"], int(row["rank"])
    if kind == "head_of_state":
        return Authority.HEAD if rank == 1 else Authority.GOVERNMENT
    if kind in _KINDS:
        return _KINDS[kind]
    return Authority.MINISTER if rank <= _CABINET else Authority.MINISTRY


@lru_cache(maxsize=4096)
def _printed(words: str) -> Authority | None:
    """By the words of an office, with or without its state; None when they are not known.

    >>> _printed("deputy unification minister"), _printed("former president"), _printed("baker")
    (<Authority.MINISTRY: 5>, <Authority.UNNAMED: 10>, None)
    """
    folded = office_key(words)
    if _FORMER.search(folded):
        return Authority.UNNAMED
    level = _known_office(folded)
    if level is None:
        level = _named(folded)
    if level is Authority.SPOKESPERSON and _for_all(folded):
        return Authority.GOVERNMENT
    return level


def _known_office(folded: str) -> Authority | None:
    """The table's office: the whole, then without «of …», then without words before it."""
    while folded:
        words = folded.split()
        for first in range(len(words)):
            row = OFFICES.get(" ".join(words[first:]))
            if row is None or not row.title:
                continue
            level = _of_title(row.title)
            deputy = _DEPUTY.search(" ".join(words[:first]))
            return Authority.MINISTRY if deputy and level else level
        folded = folded.rpartition(" of ")[0] or folded.rpartition(" for ")[0]
    return None


def _of_body(voice: Voice) -> Authority:
    if voice.kind == "media":
        return Authority.STATE_MEDIA
    if voice.kind in _THEMSELVES:
        return Authority.GOVERNMENT
    if (found := _named(office_key(voice.body))) is not None:
        return found
    if voice.kind == "state_organ":
        return Authority.MINISTRY
    return Authority.GOVERNMENT if voice.joint else Authority.UNNAMED


def _named(folded: str) -> Authority | None:
    return next((level for pattern, level in _NAMES if pattern.search(folded)), None)


@dataclass(frozen=True)
class Said:
    """The latest words of one voice on one matter, with what decides among voices.

    `who` is the person, empty for a body that speaks without one; `day` is the first day on which they can have been said; `left` the last day of the office
    as far as the register knows one.
    """

    authority: Authority
    day: date
    statement: int
    office: str
    value: int | None
    stance: str
    legal: str
    left: date | None = None
    who: str = ""

    def has_left(self, on: date) -> bool:
        """Whether the speaker held the office no more on that day."""
        return self.left is not None and self.left < on

    def differs_from(self, other: "Said") -> bool:
        """Whether it stands elsewhere on either axis; codes of one value do not differ, nor
        does one that says nothing on an axis."""
        placed = self.value is not None and other.value is not None
        here, there = (self.value, other.value) if placed else (self.stance, other.stance)
        said = "unclear" not in (self.stance, other.stance)
        judged = "none" not in (self.legal, other.legal)
        return (said and here != there) or (judged and self.legal != other.legal)


@dataclass(frozen=True)
class Ruling:
    """What the rule makes of a state's voices: who decides, and who differs, newest first."""

    decides: Said
    divergent: tuple[Said, ...]


def rule(said: Iterable[Said], on: date) -> Ruling | None:
    """Decide a position on a day, None without words.

    Each voice is given by its latest words, and by its latest on the law alone.

    The highest authority decides whatever its age, the latest within one; words that leave the
    stance unclear and judge the law alone only where there are no others. A speaker who has left
    the office gives way to anybody who speaks for the state later and is still there.
    """
    every = list(said)
    since = max(
        (
            one.day
            for one in every
            if not one.has_left(on) and one.authority <= Authority.AMBASSADOR
        ),
        default=None,
    )
    standing = [one for one in every if not (since and one.has_left(on) and one.day < since)]
    if not standing:
        return None
    placed = [one for one in standing if one.stance != "unclear"]
    decides = min(
        placed or standing,
        key=lambda one: (one.authority, -one.day.toordinal(), -one.statement),
    )
    others = sorted(
        (
            one
            for one in standing
            if one is not decides
            and one.differs_from(decides)
            and not (one.who and one.who == decides.who)
        ),
        key=lambda one: (-one.day.toordinal(), -one.statement),
    )
    once: dict[tuple[object, ...], Said] = {}
    for one in others:
        once.setdefault((one.authority, one.office, one.stance, one.legal), one)
    return Ruling(decides, tuple(once.values()))


def last_day(day: date, precision: str) -> date:
    """The last day that a date known to the day, month or year can mean.

    >>> last_day(date(2025, 2, 1), "month")
    datetime.date(2025, 2, 28)
    """
    if precision == "year":
        return day.replace(month=12, day=31)
    if precision == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day
