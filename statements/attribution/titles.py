"""Titles as phrases print them: office, tense, and the state in front of them or behind."""

from collections.abc import Sequence

from statements.attribution.gazetteer import DEMONYM, METONYM, NAME, Gazetteer
from statements.attribution.mentions import is_nominal
from statements.attribution.offices import OFFICES, Title, office_key
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
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
    "democratic sitting senior top topmost outgoing incoming longtime long-time new newly embattled veteran current "
    "elected popular ruling conservative liberal progressive prominent influential leading "
    "powerful controversial hardline hard-line moderate populist socialist left-wing right-wing "
    "far-right far-left centrist beleaguered respected outspoken fellow then elect designate "
    "one another whose whom who"
)
_UNOFFICIAL = _QUALITIES | _FORMER | _ACTING
_LINKS = _words("of for to in at on")
_DETERMINED = DETERMINERS | {"'s", "’s"}
# Posts at a place: what follows «to» and «in» is where they serve, not whom they serve.
_POSTED = _words(
    "ambassador envoy representative consul general delegate observer negotiator adviser advisor "
    "correspondent d'affaires attaché attache commissioner ambassadors coordinator"
)
_OF_TOWNS = _words("mayor bishop archbishop sheriff")  # whose town is part of the office
_LONGEST_DOMAIN = 3  # words of a domain that is not followed by another


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
    row = OFFICES.get(office_key(name)) or OFFICES.get(office_key(before) if not kept else "")
    office = row.name if row else name[:1].upper() + name[1:]
    possessor = _possessor_name(tokens[:first])
    return Title(printed, office, tokens[head].low, owner or after, tense, possessor)


def _possessor_name(before: Sequence[Token]) -> str:
    """The word before «'s», or a possessive pronoun, just before a title."""
    rest = [t for t in before[-4:] if t.low not in _UNOFFICIAL]
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
            if _part_of_title(actor, kind, tokens[index].text):
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


def _part_of_title(actor: RegisterActor, kind: str, word: str) -> bool:
    """Whether a name stays in the title: organs, organisations and houses do, states and their
    capitals do not."""
    if kind == METONYM:
        return not any(name.startswith(word) for name in actor.metonyms[:1])
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
        elif (
            not (whole and place is not None and link == "of" and _is_state(place))
            or tokens[head].low in _OF_TOWNS
        ):
            owned = _behind_owner(tokens, begin, stop, place)
            kept.append(
                f"{tokens[last].text} {text[tokens[owned].start : tokens[stop - 1].end]}"
            )
        last = stop
    return last, " ".join(kept), owner


def _behind_owner(
    tokens: Sequence[Token], begin: int, stop: int, place: tuple[RegisterActor, str, int] | None
) -> int:
    """Where a domain begins behind its state: «ministry» in «of Ruritania's ministry»."""
    behind = begin + place[2] if place is not None and _is_state(place) else begin
    if behind + 1 < stop and behind > begin and tokens[behind].low == "'s":
        return behind + 1
    return begin


def _complement(tokens: Sequence[Token], index: int, begin: int) -> bool:
    """Whether a word goes on with what stands after «of»."""
    token = tokens[index]
    if token.low in {"and", "&"}:
        return (
            begin < index < len(tokens) - 1
            and is_nominal(tokens[index + 1])
            and tokens[index + 1].low not in TITLE_HEADS
        )
    return (
        token.kind == "word"
        and is_nominal(token)
        and (token.capital or token.low not in CUE_FORMS)
    )


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
            if _part_of_title(actor, kind, token.text):
                printed = text[token.start : tokens[index + used - 1].end]
                short = actor.parent and printed.isupper()
                words.append(actor.name if short else printed)
            index += used
            continue
        if token.low not in _UNOFFICIAL and token.low not in _DETERMINED:
            words.append(token.text)
        index += 1
    return " ".join(words)
