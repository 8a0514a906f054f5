"""Titles as phrases print them: the office in its normal form, its tense, and for whom it is held.

Normal forms and the states that alone have an office come from `lexicon/offices.csv`; kind and
rank from the row of `lexicon/titles.csv` that it names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from statements.attribution.gazetteer import DEMONYM, METONYM, NAME, Gazetteer, fold
from statements.attribution.mentions import is_nominal
from statements.attribution.register import RegisterActor
from statements.attribution.tokens import Token
from statements.attribution.words import (
    CUE_FORMS,
    DETERMINERS,
    FINITE,
    HONORIFICS,
    PREPOSITIONS,
    RELATIVES,
    TITLE_HEADS,
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
        return OFFICES.get(_key(self.office))


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
                found.setdefault(_key(name), office)
    return found


def _key(name: str) -> str:
    return " ".join(w for w in fold(name).split() if w != "the")


OFFICES = _offices()

# The first words of titles of two heads: «secretary general», «chief justice», «vice president».
_COMPOUND = _words(
    "vice deputy prime chief secretary attorney lieutenant brigadier major director lord inspector "
    "consul detective head commander minister solicitor governor police prosecutor representative "
    "assistant general staff press sub lt. lt"
)
_NOBLE = _words("prince princess sheikh sir dame lord lady king queen ayatollah")
_FORMER = _words("former ex then once then-president late ousted deposed retired")
_ACTING = _words("acting interim caretaker")
# What the press says of office-holders; no part of the office.
_QUALITIES = _words(
    "sitting senior top topmost outgoing incoming longtime long-time new newly embattled veteran current "
    "elected popular ruling conservative liberal progressive prominent influential leading "
    "powerful controversial hardline hard-line moderate populist socialist left-wing right-wing "
    "far-right far-left centrist beleaguered respected outspoken fellow then elect designate "
    "one another whose whom who"
)
_LINKS = _words("of for to in at on")
_DETERMINED = DETERMINERS | {"'s", "’s"}
# Posts at a place: what follows «to» and «in» is where they serve, not whom they serve.
_POSTED = _words(
    "ambassador envoy representative consul general delegate observer negotiator adviser advisor "
    "correspondent d'affaires attaché attache commissioner ambassadors coordinator"
)
_LONGEST_DOMAIN = 3  # words of a domain that is not followed by another
_BARE = _words("leader official minister spokesman spokeswoman spokesperson head chief")


def read_title(text: str, tokens: Sequence[Token], places: Gazetteer) -> Title | None:
    """Return the office in a part of a phrase that holds no name of a person; None without one.

    >>> from statements.attribution.tokens import tokenise
    >>> from statements.attribution.gazetteer import gazetteer
    >>> from statements.attribution.register import EMPTY
    >>> text = "the former Minister of Foreign Affairs"
    >>> title = read_title(text, tokenise(text, 0, len(text), []), gazetteer(EMPTY))
    >>> (title.office, title.tense) if title else None
    ('Foreign Minister', 'former')
    """
    head = _head_of(tokens)
    if head is None:
        return None
    spots = {first: (actor, kind, used) for actor, kind, first, used in places.within(tokens)}
    first, owner, tense = _left(tokens, head, spots)
    last, kept, after = _right(text, tokens, head, spots, owner)
    before = _joined_without(text, tokens, first, head + 1, spots)
    name = " ".join(part for part in (before, kept) if part)
    printed = text[tokens[first].start : tokens[last - 1].end]
    row = OFFICES.get(_key(name)) or OFFICES.get(_key(before) if not kept else "")
    office = row.name if row else name[:1].upper() + name[1:]
    possessor = _possessor_name(tokens[:first])
    return Title(printed, office, tokens[head].low, owner or after, tense, possessor)


def _possessor_name(before: Sequence[Token]) -> str:
    """The word before «'s», or a possessive pronoun, just before a title."""
    rest = [t for t in before[-4:] if t.low not in _QUALITIES | _FORMER | _ACTING]
    if rest and rest[-1].low in {"his", "her", "their"}:
        return rest[-1].low
    if len(rest) > 1 and rest[-1].low == "'s" and rest[-2].capital:
        return rest[-2].text
    return ""


def _head_of(tokens: Sequence[Token]) -> int | None:
    """The last noun of a title before the first preposition that follows one."""
    found: int | None = None
    for index, token in enumerate(tokens):
        if token.kind == "word" and token.low in TITLE_HEADS and token.low not in HONORIFICS:
            if found is not None and token.low in _NOBLE and tokens[found].low not in _NOBLE:
                continue
            if index + 1 < len(tokens) and tokens[index + 1].low == "'s":
                continue  # «the president's spokesman» speaks, not the president
            found = index
        elif found is not None and (token.low in PREPOSITIONS or token.low in RELATIVES):
            break
    return found


Spots = dict[int, tuple[RegisterActor, str, int]]


def _left(
    tokens: Sequence[Token], head: int, spots: Spots
) -> tuple[int, RegisterActor | None, str]:
    """Where the title begins, the state before it, and its tense."""
    covered = {
        i: first for first, (_, _, used) in spots.items() for i in range(first, first + used)
    }
    owner: RegisterActor | None = None
    organisation: RegisterActor | None = None
    tense = ""
    first = index = head
    while index > 0:
        index -= 1
        token = tokens[index]
        if index in covered:
            index = covered[index]
            actor, kind, _ = spots[index]
            if _post_of(tokens[head].low, actor):
                organisation = organisation or actor
            else:
                owner = owner or actor
            if _part_of_title(actor, kind):
                first = index
            continue
        if token.low in _FORMER or token.low in _ACTING:
            tense = "former" if token.low in _FORMER else tense or "acting"
            continue
        if token.low == "'s" and index and index - 1 in covered:
            continue
        if token.low == "'s" or not _inside(tokens, index, head):
            owner = owner or _possessor(tokens, index, spots, covered)
            if token.low in DETERMINERS and index and tokens[index - 1].low in _FORMER:
                tense = "former"
            break
        if token.low not in _QUALITIES:
            first = index
    return first, owner or organisation, tense


