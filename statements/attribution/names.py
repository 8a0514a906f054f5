"""Where a person's name stands in a phrase, and what capitals are of no person."""

from collections.abc import Sequence

from statements.attribution.gazetteer import DEMONYM, METONYM, NAME, Gazetteer
from statements.attribution.mentions import CAPITAL_NON_NAMES, NOT_NAMES
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    INSTITUTION_WORDS,
    NAME_PARTICLES,
    TITLE_HEADS,
    read_table,
)

# Family names that stand in front: «Kim» of «Kim Bo-ki».
FAMILIES_IN_FRONT = frozenset(
    name.lower() for row in read_table("families.csv") for name in row["names"].split(";")
)

# Behind one of these a name is part of what somebody is, not who speaks: «mother of Ada».
_BEFORE_NO_SPEAKER = frozenset(["of", "on", "for", "at", "in", "from", "to", "with", "near"])
_MONTH_NAMES = frozenset(["may", "april", "june", "august", "jun", "jan"])
# Words of laws, months and auxiliaries that are given names as well.
_NAMES_TOO = frozenset(["bill", "will", "april", "june", "august", "may", "grant", "art"])
# Words that a name does not begin with, though they may have a capital before one.
_BEFORE_NAMES = frozenset(
    ["crown", "rival", "interim", "miss", "outgoing", "incoming", "longtime", "veteran", "fellow",
     "ex-president", "then-president", "newly", "embattled", "billionaire", "businessman", "high"]
)  # fmt: skip
# Last words of names that are of no person.
_THINGS = frozenset(
    ["war", "wars", "river", "accord", "accords", "sea", "ocean", "street", "road", "square", "island",
     "islands", "mountain", "mountains", "lake", "valley", "bridge", "church", "mosque", "cathedral",
     "prize", "award", "awards", "strait", "peninsula", "bay", "canal", "dam", "spring", "revolution",
     "crisis", "deal", "plan", "festival", "tower", "building", "palace", "park", "base", "desert", "region",
     "forces", "province", "catholic", "civilians"]
)  # fmt: skip
_LINKS = frozenset(["of", "for", "to", "and", "&", "the"])
_TOWN_HEADS = frozenset(["mayor", "governor", "bishop", "archbishop", "sheriff", "ceo"])
_CIVIL = frozenset(["mr", "mr.", "mrs", "mrs.", "ms", "ms."])
_JOINED_PARTICLES = ("al-", "el-", "ul-", "as-", "ash-", "an-", "ar-", "az-", "at-")
# Names of places that are given names as well.
_GIVEN_NAMES = frozenset(
    ["jordan", "chad", "georgia", "israel", "virginia", "austin", "sydney", "paris", "washington",
     "montana", "dakota", "india", "francis", "carolina", "florence", "lincoln", "houston"]
)  # fmt: skip
# Words of institutions that end a title, so that a name may follow.
_TITLE_ENDS = frozenset(
    ["affairs", "intelligence", "security", "defence", "defense", "state", "trade", "economy", "labor",
     "commerce", "interior", "finance", "justice", "health", "education", "energy", "environment",
     "culture", "staff", "whip", "policy", "communications", "strategy", "development", "transport",
     "agriculture", "republican", "democrat", "democratic", "former", "labour", "acting", "chief"]
)  # fmt: skip
_BODY_WORDS = INSTITUTION_WORDS - _TITLE_ENDS


def person_in(part: Sequence[Token], places: Gazetteer) -> tuple[int, int] | None:
    """Where a person's name stands in a part of a phrase: first token and the one after.

    None where the only person is one whom the phrase's head serves: «spokesman for President
    Bo Sample» names no spokesman.
    """
    index = 0
    best: tuple[int, int] | None = None
    after_title = near_title = False
    while index < len(part):
        token = part[index]
        place = places.at(part, index)
        if (
            place is not None
            and place[1] in {NAME, DEMONYM, METONYM}
            and not _known_person(part, index, places)
        ):
            index += place[2]
            continue
        if index and token.capital and part[index - 1].low in _CIVIL:
            last = max(_name_end(part, index, places), index + 1)
            if last == len(part) or part[last].low != "'s":
                return index, last  # «Mr. King»
            index = last
            continue
        ends_name = token.capital and best is not None and best[1] == index
        titles = token.capital or index + 1 < len(part)
        if (token.low in TITLE_HEADS or _is_plural_title(token)) and titles and not ends_name:
            if after_title and best is None and serves(part, index):
                return None
            after_title = near_title = True
            index += 1
            continue
        if joins_states(token, places):
            index = _name_end(part, index, places) + (token.low in NOT_NAMES)
            continue
        if token.low in _BEFORE_NAMES and index + 1 < len(part):
            index += 1
            continue
        begins = token.low not in CAPITAL_NON_NAMES and token.low not in NOT_NAMES
        if token.capital and (begins or _given_all_the_same(part, index)):
            last = max(_name_end(part, index, places), index + 1)
            if _of_town(part, index, last):
                return last - 2, last
            if _may_be_name(part, index, last, after_title, near_title):
                if after_title:
                    return index, last
                # «former Ada Example speechwriter Bo Sample»: the last, behind a noun
                behind_noun = index > 0 and part[index - 1].kind == "word"
                if best is None or (behind_noun and not part[index - 1].capital):
                    best = (index, last)
            index = last
            continue
        if token.low in _LINKS:
            near_title = False
        elif not token.capital:
            after_title = after_title and token.low in {"elect", "designate"}
        index += 1
    return best


