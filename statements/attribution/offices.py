"""Titles as phrases print them: the office in its normal form, its tense, and for whom it is held.

Normal forms and the states that alone have an office come from `lexicon/offices.csv`; kind and
rank from the row of `lexicon/titles.csv` that it names.
"""

from dataclasses import dataclass

from statements.attribution.gazetteer import fold
from statements.attribution.register import RegisterActor
from statements.attribution.words import (
    TITLES,
    read_table,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Office:
    """A row of the table: `kind` and `rank` as in `titles.csv`; `codes` are the states that
    alone have it, `without` some that have none."""

    name: str
    title: str
    kind: str
    rank: int
    codes: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class Title:
    """An office as a phrase prints it.

    `office` is the normal form without state and tense, `printed` the words. `owner` is the state
    or body for which it is held, as far as the phrase says; `tense` is empty, former or acting.
    """

    printed: str
    office: str
    head: str
    owner: RegisterActor | None = None
    tense: str = ""
    # The person whose man this is: «Sample» in «Sample's spokesman», or «his».
    possessor: str = ""

    @property
    def row(self) -> Office | None:
        """The row of the table for this office."""
        return OFFICES.get(office_key(self.office))


def _offices() -> dict[str, Office]:
    kinds = {row["id"]: (row["kind"], int(row["rank"])) for row in TITLES}
    found: dict[str, Office] = {}
    for row in read_table("offices.csv"):
        kind, rank = kinds.get(row["title"], ("", 9))
        codes = row["codes"].split()
        office = Office(
            row["office"],
            row["title"],
            kind,
            rank,
            tuple(code for code in codes if code[0] != "-"),
            tuple(code[1:] for code in codes if code[0] == "-"),
        )
        for name in (row["office"], *row["aliases"].split(";")):
            if name:
                found.setdefault(office_key(name), office)
    return found


def office_key(name: str) -> str:
    """An office's name as the table is looked up by: small, without accents and articles."""
    return " ".join(w for w in fold(name).split() if w != "the")


OFFICES = _offices()

_BARE = _words("leader official minister spokesman spokeswoman spokesperson head chief")


def better(new: Title, old: Title | None) -> bool:
    """Whether a later title says more of the same office: «foreign minister» after «minister»."""
    if old is None:
        return True
    if old.tense and not new.tense:
        return False
    bare = fold(old.office) in _BARE or len(old.office.split()) == 1
    return bare and new.head == old.head and len(new.office.split()) > len(old.office.split())


# Heads of offices that a state, or a part of it, has; «director» and «doctor» are none.
_STATE_HEADS = _words(
    "president minister premier chancellor secretary governor mayor ambassador envoy senator "
    "congressman congresswoman congressperson lawmaker legislator mp deputy councillor councilor "
    "king queen emperor sultan prince princess general colonel major captain lieutenant sergeant "
    "admiral marshal superintendent inspector constable commissioner judge justice prosecutor "
    "whip consul diplomat undersecretary vice-president president-elect official officials "
    "ministers senators lawmakers mps judges prosecutors governors parliamentarians vice-minister "
    "police army military government authorities authority court parliament ministry embassy "
    "navy coastguard troops soldiers forces party opposition election council cabinet senate "
    "congress assembly presidency administration commandant commander officer chief treasurer "
    "command department palace"
)
# Bodies of which a president or a secretary is no officer of a state.
_PRIVATE = _words(
    "bank league federation association club company corporation university institute college "
    "union society foundation group airlines chamber network centre center board party campaign"
)
# People of the place that an article is about.
_LOCAL_HEADS = _words(
    "resident residents villager villagers protester protesters demonstrator demonstrators student "
    "students witness witnesses eyewitness eyewitnesses survivor survivors local locals farmer "
    "farmers fisherman fishermen shopkeeper neighbour neighbours neighbor neighbors "
    "mother father brother sister son daughter widow relatives family"
)
_STATE_WORDS = _words(
    "state government police military army navy ministry foreign defence defense interior "
    "parliament parliamentary opposition coast guard presidential cabinet senate house court "
    "provincial regional district municipal city council party national royal federal health"
)


def is_of_state(office: str) -> bool:
    """Whether an office or body without a state named is one of the state around it.

    >>> is_of_state("Interior Ministry spokesman"), is_of_state("Professor of law")
    (True, False)
    """
    row = OFFICES.get(office_key(office))
    if row is not None and (row.kind or row.codes or row.without):
        return True
    before, _, behind = fold(office).partition(" of ")
    if any(word in _PRIVATE for word in behind.split()):
        return False
    words = before.split()
    return bool(words) and (
        words[-1] in _STATE_HEADS or any(word in _STATE_WORDS for word in words)
    )


def is_local(noun: str) -> bool:
    """Whether a noun is of people who are what the article is about: «residents»."""
    return noun in _LOCAL_HEADS