def _inside(tokens: Sequence[Token], index: int, head: int) -> bool:
    """Whether a word to the left of the head belongs to the title."""
    token = tokens[index]
    if token.low in TITLE_HEADS and token.low not in _COMPOUND:
        return False
    if token.low in {"and", "&"}:
        return 0 < index < head - 1 and is_nominal(tokens[index - 1])
    if token.low == "first":
        return True
    if token.kind != "word" or token.low in FINITE or token.low in PREPOSITIONS:
        return False
    cue = CUE_FORMS.get(token.low)
    if cue is not None and not token.capital and cue.form in {"past", "ing"}:
        return False
    return is_nominal(token)


def _possessor(
    tokens: Sequence[Token], index: int, spots: Spots, covered: dict[int, int]
) -> RegisterActor | None:
    """The state in a phrase before «'s»: Ruritania in «Ruritanian President Bo Sample's aide»."""
    if tokens[index].low != "'s":
        return None
    while index > 0 and is_nominal(tokens[index - 1]):
        index -= 1
        if index in covered:
            return spots[covered[index]][0]
    return None


def _post_of(head: str, actor: RegisterActor) -> bool:
    """Whether an organisation before a title is where it serves: «UN ambassador»."""
    return head == "ambassador" and actor.kind in {"organisation", "organ", "bloc"}


def _part_of_title(actor: RegisterActor, kind: str) -> bool:
    """Whether a name stays in the title: organs and organisations do, states do not."""
    if kind == METONYM:
        return False
    return actor.kind not in {"state", "observer", "other", "territory", "historical", "party"}


def _right(
    text: str, tokens: Sequence[Token], head: int, spots: Spots, before: RegisterActor | None
) -> tuple[int, str, RegisterActor | None]:
    """Where the title ends, what of its complements belongs to the office, and whose it is."""
    last, kept = head + 1, []
    owner: RegisterActor | None = None
    while last < len(tokens) and tokens[last].low in _LINKS:
        link = tokens[last].low
        begin = last + 1
        while begin < len(tokens) and tokens[begin].low in _DETERMINED:
            begin += 1
        stop = begin
        while stop < len(tokens) and _complement(tokens, stop, begin):
            stop += 1
        if stop == begin or (link in {"in", "at", "on"} and tokens[head].low not in _POSTED):
            break
        place = spots.get(begin)
        whole = place is not None and begin + place[2] == stop
        named = next((spots[i][0] for i in range(begin, stop) if i in spots), None)
        posted = link != "of" and tokens[head].low in _POSTED
        if named is not None and not posted and owner is None and link in {"of", "for"}:
            owner = named
        if whole and place is not None and posted and place[1] == METONYM and link == "to":
            kept.append(f"to {place[0].name}")
        elif before is not None and any(
            spots[i][0] == before for i in range(begin, stop) if i in spots
        ):
            kept = kept[:-1] if link == "of" else kept  # «UN envoy for the Office of the UN …»
        elif kept and sum(len(part.split()) for part in kept) > _LONGEST_DOMAIN:
            break
        elif not (whole and place is not None and link == "of" and _is_state(place)):
            kept.append(text[tokens[last].start : tokens[stop - 1].end])
        last = stop
    return last, " ".join(kept), owner


def _complement(tokens: Sequence[Token], index: int, begin: int) -> bool:
    """Whether a word goes on with what stands after «of»."""
    token = tokens[index]
    if token.low in {"and", "&"}:
        return (
            begin < index < len(tokens) - 1
            and is_nominal(tokens[index + 1])
            and tokens[index + 1].low not in TITLE_HEADS
        )
    return token.kind == "word" and is_nominal(token) and token.low not in CUE_FORMS


def _is_state(place: tuple[RegisterActor, str, int]) -> bool:
    actor, kind, _ = place
    return actor.kind in {"state", "observer", "other", "territory", "historical"} and kind in {
        NAME,
        DEMONYM,
        METONYM,
    }


def _joined_without(
    text: str, tokens: Sequence[Token], first: int, last: int, spots: Spots
) -> str:
    """The words of a title without states, qualities and tenses; short names of organs in full."""
    words: list[str] = []
    index = first
    while index < last:
        place = spots.get(index)
        token = tokens[index]
        if place is not None:
            actor, kind, used = place
            if _part_of_title(actor, kind):
                printed = text[token.start : tokens[index + used - 1].end]
                short = actor.parent and printed.isupper()
                words.append(actor.name if short else printed)
            index += used
            continue
        if token.low not in _QUALITIES | _FORMER | _ACTING and token.low not in _DETERMINED:
            words.append(token.text)
        index += 1
    return " ".join(words)


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
    "command department"
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
    "farmers fisherman fishermen shopkeeper neighbour neighbours neighbor neighbors activist "
    "activists campaigner mother father brother sister son daughter widow relatives family"
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
    row = OFFICES.get(_key(office))
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