def _of_town(part: Sequence[Token], first: int, last: int) -> bool:
    """Whether a run of capitals is a town and a name: «mayor of Hentzau Bo Sample»."""
    return (
        last - first > 2
        and first > 1
        and part[first - 1].low == "of"
        and part[first - 2].low in _TOWN_HEADS
        and not _institution(part, last)
    )


def _given_all_the_same(part: Sequence[Token], index: int) -> bool:
    """Whether «Bill» or «April» is a given name: a name goes on behind it."""
    after = part[index + 1] if index + 1 < len(part) else None
    return (
        part[index].low in _NAMES_TOO
        and after is not None
        and after.capital
        and after.low not in NOT_NAMES | CAPITAL_NON_NAMES | TITLE_HEADS
    )


def _may_be_name(
    part: Sequence[Token], first: int, last: int, after_title: bool, near_title: bool
) -> bool:
    """Whether a run of capitals can be a person's name; one word only just behind a title."""
    name = part[first:last]
    follows = part[last] if last < len(part) else None
    before = part[first - 1].low if first else ""
    long = sum(1 for token in name if token.capital) >= 2
    return (
        (long or near_title)
        and not (follows is not None and follows.low == "'s")
        and before not in _BEFORE_NO_SPEAKER
        and (after_title or not _follows_institution(part, first))
        and not _is_thing(name)
        and not _institution(part, last)
    )


def serves(part: Sequence[Token], head: int) -> bool:
    """Whether «for» or «to» stands just before a title: «spokesman for the President»."""
    before = [t.low for t in part[max(head - 4, 0) : head] if t.low not in INSTITUTION_WORDS]
    while before and before[-1] in {"the", "former", "a", "an", "then"}:
        before.pop()
    rest = part[head + 1 : head + 2]
    return bool(before) and before[-1] in {"for", "to"} and bool(rest) and rest[0].capital


def _is_thing(name: Sequence[Token]) -> bool:
    """Whether a run of capitals is of no person: «Harbour Street», «RNF Strelsau»."""
    first, last = name[0].text, name[-1]
    short = len(first) > 2 and first.isupper() and not last.text.isupper() and "." not in first
    return last.low in _THINGS or (len(name) > 1 and short)


def _is_plural_title(token: Token) -> bool:
    """«Senators» and «Ministers» before the names of several."""
    return token.capital and token.low.endswith("s") and token.low[:-1] in TITLE_HEADS


def _known_person(part: Sequence[Token], index: int, places: Gazetteer) -> bool:
    """Whether a place's name begins a person's: one that the register knows, or a given name."""
    if part[index].low in _GIVEN_NAMES and index + 1 < len(part):
        after = part[index + 1]
        if (
            after.capital
            and after.low not in TITLE_HEADS | NOT_NAMES | CAPITAL_NON_NAMES
            and places.at(part, index + 1) is None
        ):
            return True
    name = " ".join(token.text for token in part[index : index + 2])
    return bool(places.people(name))


def _follows_institution(part: Sequence[Token], index: int) -> bool:
    """Whether a word of a body's name stands just before: «International …», «Task Force …»."""
    before = part[index - 1] if index else None
    return before is not None and before.capital and before.low in _BODY_WORDS


def _name_end(part: Sequence[Token], index: int, places: Gazetteer) -> int:
    last = index
    while last < len(part):
        token = part[last]
        month = last > index and token.low in _MONTH_NAMES  # «Theresa May»
        if token.capital and (month or (last == index and _given_all_the_same(part, last))):
            last += 1
        elif last > index and token.low in CUE_FORMS and CUE_FORMS[token.low].form == "s":
            break  # «Ada Example Says», in a headline
        elif (
            token.capital
            and token.low not in NOT_NAMES
            and token.low not in CAPITAL_NON_NAMES
            and not any(char.isdigit() for char in token.text)
        ):
            if (
                token.low in TITLE_HEADS
                and last > index
                and token.low
                not in {
                    "chair",
                    "king",
                    "prince",
                    "judge",
                    "major",
                    "bishop",
                    "pope",
                    "speaker",
                    "marshal",
                }
            ):
                break
            last += 1
        elif (last > index and joins_name(token)) or (
            token.low in NAME_PARTICLES
            and last + 1 < len(part)
            and (part[last + 1].capital or part[last + 1].low in NAME_PARTICLES)
            and last > index
        ):
            last += 1
        else:
            break
    return last


def joins_states(token: Token, places: Gazetteer) -> bool:
    """Whether a word is a state and more, as in «US-South Korea» and «Ruritania-Graustark»."""
    if "-" not in token.text:
        return False
    first, _, second = token.text.partition("-")
    return second[:1].isupper() and places.named(first)


def _institution(part: Sequence[Token], last: int) -> bool:
    """Whether the capital run goes on with a word of an institution: it is no person."""
    return last < len(part) and part[last].capital and part[last].low in NOT_NAMES


def joins_name(token: Token) -> bool:
    """Whether a word in lower case is part of a name all the same: «al-Muster»."""
    return token.text != token.low and token.low.startswith(_JOINED_PARTICLES)
