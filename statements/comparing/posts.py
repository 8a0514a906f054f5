"""Whether two titles as printed denote different posts. Pure.

Titles are known by `lexicon/offices.csv` and `lexicon/titles.csv`, of which the second has names
in other languages too. What the register has somebody hold on the day comes with the report.
"""

from dataclasses import dataclass

from statements.attribution.gazetteer import fold
from statements.attribution.offices import OFFICES, office_key
from statements.attribution.words import TITLES

# Kinds of posts of which one person holds one: two of these are two posts.
_ALONE = {
    "head_of_state", "head_of_government", "minister", "deputy_minister", "ambassador",
    "igo_head", "legislator", "spokesperson",
}  # fmt: skip
# Kinds of posts of a state, for which the state printed with the title is whose post it is.
# Ambassadors and envoys are of one state at another.
_OF_ONE_STATE = {
    "head_of_state", "head_of_government", "government", "minister", "deputy_minister",
    "legislator", "spokesperson", "military",
}  # fmt: skip
# What the press says of many posts, and generic titles: they say less than the others.
_LOOSE = {
    "leader", "lawmaker", "minister", "deputy-minister", "ambassador", "official-unnamed",
    "senior-official", "special-envoy", "special-representative", "director-general", "embassy",
}  # fmt: skip
# One post that states call differently.
_NAMESAKES = (
    {"defence-minister", "secretary-of-defense"},
    {"foreign-minister", "secretary-of-state", "foreign-secretary", "high-representative"},
    {"chief-cabinet-secretary", "spokesperson"},
)
# Kinds of which outlets translate the titles in several ways, so that two of them are one.
_TRANSLATED_FREELY = {
    "head_of_state", "head_of_government", "deputy_minister", "ambassador", "spokesperson",
    "legislator",
}  # fmt: skip
_NO_PORTFOLIO = {"minister", "secretary", "of", "for", "and", "the", "affairs"}


@dataclass(frozen=True)
class Printed:
    """An office as one report prints it: the words, its normal form and the state beside it.

    `state` is an alpha-2 code or an organisation's short name, '' where none is printed; `held`
    are the ids of `titles.csv` that the register has the person hold on that day.
    """

    words: str
    office: str = ""
    state: str = ""
    held: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Post:
    """A row of the titles, by the name of the office where that says more."""

    id: str
    kind: str
    name: str


def _posts() -> dict[str, _Post]:
    found: dict[str, _Post] = {}
    for row in TITLES:
        names = [row["title"], *row["aliases"].split(";")]
        names += [
            name for language in ("ko", "ja", "ru", "uk") for name in row[language].split(";")
        ]
        for name in filter(None, names):
            found.setdefault(office_key(name), _Post(row["id"], row["kind"], row["title"]))
    # English names of offices say more than generic titles do.
    return found | {
        key: _Post(office.title, office.kind, office.name)
        for key, office in OFFICES.items()
        if office.title
    }


_POSTS = _posts()


def post_of(printed: Printed) -> _Post | None:
    """The post that a printed title denotes; None for one that no table has."""
    return _POSTS.get(office_key(printed.words)) or _POSTS.get(office_key(printed.office))


def other_post(one: Printed, two: Printed) -> bool:
    """Whether two titles of one person denote different posts.

    A title that no table knows, or that says less than the other, is not different.

    >>> other_post(Printed("foreign minister"), Printed("defence minister"))
    True
    >>> other_post(Printed("Minister Ada Example"), Printed("foreign minister"))
    False
    >>> other_post(Printed("finance minister", state="RR"), Printed("finance minister", state="GK"))
    True
    """
    first, second = post_of(one), post_of(two)
    if first is None or second is None:
        return False
    if one.state and two.state and one.state != two.state:
        return first.kind in _OF_ONE_STATE and second.kind in _OF_ONE_STATE
    held = one.held | two.held
    if first == second or {first.id, second.id} <= held:
        return False
    if (
        _generic(first)
        or _generic(second)
        or any({first.id, second.id} <= n for n in _NAMESAKES)
    ):
        return False
    if first.kind not in _ALONE or second.kind not in _ALONE:
        return False
    if first.kind != second.kind:
        return True
    if first.kind in _TRANSLATED_FREELY:
        return False
    return not _portfolio(first) & _portfolio(second)


def _generic(post: _Post) -> bool:
    """Whether a title says no more than a rank: «minister», but not «Health Minister»."""
    return post.id in _LOOSE and not (post.id == "minister" and _portfolio(post))


def _portfolio(post: _Post) -> set[str]:
    words = fold(post.name.partition(" (")[0]).replace("defense", "defence").split()
    return {word for word in words if word not in _NO_PORTFOLIO}
